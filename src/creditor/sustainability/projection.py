"""Owns the projection that a debt path follows, as series of shares, and what is held after it."""

from __future__ import annotations

import functools
import statistics
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from creditor.errors import MissingError, Trouble
from creditor.opening.country import Country, load_country
from creditor.sustainability.history import (
    FEDERAL,
    GENERAL,
    OPENING,
    PROJECTION,
    economies_with_path,
    history,
    projections,
)
from creditor.terms.finding import Finding
from creditor.terms.provenance import Origin

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

PUBLISHED = ("real_growth", "deflator", "primary_balance", "interest", "debt", "depreciation")


@dataclass(frozen=True)
class Projected:
    """A published projection and the opening that it starts from, of one vintage.

    Parameters
    ----------
    series : mapping of str to array [year]
        Series of `PUBLISHED` from the year after the opening: ``debt``, ``interest`` and
        ``primary_balance`` are shares of GDP, the others shares per year.
    debt : float
        At the opening, a share of GDP.
    gdp : float
        Of the opening year, billions of the currency.
    origin : Origin
        Of the debt at the opening.
    """

    series: Mapping[str, Floats]
    debt: float
    gdp: float
    origin: Origin


def projected(country: Country, perimeter: str = GENERAL) -> Projected:
    """The projection of an economy that a path of a perimeter follows.

    Raises
    ------
    MissingError
        F303 where the economy has none.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> projected(load_country("ITA")).series["debt"].round(3).tolist()
    [1.373, 1.385, 1.386, 1.382, 1.377, 1.377]
    """
    return _federal() if perimeter == FEDERAL else _general(country)


def _general(country: Country) -> Projected:
    debt = history(country, "debt_gdp")
    if not debt:
        what = f"{country.called} has no projection of its debt"
        mend = f"use one of: {', '.join(economies_with_path())}"
        raise MissingError(Trouble("F303", country.code, what, "it is a group of economies", mend))
    gdp, dollars = history(country, "gdp_lcu", "economy"), history(country, "gdp_usd", "economy")
    real = history(country, "real_growth", "economy")
    balance, interest = history(country, "primary_balance_gdp"), history(country, "net_interest_gdp")
    last = min(max(known) for known in (gdp, real, balance, interest))
    prices = _prices_abroad()
    years = range(OPENING + 1, last + 1)
    series: dict[str, list[float]] = {name: [] for name in PUBLISHED}
    for year in years:
        growth = 1 + real[year] / 100
        series["real_growth"].append(growth - 1)
        series["deflator"].append(gdp[year] / gdp[year - 1] / growth - 1)
        series["primary_balance"].append(balance[year] / 100)
        series["interest"].append(interest[year] / 100)
        if year in debt:
            series["debt"].append(debt[year] / 100)
        rate = (1 + series["deflator"][-1]) / (1 + prices)  # a constant real exchange rate
        if year in dollars and year - 1 in dollars:
            rate = (gdp[year] / dollars[year]) / (gdp[year - 1] / dollars[year - 1])
        series["depreciation"].append(0.0 if country.code == "USA" else rate - 1)
    first = next(f for f in country.facts if f.labels[0] == "debt_gdp" and f.period == str(OPENING))
    arrays = {name: np.array(values) for name, values in series.items()}
    return Projected(arrays, debt[OPENING] / 100, gdp[OPENING], first.origin)


