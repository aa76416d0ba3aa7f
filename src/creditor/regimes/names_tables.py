"""Owns the tables of the name screen: terms, related words, vetoes, characters that stand for others."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from creditor.terms.csvfile import read_csv
from creditor.terms.library import ROOT, read_toml

FOLDER = ROOT / "regimes" / "notice42"


@dataclass(frozen=True)
class Tables:
    """Words and characters of the screen.

    Parameters
    ----------
    simplified : mapping
        Traditional character to simplified.
    sounds, looks : mapping of str to set of str
        Character to the characters of the terms that it may stand for, by sound and by look.
    splits : mapping
        Two or three characters to the one that they are parts of.
    begins, ends : mapping of str to str
        Character to those that follow or precede it in words of the language.
    words : mapping
        What names.toml holds.
    """

    simplified: Mapping[str, str]
    sounds: Mapping[str, frozenset[str]]
    looks: Mapping[str, frozenset[str]]
    splits: Mapping[str, str]
    begins: Mapping[str, str]
    ends: Mapping[str, str]
    words: Mapping[str, Any]


@functools.cache
def tables() -> Tables:
    """Read the tables, once.

    Examples
    --------
    >>> tables().simplified["幣"], "币" in tables().sounds["毕"]
    ('币', True)
    """
    words = read_toml(FOLDER / "names.toml")
    kinds: dict[str, dict[str, str]] = {}
    groups: dict[str, dict[str, set[str]]] = {}
    book = read_csv(FOLDER / "names-characters.csv", ("kind", "character", "stands_for"), schema=True)
    for row in book.finish():
        kind, letter, stands = row["kind"], row["character"], row["stands_for"]
        kinds.setdefault(kind, {})[letter] = stands
        groups.setdefault(kind, {}).setdefault(letter, set()).add(stands)
    return Tables(
        kinds["traditional"],
        {letter: frozenset(found) for letter, found in groups["homophone"].items()},
        {letter: frozenset(found) for letter, found in groups["look-alike"].items()},
        kinds["split"],
        kinds["begins"],
        kinds["ends"],
        words,
    )
