"""Owns the event: one entry of the log, sealed to the one before it so that a change shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from creditor.errors import MissingError, Trouble

KINDS = ("added", "observed", "advanced", "shared")
START = "0" * 64  # what the first event is sealed to


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it has its place in the log.

    Parameters
    ----------
    alert : str
        Number of the alert; empty for a new one.
    kind : str
        One of `KINDS`.
    time, office : str
        When it happened and who did it.
    content : mapping
        What happened, plain JSON.
    fingerprint : str
        Of a finding that must not be entered twice; empty for none.
    """

    alert: str
    kind: str
    time: str
    office: str
    content: Mapping[str, Any]
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of the log.

    Parameters
    ----------
    sequence : int
        Its place, from 1, without gaps.
    alert, kind, time, office, content, fingerprint
        As in `Draft`.
    recorded : str
        When the clock of the machine said it was written.
    previous, digest : str
        Digest of the event before it, and its own, over that and all the above.
    """

    sequence: int
    alert: str
    kind: str
    time: str
    office: str
    content: Mapping[str, Any]
    fingerprint: str
    recorded: str
    previous: str
    digest: str

    def as_dict(self) -> dict[str, Any]:
        """For export."""
        names = ("sequence", "alert", "kind", "time", "office", "content", "fingerprint", "recorded")
        told = {name: getattr(self, name) for name in (*names, "previous", "digest")}
        return {name: value for name, value in told.items() if value != ""}


def written(content: Mapping[str, Any]) -> str:
    """The content as one line of JSON, always the same for the same content.

    Examples
    --------
    >>> written({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def seal(draft: Draft, sequence: int, alert: str, recorded: str, previous: str) -> Event:
    """Give a draft its place in the log.

    Examples
    --------
    >>> first = seal(Draft("", "added", "2026-03-01T00:00:00Z", "keeper", {}), 1, "A-1", "now", START)
    >>> first.digest == digest_of(first)
    True
    """
    head = (sequence, alert, draft.kind, draft.time, draft.office)
    event = Event(*head, draft.content, draft.fingerprint, recorded, previous, "")
    return Event(*head, draft.content, draft.fingerprint, recorded, previous, digest_of(event))


def digest_of(event: Event) -> str:
    """Digest of an event over all its fields and the event before it."""
    told = (event.sequence, event.alert, event.kind, event.time, event.office, written(event.content))
    text = json.dumps([*told, event.fingerprint, event.recorded, event.previous], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def check_chain(events: Iterable[Event], head: tuple[int, str], where: str) -> None:
    """Check that a whole log is as it was written.

    Parameters
    ----------
    events : iterable of Event
        From the first to the last.
    head : (int, str)
        Place and digest of the last event as the store keeps them apart.
    where : str
        The store, for the error.

    Raises
    ------
    MissingError
        M905 with the first event that was changed, taken out or put in.

    Examples
    --------
    >>> check_chain([], (0, START), "a store")
    """
    place, digest = 0, START
    for event in events:
        if event.sequence != place + 1:
            raise damaged(where, f"event {place + 1} is not there; event {event.sequence} follows {place}")
        if event.previous != digest or event.digest != digest_of(event):
            raise damaged(where, f"event {event.sequence} ({event.alert}) is not as it was written")
        place, digest = event.sequence, event.digest
    if (place, digest) != head:
        raise damaged(where, f"the log ends with event {place}; the store says {head[0]}")


def damaged(where: str, what: str) -> MissingError:
    """The error of a log that was changed from outside."""
    why = "each event is sealed to the one before it"
    mend = "restore the store from a copy; nothing was written to it"
    return MissingError(Trouble("M905", where, what, why, mend))
