"""Spreads without draws are those of the model's paths; the reaction is what long changes of debt ask for."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.sustainability.baseline import baseline
from creditor.sustainability.forecast_errors import SHOCKS
from creditor.sustainability.law import Shocks, estimated
from creditor.sustainability.path import case_of, simulate
from creditor.sustainability.shocks import draw
from creditor.sustainability.spread import (
    known_in_2015,
    loads_of_debt,
    long_changes,
    reacting,
    reaction,
    spread,
)


def test_the_spread_is_that_of_the_model():
    base, law = baseline("FRA"), estimated("FRA")
    case = case_of(base, 2029)
    small = Shocks("FRA", law.covariance * 0.01, law.carry)  # to first order
    drawn = {(n,): v for n, v in draw(small, 5, 20_000, 1).items()}
    paths = simulate(case.put(drawn), 20_000, [("debt_ratio",)])["debt_ratio"]
    told = spread(small, loads_of_debt(base.debt), 5, 1 / base.maturity)
    assert paths.std(axis=1)[1:] == pytest.approx(told, rel=0.08)


def test_what_is_carried_over_and_what_is_kept():
    law = Shocks("ITA", np.diag([0, 0, 0, 1.0, 0, 0]), np.array([0, 0, 0, 0.5, 0, 0]))
    found = spread(law, np.array([0, 0, 0, -1.0, 0, 0]), 2, 0.1)
    assert found**2 == pytest.approx([1.0, 1 + 1.5**2])
    gone = spread(law, np.array([0, 0, 0, -1.0, 0, 0]), 3, 0.1, kept=0.0)
    assert gone**2 == pytest.approx([1.0, 1.25, 1.3125])
    renewed = spread(Shocks("ITA", np.diag([0, 0, 1.0, 0, 0, 0]), np.zeros(6)), np.eye(6)[2], 2, 0.25)
    assert renewed**2 == pytest.approx([1.0, 1 + 1.75**2])
    assert SHOCKS.index("rate") == 2


def test_the_vintage_of_2015_is_as_printed():
    table = known_in_2015()
    assert len(table) == 33 and table["GRC"][2011] == 170.96 and max(table["JPN"]) == 2014
    assert (len(table["ITA"]), min(table["ARG"])) == (25, 1993)


def test_the_reaction_meets_long_changes():
    seen, share = long_changes(), reaction()
    assert seen[20] / seen[5] == pytest.approx(2.53, abs=0.01)
    assert 0.01 < share < 0.1
    assert reacting("DEU").reaction == share and reacting("KEN").reaction == share
