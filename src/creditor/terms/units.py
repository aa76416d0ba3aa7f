"""Owns units: what a number counts, and which numbers may be added."""

from __future__ import annotations

import re
from dataclasses import dataclass

from creditor.errors import InputError, Trouble

SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "mn": 10**6, "bn": 10**9, "billion": 10**9}
SCALES |= {"tn": 10**12, "trillion": 10**12}
_SCALE_NAMES = {1: "", 10**3: "thousand", 10**6: "mn", 10**9: "bn", 10**12: "tn"}
_MONEY = re.compile(
    r"^([A-Z]{3})(?: (thousand|million|mn|billion|bn|trillion|tn))?(?: per (year|quarter|month))?$"
)
_RATE = re.compile(r"^(percent|share)(?: of (.+?))?(?: per (year|quarter|month))?$")
_COUNT = re.compile(r"^(households|persons|years|months|layers|count)(?: per (year|quarter|month))?$")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts.

    Parameters
    ----------
    measure : str
        ``money``, ``percent``, ``share`` or ``count``.
    of : str
        Currency of money, base of a percentage (``GDP``), thing counted.
    scale : int
        1, 10**3, 10**6, 10**9 or 10**12 for money.
    per : str
        Empty for a stock; ``year``, ``quarter`` or ``month`` for a flow.

    Examples
    --------
    >>> str(parse_unit("USD billion"))
    'USD bn'
    >>> parse_unit("USD bn per year").is_flow
    True
    """

    measure: str
    of: str = ""
    scale: int = 1
    per: str = ""

    @property
    def is_flow(self) -> bool:
        """Whether the number is counted over a stretch of time."""
        return bool(self.per)

    @property
    def currency(self) -> str:
        """ISO 4217 code for money, otherwise empty."""
        return self.of if self.measure == "money" else ""

    def __str__(self) -> str:
        if self.measure == "money":
            words = [self.of, _SCALE_NAMES[self.scale]]
        elif self.measure in ("percent", "share"):
            words = [self.measure, f"of {self.of}" if self.of else ""]
        else:
            words = [self.of]
        words.append(f"per {self.per}" if self.per else "")
        return " ".join(word for word in words if word)

    def check_addable(self, other: Unit, where: str = "addition") -> None:
        """Refuse to add a stock to a flow, two currencies, two scales or two bases.

        Raises
        ------
        InputError
            T206, with the difference named.

        Examples
        --------
        >>> parse_unit("USD bn").check_addable(parse_unit("USD bn"))
        """
        if self == other:
            return
        mend = "convert one of them first"
        if self.is_flow != other.is_flow:
            why = "a stock and a flow have no common sum"
            mend = "turn the flow into a stock over a stated stretch of time first"
        elif self.measure != other.measure:
            why = f"{self.measure} and {other.measure} have no common sum"
        elif self.currency != other.currency:
            why = f"{self.currency} and {other.currency} are two currencies"
            mend = "convert one of them at a stated exchange rate first"
        elif self.of != other.of and self.measure == "count":
            why = f"{self.of} and {other.of} are two things"
        elif self.of != other.of:
            bases = f"{self.of or 'nothing named'} and of {other.of or 'nothing named'}"
            why = f"shares of {bases} have other bases"
        elif self.per != other.per:
            why = f"one is per {self.per}, the other per {other.per}"
        else:
            why = "their scales differ"
        raise InputError(Trouble("T206", where, f"{self} and {other} cannot be added", why, mend))


SHARE = Unit("share")
PERCENT = Unit("percent")
OF_GDP = Unit("percent", "GDP")
POINTS, YEARS = Unit("count", "points"), Unit("count", "years")


def money(currency: str, scale: str = "bn", per: str = "") -> Unit:
    """Make a unit of money.

    Examples
    --------
    >>> str(money("USD"))
    'USD bn'
    """
    return Unit("money", currency, SCALES[scale], per)


def parse_unit(text: str, where: str = "unit") -> Unit:
    """Read a unit.

    Parameters
    ----------
    text : str
        ``USD bn``, ``USD bn per year``, ``percent of GDP``, ``share``, ``households`` (a count).
    where : str
        Place named in the error.

    Raises
    ------
    InputError
        T207 if the text has no known form.

    Examples
    --------
    >>> parse_unit("percent of GDP").of
    'GDP'
    """
    cleaned = " ".join(text.split())
    match = _MONEY.match(cleaned)
    if match:
        return Unit("money", match[1], SCALES[match[2] or ""], match[3] or "")
    match = _RATE.match(cleaned)
    if match:
        return Unit(match[1], match[2] or "", 1, match[3] or "")
    match = _COUNT.match(cleaned)
    if match:
        return Unit("count", match[1], 1, match[2] or "")
    mend = "write for example USD bn, USD bn per year, percent of GDP, share, households"
    raise InputError(Trouble("T207", where, f"{text!r} is not a unit", "no known form of a unit fits", mend))
