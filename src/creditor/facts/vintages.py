"""Owns vintages: which of several printings of a number was known at a date."""

from __future__ import annotations

from collections.abc import Iterable

from creditor.terms.periods import parse_period


def as_known_at(vintages: Iterable[str], date: str) -> str:
    """The greatest vintage that is not later than a date.

    Parameters
    ----------
    vintages : iterable of str
        Periods as written in files, such as ``2026-03-19`` or ``2026-04``.
    date : str
        A period; its last day counts.

    Returns
    -------
    str
        Empty where nothing was known yet.

    Examples
    --------
    >>> as_known_at(["2025-04", "2026-04"], "2025-12-31")
    '2025-04'
    """
    limit = parse_period(date).last_day
    known = [vintage for vintage in vintages if vintage and parse_period(vintage).last_day <= limit]
    return max(known, key=lambda vintage: parse_period(vintage).last_day, default="")


def newest(vintages: Iterable[str]) -> str:
    """The greatest of several vintages; texts with several joined by ``; `` are taken apart.

    Examples
    --------
    >>> newest(["2026-03-19; 2026-06-11", "2025-04"])
    '2026-06-11'
    """
    single = [part for text in vintages for part in text.split("; ") if part]
    return max(single, key=lambda vintage: parse_period(vintage).last_day, default="")
