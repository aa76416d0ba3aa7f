"""Owns what happens after a mistake: it is explained, its statement is skipped, the rest is read on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from creditor.equations.build import Refused
from creditor.equations.mistakes import explain
from creditor.equations.scan import Piece, at_offset, begins, scan
from creditor.equations.stop import Stop, taken_for_name
from creditor.errors import Trouble


def recover(
    text: str, file: str, attempt: Callable[[str], Any], error: Exception, most: int
) -> list[Trouble]:
    """Collect the mistakes of a text, one for each statement that has any.

    Parameters
    ----------
    text : str
        The text that could not be read.
    file : str
        Its name.
    attempt : callable
        Reads a part of the text, or raises.
    error : Exception
        What reading the whole text raised.
    most : int
        After so many mistakes the rest is not read; 0 for a text that is one expression.

    Returns
    -------
    list of Trouble
        In the order of the text.

    Examples
    --------
    >>> from creditor.equations.parse import parse
    >>> try:
    ...     parse("let y = 2 *\\nlet z = 3\\nlet = 4")
    ... except Exception as error:
    ...     [trouble.where for trouble in error.troubles]
    ['model:1', 'model:3']
    """
    pieces = scan(text)
    if not pieces:
        return [Trouble("C102", file, "the text is empty", "", "write an expression such as a * (b + c(-1))")]
    heads = [index for index, piece in enumerate(pieces) if begins(piece)] if most else []
    search = _Search(text, file, attempt, pieces, heads)
    troubles: list[Trouble] = []
    failure: Exception | None = error
    begin = 0
    while failure is not None:
        trouble, begin = search.mistake(failure, begin, bool(most))
        troubles.append(trouble)
        if begin >= len(pieces) or len(troubles) >= most:
            return troubles
        failure = _failure(attempt, text[pieces[begin].start :])
    return troubles


@dataclass(frozen=True)
class _Search:
    """What the search for mistakes looks at, and where its statements begin."""

    text: str
    file: str
    attempt: Callable[[str], Any]
    pieces: list[Piece]
    heads: list[int]

    def mistake(self, failure: Exception, begin: int, many: bool) -> tuple[Trouble, int]:
        """The mistake behind a failure, and the piece at which reading goes on."""
        pieces, heads = self.pieces, self.heads
        index = _index(failure, pieces, begin)
        broke_off = (
            not isinstance(failure, Refused)
            and index > begin
            and (index == len(pieces) or begins(pieces[index]))
        )
        after = bisect_left(heads, index if broke_off else index + 1)
        head = max(begin, heads[after - 1] if after else begin)
        following = heads[after] if after < len(heads) else len(pieces)
        next_one = pieces[following] if following < len(pieces) else None
        stop = Stop(pieces[head:following], index - head, following=next_one)
        if isinstance(failure, Refused):
            what = replace(stop, index=index - head + 1).title + failure.what
            where = f"{self.file}:{pieces[index].line}"
            return Trouble(failure.code, where, what, failure.why, failure.mend), following
        upto = self.text[pieces[head].start : pieces[index].start] if head < index < following else ""
        if many and upto and _reads(self.attempt, upto):
            stop = replace(stop, complete=True)
        if taken_for_name(stop):
            following = heads[after + 1] if after + 1 < len(heads) else len(pieces)
        return explain(stop, self.file), following


def _failure(attempt: Callable[[str], Any], part: str) -> Exception | None:
    from lark import UnexpectedInput

    try:
        attempt(part)
    except (UnexpectedInput, Refused) as error:
        return error
    return None


def _reads(attempt: Callable[[str], Any], part: str) -> bool:
    return _failure(attempt, part) is None


def _index(error: Exception, pieces: list[Piece], begin: int) -> int:
    """Index of the token at which reading stopped; the number of tokens where the text broke off."""
    origin = pieces[begin] if begin else None
    if isinstance(error, Refused):
        line, column = error.place.line, error.place.column
        if origin is not None:
            column += origin.column - 1 if line == 1 else 0
            line += origin.line - 1
        index = bisect_left(pieces, (line, column), key=lambda piece: (piece.line, piece.column))
        return min(index, len(pieces) - 1)
    token = getattr(error, "token", None)
    if token is not None and token.type == "$END":
        return len(pieces)
    offset = getattr(error, "pos_in_stream", 0) + (origin.start if origin is not None else 0)
    return at_offset(pieces, offset)
