"""Owns a plain scan of a text into tokens, from which mistakes are explained."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from creditor.equations.words import FORMS, RESERVED

_MARKS = r"->|:=|\*\*|!=|==|<>|<=|>=|=>|=<|\.\.|&&|\|\||[-+*/^=<>()\[\],:]"
_TOKEN = re.compile(
    rf"""(?P<skip>[ \t\f\n]+|\#[^\n]*)
    |(?P<text>"[^"\n]*")|(?P<open>"[^\n]*)
    |(?P<name>[A-Za-z_][A-Za-z_0-9]*)
    |(?P<period>[0-9]{{4}}[QqMm][0-9]{{1,2}})
    |(?P<number>([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?)
    |(?P<mark>{_MARKS})|(?P<other>.)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One token: kind (word, name, number, period, text, open, mark, other), text, offset, line, column."""

    kind: str
    value: str
    start: int
    line: int
    column: int

    @property
    def end(self) -> int:
        """Offset just after it."""
        return self.start + len(self.value)


def scan(text: str) -> list[Piece]:
    """Cut a text into tokens; nothing is refused, what the language does not know is of kind ``other``.

    Examples
    --------
    >>> [piece.kind for piece in scan("let x = 2 % # two")]
    ['word', 'name', 'mark', 'number', 'other']
    """
    breaks = [-1] + [match.start() for match in re.finditer("\n", text)]
    pieces = []
    line = 1
    for match in _TOKEN.finditer(text):
        kind, start = match.lastgroup or "", match.start()
        if kind == "skip":
            continue
        while line < len(breaks) and breaks[line] < start:
            line += 1
        value = match.group()
        if kind == "name" and value in RESERVED:
            kind = "word"
        pieces.append(Piece(kind, value, start, line, start - breaks[line - 1]))
    return pieces


def begins(piece: Piece) -> bool:
    """Whether a statement begins with this token.

    Examples
    --------
    >>> begins(scan("let")[0]), begins(scan("worth")[0])
    (True, False)
    """
    return piece.kind == "word" and piece.value in FORMS


def at_offset(pieces: list[Piece], offset: int) -> int:
    """Index of the token that covers an offset, else of the first one after it.

    Examples
    --------
    >>> at_offset(scan("let x"), 2), at_offset(scan("let x"), 3), at_offset(scan("let x"), 9)
    (0, 1, 2)
    """
    index = bisect_right(pieces, offset, key=lambda piece: piece.start) - 1
    return index if index >= 0 and offset < pieces[index].end else index + 1
