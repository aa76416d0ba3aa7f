"""Owns specificity: which of several statements about one cell decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from creditor.equations.expressions import Place
from creditor.equations.spaces import Labels

Payload = TypeVar("Payload")


@dataclass(frozen=True)
class Stated(Generic[Payload]):
    """A statement about some cells of a name.

    Parameters
    ----------
    cells : frozenset of labels
        All cells that the statement is about.
    place : Place
    payload : object
        What it says.
    named : int
        How many labels it names that come from the scenario: ``growth[ITA]`` is more special than
        ``growth[country]`` where Italy is the only country of the scenario.
    """

    cells: frozenset[Labels]
    place: Place
    payload: Payload
    named: int = 0

    def outranks(self, other: Stated[Payload]) -> bool:
        """Whether its cells are fewer, or the same and it names more of their labels."""
        return self.cells < other.cells or (self.cells == other.cells and self.named > other.named)

    def replaces(self, other: Stated[Payload]) -> bool:
        """Whether it stands in a later text and is about the same cells."""
        same = self.cells == other.cells and self.named == other.named
        return same and self.place.file != other.place.file

    def beats(self, other: Stated[Payload]) -> bool:
        """Whether it is the more special of the two, or replaces the other."""
        return self.outranks(other) or self.replaces(other)


def decide(candidates: Sequence[Stated[Payload]]) -> tuple[Stated[Payload], Stated[Payload] | None]:
    """The statement that decides a cell, and one that it does not beat where there is no most special one.

    Parameters
    ----------
    candidates : sequence of Stated
        In the order of the text, what is extended first.

    Examples
    --------
    >>> general = Stated(frozenset({("N",), ("S",)}), Place("a", 1), "general")
    >>> special = Stated(frozenset({("N",)}), Place("a", 2), "special")
    >>> decide([special, general])[0].payload
    'special'
    """
    best = candidates[0]
    for other in candidates[1:]:
        if other.beats(best):
            best = other
    place = candidates.index(best)
    for number, other in enumerate(candidates):
        beaten = best.outranks(other) or (number < place and best.replaces(other))
        if number != place and not beaten:
            return best, other
    return best, None


def quarrel(one: Stated[Payload], other: Stated[Payload], shown: str) -> tuple[str, Place]:
    """What is said of two statements of which neither is the more special, and where.

    Examples
    --------
    >>> a, b = (Stated(frozenset({("N",)}), Place("a", line), "") for line in (3, 7))
    >>> quarrel(a, b, "x[N]")[0]
    'x[N] has two equations (lines 3, 7), equally special'
    """
    first, second = (one, other) if _order(one) <= _order(other) else (other, one)
    if one.place.file == other.place.file:
        lines = f"lines {first.place.line}, {second.place.line}"
    else:
        lines = f"{first.place}, {second.place}"
    kind = "equally special" if one.cells == other.cells else "overlapping without one inside the other"
    return f"{shown} has two equations ({lines}), {kind}", second.place


def _order(stated: Stated[Payload]) -> tuple[str, int, int]:
    return stated.place.file, stated.place.line, stated.place.column
