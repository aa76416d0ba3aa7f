"""Own exp, log and power: errors in ulp, ends of the range, exact cases."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from creditor.engine.functions import exponential, logarithm, power

SPECIAL = np.array(
    [0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, np.nan, 5e-324, 1e-310, 709.7, 709.8, -745.0, -746.0]
)


def ulps(mine: np.ndarray, true: np.ndarray) -> float:
    """Largest distance from a value in higher precision, in units of the last place."""
    gap = np.abs(mine.astype(np.longdouble) - true)
    return float((gap / np.spacing(np.abs(mine)).astype(np.longdouble)).max())


def near_bits(function, own, arguments: np.ndarray) -> int:
    """Largest distance in representable numbers from the standard library's value."""
    standard = np.array([function(x) for x in arguments])
    return int(np.abs(standard.view(np.int64) - own(arguments).view(np.int64)).max())


@pytest.mark.parametrize("bounds", [(-700, 700), (-1, 1), (-0.35, 0.35), (-1e-9, 1e-9)])
def test_exp_is_within_one_ulp(bounds) -> None:
    x = np.random.default_rng(1).uniform(*bounds, 200_000)
    assert near_bits(math.exp, exponential, x[:20_000]) <= 1
    if np.finfo(np.longdouble).nmant > 60:
        assert ulps(exponential(x), np.exp(x.astype(np.longdouble))) < 0.9


@pytest.mark.parametrize("bounds", [(0.5, 2), (0.999, 1.001), (1e-300, 1e-290), (1, 1e6), (1e-320, 1e-310)])
def test_log_is_within_one_ulp(bounds) -> None:
    x = np.random.default_rng(2).uniform(*bounds, 200_000)
    assert near_bits(math.log, logarithm, x[:20_000]) <= 1
    if np.finfo(np.longdouble).nmant > 60:
        assert ulps(logarithm(x), np.log(x.astype(np.longdouble))) < 0.9


def test_the_ends_of_the_range() -> None:
    with np.errstate(all="ignore"):
        assert np.array_equal(exponential(SPECIAL) == 0, [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1])
        assert np.isinf(exponential(np.array([709.8, np.inf]))).all()
        assert exponential(np.array([-745.0]))[0] == 5e-324
        assert logarithm(np.array([0.0]))[0] == -np.inf
        assert logarithm(np.array([np.inf]))[0] == np.inf
        assert np.isnan(logarithm(np.array([-1.0, np.nan]))).all()
        assert logarithm(np.array([5e-324]))[0] == math.log(5e-324)
        assert np.isnan(exponential(np.array([np.nan]))).all()


def test_whole_powers_are_multiplications_and_exact_where_that_is() -> None:
    x = np.array([3.0, -2.0, 0.5, 7.0])
    for n in range(-5, 12):
        exact = [Fraction(v) ** n for v in x.tolist()]
        found = power(x, np.full(4, float(n)))
        assert np.allclose(found, [float(v) for v in exact], rtol=1e-15, atol=0)
        assert n < 0 or found.tolist() == [float(v) for v in exact]


def test_powers_where_nothing_is_whole() -> None:
    x = np.array([2.0, 10.0, 0.3, 0.0, 0.0, -1.0, 9.0])
    y = np.array([0.3, -1.7, 2.5, 0.5, -0.5, 0.3, 0.5])
    with np.errstate(all="ignore"):
        found = power(x, y)
    assert found[:3] == pytest.approx([2**0.3, 10**-1.7, 0.3**2.5], rel=1e-14)
    assert found[3:5].tolist() == [0.0, np.inf]
    assert np.isnan(found[5])
    assert found[6] == 3.0
