"""Owns the fractions and multiples that a text writes in words: two fifths, one in eight, twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

COUNTED = {
    name: index
    for index, name in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1
    )
}
WHOLES = COUNTED | {
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "fifty": 50,
    "hundred": 100,
    "a hundred": 100,
}
PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
PARTS |= {"eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20}
FOLD = {"twice": 2, "double": 2, "thrice": 3, "triple": 3, "treble": 3}
_COUNT = "|".join((*COUNTED, r"\d{1,2}"))
_TIME = r"(?!\s+(?:of\s+)?a?\s*(?:year|century|decade|month|hour|day|mile|quarter)|-year)"
_PART = re.compile(
    rf"\b(?:(?P<above>{_COUNT}|an?)[\s-](?P<part>{'|'.join(PARTS)})s?"
    rf"|(?P<many>{_COUNT})\s+(?:in|out\s+of)(?:\s+every)?\s+(?P<whole>{_COUNT}|{'|'.join(WHOLES)})"
    rf"|(?P<half>half))\b{_TIME}",
    re.IGNORECASE,
)
_FOLD = re.compile(
    rf"\b(?:(?P<fold>{'|'.join(FOLD)})|(?P<count>\d{{1,2}}(?:\.\d{{1,2}})?|{'|'.join(COUNTED)})"
    r"(?P<more>\s+and\s+a\s+half)?\s+times)\b",
    re.IGNORECASE,
)
_AS = re.compile(r"^\s*(?:as\s+(?:much|many|large|big|high|great|heavy)\s+as\s+)?", re.IGNORECASE)


class Words(NamedTuple):
    """A number in words: its place, and what it comes to in percent."""

    start: int
    end: int
    percent: Fraction


def fractions(text: str) -> Iterator[Words]:
    """Fractions of one that a text names, in order.

    Examples
    --------
    >>> [(one.start, float(one.percent)) for one in fractions("a ninth, three fifths, two in five")]
    [(0, 11.11111111111111), (9, 60.0), (23, 40.0)]
    """
    for match in _PART.finditer(text):
        if match["half"]:
            above, below = 1, 2
        elif match["part"]:
            above, below = _count(match["above"]), PARTS[match["part"].lower()]
        else:
            above, below = _count(match["many"]), _count(match["whole"])
        if 0 < above < below:
            yield Words(match.start(), match.end(), Fraction(100 * above, below))


def multiples(text: str) -> Iterator[Words]:
    """Multiples that a text names; the place ends where that begins of which they are multiples.

    Examples
    --------
    >>> [float(one.percent) for one in multiples("twice its output, 1.5 times as large as GDP")]
    [200.0, 150.0]
    """
    for match in _FOLD.finditer(text):
        if match["fold"]:
            value = Fraction(FOLD[match["fold"].lower()])
        else:
            count = match["count"].lower()
            value = Fraction(COUNTED.get(count, count)) + (Fraction(1, 2) if match["more"] else 0)
        lead = _AS.match(text[match.end() :])
        yield Words(match.start(), match.end() + (lead.end() if lead else 0), 100 * value)


def _count(word: str) -> int:
    word = word.lower()
    return 1 if word in ("a", "an") else WHOLES[word] if word in WHOLES else int(word)
