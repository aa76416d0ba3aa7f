"""Stress tests: each of the library can be run and moves debt the way it says."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.errors import InputError
from creditor.sustainability.baseline import baseline
from creditor.sustainability.path import case_of, simulate
from creditor.sustainability.stress import chosen, stressed, stresses, under


def test_each_raises_debt():
    case = case_of(baseline("BRA"), 2035)
    debt = simulate(case).one("debt_ratio")
    for stress in stresses().values():
        found = simulate(stressed(case, stress, debt), 1, [("debt_ratio",)]).one("debt_ratio")
        assert found[-1] > debt[-1], stress.name
        assert stress.certainty in ("S", "R") and stress.source


def test_sizes_of_the_commission():
    case = case_of(baseline("ITA"), 2035)
    found = stressed(case, stresses()["adverse_r_g"], np.ones(12))
    assert found.series["market_shock",][0] == 0.005 and found.series["growth_shock",][-1] == -0.005
    above = stressed(case, stresses()["financial_stress"], np.full(12, 1.4))
    assert above.series["market_shock",][:2] == pytest.approx([0.01 + 0.06 * 0.5, 0.0])


def test_choice():
    assert len(chosen("all")) == len(chosen("imf")) + len(chosen("ec"))
    with pytest.raises(InputError) as wrong:
        chosen("growht")
    assert "growth" in str(wrong.value)


def test_lower_inflation_spares_what_is_indexed():
    """Debt that loses its indexation rises more when prices rise less."""
    case = case_of(baseline("BRA"), 2035)
    debt = simulate(case, 1, [("debt_ratio",)]).one("debt_ratio")
    test = stresses()["lower_inflation"]
    nominal = case.put({("indexed_to_prices", "indexed"): np.zeros(case.periods)})
    rise = {}
    for name, each in (("indexed", case), ("nominal", nominal)):
        plain, under = (simulate(c, 1, [("debt_ratio",)]) for c in (each, stressed(each, test, debt)))
        rise[name] = float(under.one("debt_ratio")[-1] - plain.one("debt_ratio")[-1])
    assert 0 < rise["indexed"] < 0.85 * rise["nominal"]


def test_tests_that_run_together_are_those_that_run_alone():
    case = case_of(baseline("ZAF"), 2035)
    debt = simulate(case, 1, [("debt_ratio",)]).one("debt_ratio")
    found = under(case, chosen("all"), debt)
    assert [test for test, _ in found] == list(stresses().values())
    for test, together in found:
        alone = simulate(stressed(case, test, debt), 1, [("debt_ratio",)]).one("debt_ratio")
        assert together == pytest.approx(alone, rel=1e-14), test.name
    assert under(case, chosen("none"), debt) == []
