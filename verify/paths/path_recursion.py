"""Runs a debt by its instruments with a recursion of its own: plain numbers, one year after another."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from path_library import OPENING, Published, deviations

SLOPE = 0.02  # of the market rate for debt higher by all of GDP
RANGE = 0.3  # of GDP above the debt to which a rate belongs, in which it moves with debt in a line
Run = dict[str, list[float]]
Series = Mapping[str, Sequence[float]]


def market(known: Published) -> dict[str, float]:
    """The rate at which each pool is renewed: together that of the last projected year."""
    rate, share, z = known.after["rate"], known.foreign, known.after["depreciation"]
    home = (rate + share - share / (1 + z)) / (1 - share + share / (1 + z))
    abroad = (1 + home) / (1 + z) - 1
    real = (1 + home) / (1 + known.after["deflator"]) - 1
    return {pool.kind: abroad if pool.abroad else real if pool.indexed else home for pool in known.pools}


def shares_of_issue(known: Published) -> dict[str, float]:
    """Shares of new debt that keep the split while debt grows with output."""
    growth = (1 + known.after["real_growth"]) * (1 + known.after["deflator"]) - 1
    wanted = {pool.kind: pool.share * (pool.maturing + max(growth, 0.0)) for pool in known.pools}
    return {kind: value / sum(wanted.values()) for kind, value in wanted.items()}


def dearness(debt: float, reference: float) -> float:
    """By how much debt moves the rate, in units of the slope: a line up to the range, then its logarithm."""
    edge = max(reference, 0.0) + RANGE
    return debt - reference if debt <= edge else edge - reference + edge * math.log(debt / edge)


def value(known: Published, name: str, year: int) -> float:
    """What is published of a year, else what is held."""
    series = known.series[name]
    return series[year] if year < len(series) else known.after[name]


def anchor(known: Published, years: int) -> Run:
    """Corrections of the rate and stock-flow with which the path is the published one; then nothing."""
    found = run(known, years, 0.0, {}, None)
    rest = [0.0] * max(0, years - known.anchored)
    return {name: found[name][: known.anchored] + rest for name in ("correction", "adjustment")}


def project(
    known: Published,
    years: int,
    slope: float = 0.0,
    cost: Sequence[float] = (),
    shocks: Series | None = None,
) -> Run:
    """The path: anchored to the projection without shocks, then with its corrections, cost and shocks."""
    return run(known, years, slope, {"cost": cost or [0.0] * years, **(shocks or {})}, anchor(known, years))


def run(known: Published, years: int, slope: float, shocks: Series, given: Series | None) -> Run:
    """Year by year; where no corrections are given, those that the projection needs are found."""
    rates, policy = market(known), shares_of_issue(known)
    gdp, debt, ratio = known.gdp, known.debt * known.gdp, known.debt
    owed = {pool.kind: debt * pool.share for pool in known.pools}
    coupons = {kind: amount * rates[kind] for kind, amount in owed.items()}
    before = [known.debt, *known.series["debt"]]
    found: Run = {"debt_ratio": [ratio], "debt": [debt], "gdp": [gdp]}
    found |= {f"outstanding {kind}": [amount] for kind, amount in owed.items()}
    for t in range(years):
        now = {name: series[t] for name, series in shocks.items()}
        real = (1 + value(known, "real_growth", t)) * (1 + now.get("growth_shock", 0.0)) - 1
        prices = (1 + value(known, "deflator", t)) * (1 + now.get("deflator_shock", 0.0)) - 1
        dearer = (1 + value(known, "depreciation", t)) * (1 + now.get("depreciation_shock", 0.0)) - 1
        growth = (1 + real) * (1 + prices) - 1
        balance = value(known, "primary_balance", t) - now.get("cost", 0.0) + now.get("balance_shock", 0.0)
        balance += now.get("reaction", 0.0) * (ratio - now.get("expected", 0.0))
        premium = slope * dearness(ratio, before[min(t, len(before) - 1)]) + now.get("market_shock", 0.0)
        last_debt, last_ratio, gdp = debt, ratio, gdp * (1 + growth)
        carried, paid, indexation, revalued, abroad = charged(
            known, owed, coupons, rates, premium, prices, dearer
        )
        own, base, anchored = sum(paid.values()), sum(carried.values()), given is None and t < known.anchored
        correction = (given["correction"][t] if given else 0.0) + now.get("rate_shock", 0.0)
        if anchored:
            correction = (known.series["interest"][t] * gdp - indexation - own) / base
        interest = own + correction * base + indexation
        flow = (given["adjustment"][t] if given else 0.0) + now.get("recognised_liabilities", 0.0)
        flow += now.get("stock_flow_shock", 0.0)
        if anchored:
            flow = (known.series["debt"][t] * gdp - last_debt - revalued - interest) / gdp + balance
        debt = last_debt + revalued + interest + (flow - balance) * gdp
        ratio = debt / gdp
        need = sum(pool.maturing * carried[pool.kind] for pool in known.pools)
        need += interest - indexation + (flow - balance) * gdp
        for pool in known.pools:
            kind, kept = pool.kind, (1 - pool.maturing) * carried[pool.kind]
            owed[kind] = kept + policy[kind] * need
            old = (1 - pool.maturing) * (paid[kind] + correction * carried[kind])
            coupons[kind] = old + (rates[kind] + premium) * policy[kind] * need
        effective = (interest + revalued) / last_debt
        holding = last_ratio * (effective - growth) / (1 + growth) + flow
        year = {
            "debt_ratio": ratio,
            "debt": debt,
            "gdp": gdp,
            "balance_now": balance,
            "interest": interest,
            "interest_ratio": interest / gdp,
            "overall_balance": balance - interest / gdp,
            "effective_rate": effective,
            "growth": growth,
            "rate_less_growth": effective - growth,
            "stabilising_balance": holding,
            "stabilising_gap": balance - holding,
            "financing_ratio": need / gdp,
            "change_of_debt": ratio - last_ratio,
            "correction": correction,
            "adjustment": flow,
            "interest_part": (interest + revalued - abroad) / gdp,
            "growth_part": -last_ratio * real / (1 + growth),
            "inflation_part": -last_ratio * prices * (1 + real) / (1 + growth),
            "exchange_rate_part": abroad / gdp,
            "primary_part": -balance - now.get("cost", 0.0),
            "ageing_part": now.get("cost", 0.0),
            "stock_flow_part": flow,
            **structure(known, owed, debt),
        }
        for name, number in year.items():
            found.setdefault(name, []).append(number)
    return found


def charged(
    known: Published,
    owed: Mapping[str, float],
    coupons: Mapping[str, float],
    rates: Mapping[str, float],
    premium: float,
    prices: float,
    dearer: float,
) -> tuple[dict[str, float], dict[str, float], float, float, float]:
    """What a year does to each pool before anything is paid back.

    By pool what is owed at new prices and exchange rates, and the interest paid; in all what indexed debt
    gains, what debt in foreign money gains, and the same with its interest.
    """
    carried, paid = {}, {}
    indexation = revalued = abroad = 0.0
    for pool in known.pools:
        stock, rate = owed[pool.kind], rates[pool.kind] + premium
        lift = pool.abroad * dearer + pool.indexed * prices
        carried[pool.kind] = stock * (1 + lift)
        due = (1 - pool.refixed) * coupons[pool.kind] + pool.refixed * rate * stock
        paid[pool.kind] = due * (1 + lift)
        indexation += pool.indexed * prices * stock
        revalued += pool.abroad * dearer * stock
        abroad += pool.abroad * dearer * (stock + due)
    return carried, paid, indexation, revalued, abroad


def structure(known: Published, owed: Mapping[str, float], debt: float) -> dict[str, float]:
    """Debt by instrument at the end of a year, its maturity, what is set anew, what is in foreign money."""
    anew = sum(owed[p.kind] * (p.maturing + p.refixed - p.maturing * p.refixed) for p in known.pools)
    return {
        "average_maturity": sum(owed[pool.kind] / pool.maturing for pool in known.pools) / debt,
        "refixing_share": anew / debt,
        "foreign_money_share": sum(owed[pool.kind] for pool in known.pools if pool.abroad) / debt,
        **{f"outstanding {kind}": amount for kind, amount in owed.items()},
    }


def shocks_of(
    test: Mapping[str, Any], known: Published, years: int, debt: Sequence[float]
) -> dict[str, list[float]]:
    """What a stress test of the library adds by year; ``debt`` is that of the undisturbed path."""
    found: dict[str, list[float]] = {}
    for change in test["change"]:
        begin = int(change["from"]) - 1
        end = begin + int(change["years"]) if change["years"] else years
        size = float(change.get("value", 0.0))
        if "deviations" in change:
            size += change["deviations"] * deviations(known.code, known.perimeter)[change["of"]]
        if "per_debt" in change:
            size += change["per_debt"] * max(debt[min(begin, len(debt) - 1)] - change["above"], 0.0)
        series = found.setdefault(change["given"], [0.0] * years)
        for year in range(begin, min(end, years)):
            series[year] += size
    return found


def costs(known: Published, years: int) -> list[float]:
    """The cost of ageing by year, held at the horizon."""
    return [known.cost(OPENING + t, OPENING + years) for t in range(1, years + 1)]
