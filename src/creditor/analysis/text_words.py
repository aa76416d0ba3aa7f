"""Owns the words of texts: concepts and economies by the words that name them, from library/terms."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from creditor.terms import library
from creditor.terms.csvfile import read_csv

CONCEPT = ("name", "title", "measure", "base", "words", "need", "without", "only", "compute")
MEASURES = ("percent", "money", "years", "count")
WORLD = "WLD"


@dataclass(frozen=True)
class Concept:
    """One reading of a number: what it may be called and how the library computes it.

    Parameters
    ----------
    name, title : str
        Of the concept, and of the figure that stands for it.
    measure, base : str
        ``percent``, ``money``, ``years`` or ``count``; of what, as in GDP.
    words, need, without : pattern or None
        Words that name it, words that must stand in the sentence too, words that exclude it.
    economies, others : frozenset of str
        The only economies that it is for; those that it is not for.
    compute : str
        A computation with ``{e}``, ``{p}``, ``{g}`` and ``{custody}``.
    """

    name: str
    title: str
    measure: str
    base: str
    words: re.Pattern[str]
    need: re.Pattern[str] | None
    without: re.Pattern[str] | None
    economies: frozenset[str]
    others: frozenset[str]
    compute: str

    def is_for(self, economy: str) -> bool:
        """Whether an economy may be meant."""
        return economy not in self.others and (not self.economies or economy in self.economies)


@functools.cache
def concepts() -> tuple[Concept, ...]:
    """The concepts, in the order of the file.

    Examples
    --------
    >>> concepts()[0].name
    'debt'
    """
    book = read_csv(library.ROOT / "terms" / "concepts.csv", CONCEPT, schema=True)
    book.require(("name", "title", "measure", "words", "compute"))
    found = []
    for row in book.rows:
        if row["measure"] not in MEASURES:
            book.troubles.add("F312", row.where, f"measure {row['measure']!r}", "", f"one of {MEASURES}")
        only = [name for name in row["only"].split("|") if name]
        concept = Concept(
            name=row["name"],
            title=row["title"],
            measure=row["measure"],
            base=row["base"],
            words=_pattern(row["words"]) or re.compile("(?!)"),
            need=_pattern(row["need"]),
            without=_pattern(row["without"]),
            economies=frozenset(name for name in only if not name.startswith("!")),
            others=frozenset(name[1:] for name in only if name.startswith("!")),
            compute=row["compute"],
        )
        found.append(concept)
    book.finish()
    return tuple(found)


def _pattern(words: str) -> re.Pattern[str] | None:
    """One pattern for words joined by ``|``; ``*`` at the end of a word stands for any ending."""
    parts = sorted((part.strip() for part in words.split("|") if part.strip()), key=len, reverse=True)
    if not parts:
        return None
    texts = [re.escape(part).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for part in parts]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(texts)})(?![\w])", re.IGNORECASE)


@functools.cache
def economy_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all words that name an economy, and the code of each word.

    Examples
    --------
    >>> economy_words()[1]["Japanese"]
    'JPN'
    """
    book = read_csv(library.ROOT / "terms" / "demonyms.csv", ("word", "economy"), schema=True)
    book.require(("word", "economy"))
    book.check_unique(("word",))
    known = {row["word"]: row["economy"] for row in book.finish()}
    known |= {word[0].upper() + word[1:]: code for word, code in known.items() if word[0].islower()}
    longest = sorted(known, key=len, reverse=True)
    texts = [re.escape(word).replace(r"\ ", r"\s+") for word in longest]
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(texts)})(?!\w)"), known


def economies_in(text: str) -> list[tuple[int, int, str]]:
    """Mentions of economies: start, end and code.

    Examples
    --------
    >>> [code for *_, code in economies_in("Japan owes more than the U.S. does")]
    ['JPN', 'USA']
    """
    pattern, known = economy_words()
    return [
        (match.start(), match.end(), known[" ".join(match[0].split())]) for match in pattern.finditer(text)
    ]
