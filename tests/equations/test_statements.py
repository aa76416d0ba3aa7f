"""The statements: every kind is in the union, can be read, and says where it stands."""

from __future__ import annotations

import dataclasses
import typing

import pytest

from creditor.equations import statements as s
from creditor.equations.expressions import Number, Place
from creditor.equations.parse import parse

KINDS = typing.get_args(s.Statement)
TEXT = """
dimension d = A, B
sector a, b
currency of d worth r
claim c: a owes b
asset k: a
transaction t: a -> b
hold c by b = 1
write off c = 1
redeem c = 1 at 1
let x = 1
given g = 1
find r so that x = 1
start x = 1
set g = 2 from 3
check x = 1
extends other
frequency quarterly
report x
"""


def test_every_kind_of_statement_can_be_read_and_has_its_place() -> None:
    statements = parse(TEXT, "m")
    assert {type(statement) for statement in statements} == set(KINDS)
    for statement in statements:
        line = TEXT.splitlines()[statement.place.line - 1]
        assert statement.place.file == "m"
        assert line[statement.place.column - 1].isalpha()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_statements_have_a_text_and_a_place_and_do_not_change(kind: type) -> None:
    fields = {field.name: field for field in dataclasses.fields(kind)}
    assert "text" in fields and not fields["place"].compare
    assert kind.__dataclass_params__.frozen


def test_the_same_statement_in_two_places_is_the_same() -> None:
    one, two = (s.Let(s.Spot("x"), Number(1.0), "", Place("m", line, 1)) for line in (1, 2))
    assert one == two
