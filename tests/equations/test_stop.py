"""Where the parser stopped: names of statements, open brackets, the item of a list."""

from __future__ import annotations

import pytest

from creditor.equations.scan import scan
from creditor.equations.stop import Stop, dangles, short, taken_for_name


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("let y = 2 *", "let y: "),
        ("given a = max(1, 2), b = ", "given b: "),
        ("write off bonds = ", "write bonds: "),
        ("hold bills[N] by ", "hold bills: "),
        ("let", "let: "),
        ("a + ", ""),
    ],
)
def test_titles(text: str, title: str) -> None:
    pieces = scan(text)
    assert Stop(pieces, len(pieces)).title == title


def test_brackets_and_what_stands_outside_of_them() -> None:
    pieces = scan("let x = (a + b[N]) * max(c, ")
    stop = Stop(pieces, len(pieces))
    assert [piece.column for piece in stop.opened()] == [25]
    assert stop.top_level() == ["let", "x", "=", ")", "*", "max"]
    assert stop.bad is None and stop.before() == "," and dangles(stop)


def test_a_word_in_the_same_line_is_taken_for_a_name() -> None:
    *pieces, word = scan("let x = 2 * set")
    assert taken_for_name(Stop(pieces, len(pieces), following=word))
    *pieces, word = scan("let x = 2 *\nset")
    assert not taken_for_name(Stop(pieces, len(pieces), following=word))


def test_long_tokens_are_shortened() -> None:
    (piece,) = scan("a" * 99)
    assert len(short(piece)) == 40
