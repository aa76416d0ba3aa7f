"""Owns what all verbs of alerts share: who asks, when, which alerts may be read, how one is told."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from creditor.errors import InputError, Trouble
from creditor.monitor.alert import Alert
from creditor.monitor.lifecycle import read_lifecycle
from creditor.monitor.log import Log, View
from creditor.monitor.offices import KEEPER, read_offices
from creditor.monitor.times import now, read_time
from creditor.terms.answer import Grid

OFFICE = "CREDITOR_OFFICE"
RESULTS = {
    "single": "one origin only",
    "agree": "independent sources agree",
    "conflict": "independent sources contradict each other",
}


def asker(by: str) -> str:
    """The office that asks: the one named, else that of CREDITOR_OFFICE, else the keeper of the store.

    Examples
    --------
    >>> asker("csrc")
    'csrc'
    """
    return read_offices().check(by or os.environ.get(OFFICE) or KEEPER, "--by")


def moment(at: str) -> str:
    """The time of an event: the one given, else that of the clock.

    Examples
    --------
    >>> moment("2026-03-01")
    '2026-03-01T00:00:00Z'
    """
    return read_time(at) if at else now()


def readable(log: Log | None, office: str) -> list[Alert]:
    """The alerts that an office may read, in the order of entry.

    Examples
    --------
    >>> readable(None, "keeper")
    []
    """
    alerts = log.alerts().values() if log else ()
    return [alert for alert in alerts if alert.readable_by(office)]


def one(log: Log | View, number: str, office: str) -> Alert:
    """One alert that an office may read; for others it is as if it were not there.

    Raises
    ------
    InputError
        M901 for a number that is not there, or not for this office.

    Examples
    --------
    >>> one.__name__
    'one'
    """
    hidden = InputError(_hidden(number, office))
    try:
        alert = log.alert(number)
    except InputError:
        if office == KEEPER:
            raise
        raise hidden from None
    if not alert.readable_by(office):
        raise hidden
    return alert


def _hidden(number: str, office: str) -> Trouble:
    what = f"no alert {number!r} that {read_offices().title(office)} may read"
    mend = f"creditor alerts list --by {office} shows those that it may"
    return Trouble("M901", "ALERT", what, "only its sharing group reads an alert", mend)


def state_title(name: str) -> str:
    """What a reader sees for a state.

    Examples
    --------
    >>> state_title("transferred")
    'Transferred to justice'
    """
    return read_lifecycle().states[name].title


def shown_time(time: str) -> str:
    """A time for people.

    Examples
    --------
    >>> shown_time("2026-03-01T09:30:00Z"), shown_time("2026-03-01T00:00:00Z")
    ('2026-03-01 09:30', '2026-03-01')
    """
    return time[:10] if time[11:16] == "00:00" else f"{time[:10]} {time[11:16]}"


def alerts_grid(alerts: Iterable[Alert], title: str = "Alerts") -> Grid:
    """Alerts as a table of words.

    Examples
    --------
    >>> alerts_grid([]).columns[0]
    'alert'
    """
    rows = tuple(
        (
            alert.number,
            state_title(alert.state),
            alert.clue.subject,
            alert.clue.sentence,
            _standing(alert),
            shown_time(alert.time),
        )
        for alert in alerts
    )
    note = (
        "Sources: single, agree or conflict; a source that repeats another counts once. Times are universal."
    )
    return Grid("alerts", title, ("alert", "state", "subject", "what", "sources", "last event"), rows, note)


def _standing(alert: Alert) -> str:
    """Agreement of sources, and an assumption where the figure is one."""
    words = [alert.validation.result, *(["unconfirmed"] if alert.unconfirmed else [])]
    return ", ".join([*words, *(["grade C"] if alert.clue.grade == "C" else [])])


def said_of(alert: Alert) -> str:
    """What independent sources say together, as part of a sentence.

    Examples
    --------
    >>> RESULTS["agree"]
    'independent sources agree'
    """
    found = alert.validation
    finds = {"yes": " that it is so", "no": " that it is not so"}.get(found.finds, "")
    words = f"one origin only says{finds}" if found.result == "single" else RESULTS[found.result] + finds
    return words


def record(alert: Alert) -> dict[str, Any]:
    """An alert in one line, for JSON lists."""
    told = alert.as_dict()
    head: Mapping[str, Any] = told["clue"]
    return {
        "alert": alert.number,
        "state": alert.state,
        "pack": head["pack"],
        "subject": head["subject"],
        "object": head["object"],
        "sentence": head["sentence"],
        "severity": head["severity"],
        "province": head.get("province"),
        "group": alert.group,
        "sources": alert.validation.result,
        "unconfirmed": alert.unconfirmed or None,
        "received": dict(alert.received),
        "entered": alert.events[0].time,
        "last_event": alert.time,
    }
