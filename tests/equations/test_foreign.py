"""Tests of what a foreign text says."""

from __future__ import annotations

import pytest

from creditor.equations.expressions import Name, Negative, Number
from creditor.equations.foreign import Foreign, number_of
from creditor.equations.foreign_expressions import Dialect
from creditor.equations.imported import plain_changes
from creditor.equations.show import to_text


def _foreign(text: str, sign: str = "=") -> Foreign:
    foreign = Foreign(Dialect())
    foreign.split(3, text, sign)
    return foreign


@pytest.mark.parametrize(
    ("text", "name", "right"),
    [
        ("x = a", "x", "a"),
        ("d(x) = a", "x", "x(-1) + a"),
        ("x - x(-1) = a", "x", "x(-1) + a"),
        ("log(x) = a", "x", "exp(a)"),
        ("exp(x) = a", "x", "log(a)"),
        ("dlog(x) = a + b", "x", "x(-1) * exp(a + b)"),
        ("x = a >= b", "x", "a >= b"),
    ],
)
def test_an_equation_is_solved_for_the_variable_on_its_left(text: str, name: str, right: str) -> None:
    (said,) = _foreign(text).said
    assert (said.name, to_text(said.right)) == (name, right)
    assert said.left == Name(name)


@pytest.mark.parametrize(
    ("text", "left"), [("x * p = a", "x * p"), ("d(x * p) = a", "x * p - x(-1) * p(-1)")]
)
def test_another_left_side_is_kept_for_its_first_variable(text: str, left: str) -> None:
    (said,) = _foreign(text).said
    assert said.name == "x"
    assert to_text(plain_changes(said.left)) == left


def test_values_of_the_past_are_openings() -> None:
    for text, back in (("x(0) = 4", 0), ("x[0] = 4", 0), ("x(-2) = 4", 2)):
        (said,) = _foreign(text).said
        assert (said.back, said.constant) == (back, True)
    assert _foreign("x(0) = y").refused[0].what == "a value of the past has a name in it"


def test_lines_are_told_in_one_row_without_signs_that_cannot_be_seen() -> None:
    told = _foreign("x \x00\x1b[31m\n y " + "z" * 200).refused[0]
    assert told.line == 3
    assert told.text.isprintable()
    assert len(told.text) == 100


def test_a_formula_is_split_outside_brackets() -> None:
    assert _foreign("x ~ if(a == 1, b, c)", "~").said[0].name == "x"
    assert _foreign("f(a = 1)").refused[0].what == "it has no '='"


def test_numbers_have_their_sign() -> None:
    assert number_of(Negative(Number(2.0))) == -2
    assert number_of(Name("x")) is None
