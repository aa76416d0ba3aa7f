"""Steps that do not follow are refused with those that do, and a file of nonsense is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditor.errors import InputError
from creditor.monitor.lifecycle import FOLDER, read_lifecycle


def test_illegal_steps_are_refused_with_the_legal_ones() -> None:
    life = read_lifecycle()
    for start in life.states:
        following = set(life.after(start))
        for to in set(life.states) - following:
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
