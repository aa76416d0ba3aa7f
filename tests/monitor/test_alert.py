"""A log replays to the state that its writer had, whatever legal way it took; an impossible log is refused."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.errors import MissingError
from creditor.monitor.alert import Alert, replay
from creditor.monitor.clue import Clue
from creditor.monitor.event import START, Draft, Event, digest_of, seal
from creditor.monitor.lifecycle import read_lifecycle
from creditor.monitor.steps import adding, advancing, observing, sharing
from creditor.monitor.verification import Observation

TIME = "2026-03-01T00:00:00Z"
CLUE = Clue(
    "notice",
    "coin.example",
    "website",
    "virtual_currency",
    "Offers coins.",
    "a bank",
    "a bank",
    channel="online",
)
GIVEN = {
    "recipients": [], "agreement": "seen", "denial": "checked", "determination": "illegal",
    "measure": "no_breach", "reason": "suspected", "outcome": "done",
}  # fmt: skip


def given_for(needs: tuple[str, ...]) -> dict[str, object]:
    """What each step needs, an override where sources do not agree."""
    named = {"agreement": "reason", "denial": "reason"}
    return {named.get(need, need): GIVEN[need] for need in needs}


class Writer:
    """A log in memory beside an account of its own of what must be true."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.states: dict[str, str] = {}
        self.told: dict[str, set[str]] = {}

    def put(self, number: str, draft: Draft) -> None:
        previous = self.events[-1].digest if self.events else START
        self.events.append(seal(draft, len(self.events) + 1, number, TIME, previous))

    def alert(self, number: str) -> Alert:
        return replay([event for event in self.events if event.alert == number])[number]

    def move(self, kind: int, which: int) -> None:
        """One legal event, chosen by two numbers."""
        life = read_lifecycle()
        if kind == 0 or not self.states:
            number = f"A-{len(self.states) + 1}"
            self.put(number, adding(CLUE, "pboc", TIME))
            self.states[number], self.told[number] = life.first, set()
            return
        number = sorted(self.states)[which % len(self.states)]
        alert, following = self.alert(number), life.after(self.states[number])
        if kind == 1 and following:
            finds = "yes" if which % 3 else "no"
            self.put(
                number,
                observing(alert, Observation(f"s{which}", f"o{which % 4}", "funds", finds), "pboc", TIME),
            )
        elif kind == 2 and self.told[number]:
            self.put(number, sharing(alert, ["miit", "cac"][: 1 + which % 2], "pboc", TIME))
            self.told[number] |= {"miit", "cac"} if which % 2 else {"miit"}
        elif kind > 2 and following:
            to = following[which % len(following)]
            if to == "verified" and alert.validation.finds == "no":
                to = "refuted"
            needs = life.steps[self.states[number], to]
            self.put(number, advancing(alert, to, "pboc", TIME, given_for(needs)))
            self.states[number] = to
            self.told[number] |= {"pboc"} if to == "disseminated" else set()


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 11)), max_size=40))
def test_replay_is_the_state_of_the_writer(moves: list[tuple[int, int]]) -> None:
    writer = Writer()
    for kind, which in moves:
        writer.move(kind, which)
    alerts = replay(writer.events)
    assert {number: alert.state for number, alert in alerts.items()} == writer.states
    assert {number: set(alert.received) for number, alert in alerts.items()} == writer.told
    for alert in alerts.values():
        if alert.state == "closed":
            assert alert.told["outcome"]
        if alert.state in ("handled", "transferred"):
            assert alert.told["determination"]
        if alert.state == "refuted":
            assert set(alert.received.values()) <= {"refuted"}
        assert replay(alert.events) == {alert.number: alert}  # one alert alone gives the same


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 11)), min_size=5, max_size=25), st.data())
def test_a_forged_step_is_refused(moves: list[tuple[int, int]], data: st.DataObject) -> None:
    """An event whose seal is right but that could not have been written is found by the replay."""
    writer = Writer()
    for kind, which in moves:
        writer.move(kind, which)
    number = data.draw(st.sampled_from(sorted(writer.states)))
    life = read_lifecycle()
    state = writer.states[number]
    to = data.draw(st.sampled_from([name for name in life.states if (state, name) not in life.steps]))
    content = {"from": state, "to": to, "told": sorted(writer.told[number])}
    writer.put(number, Draft(number, "advanced", TIME, "pboc", content))
    with pytest.raises(MissingError) as error:
        replay(writer.events)
    assert error.value.codes == ("M905",) and f"event {len(writer.events)}" in str(error.value)


def forged(writer: Writer, **content: object) -> list[Event]:
    """The log with another content of its last event, sealed anew."""
    last = writer.events[-1]
    event = dataclasses.replace(last, content={**last.content, **content})
    return [*writer.events[:-1], dataclasses.replace(event, digest=digest_of(event))]


def test_a_refuted_alert_that_was_not_told_to_all_is_refused() -> None:
    writer = Writer()
    for kind, which in [(0, 0), (3, 0), (3, 0), (2, 1), (1, 0), (3, 1)]:
        writer.move(kind, which)
    assert writer.states == {"A-1": "refuted"}
    assert writer.told["A-1"] == {"pboc", "miit", "cac"}
    with pytest.raises(MissingError, match="not all who received it were told"):
        replay(forged(writer, told=["pboc"]))


def test_a_closed_alert_without_outcome_is_refused() -> None:
    writer = Writer()
    for kind, which in [(0, 0), (3, 0), (3, 0), (1, 0), (3, 1), (3, 0)]:
        writer.move(kind, which)
    assert writer.states == {"A-1": "closed"}
    with pytest.raises(MissingError, match="outcome is missing"):
        replay(forged(writer, outcome=""))


def test_an_event_of_no_alert_or_kind_is_refused() -> None:
    writer = Writer()
    writer.put("A-1", Draft("A-1", "shared", TIME, "pboc", {"to": ["cac"], "state": "clue"}))
    with pytest.raises(MissingError, match="never added"):
        replay(writer.events)
    writer = Writer()
    writer.move(0, 0)
    writer.put("A-1", Draft("A-1", "deleted", TIME, "pboc", {}))
    with pytest.raises(MissingError, match="no such kind"):
        replay(writer.events)


def test_times_of_states() -> None:
    writer = Writer()
    writer.move(0, 0)
    writer.move(3, 0)
    alert = writer.alert("A-1")
    assert alert.entered("clue") == alert.entered("triage") == TIME and alert.entered("closed") == ""
