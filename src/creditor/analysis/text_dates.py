"""Owns the dates of a text: years, quarters, months and fiscal years as it names them."""

from __future__ import annotations

import re
from typing import NamedTuple

MONTHS: tuple[str, ...] = ("january", "february", "march", "april", "may", "june")
MONTHS += ("july", "august", "september", "october", "november", "december")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
_MONTH = "|".join(MONTHS)
_FORMS = (
    ("fiscal", re.compile(r"\b(?:FY\s?|fiscal(?:\s+year)?\s+)(?P<year>20\d\d|19\d\d)\b", re.I)),
    (
        "quarter",
        re.compile(
            r"\b(?P<year>20\d\d)\s?-?Q(?P<part>[1-4])\b|\bQ(?P<part2>[1-4])\s+(?:of\s+)?(?P<year2>20\d\d)\b",
            re.I,
        ),
    ),
    (
        "ordinal",
        re.compile(
            r"\b(?P<word>first|second|third|fourth|last|final)\s+quarter\s+of\s+(?P<year>20\d\d)\b", re.I
        ),
    ),
    (
        "month",
        re.compile(
            rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?P<month>{_MONTH})(?:\s+\d{{1,2}},)?\s+(?P<year>20\d\d)\b",
            re.I,
        ),
    ),
    (
        "year",
        re.compile(
            r"(?<![\d.,$£€¥/-])(?P<year>19[5-9]\d|20\d\d)(?![\d.,]?\d|\s?(?:%|bn|tn|trillion|billion))"
        ),
    ),
)
_NOW = re.compile(r"\b(?:today|now|currently|at present|these days|nowadays|at the moment)\b", re.I)
NEWEST = "newest"


class Date(NamedTuple):
    """A date that a text names: its place and the period."""

    start: int
    end: int
    period: str


def dates(text: str) -> list[Date]:
    """Dates in a sentence, in order; the newest figure for words such as today.

    Examples
    --------
    >>> [date.period for date in dates("in September 2025, in fiscal 2024, and today")]
    ['2025-09', 'FY2024', 'newest']
    """
    found: list[Date] = []
    for kind, pattern in _FORMS:
        for match in pattern.finditer(text):
            if not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(Date(match.start(), match.end(), _period(kind, match)))
    found += [Date(match.start(), match.end(), NEWEST) for match in _NOW.finditer(text)]
    return sorted(found)


def _period(kind: str, match: re.Match[str]) -> str:
    if kind == "fiscal":
        return f"FY{match['year']}"
    if kind == "quarter":
        return f"{match['year'] or match['year2']}Q{match['part'] or match['part2']}"
    if kind == "ordinal":
        return f"{match['year']}Q{ORDINALS[match['word'].lower()]}"
    if kind == "month":
        return f"{match['year']}-{MONTHS.index(match['month'].lower()) + 1:02d}"
    return match["year"]
