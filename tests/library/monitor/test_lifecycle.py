"""The life of an alert is the one of the design, with its invariants."""

from __future__ import annotations

from creditor.monitor.lifecycle import read_lifecycle
from creditor.monitor.offices import read_offices

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


def test_a_take_down_is_for_three_authorities_after_a_financial_regulator() -> None:
    take_down = read_lifecycle().measures["take_down"]
    assert take_down.article == "VII(d)" and set(take_down.offices) == {"cac", "miit", "mps"}
    assert take_down.after == "financial_regulator"


def test_measures_name_offices_roles_and_packs_that_there_are() -> None:
    offices = read_offices()
    for measure in read_lifecycle().measures.values():
        assert set(measure.offices) <= set(offices.central)
        assert measure.after in ("", *offices.roles)
        assert measure.packs and set(measure.packs) <= {"notice", "debt"}
