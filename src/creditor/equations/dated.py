"""Owns the parts of a text that have to do with periods: changes over time, frequencies, dates and lags."""

from __future__ import annotations

from typing import Any

from creditor.equations.expressions import Expression, Place
from creditor.equations.statements import Change, Frequency, Spot, Statement
from creditor.equations.words import FORMS
from creditor.errors import InputError
from creditor.terms.periods import parse_period

Written = tuple[Any, str]  # the first token of a period, and the period as it is written


class Refused(Exception):
    """Something that the grammar allows and the language does not: code, place, what, why, mend."""

    def __init__(self, code: str, place: Place, what: str, why: str, mend: str) -> None:
        super().__init__(what)
        self.code, self.place, self.what, self.why, self.mend = code, place, what, why, mend


class DatedParts:
    """The rules of `grammar.lark` in which a period stands.

    Examples
    --------
    >>> from lark import Token
    >>> DatedParts().period([Token("PERIOD", "2026Q1", 4, 1, 5)])[1]
    '2026Q1'
    """

    file = ""

    def place(self, token: Any) -> Place:
        """Where a token stands."""
        return Place(self.file, token.line, token.column)

    def whole(self, token: Any, what: str, low: int, high: int) -> int:
        """A whole number within limits."""
        if not token.value.isdigit() or len(token.value) > 12 or not low <= int(token.value) <= high:
            why = f"{what} is a whole number from {low} to {high}"
            raise Refused(
                "E606", self.place(token), f"{token.value[:40]} cannot be {what}", why, "write such a number"
            )
        return int(token.value)

    def period(self, parts: list[Any]) -> Written:
        """``5``, ``2026``, ``2026Q1``, ``2026M01`` or ``2026-01``."""
        token = parts[0]
        if token.type == "NUMBER" and parts[1] is None:
            self.whole(token, "a period", 1, 10**9)
            return token, str(token.value)
        written = "-".join(part.value for part in parts if part is not None)
        try:
            parse_period(written)
        except InputError as error:
            trouble = error.troubles[0]
            raise Refused(trouble.code, self.place(token), trouble.what, trouble.why, trouble.mend) from None
        return token, written

    def change(self, parts: list[Any]) -> Change | tuple[Spot, Expression, str]:
        """One of ``set x = e from a to b``; without ``from`` what it says so far."""
        spot, value, first, last, text = parts
        if first is None:
            return spot, value, text
        written = (first[1], last[1] if last is not None else "")
        begin, end = (int(period) if period.isdigit() else 0 for period in written)
        dates = (written[0] if not begin else "", written[1] if not end else "")
        if begin and end and end < begin:
            what, why = f"from {begin} to {end} is no period", "the last period comes before the first"
            raise Refused("E606", self.place(first[0]), what, why, f"write from {end} to {begin}")
        return Change(spot, value, begin, end or None, text, spot.place, dates)

    def changes(self, parts: list[Any]) -> list[Change]:
        """A list of changes; one without ``from`` has the periods of the next."""
        result: list[Change] = []
        for part in reversed(parts):
            if isinstance(part, Change):
                result.append(part)
            elif result:
                (spot, value, text), after = part, result[-1]
                result.append(Change(spot, value, after.first, after.last, text, spot.place, after.dates))
            else:
                what, why = "from which period on is not said", "a change has a first period"
                raise Refused("E602", part[0].place, what, why, f"write {FORMS['set']}")
        return result[::-1]

    def frequency(self, parts: list[Any]) -> Statement:
        """``frequency quarterly from 2025Q4``."""
        name, first, text = parts
        return Frequency(name.value, "" if first is None else first[1], text, self.place(name))
