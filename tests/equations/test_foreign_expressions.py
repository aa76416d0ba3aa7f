"""Tests of expressions in foreign forms."""

from __future__ import annotations

import pytest

from creditor.equations.expressions import Name
from creditor.equations.foreign_expressions import Dialect, NotUnderstood, read_expression
from creditor.equations.imported import plain_changes
from creditor.equations.parse import parse_expression
from creditor.equations.show import to_text

R, EVIEWS = Dialect(), Dialect(fold=True, coefficients=True, chained=False)


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("a + b * -c ^ 2 / d", "a + b * -c ^ 2 / d"),
        ("-2 ** x[-1]", "-2 ^ x(-1)"),
        ("a ^ b ^ c", "a ^ (b ^ c)"),
        ("ln(x) + exp(-y) * sqrt(z)", "log(x) + exp(-y) * sqrt(z)"),
        ("pmin(a, b, c) - pmax(a, b)", "min(a, b, c) - max(a, b)"),
        ("d(x)", "change(x)"),
        ("d(x, 2)", "x - x(-1) - (x(-1) - x(-2))"),
        ("dlog(x)", "log(x) - log(x(-1))"),
        ("ifelse(a > 1 && b != 2, a, b)", "if(a > 1 and b <> 2, a, b)"),
        ("if (a >= 1 || !b) {a} else {b}", "if(a >= 1 or if(b, 0, 1), a, b)"),
        ("if(a == 1, a, b)", "if(a == 1, a, b)"),
        ("@movav(x, 3)", "(x + x(-1) + x(-2)) / 3"),
        ("@movsum(a * x, 2)", "a * x + a(-1) * x(-1)"),
        ("@pch(x)", "x / x(-1) - 1"),
        ("@recode(x > 0, 1, -1)", "if(x > 0, 1, -1)"),
        ("@inv(x) + @abs(y)", "1 / x + abs(y)"),
        ("lag(x) + lag(x, 2)", "x(-1) + x(-2)"),
        ("1.5e-3 * .5", "0.0015 * 0.5"),
        ("x(-0)", "x"),
    ],
)
def test_a_foreign_expression_means_the_same_here(foreign: str, ours: str) -> None:
    read = to_text(plain_changes(read_expression(foreign, R)))
    assert parse_expression(read) == parse_expression(ours)


def test_a_fold_makes_names_upper_case_and_functions_are_known_in_any() -> None:
    assert to_text(read_expression("Log(ab(-1)) + C(12)", EVIEWS)) == "log(AB(-1)) + C_12"
    assert read_expression("c(-1)", EVIEWS) == Name("C", (), 1)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("x(+1)", "x is read 1 periods ahead"),
        ("x[1]", "x has no lag"),
        ("x(-41)", "a lag of 41"),
        ("x(-1.5)", "no whole number"),
        ("f(x, y)", "the function f with 2 arguments"),
        ("log(x, y)", "the function log with 2 arguments"),
        ("d(x, y)", "over no whole number"),
        ("a < b < c", "two relations"),
        ("a b", "'b' follows"),
        ("a ; b", "the letter ';'"),
        ("@x", "@x is not known"),
        ("", "an operand is missing before the end"),
        ("if (a) b", "'else' is missing"),
    ],
)
def test_what_has_no_words_here_is_named(text: str, what: str) -> None:
    with pytest.raises(NotUnderstood) as raised:
        read_expression(text, R)
    assert what in raised.value.what


def test_a_power_of_a_power_needs_brackets_where_programs_differ() -> None:
    with pytest.raises(NotUnderstood, match="power of a power"):
        read_expression("a^b^c", EVIEWS)
    assert to_text(read_expression("(a^b)^c", EVIEWS)) == "(A ^ B) ^ C"