def held_after(
    country: Country, found: Projected, foreign: float, findings: list[Finding]
) -> dict[str, float]:
    """What is held after the last published year; else medians of the last ten years.

    Parameters
    ----------
    country : Country
    found : Projected
    foreign : float
        Share of the debt in foreign money.
    findings : list of Finding
        Grows by what is assumed.

    Returns
    -------
    dict of str to float
        ``real_growth``, ``deflator``, ``rate`` and ``depreciation``, shares per year; ``primary_balance``, a
        share of GDP.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> italy = load_country("ITA")
    >>> round(held_after(italy, projected(italy), 0.0, [])["rate"], 4)
    0.0325
    """
    published, debt = found.series, found.debt
    if len(published["real_growth"]):
        growth = (1 + published["real_growth"][-1]) * (1 + published["deflator"][-1])
        path = published["debt"]
        if not len(path):
            path = _unpublished(country, found, foreign, findings)
        before = path[-2] if len(path) > 1 else debt
        held = {name: float(published[name][-1]) for name in ("real_growth", "deflator", "primary_balance")}
        held["rate"] = float(published["interest"][-1] * growth / before)
    else:
        held = _extended(country)
        sentence = (
            f"No projection of {country.called} is published after {OPENING}: growth and inflation are the "
        )
        sentence += "medians of the last ten years, the primary balance and the rate those of the last "
        sentence += "year (grade C)."
        findings.append(
            Finding("warning", "projection", sentence, mend="an official projection would settle it")
        )
    parity = 0.0 if country.code == "USA" else (1 + held["deflator"]) / (1 + _prices_abroad()) - 1
    return {**held, "depreciation": parity}


def _unpublished(country: Country, found: Projected, foreign: float, findings: list[Finding]) -> Floats:
    """Debt that the published growth, prices, balance and interest give, where debt is not published."""
    published, debt, path = found.series, found.debt, []
    last = OPENING + len(published["real_growth"])
    sentence = f"No debt of {country.called} is published after {OPENING}: growth, prices and the primary "
    sentence += f"balance follow the projection to {last}, debt and interest are computed (grade B)."
    mend = "an official projection of debt would settle it"
    findings.append(Finding("warning", "projection", sentence, mend=mend))
    for year, interest in enumerate(published["interest"]):
        growth = (1 + published["real_growth"][year]) * (1 + published["deflator"][year])
        debt = debt * (1 + foreign * published["depreciation"][year]) / growth
        debt += float(interest - published["primary_balance"][year])
        path.append(debt)
    return np.array(path)


@functools.cache
def _prices_abroad() -> float:
    """Rise of the deflator of the United States in the last projected year."""
    country = load_country("USA")
    gdp, real = history(country, "gdp_lcu", "economy"), history(country, "real_growth", "economy")
    last = max(gdp)
    return gdp[last] / gdp[last - 1] / (1 + real[last] / 100) - 1


def _extended(country: Country) -> dict[str, float]:
    gdp, real = history(country, "gdp_lcu", "economy"), history(country, "real_growth", "economy")
    debt, interest = history(country, "debt_gdp"), history(country, "net_interest_gdp")
    years = range(OPENING - 9, OPENING + 1)
    prices = [gdp[y] / gdp[y - 1] / (1 + real[y] / 100) - 1 for y in years]
    return {
        "real_growth": statistics.median(real[y] / 100 for y in years),
        "deflator": statistics.median(prices),
        "primary_balance": history(country, "primary_balance_gdp")[OPENING] / 100,
        "rate": interest[OPENING] / debt[OPENING - 1] * gdp[OPENING] / gdp[OPENING - 1],
    }


def _federal() -> Projected:
    table = projections("USA", FEDERAL)
    gdp, real, debt = table["gdp"], table["real_gdp"], table["debt"]
    years = range(OPENING + 1, max(debt) + 1)
    growth = np.array([real[y] / real[y - 1] - 1 for y in years])
    nominal = np.array([gdp[y] / gdp[y - 1] for y in years])
    arrays = {
        "real_growth": growth,
        "deflator": nominal / (1 + growth) - 1,
        "primary_balance": np.array([table["primary_balance"][y] / gdp[y] for y in years]),
        "interest": np.array([table["net_interest"][y] / gdp[y] for y in years]),
        "debt": np.array([debt[y] / gdp[y] for y in years]),
        "depreciation": np.zeros(len(years)),
    }
    origin = replace(PROJECTION[FEDERAL], source=f"{PROJECTION[FEDERAL].source}, debt held by the public")
    return Projected(arrays, debt[OPENING] / gdp[OPENING], gdp[OPENING], origin)
