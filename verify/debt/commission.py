"""Owns the Commission's method of 2024 as a public replication codes it, for many candidates at once.

Section numbers are those of the replication's own description: growth and balance, rates and financing,
stress.
The slips that its published numbers contain are kept on purpose and named where they stand; none is in
debt.model.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import prepare

DATA = Path(__file__).resolve().parents[1] / "data/dsa"
RAW = ("raw_part1.csv", "raw_part2.csv")  # raw rows of the countries whose series are not given ready
A0, AFTER = 2, 10  # first year of adjustment, 2025; years that a criterion looks at
SCENARIOS = ("main_adjustment", "adverse_r_g", "lower_spb", "financial_stress")
FINE = 1e-4  # step of the last scan for a target, percent of GDP
LARGEST, SMALLEST = 10.0, 0.0  # percent: implicit rates outside are replaced by last year's


@dataclass(frozen=True)
class Inputs:
    """One country: series over 2023 to 2070 and parameters."""

    code: str
    series: dict[str, np.ndarray]
    params: dict[str, float]


@dataclass(frozen=True)
class Projection:
    """Ratios in percent of GDP: arrays [year, candidate]."""

    debt: np.ndarray
    balance: np.ndarray
    spb: np.ndarray
    structural: np.ndarray
    growth: np.ndarray
    rate: np.ndarray
    primary: np.ndarray
    flow: np.ndarray


@cache
def _given() -> dict[str, Inputs]:
    """Countries whose series and parameters are given ready."""
    series: dict[str, dict[str, np.ndarray]] = {}
    with (DATA / "inputs_series.csv").open(encoding="utf-8") as file:
        for code, year, name, value in list(csv.reader(file))[1:]:
            values = series.setdefault(code, {}).setdefault(name, np.full(prepare.YEARS, np.nan))
            values[int(year) - prepare.START] = float(value)
    params: dict[str, dict[str, float]] = {}
    with (DATA / "inputs_params.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            params.setdefault(row["country"], {})[row["param"]] = float(row["value"])
    return {code: Inputs(code, series[code], params[code]) for code in series}


@cache
def _all() -> dict[str, Inputs]:
    """Every country: given ready, or prepared from raw rows."""
    raw = {code: rows for name in RAW for code, rows in prepare.rows(DATA / name).items()}
    made = {code: Inputs(code, *prepare.prepared(code, rows)) for code, rows in raw.items()}
    return dict(sorted((made | _given()).items()))


def countries() -> list[str]:
    """Codes of the 27 countries."""
    return list(_all())


def load(code: str) -> Inputs:
    """The inputs of one country; years without a value are not-a-number."""
    return _all()[code]


def linear(country: Inputs, targets: np.ndarray, years: int) -> np.ndarray:
    """Structural primary balances before ageing cost, equal steps to each target: array [year, candidate]."""
    steps = (targets - country.series["spb_bl"][A0 - 1]) / years
    return stepped(country, np.repeat(steps[None, :], years, axis=0))


def stepped(country: Inputs, steps: np.ndarray) -> np.ndarray:
    """Structural primary balances before ageing cost from yearly steps [year of adjustment, candidate]."""
    found = np.repeat(country.series["spb_bl"][:, None], steps.shape[1], axis=1)
    found[A0:] = found[A0 - 1]
    for index, step in enumerate(steps):
        found[A0 + index :] += step
    return found


def project(country: Inputs, spb: np.ndarray, years: int, scenario: str = "main_adjustment") -> Projection:
    """Project debt for each candidate, up to the last year that a criterion looks at."""
    a1, count = A0 + years - 1, spb.shape[1]
    span = a1 + AFTER + 1
    country = replace(country, series={name: values[:span] for name, values in country.series.items()})
    s, p = country.series, country.params
    spb = spb[:span].copy()
    if scenario == "lower_spb":
        for index in range(steps := 2 if years == 4 else 3):
            spb[a1 + 1 + index :] -= 0.5 / steps
    growth, gap = _growth(country, spb)
    short, long = (np.repeat(s[name][:, None], count, axis=1) for name in ("i_st", "i_lt"))
    if scenario == "adverse_r_g":
        growth[a1 + 1 :] -= 0.5
        short[a1 + 1 :] += 0.5
        long[a1 + 1 :] += 0.5
    aged = spb.copy()
    cost = s["ageing_cost"] - s["pension_revenue"]
    for t in range(a1 + 1, span):
        aged[t] = spb[t] - (cost[min(t, a1 + int(p["ageing_cost_period"]))] - cost[a1])
    property_income = (s["property_income"] - s["property_income"][A0 - 1])[:, None]
    primary = aged + p["budget_balance_elasticity"] * gap + property_income
    return _debt(country, primary, growth, short, long, aged, a1, scenario)


def _growth(country: Inputs, spb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Nominal growth in percent and the output gap, with the multiplier of the adjustment."""
    s, p = country.series, country.params
    step = np.zeros_like(spb)
    step[A0:] = p["fiscal_multiplier"] * (np.diff(spb, axis=0) - np.diff(s["spb_bl"])[:, None])[A0 - 1 :]
    gap = s["output_gap_bl"][:, None] - step
    gap[1:] -= 2 / 3 * step[:-1]
    gap[2:] -= 1 / 3 * step[:-2]
    output = s["rgdp_pot"][:, None] * (1 + gap / 100)
    growth = np.repeat(s["ng_bl"][:, None], spb.shape[1], axis=1)
    real = output[1:] / output[:-1]
    growth[A0:] = ((real * (1 + s["pi"][1:, None] / 100))[A0 - 1 :] - 1) * 100
    return growth, gap


