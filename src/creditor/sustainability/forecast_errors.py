"""Owns the errors of forecasts of what moves a debt: by economy, year of the forecast and years ahead."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

import numpy as np

from creditor.opening.country import load_country
from creditor.sustainability.baseline import baseline
from creditor.sustainability.history import OPENING, history

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

SHOCKS = ("growth", "deflator", "rate", "balance", "depreciation", "stock_flow")
FIRST = 2007  # the first year at whose end a forecast is made: two years of figures stand before it
AHEAD = 5
LONG, MIDDLE = 10, 5  # years of the means that forecast growth and stock-flow, and prices
LEAST = 10.0  # percent of GDP: a rate on less debt is noise


@functools.cache
def moves(code: str) -> dict[str, dict[int, float]]:
    """What moves the debt of an economy, by shock and year, as in `debt.model`.

    Growth, prices and the price of the dollar are logarithms, the rest shares; the rate is interest over the
    debt of the year before. Stock-flow is what debt changed beside the deficit and beside the revaluation of
    the part in foreign money, whose share is that of today in all years.

    Examples
    --------
    >>> round(moves("ITA")["growth"][2020], 3)
    -0.093
    """
    country = load_country(code)
    gdp, dollars = history(country, "gdp_lcu", "economy"), history(country, "gdp_usd", "economy")
    real, debt = history(country, "real_growth", "economy"), history(country, "debt_gdp")
    balance, interest = history(country, "primary_balance_gdp"), history(country, "net_interest_gdp")
    years = [y for y in sorted(gdp) if y - 1 in gdp and y <= OPENING]
    growth = {y: math.log1p(real[y] / 100) for y in sorted(real) if y <= OPENING}
    nominal = {y: gdp[y] / gdp[y - 1] for y in years}
    money = {
        y: 0.0 if code == "USA" else math.log(nominal[y] * dollars[y - 1] / dollars[y])
        for y in years
        if y in dollars and y - 1 in dollars
    }
    known = [y for y in money if y in debt and y - 1 in debt and y in interest and y in balance]
    share = baseline(code).foreign_share
    flow = {}
    for y in known:
        carried = debt[y - 1] * (1 + share * math.expm1(money[y])) / nominal[y]
        flow[y] = (debt[y] - carried - interest[y] + balance[y]) / 100
    return {
        "growth": growth,
        "deflator": {y: math.log(nominal[y]) - growth[y] for y in years if y in growth},
        "rate": {y: interest[y] / debt[y - 1] * nominal[y] for y in known if debt[y - 1] >= LEAST},
        "balance": {y: value / 100 for y, value in balance.items() if y <= OPENING},
        "depreciation": money,
        "stock_flow": flow,
    }


@functools.cache
def forecast(code: str, year: int) -> Floats:
    """What is forecast at the end of a year for each later one: array [shock], NaN where it is not known.

    Growth is the mean of ten years, the rise of prices that of five, or of as many as there are; the rate on
    debt and the primary balance are the last; the real exchange rate to the dollar stays; stock-flow is the
    median of ten years. Of the rules tried, this one had small errors of debt before 2019.

    Examples
    --------
    >>> forecast("ITA", 2018).round(3).tolist()
    [-0.004, 0.009, 0.027, 0.013, -0.006, 0.008]
    """
    found = moves(code)
    prices, abroad = (_lately(moves(who)["deflator"], year, MIDDLE) for who in (code, "USA"))
    home, foreign = (float(np.mean(x)) if x else np.nan for x in (prices, abroad))
    growth = _lately(found["growth"], year, LONG)
    flow = _lately(found["stock_flow"], year, LONG)
    return np.array(
        [
            float(np.mean(growth)) if growth else np.nan,
            home,
            found["rate"].get(year, np.nan),
            found["balance"].get(year, np.nan),
            home - foreign,
            float(np.median(flow)) if flow else np.nan,
        ]
    )


def _lately(series: dict[int, float], year: int, count: int) -> list[float]:
    return [series[y] for y in range(year - count + 1, year + 1) if y in series]


@functools.cache
def errors(code: str, last: int = OPENING) -> Floats:
    """What came less what was forecast, to the end of ``last``: array [year of the forecast, ahead, shock].

    Forecasts are made from 2007 on with what was known in their year, calm and bad years alike; what has not
    come by ``last`` is NaN.

    Examples
    --------
    >>> errors("ITA", 2018).shape
    (11, 5, 6)
    """
    found = moves(code)
    table = np.full((last - FIRST, AHEAD, len(SHOCKS)), np.nan)
    for row, year in enumerate(range(FIRST, last)):
        told = forecast(code, year)
        for ahead in range(1, min(AHEAD, last - year) + 1):
            came = [found[name].get(year + ahead, np.nan) for name in SHOCKS]
            table[row, ahead - 1] = came - told
    return table
