"""The recursion is debt.model: at 1e-12 in every economy, with and without shocks, in all stress tests."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.sustainability.baseline import baseline
from creditor.sustainability.history import economies_with_path
from creditor.sustainability.path import SLOPE, case_of, simulate
from creditor.sustainability.recursion import BLOCK, closing, ratios
from creditor.sustainability.stress import stressed, stresses

PAIRS = (
    ("debt_ratio", "debt"),
    ("interest_ratio", "interest"),
    ("balance_now", "balance"),
    ("growth", "growth"),
    ("stabilising_gap", "stabilising_gap"),
)
SPREADS = {
    "balance_shock": 0.01,
    "growth_shock": 0.02,
    "deflator_shock": 0.03,
    "depreciation_shock": 0.1,
    "rate_shock": 0.003,
    "market_shock": 0.01,
    "stock_flow_shock": 0.05,
}


def largest(case, paths=1):
    """Largest difference to debt.model, relative where it is above one."""
    model, found = simulate(case, paths, [(name,) for name, _ in PAIRS]), ratios(case, paths)
    worst = 0.0
    for name, field in PAIRS:
        mine = getattr(found, field)[1:]
        worst = max(worst, float(np.abs((mine - model[name][1:]) / np.maximum(1, np.abs(mine))).max()))
    assert np.array_equal(np.isnan(found.interest[0]), np.ones(paths, dtype=bool))
    return worst


def shocked(case, paths):
    """The case with noise in every shock and with givens that baselines leave at nothing."""
    rng, span = np.random.default_rng(1), case.periods
    noise = {(name,): rng.normal(0, size, (span, paths)) for name, size in SPREADS.items()}
    flat = {
        (n,): np.full(span, 0.01)
        for n in ("deposits_drawn", "recognised_liabilities", "asset_sales", "ageing_cost")
    }
    flat |= {("balance_reaction",): np.full(span, 0.05), ("debt_expected",): np.full(span, 0.9)}
    return case.add({**noise, **flat, ("within_year",): np.full(span, 0.5)})


@pytest.mark.parametrize("code", economies_with_path())
def test_the_recursion_is_the_model_in_every_economy(code):
    for slope in (0.0, SLOPE):
        case = case_of(baseline(code), 2040, slope)
        assert largest(case) < 1e-12 and largest(shocked(case, 7), 7) < 1e-12


def test_the_federal_debt_of_all_instruments_and_every_stress_test():
    case = case_of(baseline("USA", "federal"), 2045)
    debt = simulate(case, 1, [("debt_ratio",)]).one("debt_ratio")
    assert largest(shocked(case, 3), 3) < 1e-12
    for name, stress in stresses().items():
        assert largest(stressed(case, stress, debt, 3)) < 1e-12, name


def test_pools_that_differ_by_path_and_indexed_or_foreign_pools():
    case = case_of(baseline("GHA"), 2035)
    series = dict(case.series)
    shares = {"bills": 0.1, "fixed": 0.2, "floating": 0.1, "indexed": 0.1, "foreign": 0.4, "official": 0.1}
    for kind, share in shares.items():
        series["issue_share", kind] = np.full(case.periods, share)
    series["maturing_share", "fixed"] = np.linspace(0.1, 0.3, 5)[None, :] * np.ones((case.periods, 1))
    series["foreign_money", "official"] = np.ones(case.periods)
    assert largest(case.put(series), 5) < 1e-12


def test_a_later_case_goes_on_where_the_first_ended():
    case = shocked(case_of(baseline("TUR"), 2034), 4)
    first = type(case)(case.code, 4, {k: v[:4] for k, v in case.series.items()}, case.starts)
    later = {k: v[4:] for k, v in case.series.items()}
    rest = ratios(type(case)(case.code, case.periods - 4, later, closing(first, 4)), 4)
    assert rest.debt == pytest.approx(ratios(case, 4).debt[4:], rel=1e-12)


def test_more_paths_than_a_block_are_the_same_paths():
    case = shocked(case_of(baseline("ITA"), 2028), BLOCK + 3)
    few = ratios(case.put({k: v[:, -3:] for k, v in case.series.items() if v.ndim == 2}), 3)
    assert np.array_equal(ratios(case, BLOCK + 3).debt[:, -3:], few.debt)


def test_what_it_does_not_have_is_refused():
    case = case_of(baseline("ITA"), 2028)
    for name in ("schedule_stock", "anchored"):
        with pytest.raises(ValueError, match=name):
            ratios(case.put({(name,): np.ones(case.periods)}))