def _debt(
    country: Inputs,
    primary: np.ndarray,
    growth: np.ndarray,
    short: np.ndarray,
    long: np.ndarray,
    aged: np.ndarray,
    a1: int,
    scenario: str,
) -> Projection:
    s, p = country.series, country.params
    span, count = primary.shape
    share = p["D_share_st"]
    gdp = np.empty((span, count))
    gdp[0] = s["ngdp_bl"][0]
    for t in range(1, span):
        gdp[t] = gdp[t - 1] * (1 + growth[t] / 100)
    flow = _flow(country, gdp)
    stock, brief, lasting = (np.empty((span, count)) for _ in range(3))
    fresh, ratio, rate, rate_long, interest = (np.zeros((span, count)) for _ in range(5))
    stock[0], ratio[0] = s["D"][0], s["d"][0]
    brief[0], lasting[0] = share * stock[0], (1 - share) * stock[0]
    rate[0] = rate_long[0] = s["iir"][0]
    for t in range(1, span):
        if scenario == "financial_stress" and t == a1 + 1:
            more = 1 + 0.06 * np.maximum(ratio[a1] - 90, 0)
            short[t] += more
            long[t] += more
        brief_share = brief[t - 1] / np.where(stock[t - 1] > 0, stock[t - 1], 1.0)
        if t <= 2:
            found = (s["iir"][t] - brief_share * short[t]) / (1 - brief_share)
        else:
            new = fresh[t - 1] / np.where(lasting[t - 1] > 0, lasting[t - 1], 1.0)
            found = new * long[t] + (1 - new) * rate_long[t - 1]
        rate_long[t] = _within(found, rate_long[t - 1])
        # slip: the rates of the first two years are those of the start, from an array that is never filled
        whole = (
            np.full(count, np.nan) if t <= 2 else brief_share * short[t] + (1 - brief_share) * rate_long[t]
        )
        rate[t] = _within(whole, rate[t - 1])
        # slip: short debt pays the rate of the year before
        interest[t] = (brief[t - 1] * short[t - 1] + lasting[t - 1] * rate_long[t]) / 100
        due = s["D_share_lt_maturing"][t] * lasting[t - 1]
        # slip: official loans are repaid and stay in long-term debt
        redemption = brief[t - 1] + due + s["repayment_lt_esm"][t]
        need = np.maximum(interest[t] + redemption - primary[t] / 100 * gdp[t] + flow[t], 0)
        stock[t] = np.maximum(stock[t - 1] - redemption + need, 0)
        wanted, other = share * stock[t], np.maximum((1 - share) * stock[t] - (lasting[t - 1] - due), 0)
        wanted = np.where(wanted + other > 0, wanted, 1.0)  # without debt there is nothing to share out
        fresh[t] = need * other / (wanted + other)
        lasting[t] = lasting[t - 1] - due + fresh[t]
        brief[t] = need * wanted / (wanted + other)
        ratio[t] = ratio[t - 1] * (1 + rate[t] / 100) / (1 + growth[t] / 100) * _money(country, t)
        ratio[t] = np.maximum(ratio[t] - primary[t] + 100 * flow[t] / gdp[t], 0)
    paid = 100 * interest / gdp
    return Projection(ratio, primary - paid, aged, aged - paid, growth, rate, primary, 100 * flow / gdp)


