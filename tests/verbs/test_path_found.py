"""Chances of a path have the standard error of their own number of paths."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.certificate import Certificate
from creditor.sustainability.path import Paths
from creditor.verbs.path_found import SHARES, chances_of, quantile_errors


def test_shares_and_errors():
    debt = np.ones((12, 4))
    debt[5, 0], debt[-1] = 2.0, 0.5
    gap = np.full((12, 4), 0.01)
    gap[6:, 1] = -0.05
    drawn = Paths({("debt_ratio",): debt, ("rate_less_growth",): gap}, Certificate())
    found = chances_of(drawn)
    assert found["debt_higher_in_five_years"] == pytest.approx((0.25, np.sqrt(0.25 * 0.75 / 4)))
    assert found["rate_less_growth_changes_sign"][0] == 0.25
    assert found["rate_above_growth_at_horizon"][0] == 0.75
    assert found["debt_higher_at_horizon"] == pytest.approx((0.0, np.sqrt(0.25 / 4 / 4)))


def test_a_change_of_sign_counts_within_ten_years_when_both_means_lie_there():
    debt, gap = np.ones((31, 4)), np.full((31, 4), 0.01)
    gap[6:, 0], gap[11:, 1], gap[25:, 2] = -0.05, -0.2, -0.05
    found = chances_of(Paths({("debt_ratio",): debt, ("rate_less_growth",): gap}, Certificate()))
    assert found["rate_less_growth_changes_sign_in_ten_years"][0] == 0.25
    assert found["rate_less_growth_changes_sign"][0] == 0.75


def test_a_rate_on_little_debt_or_on_an_asset_is_not_counted():
    debt, gap = np.full((12, 3), 0.5), np.full((12, 3), 0.01)
    gap[7:] = -0.2
    debt[5:, 1], debt[5:, 2] = 0.04, -0.3
    found = chances_of(Paths({("debt_ratio",): debt, ("rate_less_growth",): gap}, Certificate()))
    assert found["rate_less_growth_changes_sign"][0] == pytest.approx(1 / 3)
    gap[:] = 0.01
    found = chances_of(Paths({("debt_ratio",): debt, ("rate_less_growth",): gap}, Certificate()))
    assert found["rate_above_growth_at_horizon"][0] == pytest.approx(1 / 3)


def test_errors_of_quantiles_are_those_of_repeated_runs():
    runs = np.random.default_rng(7).standard_normal((400, 1, 2000))
    spread = np.percentile(runs[:, 0], SHARES, axis=1).std(axis=1)
    found = np.mean([quantile_errors(run)[:, 0] for run in runs], axis=0)
    assert found == pytest.approx(spread, rel=0.12)
