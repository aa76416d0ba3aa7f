"""Events are sealed to each other: a change, a gap, a swap or a lost end shows, with its place."""

from __future__ import annotations

import dataclasses

import pytest

from creditor.errors import MissingError
from creditor.monitor.event import START, Draft, Event, check_chain, digest_of, seal, written


def chain(count: int) -> list[Event]:
    events, previous = [], START
    for place in range(1, count + 1):
        draft = Draft("", "added", "2026-03-01T00:00:00Z", "keeper", {"n": place}, f"f{place}")
        events.append(seal(draft, place, f"A-{place}", "2026-03-02T00:00:00Z", previous))
        previous = events[-1].digest
    return events


def head(events: list[Event]) -> tuple[int, str]:
    return (events[-1].sequence, events[-1].digest) if events else (0, START)


def test_a_whole_log_passes() -> None:
    for count in (0, 1, 5):
        events = chain(count)
        check_chain(events, head(events), "store")


@pytest.mark.parametrize("field", [f.name for f in dataclasses.fields(Event) if f.name != "sequence"])
def test_a_change_of_any_field_is_found(field: str) -> None:
    events = chain(4)
    changed = {"n": 99} if field == "content" else "x"
    events[1] = dataclasses.replace(events[1], **{field: changed})
    with pytest.raises(MissingError, match=r"event 2 .* is not as it was written") as error:
        check_chain(events, head(events), "store")
    assert error.value.codes == ("M905",)


def test_gaps_swaps_and_lost_ends_are_found() -> None:
    events = chain(4)
    with pytest.raises(MissingError, match="event 2 is not there"):
        check_chain([events[0], *events[2:]], head(events), "store")
    with pytest.raises(MissingError, match="event 2 is not there"):
        check_chain([events[0], events[2], events[1], events[3]], head(events), "store")
    with pytest.raises(MissingError, match="ends with event 3; the store says 4"):
        check_chain(events[:3], head(events), "store")


def test_a_resealed_event_breaks_the_next() -> None:
    events = chain(3)
    forged = dataclasses.replace(events[1], content={"n": 0})
    events[1] = dataclasses.replace(forged, digest=digest_of(forged))
    with pytest.raises(MissingError, match="event 3 "):
        check_chain(events, head(events), "store")


def test_content_is_written_one_way() -> None:
    assert written({"b": [1, "中"], "a": None}) == '{"a":null,"b":[1,"中"]}'
    with pytest.raises(ValueError, match="JSON"):
        written({"a": float("nan")})
