"""Efforts: the search finds what a scan finds, says when it is not monotone, and more effort needs more."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.analysis.debt_baseline import baseline
from creditor.analysis.debt_effort import AFTER, FIRST, adjusted, efforts, periods_needed, search
from creditor.analysis.debt_path import case_of, simulate
from creditor.errors import InputError


@pytest.fixture(scope="module")
def france():
    base = baseline("FRA")
    return case_of(base, base.opening + periods_needed(4))


def test_the_least_effort_passes_and_a_little_less_does_not(france):
    (found,) = [e for e in efforts(france, "debt", 4, 2, 1) if e.test == "main"]
    end = FIRST + 3
    for gap, wanted in ((2e-8, True), (-2e-8, False)):
        debt = simulate(adjusted(france, np.array([found.total + gap]), 4), 1, [("debt_ratio",)]).one(
            "debt_ratio"
        )
        falls = (np.diff(debt[end : end + AFTER + 1]) < 0).all() or debt[end + AFTER] <= 0.6
        assert falls == wanted
    assert found.monotone and found.error <= 1e-8


def test_stress_needs_more_and_the_whole_needs_the_most(france):
    found = {e.test: e.total for e in efforts(france, "debt", 4, 2, 1)}
    assert found["adverse_r_g"] > found["main"] and found["financial_stress"] > found["main"]
    (holding,) = efforts(france, "holding", 4, 2, 1)
    assert 0.01 < holding.total < 0.05


def test_chances_have_common_draws_and_an_error(france):
    one, other = (efforts(france, "stochastic", 4, 400, 3)[0] for _ in range(2))
    assert one == other and 0.0005 < one.error < 0.01 and one.monotone
    again = efforts(france, "stochastic", 4, 400, 4)[0]
    assert abs(again.total - one.total) < 5 * one.error


def test_a_step_costs_output_for_three_years(france):
    made = adjusted(france, np.array([0.04]), 4)
    level = np.cumprod(1 + made.series["growth_shock",][:, 0])
    assert level[1] == pytest.approx(1 - 0.75 * 0.01)
    assert level[-1] == pytest.approx(1.0)  # it fades


def test_search_tells_what_is_not_monotone_and_what_is_not_there():
    found = search(lambda x: (x > 0.1) | ((x > -0.05) & (x < 0.0)), 64, 1e-8)
    assert not found[2] and found[0] == pytest.approx(0.1, abs=1e-7)
    assert search(lambda x: x > 1, 64, 1e-8)[0] is None
    assert search(lambda x: x > -1, 64, 1e-8)[0] == -0.2


def test_unknown_criterion(france):
    with pytest.raises(InputError) as wrong:
        efforts(france, "eu2023", 4, 2, 1)
    assert "eu2024" in str(wrong.value)
