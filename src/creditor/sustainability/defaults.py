"""Owns the spells in which governments did not pay private creditors, as far as they are in the figures."""

from __future__ import annotations

from dataclasses import dataclass

from creditor.sustainability.history import debt_rows
from creditor.terms.provenance import Origin


@dataclass(frozen=True)
class Spell:
    """Years of a default.

    Parameters
    ----------
    first, last : int, int or None
        The last is None where no source dates the end.
    origin : Origin
    """

    first: int
    last: int | None
    origin: Origin

    @property
    def told(self) -> str:
        """The years, for sentences."""
        if self.last is None:
            return f"from {self.first}, no end in the figures"
        return f"{self.first}" if self.last == self.first else f"{self.first} to {self.last}"


def defaults(economy: str) -> tuple[Spell, ...]:
    """Spells of default of an economy in ``library/debt/defaults.csv``, the oldest first.

    None is no evidence that there was none: the sources cover emerging economies of middle and high income
    from 1978 to 2010, defaults from 2020 to March 2023, and Greece.

    Parameters
    ----------
    economy : str

    Examples
    --------
    >>> [(spell.first, spell.last) for spell in defaults("ARG")]
    [(1983, 1993), (2001, 2005), (2020, None)]
    >>> defaults("DEU")
    ()
    """
    found = []
    for row in debt_rows("defaults.csv", ("economy", "first", "last", "source", "vintage", "grade")):
        if row["economy"] == economy:
            origin = Origin(row["source"], row["vintage"], row["grade"])
            found.append(Spell(int(row["first"]), int(row["last"]) if row["last"] else None, origin))
    return tuple(sorted(found, key=lambda spell: spell.first))
