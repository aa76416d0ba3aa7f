"""Owns periods: years, quarters, months, days and fiscal years, their order and their last day."""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from dataclasses import dataclass

from creditor.errors import InputError, Trouble

_FORMS = {
    "year": re.compile(r"([0-9]{4})"),
    "quarter": re.compile(r"([0-9]{4})-?[Qq]([0-9])"),
    "month": re.compile(r"([0-9]{4})(?:-|-?[Mm])([0-9]{2}|(?<=[Mm])[0-9])"),
    "day": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
    "fiscal year": re.compile(r"[Ff][Yy]([0-9]{4})"),
}
PARTS = {"year": 1, "quarter": 4, "month": 12}  # of a year
FISCAL_YEAR_END_MONTH = 9  # United States federal fiscal year; the only one the library uses so far


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of calendar time.

    Parameters
    ----------
    frequency : str
        ``year``, ``quarter``, ``month``, ``day`` or ``fiscal year``.
    year : int
        Calendar year (for a fiscal year, the year in which it ends).
    part : int
        Quarter or month number; 1 for years; for days ``month * 100 + day``.

    Examples
    --------
    >>> parse_period("2025Q3").last_day.isoformat()
    '2025-09-30'
    >>> parse_period("2025Q3") < parse_period("2025Q4")
    True
    """

    frequency: str
    year: int
    part: int = 1

    @property
    def last_day(self) -> datetime.date:
        """The day on which the period ends, the date of a stock."""
        if self.frequency == "day":
            return datetime.date(self.year, self.part // 100, self.part % 100)
        month = {
            "year": 12,
            "quarter": 3 * self.part,
            "month": self.part,
            "fiscal year": FISCAL_YEAR_END_MONTH,
        }[self.frequency]
        return datetime.date(self.year, month, calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return {
            "year": f"{self.year:04d}",
            "quarter": f"{self.year:04d}Q{self.part}",
            "month": f"{self.year:04d}-{self.part:02d}",
            "day": f"{self.year:04d}-{self.part // 100:02d}-{self.part % 100:02d}",
            "fiscal year": f"FY{self.year:04d}",
        }[self.frequency]

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.last_day, str(self)) < (other.last_day, str(other))


def parse_period(text: str, where: str = "period") -> Period:
    """Read a period.

    Parameters
    ----------
    text : str
        ``2025``, ``2025Q3``, ``2025-09`` (also ``2025M09``), ``2025-09-30`` or ``FY2025``.
    where : str
        Place named in the error.

    Returns
    -------
    Period

    Raises
    ------
    InputError
        T204 if the text is no period or names one that does not exist, such as ``2025Q5``.

    Examples
    --------
    >>> str(parse_period("2025-q3"))
    '2025Q3'
    """
    cleaned = text.strip()
    for frequency, form in _FORMS.items():
        match = form.fullmatch(cleaned)
        if not match:
            continue
        numbers = [int(group) for group in match.groups()]
        part = {1: 1, 2: numbers[-1], 3: 100 * numbers[1] + numbers[-1] if len(numbers) == 3 else 0}[
            len(numbers)
        ]
        period = Period(frequency, numbers[0], part)
        try:
            if frequency == "quarter" and part not in (1, 2, 3, 4):
                raise ValueError("a year has quarters 1 to 4")
            _ = period.last_day
        except (ValueError, calendar.IllegalMonthError) as error:
            raise InputError(
                Trouble(
                    "T204", where, f"period {text!r} does not exist", str(error), _mend(frequency, numbers[0])
                )
            ) from None
        return period
    mend = "write 2025, 2025Q3, 2025-09, 2025-09-30 or FY2025"
    raise InputError(
        Trouble("T204", where, f"{text!r} is not a period", "no known form of a period fits", mend)
    )


def later(period: Period, steps: int) -> Period:
    """The period that is some steps later, or earlier where steps is negative.

    Parameters
    ----------
    period : Period
        A year, quarter or month.
    steps : int

    Raises
    ------
    ValueError
        For a day or a fiscal year, and where the calendar ends (year 1 or 9999).

    Examples
    --------
    >>> str(later(parse_period("2025Q4"), 5))
    '2027Q1'
    """
    year, part = divmod(_count(period) + steps, PARTS[period.frequency])
    if not 1 <= year <= 9999:
        raise ValueError(f"{year} is not a year of the calendar")
    return Period(period.frequency, year, part + 1)


def steps_between(first: Period, second: Period) -> int:
    """How many periods the second is later than the first; both of one frequency.

    Examples
    --------
    >>> steps_between(parse_period("2025Q4"), parse_period("2027Q1"))
    5
    """
    if first.frequency != second.frequency:
        raise ValueError(f"{first} is a {first.frequency}, {second} is a {second.frequency}")
    return _count(second) - _count(first)


def _count(period: Period) -> int:
    """Periods since the beginning of the calendar."""
    if period.frequency not in PARTS:
        raise ValueError(f"{period} is a {period.frequency}, which is not counted")
    return period.year * PARTS[period.frequency] + period.part - 1


def _mend(frequency: str, year: int) -> str:
    return {
        "quarter": f"use {year}Q1 to {year}Q4",
        "month": f"use {year}-01 to {year}-12",
        "day": f"use a day of the calendar of {year}, for example {year}-09-30",
    }.get(frequency, "use a year from 0001 to 9999")
