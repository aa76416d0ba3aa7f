"""Owns the situation of a mistake: the tokens of its statement and where the parser stopped among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from creditor.equations.scan import Piece, begins
from creditor.equations.words import FORMS

CLOSING = {"(": ")", "[": "]"}
RELATIONS = ("==", "<>", "<", "<=", ">", ">=")
SIGNS = ("+", "-", "*", "/", "^", *RELATIONS)
LISTS = ("given", "start", "set", "shock", "sector")


class Message(NamedTuple):
    """What is said of one mistake, and at which token."""

    piece: Piece
    what: str
    why: str
    mend: str
    code: str = "E602"


@dataclass(frozen=True)
class Stop:
    """Where the parser stopped: a statement's tokens, the index of the first that does not fit, what is next.

    `index` is the number of tokens where the statement breaks off; `complete` says whether the tokens before
    it are a whole statement.
    """

    pieces: list[Piece]
    index: int
    complete: bool = False
    following: Piece | None = None

    @property
    def bad(self) -> Piece | None:
        """The token that does not fit; None where the text breaks off."""
        return self.pieces[self.index] if self.index < len(self.pieces) else None

    def before(self, count: int = 1) -> str:
        """The text of an earlier token, or nothing."""
        return self.pieces[self.index - count].value if self.index >= count else ""

    def earlier(self, count: int = 1) -> Piece:
        """An earlier token, or the first."""
        return self.pieces[max(self.index - count, 0)]

    @property
    def word(self) -> str:
        """The word with which the statement begins."""
        return self.pieces[0].value if begins(self.pieces[0]) else ""

    @property
    def form(self) -> str:
        """How such a statement is written."""
        return f"write {FORMS[self.word]}" if self.word else "write an expression such as a * (b + c(-1))"

    @property
    def item(self) -> int:
        """Index at which the part of a list begins in which the parser stopped."""
        depth, first = 0, 1
        for index, piece in enumerate(self.pieces[: self.index]):
            depth += (piece.value in CLOSING) - (piece.value in (")", "]"))
            if depth == 0 and piece.value == "," and self.word in LISTS:
                first = index + 1
        return first

    @property
    def title(self) -> str:
        """The statement's name, such as ``let y``, and a colon."""
        if not self.word:
            return ""
        names = self.pieces[self.item : min(self.item + 4, self.index)]
        name = next((piece.value for piece in names if piece.kind == "name"), "")
        return f"{self.word} {name}: " if name else f"{self.word}: "

    def opened(self) -> list[Piece]:
        """The brackets that are open where the parser stopped."""
        stack: list[Piece] = []
        for piece in self.pieces[: self.index]:
            if piece.kind == "mark" and piece.value in CLOSING:
                stack.append(piece)
            elif piece.value in (")", "]") and stack:
                stack.pop()
        return stack

    def top_level(self) -> list[str]:
        """The tokens outside of brackets, since the last comma of a list."""
        result: list[str] = []
        depth = 0
        for piece in self.pieces[: self.index] if self.item == 1 else self.pieces[self.item : self.index]:
            depth += (piece.value in CLOSING) - (piece.value in (")", "]"))
            if depth == 0 and piece.kind != "text":
                result.append(piece.value)
        return result


def dangles(stop: Stop) -> bool:
    """Whether something must follow the last token that fits.

    Examples
    --------
    >>> from creditor.equations.scan import scan
    >>> dangles(Stop(scan("let x ="), 3)), dangles(Stop(scan("let x"), 2))
    (True, False)
    """
    last = stop.earlier()
    open_ended = (*SIGNS, "=", "(", "[", ",", ":", "->", "..")
    return stop.index > 0 and (last.value in open_ended or last.kind == "word")


def short(piece: Piece) -> str:
    """A token as it is shown in a message.

    Examples
    --------
    >>> short(Piece("text", "a" * 99, 0, 1, 1))[-5:]
    'aa...'
    """
    return piece.value if len(piece.value) <= 40 else piece.value[:37] + "..."


def taken_for_name(stop: Stop) -> bool:
    """Whether the statement breaks off because the word after it, in the same line, was meant as a name.

    Examples
    --------
    >>> from creditor.equations.scan import scan
    >>> *pieces, word = scan("let x = set")
    >>> taken_for_name(Stop(pieces, 3, following=word))
    True
    """
    same_line = stop.following is not None and stop.following.line == stop.earlier().line
    return stop.bad is None and same_line and stop.before() in (*SIGNS, "=", "(", ",")
