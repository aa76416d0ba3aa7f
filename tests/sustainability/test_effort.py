"""Efforts: the search finds what a scan finds, says when it is not monotone, and more effort needs more."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.errors import InputError
from creditor.sustainability.adjustment import adjustment
from creditor.sustainability.baseline import baseline
from creditor.sustainability.effort import efforts, falling, holds, least, low, named, search
from creditor.sustainability.path import simulate
from creditor.sustainability.plan import AFTER, equal_steps


@pytest.fixture(scope="module")
def france():
    return adjustment(baseline("FRA"), 4, 400, 3)


def test_the_least_effort_passes_by_debt_model_and_a_little_less_does_not(france):
    (found,) = [e for e in efforts(france, "debt") if e.test == "main"]
    end = france.end
    for gap, wanted in ((2e-8, True), (-2e-8, False)):
        case, _ = france.planned(equal_steps(np.array([found.total + gap]), 4))
        debt = simulate(case, 1, [("debt_ratio",)]).one("debt_ratio")
        falls = (np.diff(debt[end : end + AFTER + 1]) < 0).all() or debt[end + AFTER] <= 0.6
        assert falls == wanted
    assert found.monotone and found.error <= 1e-8


def test_stress_needs_more_and_the_whole_needs_the_most(france):
    found = {e.test: e.total for e in efforts(france, "debt")}
    assert found["adverse_r_g"] > found["main"] and found["financial_stress"] > found["main"]
    (holding,) = efforts(france, "holding")
    assert 0.01 < holding.total < 0.05


def test_chances_have_common_draws_and_an_error(france):
    one, other = (efforts(france, "stochastic")[0] for _ in range(2))
    assert one == other and 0.0005 < one.error < 0.01 and one.monotone
    again = efforts(adjustment(baseline("FRA"), 4, 400, 4), "stochastic")[0]
    assert abs(again.total - one.total) < 5 * one.error


def test_all_tests_together_need_what_the_hardest_of_them_needs(france):
    """A scan of each scenario alone, at a hundredth of the search."""
    totals = np.linspace(0.0, 0.12, 2001)
    steps = equal_steps(totals, 4)
    outcomes = [
        france.project(steps, test) for test in ("main", "lower_balance", "adverse_r_g", "financial_stress")
    ]
    for test, judge in (("all_decline", falling), ("all_below", low)):
        by_scan = max(float(totals[int(np.argmax(judge(found, 4)))]) for found in outcomes)
        assert by_scan - 6.1e-5 <= least(france, test).total <= by_scan + 1e-8


def test_the_deficit_is_held_for_ten_years(france):
    found = least(france, "deficit")
    balance = france.project(equal_steps(np.array([found.total + 1e-8]), 4)).balance[4:15, 0]
    assert balance.min() >= -0.03 and balance.min() == pytest.approx(-0.03, abs=1e-6)
    assert not holds(france, "deficit", equal_steps(np.array([found.total - 1e-6]), 4))[0]


def test_search_tells_what_is_not_monotone_and_what_is_not_there():
    found = search(lambda x: (x > 0.1) | ((x > -0.05) & (x < 0.0)), 64, 1e-8)
    assert not found[2] and found[0] == pytest.approx(0.1, abs=1e-7)
    assert search(lambda x: x > 1, 64, 1e-8)[0] is None
    assert search(lambda x: x > -1, 64, 1e-8)[0] == -0.2


def test_unknown_criterion():
    with pytest.raises(InputError) as wrong:
        named("eu2023")
    assert "eu2024" in str(wrong.value)
