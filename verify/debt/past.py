"""Owns what was known at the end of a past year: the published debt, and the baseline forecast from it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from creditor.opening.country import load_country
from creditor.sustainability.baseline import Baseline, baseline
from creditor.sustainability.forecast_errors import SHOCKS, forecast
from creditor.sustainability.history import history

AHEAD = 5
known = cache(baseline)


@cache
def published_debt(code: str) -> dict[int, float]:
    """Debt of general government by year, percent of GDP."""
    return history(load_country(code), "debt_gdp")


def base_at(code: str, year: int, ahead: int = AHEAD) -> Baseline:
    """The baseline of an economy as it would have been forecast at the end of a year."""
    base = known(code)
    told = dict(zip(SHOCKS, forecast(code, year).tolist(), strict=True))
    rate = 0.0 if np.isnan(told["rate"]) else told["rate"]
    up = np.exp(told["growth"] + told["deflator"])
    opening = published_debt(code)[year] / 100
    revalued = 1 + base.foreign_share * np.expm1(told["depreciation"])
    debt, interest, owed = [], [], opening
    for _ in range(ahead):
        interest.append(owed * rate / up)
        owed = owed * revalued / up + interest[-1] - told["balance"] + told["stock_flow"]
        debt.append(owed)
    level = {
        "real_growth": np.expm1(told["growth"]),
        "deflator": np.expm1(told["deflator"]),
        "primary_balance": told["balance"],
        "depreciation": np.expm1(told["depreciation"]),
    }
    published = {name: np.full(ahead, value) for name, value in level.items()}
    published |= {"debt": np.array(debt), "interest": np.array(interest)}
    gdp = history(load_country(code), "gdp_lcu", "economy")[year]
    after = {**level, "rate": rate}
    return replace(base, opening=year, published=published, debt=opening, gdp=gdp, after=after)
