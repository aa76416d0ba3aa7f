"""Errors of forecasts: what was known in a year makes the forecast, and debt follows from what moves it."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.opening.country import load_country
from creditor.sustainability import forecast_errors
from creditor.sustainability.baseline import baseline
from creditor.sustainability.forecast_errors import AHEAD, FIRST, SHOCKS, errors, forecast, moves
from creditor.sustainability.history import economies_with_path, history


def test_what_moves_debt_gives_the_debt_that_was_published():
    for code in economies_with_path():
        found, debt = moves(code), history(load_country(code), "debt_gdp")
        interest = history(load_country(code), "net_interest_gdp")
        share = baseline(code).foreign_share
        for year, flow in found["stock_flow"].items():
            up = np.exp(found["growth"][year] + found["deflator"][year])
            made = debt[year - 1] / 100 * (1 + share * np.expm1(found["depreciation"][year])) / up
            made += interest[year] / 100 - found["balance"][year] + flow
            assert made == pytest.approx(debt[year] / 100, abs=1e-12), (code, year)


def test_a_forecast_knows_nothing_of_what_comes(monkeypatch):
    before = forecast("ESP", 2012)
    full = moves("ESP")
    cut = {name: {y: v for y, v in series.items() if y <= 2012} for name, series in full.items()}

    monkeypatch.setattr(forecast_errors, "moves", lambda code: cut if code == "ESP" else moves(code))
    assert forecast_errors.forecast.__wrapped__("ESP", 2012) == pytest.approx(before)


def test_errors_are_calm_and_bad_and_end_with_what_is_known():
    italy = errors("ITA")
    assert italy.shape == (2024 - FIRST, AHEAD, len(SHOCKS))
    growth = italy[:, 0, 0]
    assert growth.min() < -0.07 and np.sort(np.abs(growth))[:8].max() < 0.03
    early = errors("ITA", 2018)
    assert early[-1, 0, 0] == italy[2017 - FIRST, 0, 0] and np.isnan(early[-1, 1]).all()
    assert not np.isnan(early[2013 - FIRST]).any()


def test_a_rate_on_little_debt_is_not_known():
    assert 2014 not in moves("SAU")["rate"] and np.isnan(forecast("SAU", 2014)[SHOCKS.index("rate")])
    assert (np.array(list(moves("USA")["depreciation"].values())) == 0).all()
