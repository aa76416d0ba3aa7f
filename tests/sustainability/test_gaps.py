"""S1 brings debt to 60 percent in 2070 when it is made; S2 needs a rate above growth and holds debt with ageing."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.sustainability.ageing import ageing
from creditor.sustainability.baseline import baseline
from creditor.sustainability.gaps import REFUSED, TARGET_YEAR, TOLD, gaps
from creditor.sustainability.path import case_of, simulate


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("ITA", "none"),
        ("BRA", 2.0),
        ("USA", 3.0),
        ("LKA", "none"),
        ("ITA", "published"),
        ("GBR", "published"),
    ],
)
def test_debt_is_60_percent_with_the_adjustment(code, asked):
    base, aged = baseline(code), ageing(code, asked)
    found = gaps(base, aged, 2055)[0]
    assert found.told == TOLD[aged.kind]
    periods = TARGET_YEAR - base.opening
    step = np.where(np.arange(1, periods + 1) >= found.first_year - base.opening, found.value, 0.0)
    given = {("balance_shock",): step, ("ageing_cost",): aged.costs(base, periods, 2055)}
    run = simulate(case_of(base, TARGET_YEAR).add(given), 1, [("debt_ratio",)])
    assert run.one("debt_ratio")[-1] == pytest.approx(0.60, abs=1e-9)


def test_s2_is_refused_below_growth_and_says_so():
    found = gaps(baseline("JPN"))[1]
    assert found.value is None and found.told == REFUSED


@pytest.mark.parametrize("asked", [2.0, "published"])
def test_s2_holds_debt_for_ever(asked):
    base, cost = baseline("ITA"), ageing("ITA", asked)
    plain, aged = gaps(base)[1].value, gaps(base, cost, 2055)[1].value
    run = simulate(case_of(base, 2040), 1, [("effective_rate",), ("growth",)])
    rate, growth = run.one("effective_rate")[7], run.one("growth")[7]
    costs = cost.costs(base, 5000, 2055)[base.anchored :]
    debt = float(base.published["debt"][-1])
    for lasting, cut in ((plain, 0.0), (aged, 1.0)):
        value, factor = debt, (1 + rate) / (1 + growth)
        balance = float(base.after["primary_balance"])
        discounted = sum((balance + lasting - cut * c) / factor ** (i + 1) for i, c in enumerate(costs))
        assert discounted + value / factor ** len(costs) == pytest.approx(value, rel=1e-3)
