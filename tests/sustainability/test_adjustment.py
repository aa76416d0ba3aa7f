"""Plans of an economy: the structural balance moves by the steps, output and balance follow, stress comes after."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.sustainability.adjustment import adjustment
from creditor.sustainability.ageing import ageing
from creditor.sustainability.baseline import baseline
from creditor.sustainability.case import Case
from creditor.sustainability.path import simulate
from creditor.sustainability.plan import AFTER, AHEAD, FIRST, equal_steps


@pytest.fixture(scope="module")
def france():
    return adjustment(baseline("FRA"), 4, 500, 1)


def test_steps_move_the_structural_balance_and_the_identities_hold(france):
    steps = np.array([[0.01, 0.0], [0.0, 0.0], [0.005, 0.0], [0.002, -0.01]])
    found = france.project(steps)
    assert found.debt.shape == (1 + 4 + AFTER, 2)
    assert np.diff(found.primary[:5], axis=0) == pytest.approx(steps)
    assert found.primary[5:] == pytest.approx(np.repeat(found.primary[4:5], AFTER, axis=0))
    assert found.structural == pytest.approx(found.primary - found.interest)
    gap = found.balance - found.structural  # the semi-elasticity times the output gap
    assert gap[0, 0] == pytest.approx(0.63 * -0.005087, abs=1e-6)
    assert gap[-1] == pytest.approx([0.0, 0.0], abs=1e-12)


def test_the_plan_of_the_projection_is_the_projection(france):
    """Steps that repeat what the projection has give its debt: no multiplier, nothing else moves."""
    steps = np.diff(france.projected[FIRST - 2 : france.end])[:, None]
    found = france.project(steps)
    plain = simulate(france.case, 1, [("debt_ratio",)])["debt_ratio"][FIRST - 1 : FIRST + 4]
    assert found.debt[:5] == pytest.approx(plain, abs=1e-12)
    assert france.already == pytest.approx(float(steps.sum()))


def test_a_step_costs_output_that_fades_and_half_of_it_comes_back_as_deficit(france):
    none, one = france.project(np.zeros((4, 1))), france.project(np.array([[0.01], [0], [0], [0]]))
    level = np.cumprod((1 + one.growth[1:, 0]) / (1 + none.growth[1:, 0]))
    assert level[:4] == pytest.approx([1 - 0.0075, 1 - 0.005, 1 - 0.0025, 1.0], abs=6e-5)
    change = (one.balance - one.structural) - (none.balance - none.structural)
    assert change[1, 0] == pytest.approx(-0.63 * 0.0075)


def test_stress_begins_after_the_adjustment(france):
    steps = equal_steps(np.array([0.02]), 4)
    main = france.project(steps)
    for test in ("lower_balance", "adverse_r_g", "financial_stress"):
        found = france.project(steps, test)
        assert found.debt[:5] == pytest.approx(main.debt[:5]) and found.debt[6, 0] > main.debt[6, 0]
    lower = france.project(steps, "lower_balance")
    assert (lower.primary - main.primary)[5:8, 0] == pytest.approx([-0.0025, -0.005, -0.005])
    seven = adjustment(baseline("FRA"), 7, 2, 1)
    gap = seven.project(np.zeros((7, 1)), "lower_balance").primary - seven.project(np.zeros((7, 1))).primary
    assert gap[8:11, 0] == pytest.approx([-0.005 / 3, -0.01 / 3, -0.005])


def test_financial_stress_looks_at_the_debt_of_the_last_year_of_the_adjustment(france):
    """One point, and 0.06 for each point of debt above 90 at the end of the adjustment, on what is renewed."""
    steps = equal_steps(np.array([0.02]), 4)
    debt = france.project(steps).debt[4, 0]
    made, _ = france.planned(steps)
    shock = np.zeros((made.periods, 1))
    shock[france.end] = 0.01 + 0.06 * (debt - 0.9)
    by_hand = simulate(made.add({("market_shock",): shock}), 1, [("debt_ratio",)])["debt_ratio"]
    assert france.project(steps, "financial_stress").debt == pytest.approx(by_hand[FIRST - 1 :], abs=1e-12)


def test_ageing_after_the_adjustment_moves_the_balance_for_ten_years():
    base, spain = baseline("ESP"), ageing("ESP")
    for years in (4, 7):
        aged, plain = adjustment(base, years, 2, 1, spain), adjustment(base, years, 2, 1)
        found, none = (plans.project(np.zeros((years, 1))) for plans in (aged, plain))
        assert found.debt[: years + 1] == pytest.approx(none.debt[: years + 1], abs=1e-12)
        end = 2025 + years
        level = spain.projection.net(range(end, end + AFTER + 1))
        assert (none.primary - found.primary)[years:, 0] == pytest.approx(level - level[0])
    assert (aged.cost[-1], aged.cost[aged.end - 1]) == (pytest.approx(level[-1] - level[0]), 0.0)


def test_chances_are_those_of_debt_model_on_the_same_shocks(france):
    steps = equal_steps(np.array([0.0, 0.03]), 4)
    higher, above = france.chances(steps)
    made, _ = france.planned(steps[:, 1:])
    tiled = {(n,): np.concatenate([np.zeros((france.end, 500)), v]) for n, v in france.drawn.items()}
    span = france.end + AHEAD
    series = {
        k: np.repeat(v[:span], 500, axis=1) if v.ndim == 2 else v[:span] for k, v in made.series.items()
    }
    case = Case("FRA", span, series, made.starts)
    growth = (1 + series["growth_shock",]) * (1 + tiled.pop(("growth_shock",))) - 1
    debt = simulate(case.put({("growth_shock",): growth}).add(tiled), 500, [("debt_ratio",)])["debt_ratio"]
    assert higher[1] == pytest.approx((debt[span] > debt[france.end]).mean()) and higher[0] > higher[1]
    assert above[1] == pytest.approx((debt[span] > 0.6).mean())


def test_shocks_of_the_method_are_independent_and_spare_stock_flow(france):
    assert "stock_flow_shock" not in france.drawn and france.drawn["balance_shock"].shape == (AHEAD, 500)
    balance = france.drawn["balance_shock"]
    assert abs(np.corrcoef(balance[0], balance[1])[0, 1]) < 0.15
    steps = equal_steps(np.array([0.04]), 4)
    assert france.own_chances(steps)[0][0] > france.chances(steps)[0][0]
