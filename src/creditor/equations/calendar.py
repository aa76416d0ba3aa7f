"""Owns the calendar of a model: how long a period is, when period 0 is, and dates as numbers of periods."""

from __future__ import annotations

from dataclasses import dataclass

from creditor.errors import InputError, Trouble
from creditor.terms.periods import PARTS, Period, later, parse_period, steps_between
from creditor.terms.suggest import mend_with

FREQUENCIES = {"yearly": "year", "quarterly": "quarter", "monthly": "month"}
YEARS = range(1000, 10_000)  # in a yearly model a number of four digits is a year


@dataclass(frozen=True, slots=True)
class Calendar:
    """The length of a period, and the period of the calendar that is period 0.

    Parameters
    ----------
    length : str
        ``year``, ``quarter`` or ``month``; empty where the model does not say.
    opening : Period, optional
        Period 0: the date of the opening balance sheet. Period 1 is the one after it.

    Examples
    --------
    >>> calendar = read_calendar("quarterly", "2025Q4")
    >>> calendar.number("2026Q1"), calendar.title(5)
    (1, 'period 5 (2027Q1)')
    """

    length: str = ""
    opening: Period | None = None

    @property
    def periods_per_year(self) -> int:
        """1, 4 or 12; 0 where the model does not say."""
        return PARTS.get(self.length, 0)

    def date(self, period: int) -> str:
        """The date of a period as it is written; empty where the model has no dates.

        Examples
        --------
        >>> read_calendar("monthly", "2025M12").date(2)
        '2026-02'
        """
        if self.opening is None:
            return ""
        try:
            return str(later(self.opening, period))
        except ValueError:  # after the year 9999
            return ""

    def title(self, period: int) -> str:
        """A period with its date, for messages."""
        date = self.date(period)
        return f"period {period} ({date})" if date else f"period {period}"

    def dated(self, period: int) -> str:
        """A period as short as can be: its date, else its number."""
        return self.date(period) or str(period)

    def number(self, written: int | str, where: str = "period", least: int = 1) -> int:
        """The number of a period that is written as a number or a date.

        Parameters
        ----------
        written : int or str
            ``5``, ``"5"``, ``"2027Q1"``; in a yearly model with dates, a number of four digits is a year.
        where : str
            Place named in the error.
        least : int
            The first period whose date may stand here: 0 where the opening may.

        Raises
        ------
        InputError
            E623 for a date in a model without dates, of another frequency, or before the first period; T204
            for what is no date.

        Examples
        --------
        >>> read_calendar("yearly", "2025").number(2030)
        5
        """
        text = str(written).strip()
        yearly = self.opening is not None and self.length == "year"
        if text.isascii() and text.isdigit() and not (yearly and int(text) in YEARS):
            return int(text)
        return self._counted(parse_period(text, where), where, least)

    def _counted(self, date: Period, where: str, least: int) -> int:
        if self.opening is None:
            what = f"{date} is a date, and the model has none"
            why = f"a period is a {self.length}, from when is not said" if self.length else ""
            form = next((name for name, length in FREQUENCIES.items() if length == self.length), "quarterly")
            mend = f"write frequency {form} from {_EXAMPLES[FREQUENCIES[form]]} in the text, or a number"
            raise InputError(Trouble("E623", where, what, why or "periods are numbers here", mend))
        first = later(self.opening, least)
        if date.frequency != self.length:
            what, why = f"{date} is a {date.frequency}", f"a period of the model is a {self.length}"
            raise InputError(Trouble("E623", where, what, why, f"write for example {first}"))
        number = steps_between(self.opening, date)
        if number < least:
            what, why = f"{date} is before the first period", f"the opening, period 0, is {self.opening}"
            raise InputError(Trouble("E623", where, what, why, f"begin with {first} or later"))
        return number


_EXAMPLES = {"year": "2025", "quarter": "2025Q4", "month": "2025-12"}


def read_calendar(name: str, opening: str = "", where: str = "frequency") -> Calendar:
    """The calendar that ``frequency NAME from OPENING`` means.

    Parameters
    ----------
    name : str
        ``yearly``, ``quarterly`` or ``monthly``.
    opening : str
        Date of period 0; empty for a model without dates.
    where : str
        Place named in the error.

    Raises
    ------
    InputError
        E623 for another frequency, and for an opening of another length; T204 for what is no date.

    Examples
    --------
    >>> read_calendar("quarterly").periods_per_year
    4
    """
    if name not in FREQUENCIES:
        mend = mend_with(name, FREQUENCIES)
        raise InputError(Trouble("E623", where, f"frequency {name} is not known", "", mend))
    length = FREQUENCIES[name]
    if not opening:
        return Calendar(length)
    date = parse_period(opening, where)
    if date.frequency != length:
        what, why = f"frequency {name} from {date}", f"{date} is a {date.frequency}, a period is a {length}"
        mend = f"write frequency {name} from {_EXAMPLES[length]}"
        raise InputError(Trouble("E623", where, what, why, mend))
    return Calendar(length, date)