def _within(found: np.ndarray, before: np.ndarray) -> np.ndarray:
    return np.where((found >= SMALLEST) & (found <= LARGEST), found, before)


def _money(country: Inputs, t: int) -> float:
    """Slip: foreign per home is multiplied where home per foreign is meant."""
    s, p = country.series, country.params
    parts = (("D_share_eur", "exr_eur"), ("D_share_usd", "exr_usd"))
    return p["D_share_domestic"] + sum(p[share] * s[name][t] / s[name][t - 1] for share, name in parts)


def _flow(country: Inputs, gdp: np.ndarray) -> np.ndarray:
    """Stock-flow adjustment in billions.

    That of Greece follows the deferred interest on official loans, that of Finland and Luxembourg the
    balance of their pension funds.
    """
    flow = np.repeat(np.nan_to_num(country.series["SF"])[:, None], gdp.shape[1], axis=1)
    if country.code == "GRC":
        flow[0] = -0.054 * gdp[0]
        for t in range(1, 10):
            flow[t] = -(0.111 * gdp[9] + flow[:t].sum(axis=0)) / (10 - t)
        flow[10:] = -flow[:10].sum(axis=0) / (prepare.YEARS - 9)
    elif "pension_flow" in country.series:
        flow += country.series["pension_flow"][:, None] / 100 * gdp
    return flow


def debt_holds(found: Projection, a1: int) -> np.ndarray:
    """Debt falls in each of ten years after the adjustment, or ends at 60 or below: array [candidate]."""
    path = found.debt[a1 : a1 + AFTER + 1]
    return np.asarray((np.diff(path, axis=0) < 0).all(axis=0) | (path[-1] <= 60))


def deficit_holds(found: Projection, a1: int) -> np.ndarray:
    """The deficit stays at 3 percent or below: array [candidate]."""
    return np.asarray((found.balance[a1 : a1 + AFTER + 1] >= -3).all(axis=0))


def least(country: Inputs, years: int, criterion: str) -> float:
    """The smallest target that passes a deterministic criterion, by scans of 0.01 and 0.0001."""
    scenario = criterion if criterion in SCENARIOS else "main_adjustment"
    holds = deficit_holds if criterion == "deficit_reduction" else debt_holds

    def passes(targets: np.ndarray) -> np.ndarray:
        return holds(project(country, linear(country, targets, years), years, scenario), A0 + years - 1)

    return smallest(passes)


def smallest(passes: Callable[[np.ndarray], np.ndarray]) -> float:
    """The smallest target that passes, by scans: upwards in steps of 0.01, then downwards in 0.0001."""
    coarse = np.arange(-1000, 1001) / 100
    first = int(np.argmax(passes(coarse)))
    fine = coarse[first] - np.arange(0, 201) * FINE  # the last that passes in a row
    return float(fine[int(np.argmin(passes(fine))) - 1])
