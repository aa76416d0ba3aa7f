"""The expression tree: children, walks, lags, and previous and change read as lags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.equations.expressions import (
    FUNCTIONS,
    OPERATORS,
    Binary,
    Call,
    Name,
    Negative,
    Number,
    Place,
    children,
    lagged,
    plain,
    walk,
)
from creditor.equations.parse import parse_expression
from creditor.equations.show import to_text

TEXTS = st.sampled_from(
    ["a", "b(-1) + 2", "-c", "max(a, b[N])", "sum(a + b over d where d <> N)", "a ^ b(-2)", "a * b in N"]
)


def test_places_do_not_count_in_comparisons_and_are_shown() -> None:
    assert Name("x", place=Place("m", 1, 2)) == Name("x", place=Place("m", 9, 9))
    assert str(Place("m", 3, 1)) == "m:3" and str(Place("m")) == "m"


def test_a_walk_meets_every_node_from_left_to_right() -> None:
    tree = parse_expression("a + sum(-b * max(c, 2) over d)")
    assert [node.name for node in walk(tree) if isinstance(node, Name)] == ["a", "b", "c"]
    assert len(list(walk(tree))) == 9
    assert children(Number(1.0)) == ()


def test_a_walk_does_not_mind_depth() -> None:
    tree = Name("x")
    for _ in range(50_000):
        tree = Negative(tree)
    assert sum(1 for _ in walk(tree)) == 50_001
    while isinstance(tree, Negative):  # taken apart by hand: the interpreter frees deep trees by recursion
        tree = tree.operand


@given(TEXTS, st.integers(1, 4))
def test_a_lag_of_a_lag_adds_up(text: str, periods: int) -> None:
    tree = parse_expression(text)
    assert lagged(lagged(tree, periods)) == lagged(tree, periods + 1)
    before = [node.lag for node in walk(tree) if isinstance(node, Name)]
    assert [n.lag for n in walk(lagged(tree, periods)) if isinstance(n, Name)] == [
        b + periods for b in before
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("previous(a + b(-1))", "a(-1) + b(-2)"),
        ("change(a / b)", "a / b - a(-1) / b(-1)"),
        ("change(change(a))", "a - a(-1) - (a(-1) - a(-2))"),
        ("-previous(max(a, previous(b)))", "-max(a(-1), b(-2))"),
        ("sum(change(a) over d where d <> N)", "sum(a - a(-1) over d where d <> N)"),
        ("2", "2"),
    ],
)
def test_previous_and_change_are_read_as_lags(text: str, wanted: str) -> None:
    assert to_text(plain(parse_expression(text))) == wanted


def test_the_tables_of_operators_and_functions_are_what_the_grammar_reads() -> None:
    for operator in OPERATORS:
        assert parse_expression(f"a {operator} b") == Binary(operator, Name("a"), Name("b"))
    for function, count in FUNCTIONS.items():
        text = f"{function}({', '.join('abc'[:count])})"
        assert parse_expression(text) == Call(function, tuple(map(Name, "abc"[:count])))
