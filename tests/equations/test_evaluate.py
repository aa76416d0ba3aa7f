"""Evaluation: the meaning of every operator, at the corners of IEEE arithmetic too."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.equations.evaluate import apply, operate, scalar
from creditor.equations.expressions import FUNCTIONS, OPERATORS, Binary, Call, Cell, Name, Negative, Number

INF, NAN = math.inf, math.nan
CORNERS = (0.0, -0.0, 1.0, -1.0, 2.0, -3.0, 0.5, -0.5, 1e308, -1e308, 5e-324, INF, -INF, NAN)
PLAIN = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.float_power,
    "==": np.equal,
    "<>": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "and": np.logical_and,
    "or": np.logical_or,
}


def same(one: float, other: float) -> bool:
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return one == other and math.copysign(1, one) == math.copysign(1, other)


@pytest.mark.parametrize("operator", OPERATORS)
def test_operators_are_those_of_ieee_at_all_corners(operator: str) -> None:
    for left in CORNERS:
        for right in CORNERS:
            with np.errstate(all="ignore"):
                expected = float(PLAIN[operator](np.float64(left), np.float64(right)))
            assert same(operate(operator, left, right), expected), (left, operator, right)


@given(st.sampled_from(sorted(PLAIN)), st.floats(), st.floats())
def test_operators_are_those_of_ieee(operator: str, left: float, right: float) -> None:
    with np.errstate(all="ignore"):
        expected = float(PLAIN[operator](np.float64(left), np.float64(right)))
    got = operate(operator, left, right)
    assert same(got, expected) or got == pytest.approx(expected, rel=1e-15), (left, right)


@pytest.mark.parametrize(
    ("function", "arguments", "value"),
    [
        ("if", [0.0, 1.0, 2.0], 2.0),
        ("if", [-0.0, 1.0, 2.0], 2.0),
        ("if", [-3.0, 1.0, NAN], 1.0),
        ("if", [0.0, NAN, 2.0], 2.0),
        ("min", [3.0, 1.0, 2.0], 1.0),
        ("max", [3.0, NAN, 2.0], NAN),
        ("min", [NAN, 1.0], NAN),
        ("max", [-INF, INF], INF),
        ("abs", [-0.0], 0.0),
        ("abs", [-INF], INF),
        ("sqrt", [-0.0], -0.0),
        ("sqrt", [-1.0], NAN),
        ("sqrt", [INF], INF),
        ("sqrt", [NAN], NAN),
        ("log", [0.0], -INF),
        ("log", [-1.0], NAN),
        ("log", [INF], INF),
        ("log", [NAN], NAN),
        ("exp", [INF], INF),
        ("exp", [-INF], 0.0),
        ("exp", [710.0], INF),
        ("exp", [NAN], NAN),
        ("exp", [math.log(1.7976931348623157e308)], math.exp(math.log(1.7976931348623157e308))),
    ],
)
def test_functions_at_their_corners(function: str, arguments: list[float], value: float) -> None:
    assert same(apply(function, arguments), value)


def test_every_function_has_a_meaning_but_those_that_become_lags_or_a_division() -> None:
    for function, count in FUNCTIONS.items():
        if function in ("previous", "change", "per_period"):
            with pytest.raises(KeyError):
                apply(function, [1.0] * count)
        else:
            assert math.isfinite(apply(function, [1.0] * count))


def test_a_tree_is_unknown_where_any_part_is() -> None:
    def read(slot: int, lag: int) -> float | None:
        return {(1, 0): 3.0, (1, 1): 2.0}.get((slot, lag))

    change = Binary("-", Cell(1), Cell(1, 1))
    assert scalar(change, read) == 1.0
    assert scalar(Negative(Call("max", (change, Number(5.0)))), read) == -5.0
    for tree in (Cell(2), Negative(Cell(2)), Binary("+", change, Cell(2)), Call("abs", (Cell(1, 2),))):
        assert scalar(tree, read) is None


def test_what_is_not_resolved_has_no_value() -> None:
    with pytest.raises(TypeError, match="Name is not resolved"):
        scalar(Name("x"), lambda slot, lag: None)
