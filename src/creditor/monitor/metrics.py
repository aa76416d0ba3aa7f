"""Owns the times of alerts: to disseminate, verify, respond and close, from the times of events."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from creditor.monitor.alert import Alert
from creditor.monitor.times import seconds_between

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the life of alerts.

    Parameters
    ----------
    name, title : str
    start, end : tuple of str
        States; the first time an alert is in one of them counts.
    article : str
        What asks for it to be prompt, without a number.
    """

    name: str
    title: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    article: str


SPANS = (
    Span("disseminate", "from entry to dissemination", ("clue",), ("disseminated",), "V(e)"),
    Span(
        "verify",
        "from dissemination to verified or refuted",
        ("disseminated",),
        ("verified", "refuted"),
        "V(f)",
    ),
    Span(
        "respond",
        "from verified to handled or transferred",
        ("verified",),
        ("handled", "transferred"),
        "V(f)",
    ),
    Span("close", "from entry to the end", ("clue",), ("closed",), ""),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """How long a stretch took, over the alerts that have ended it.

    Parameters
    ----------
    span : Span
    days : tuple of float
        Sorted, one for each alert.
    waiting : tuple of str
        Numbers of alerts within it.
    """

    span: Span
    days: tuple[float, ...]
    waiting: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON; without an alert that has ended it there is no number."""
        told: dict[str, Any] = {"span": self.span.name, "title": self.span.title, "n": len(self.days)}
        if self.days:
            told |= {"median_days": statistics.median(self.days), "least_days": self.days[0]}
            told |= {"most_days": self.days[-1]}
        return {**told, "waiting": list(self.waiting)}


def times_taken(alerts: Iterable[Alert]) -> list[Taken]:
    """How long each stretch took.

    Parameters
    ----------
    alerts : iterable of Alert

    Returns
    -------
    list of Taken
        One for each of `SPANS`. Nothing is compared with a deadline: the notice prints no number of days.

    Examples
    --------
    >>> [taken.days for taken in times_taken([])]
    [(), (), (), ()]
    """
    found, every = [], list(alerts)
    for span in SPANS:
        begun = [alert for alert in every if alert.entered(*span.start)]
        ended = [alert for alert in begun if alert.entered(*span.end)]
        days = [seconds_between(a.entered(*span.start), a.entered(*span.end)) / DAY for a in ended]
        open_ones = [a for a in begun if a not in ended and a.state != "closed"]
        waiting = [a.number for a in open_ones if not (span.name == "respond" and a.state == "refuted")]
        found.append(Taken(span, tuple(sorted(days)), tuple(waiting)))
    return found
