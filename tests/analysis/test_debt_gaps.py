"""S1 brings debt to 60 percent in 2070 when it is made; S2 needs a rate above growth and holds debt with ageing."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.analysis.debt_baseline import baseline
from creditor.analysis.debt_gaps import REFUSED, TARGET_YEAR, ageing_costs, gaps
from creditor.analysis.debt_path import case_of, simulate


@pytest.mark.parametrize(("code", "cost"), [("ITA", 0.0), ("BRA", 0.02), ("USA", 0.03), ("LKA", 0.0)])
def test_debt_is_60_percent_with_the_adjustment(code, cost):
    base = baseline(code)
    found = gaps(base, 2055, cost)[0]
    periods = TARGET_YEAR - base.opening
    step = np.where(np.arange(1, periods + 1) >= found.first_year - base.opening, found.value, 0.0)
    given = {("balance_shock",): step, ("ageing_cost",): ageing_costs(base, periods, 2055, cost)}
    run = simulate(case_of(base, TARGET_YEAR).add(given), 1, [("debt_ratio",)])
    assert run.one("debt_ratio")[-1] == pytest.approx(0.60, abs=1e-9)


def test_s2_is_refused_below_growth_and_says_so():
    found = gaps(baseline("JPN"))[1]
    assert found.value is None and found.told == REFUSED


def test_s2_holds_debt_for_ever():
    base, cost = baseline("ITA"), 0.02
    plain, aged = gaps(base)[1].value, gaps(base, 2055, cost)[1].value
    run = simulate(case_of(base, 2040), 1, [("effective_rate",), ("growth",)])
    rate, growth = run.one("effective_rate")[7], run.one("growth")[7]
    costs = ageing_costs(base, 5000, 2055, cost)[base.anchored :]
    debt = float(base.published["debt"][-1])
    for lasting, cut in ((plain, 0.0), (aged, 1.0)):
        value, factor = debt, (1 + rate) / (1 + growth)
        balance = float(base.after["primary_balance"])
        discounted = sum((balance + lasting - cut * c) / factor ** (i + 1) for i, c in enumerate(costs))
        assert discounted + value / factor ** len(costs) == pytest.approx(value, rel=1e-3)


def test_ageing_is_held_after_the_horizon_and_starts_after_the_projection():
    base = baseline("ITA")
    costs = ageing_costs(base, 20, 2040, 0.02)
    assert costs[:6].tolist() == [0.0] * 6 and costs[15:].tolist() == pytest.approx([0.02] * 5)
    assert not ageing_costs(base, 20, 2030, 0.02).any()
