"""Owns linear equations in exponents: units that are not known yet, and what the equations say of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from creditor.equations.expressions import Expression, Place

Vector = dict[str, Fraction]  # exponent of each base
Key = TypeVar("Key")


@dataclass
class Linear:
    """A unit that is not known yet: exponents of slots, and of bases.

    ``origins`` says how often each equation went into it, where that is kept.
    """

    slots: dict[int, Fraction] = field(default_factory=dict)
    known: Vector = field(default_factory=dict)
    origins: dict[int, Fraction] = field(default_factory=dict)

    def plus(self, other: Linear, times: Fraction = Fraction(1)) -> Linear:
        """The unit of a product; with times -1 of a ratio."""
        return Linear(
            _sum(self.slots, other.slots, times),
            _sum(self.known, other.known, times),
            _sum(self.origins, other.origins, times) if self.origins or other.origins else {},
        )


def of_slot(slot: int) -> Linear:
    """The unit of one slot."""
    return Linear({slot: Fraction(1)})


def of_base(base: str, exponent: int = 1) -> Linear:
    """A base, or a power of it.

    Examples
    --------
    >>> show(of_base("period", -1).known)
    '1/period'
    """
    return Linear({}, {base: Fraction(exponent)})


class Echelon:
    """Equations ``row = nothing``, each solved for one slot as it comes.

    Examples
    --------
    >>> found = Echelon()
    >>> found.take(of_slot(1).plus(of_base("money"), Fraction(-1)))
    >>> show(found.reduced(of_slot(1)).known)
    'money'
    """

    def __init__(self) -> None:
        self.rows: dict[int, Linear] = {}

    def take(self, row: Linear) -> Linear | None:
        """Take an equation in; one that decides no slot is handed back, and should be nothing."""
        row = self.reduced(row)
        if not row.slots:
            return row
        pivot = max(row.slots)
        self.rows[pivot] = Linear().plus(row, 1 / row.slots[pivot])
        return None

    def reduced(self, row: Linear) -> Linear:
        """A unit in which what is determined is put in place of its slot."""
        while True:
            known = [slot for slot in row.slots if slot in self.rows]
            if not known:
                return row
            for slot in known:
                if slot in row.slots:
                    row = row.plus(self.rows[slot], -row.slots[slot])


@dataclass(frozen=True)
class Record:
    """Where an equation in exponents comes from: two expressions, or a unit that is declared.

    ``slot`` is below zero for the sides of a check.
    """

    place: Place
    slot: int = -1
    sides: tuple[Expression, Expression] | None = None
    declared: str = ""


@dataclass(frozen=True)
class Clash:
    """An equation that cannot hold: its record, by how much, and the records from which that follows."""

    record: Record
    gap: Vector
    others: tuple[Record, ...] = ()


class Recorded(Echelon):
    """Equations with the record of where each comes from.

    Parameters
    ----------
    track : bool
        Whether to keep from which equations a contradiction follows, which takes longer.
    """

    def __init__(self, track: bool = False) -> None:
        super().__init__()
        self.track = track
        self.records: list[Record] = []
        self.clashes: list[Clash] = []

    def state(self, row: Linear, record: Record) -> None:
        """Take an equation in; a contradiction becomes a clash."""
        number = len(self.records)
        self.records.append(record)
        rest = self.take(Linear(row.slots, row.known, {number: Fraction(1)} if self.track else {}))
        if rest is not None and rest.known:
            others = tuple(self.records[n] for n in sorted(rest.origins) if n != number)
            self.clashes.append(Clash(record, rest.known, others))

    def suppose(self, row: Linear) -> bool:
        """Take an equation in where nothing contradicts it; whether it decided anything."""
        return self.take(Linear(row.slots, row.known)) is None

    def exponent(self, row: Linear | None, base: str) -> Fraction | None:
        """The exponent of a base, if it is determined."""
        if row is None or (reduced := self.reduced(row)).slots:
            return None
        return reduced.known.get(base, Fraction(0))


def show(unit: Vector) -> str:
    """A unit as people write it.

    Examples
    --------
    >>> show({"money": Fraction(1)}), show({}), show({"UK": Fraction(-2)})
    ('money', 'pure number', '1/UK^2')
    """
    if not unit:
        return "pure number"
    above = [_power(name, exponent) for name, exponent in sorted(unit.items()) if exponent > 0]
    below = [_power(name, -exponent) for name, exponent in sorted(unit.items()) if exponent < 0]
    top = " ".join(above) or "1"
    return f"{top}/{' '.join(below)}" if below else top


def _power(name: str, exponent: Fraction) -> str:
    return name if exponent == 1 else f"{name}^{exponent}"


def _sum(mine: dict[Key, Fraction], theirs: dict[Key, Fraction], times: Fraction) -> dict[Key, Fraction]:
    """Exponents added up, those that cancel left out."""
    total = dict(mine)
    for key, exponent in theirs.items():
        added = exponent if times == 1 else -exponent if times == -1 else times * exponent
        if key in total:
            added += total[key]
        if added:
            total[key] = added
        else:
            total.pop(key, None)
    return total
