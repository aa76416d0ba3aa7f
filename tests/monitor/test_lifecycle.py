"""The life of an alert is the one of the design, and a file that says otherwise nonsense is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditor.errors import InputError
from creditor.monitor.lifecycle import FOLDER, read_lifecycle

STEPS = {
    "clue": {"triage"},
    "triage": {"disseminated"},
    "disseminated": {"verified", "refuted"},
    "verified": {"investigating"},
    "refuted": {"closed"},
    "investigating": {"determined"},
    "determined": {"handled", "transferred"},
    "handled": {"closed"},
    "transferred": {"closed"},
    "closed": set(),
}


def test_steps_are_those_of_the_design() -> None:
    life = read_lifecycle()
    assert life.first == "clue"
    assert {state: set(life.after(state)) for state in life.states} == STEPS


def test_nothing_is_handled_without_determination_nor_closed_without_outcome() -> None:
    life = read_lifecycle()
    assert all("outcome" in needs for (_, to), needs in life.steps.items() if to == "closed")
    assert {start for start, to in life.steps if to in ("handled", "transferred")} == {"determined"}
    assert "determination" in life.steps["investigating", "determined"]


def test_illegal_steps_are_refused_with_the_legal_ones() -> None:
    life = read_lifecycle()
    for start, following in STEPS.items():
        for to in set(STEPS) - following:
            with pytest.raises(InputError) as error:
                life.needs(start, to, "A-1")
            assert error.value.codes == ("M902",)
            assert all(name in str(error.value) for name in following)
    with pytest.raises(InputError, match="did you mean verified") as error:
        life.needs("disseminated", "verifed", "A-1")
    assert error.value.codes == ("M909",)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('to = "triage"', 'to = "triag"', "no state 'triag'"),
        ('needs = ["recipients"]', 'needs = ["recipient"]', "did you mean recipients"),
        ('first = "clue"', 'first = "clues"', "no state 'clues'"),
        (
            'from = "verified"\nto = "investigating"',
            'from = "verified"\nto = "triage"',
            "leads to investigating",
        ),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (FOLDER / "lifecycle.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "lifecycle.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError, match=said):
        read_lifecycle(path)
