"""Times come from events alone; a stretch that nobody has ended has no number."""

from __future__ import annotations

from collections.abc import Callable

from creditor.monitor.alert import Alert, replay
from creditor.monitor.clue import Clue
from creditor.monitor.event import START, seal
from creditor.monitor.metrics import times_taken
from creditor.monitor.steps import adding, advancing


def alert(number: str, clue: Clue, *days: int) -> Alert:
    """An alert that went to triage, disseminated and verified on these days of March."""
    events = [seal(adding(clue, "csrc", "2026-03-01T00:00:00Z"), 1, number, "", START)]
    for state, day in zip(
        ("triage", "disseminated", "verified", "investigating", "determined", "handled", "closed"),
        days,
        strict=False,
    ):
        given = {"verified": {"reason": "seen"}, "determined": {"determination": "x"}}
        given |= {"handled": {"measure": "no_breach"}, "closed": {"outcome": "x"}}
        time = f"2026-03-{day:02d}T12:00:00Z"
        draft = advancing(replay(events)[number], state, "csrc", time, given.get(state, {}))
        events.append(seal(draft, len(events) + 1, number, "", events[-1].digest))
    return replay(events)[number]


def test_times(clue: Callable[..., Clue]) -> None:
    alerts = [alert("A-1", clue(), 2, 3, 7, 8, 9, 10, 11), alert("A-2", clue(), 2, 5), alert("A-3", clue())]
    spread, verify, respond, close = times_taken(alerts)
    assert spread.days == (2.5, 4.5) and spread.waiting == ("A-3",)
    assert spread.as_dict()["median_days"] == 3.5
    assert verify.days == (4.0,) and verify.waiting == ("A-2",)
    assert respond.days == (3.0,) and respond.waiting == ()
    assert close.days == (10.5,) and close.waiting == ("A-2", "A-3")


def test_no_number_without_an_end(clue: Callable[..., Clue]) -> None:
    told = [taken.as_dict() for taken in times_taken([alert("A-1", clue())])]
    assert [entry["n"] for entry in told] == [0, 0, 0, 0]
    assert not any("median_days" in entry for entry in told)
