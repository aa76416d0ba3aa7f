"""Owns the facts of a regime: their values as bits, families of values, notes that set facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

NO, YES, EITHER = 1, 2, 3
"""Bits of a fact with the values no and yes; the same bits are the three truth values of a condition."""


def plain(text: str) -> str:
    """A value or note as it is compared: trimmed, without case, with `_`, `-` and space alike.

    Examples
    --------
    >>> plain(" RMB_stablecoin "), plain("e-CNY")
    ('rmb stablecoin', 'e cny')
    """
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").replace("’", "'").split())


def word(text: str) -> str:
    """A value as a name that a condition can use.

    Examples
    --------
    >>> word("fiat stablecoin (USD)"), word("investing with others' money")
    ('fiat_stablecoin_usd', 'investing_with_others_money')
    """
    return re.sub(r"\W+", "_", text.casefold().replace("'", "")).strip("_")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: something that is known of a case or not.

    Parameters
    ----------
    name : str
        Used in conditions and case files.
    values : tuple of str
        As printed; ``("no", "yes")`` for a fact that holds or does not; empty for a number.
    shown : str
        The name under which it is missed; several facts may share one.
    title, question : str
        What it is, and how a user is asked.
    default : str
        The value where nothing is said; empty for unknown.
    column : bool
        Whether it is a column of the table of cases.
    unit : str
        Of a number.
    aliases : mapping of str to str
        Other words for a value.

    Examples
    --------
    >>> Fact("place", ("domestic", "overseas"), "place").everything
    3
    """

    name: str
    values: tuple[str, ...]
    shown: str
    title: str = ""
    question: str = ""
    default: str = ""
    column: bool = False
    unit: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)

    @property
    def everything(self) -> int:
        """All values at once: the fact is unknown."""
        return (1 << len(self.values)) - 1

    def bit(self, value: str) -> int:
        """The bit of a value, 0 where there is no such value."""
        wanted = plain(self.aliases.get(plain(value), value))
        for place, known in enumerate(self.values):
            if plain(known) == wanted:
                return 1 << place
        return 0

    def names(self, bits: int) -> tuple[str, ...]:
        """The values of some bits."""
        return tuple(value for place, value in enumerate(self.values) if bits >> place & 1)


@dataclass(frozen=True, slots=True)
class Note:
    """A free note and the facts that it sets; a value may name several, as in ``ABS-like | equity``.

    `kind` is ``set``, or ``term`` for a note that carries a word, ``date`` and ``share`` for a number.
    """

    text: str
    group: str
    sets: Mapping[str, str]
    kind: str = "set"


@dataclass(frozen=True)
class Vocabulary:
    """All facts, families and notes of a regime.

    Parameters
    ----------
    facts : mapping of name to Fact
        In the order in which missing facts are named.
    families : mapping of family to (fact, values)
        Names for several values of one fact, for conditions.
    notes : tuple of Note
    contradictions : tuple of (condition, sentence)
        Combinations that cannot be.

    Examples
    --------
    >>> place = Fact("place", ("domestic", "overseas"), "place")
    >>> Vocabulary({"place": place}).bits("place", "domestic")
    1
    """

    facts: Mapping[str, Fact]
    families: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    contradictions: tuple[tuple[str, str], ...] = ()

    def bits(self, fact: str, value: str) -> int:
        """Bits of a value or family of a fact as a condition names it; 0 where there is none."""
        known = self.facts[fact]
        if value in self.families and self.families[value][0] == fact:
            return self._union(known, self.families[value][1])
        for place, text in enumerate(known.values):
            if word(text) == value:
                return 1 << place
        return 0

    @staticmethod
    def _union(fact: Fact, values: Iterable[str]) -> int:
        total = 0
        for value in values:
            total |= fact.bit(value)
        return total

    def words_of(self, fact: str) -> list[str]:
        """Names that a condition may compare a fact with."""
        families = [name for name, (of, _) in self.families.items() if of == fact]
        return [*map(word, self.facts[fact].values), *families]

    @property
    def columns(self) -> tuple[str, ...]:
        """Facts that are columns of a table of cases."""
        return tuple(name for name, fact in self.facts.items() if fact.column)
