"""Least squares and likelihood: closed forms, bounds, what the data leave open."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.analysis.least_squares import estimate
from creditor.errors import InputError, NoSolutionError

WIDE = np.full(2, np.inf)


def data(count: int = 40):
    numbers = np.random.default_rng(3)
    x = np.c_[np.ones(count), numbers.normal(5, 2, count)]
    return x, x @ [2.0, -0.7] + numbers.normal(0, 0.5, count)


def linear(x, y):
    return lambda p: [(y - x @ p, -x)]


def test_one_linear_equation_is_ordinary_least_squares() -> None:
    x, y = data()
    beta = np.linalg.solve(x.T @ x, x.T @ y)
    e = y - x @ beta
    for method, divisor in (("ls", len(y) - 2), ("ml", len(y))):
        found = estimate(linear(x, y), np.zeros(2), -WIDE, WIDE, ["a", "b"], method)
        assert found.values == pytest.approx(beta, rel=1e-11)
        assert found.covariance == pytest.approx(e @ e / divisor * np.linalg.inv(x.T @ x), rel=1e-9)
        by_hand = -len(y) / 2 * (np.log(2 * np.pi * (e @ e) / len(y)) + 1)
        assert found.likelihood == pytest.approx(by_hand, rel=1e-12) and found.degrees == [len(y) - 2]


def test_a_curve_is_followed_to_its_minimum() -> None:
    x = np.linspace(0, 3, 30)
    y = 2.5 * np.exp(-1.3 * x)

    def errors(p):
        curve = np.exp(p[1] * x)
        return [(y - p[0] * curve, -np.c_[curve, p[0] * x * curve])]

    found = estimate(errors, np.array([1.0, 0.0]), -WIDE, WIDE, ["a", "b"])
    assert found.values == pytest.approx([2.5, -1.3], rel=1e-9)


def test_likelihood_weighs_equations_by_their_own_variance() -> None:
    numbers = np.random.default_rng(8)
    sure, noisy = 3 + numbers.normal(0, 0.1, 50), 3 + numbers.normal(0, 2, 50)
    ones = np.ones((50, 1))
    found = estimate(
        lambda p: [(sure - p, -ones), (noisy - p, -ones)], np.zeros(1), -WIDE[:1], WIDE[:1], ["mean"], "ml"
    )
    mean = found.values[0]
    weights = [1 / np.mean((column - mean) ** 2) for column in (sure, noisy)]
    by_hand = (weights[0] * sure.mean() + weights[1] * noisy.mean()) / sum(weights)
    assert mean == pytest.approx(by_hand, rel=1e-9), "the fixed point of the likelihood"
    assert found.standard_errors[0] == pytest.approx((50 * sum(weights)) ** -0.5, rel=1e-6)


def test_a_bound_holds_and_the_rest_is_best_beside_it() -> None:
    x, y = data()
    found = estimate(
        linear(x, y), np.array([0.0, 0.0]), np.array([-9.0, -0.5]), np.array([9.0, 0.5]), ["a", "b"]
    )
    assert found.values[1] == -0.5 and found.at_bound.tolist() == [False, True]
    assert found.values[0] == pytest.approx(np.mean(y + 0.5 * x[:, 1]), rel=1e-10)
    assert found.standard_errors[1] == 0


def test_what_the_data_leave_open_is_named() -> None:
    x, y = data()
    twin = np.c_[x, x[:, 1] * 3]
    wide = np.full(3, np.inf)
    with pytest.raises(InputError, match="do not decide b and c apart"):
        estimate(linear(twin, y), np.zeros(3), -wide, wide, ["a", "b", "c"])
    still = np.c_[x, np.zeros(len(y))]
    with pytest.raises(InputError, match="do not decide c"):
        estimate(linear(still, y), np.zeros(3), -wide, wide, ["a", "b", "c"])
    with pytest.raises(InputError, match="2 observations are to decide 2 parameters"):
        estimate(linear(x[:2], y[:2]), np.zeros(2), -WIDE, WIDE, ["a", "b"])


def test_a_search_without_an_end_is_told() -> None:
    y = np.array([1.0, 1.0, 1.0])
    with pytest.raises((NoSolutionError, InputError)) as caught:
        estimate(
            lambda p: [(y + np.exp(-p[0]), -np.full((3, 1), np.exp(-p[0])))],
            np.zeros(1),
            -WIDE[:1],
            WIDE[:1],
            ["a"],
        )
    assert caught.value.codes[0] in ("S714", "S715")
