"""After a mistake: all of a text are found, each at its own line, and good statements are not blamed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.equations.parse import MOST, parse
from creditor.errors import InputError

GOOD = ["let x = 1", "sector a, b", 'given y = 2,\n  z = 3 "text"', "set x = 1 from 2\n  to 3", "# remark"]
BAD = [
    "let x = 2 *",
    "let x 3",
    "transaction a: b c",
    "given x = 0,5",
    "let x = log(a, b)",
    "let x = (a + b",
    "let x =\n  a b",
    "hold bills = 3",
    "check a == b",
]


@given(st.lists(st.sampled_from(GOOD + BAD), min_size=1, max_size=12))
def test_each_bad_statement_is_found_at_its_lines(parts: list[str]) -> None:
    begins, line = [], 1
    for part in parts:
        begins.append(line)
        line += part.count("\n") + 1
    wanted = [(begin, part.count("\n")) for begin, part in zip(begins, parts, strict=True) if part in BAD]
    try:
        parse("\n".join(parts), "m")
        found = []
    except InputError as error:
        found = [int(t.where.split(":")[1]) for t in error.troubles if t.code != "C102"]
    assert len(found) == len(wanted)
    assert all(begin <= at <= begin + more for at, (begin, more) in zip(found, wanted, strict=True))


def test_a_word_taken_for_a_name_is_told_once() -> None:
    with pytest.raises(InputError) as caught:
        parse("let x = set + 1\nlet y = 2 *\nlet z = report")
    assert [trouble.where for trouble in caught.value.troubles] == ["model:1", "model:2", "model:3"]


def test_very_many_mistakes_are_cut_off() -> None:
    with pytest.raises(InputError) as caught:
        parse("let x = *\n" * (MOST + 5))
    assert len(caught.value.troubles) == MOST
