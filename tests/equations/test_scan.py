"""Words and tokens: nothing is lost, and the words are those of the grammar."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from creditor.equations.expressions import FUNCTIONS
from creditor.equations.grammar import GRAMMAR
from creditor.equations.scan import at_offset, begins, scan
from creditor.equations.words import FORMS, RESERVED


def test_the_words_are_those_of_the_grammar() -> None:
    lines = [line for line in GRAMMAR.read_text("utf-8").splitlines() if line.startswith("%declare")]
    declared = {word for line in lines for word in line.split()[1:]}
    assert declared == set(RESERVED.values())
    assert set(FUNCTIONS) <= set(RESERVED) and set(FORMS) <= set(RESERVED)


def test_the_grammar_is_short() -> None:
    assert len(GRAMMAR.read_text("utf-8").splitlines()) <= 80


@given(st.text(st.sampled_from('ab 1.\n#"(*:=->let€\x00'), max_size=40))
def test_all_letters_are_in_tokens_or_between_them(text: str) -> None:
    pieces = scan(text)
    lines = text.split("\n")
    for piece in pieces:
        assert text[piece.start : piece.end] == piece.value
        assert lines[piece.line - 1][piece.column - 1 :].startswith(piece.value)
        assert pieces[at_offset(pieces, piece.start)] == piece
    without = text
    for piece in reversed(pieces):
        without = without[: piece.start] + without[piece.end :]
    assert not re.sub(r"#[^\n]*|\s", "", without)


def test_statements_begin_with_their_words() -> None:
    assert [piece.value for piece in scan("let x = set + lets by write") if begins(piece)] == [
        "let",
        "set",
        "write",
    ]
