"""Owns the projections of debt by others: what they count, and what of it moved their debt."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from creditor.sustainability.history import GENERAL, debt_rows
from creditor.terms.library import ROOT, read_toml
from creditor.terms.provenance import Origin, worst_grade

INTEREST, GROWTH, INFLATION, NOMINAL = "interest", "growth", "inflation", "nominal_growth"
PRIMARY, FLOW = "primary_balance", "stock_flow"
Years = Mapping[int, float]


@dataclass(frozen=True)
class Publication:
    """A projection of debt by others.

    Parameters
    ----------
    name, title, debt, balance, policy, read : str
        As in ``library/debt/beside.toml``.
    same : bool
        Whether its debt is that of the path, so that levels can be compared.
    origin : Origin
        Its first source, its vintage, and the worst grade of its figures.
    series : mapping of str to mapping of year to float
        ``debt``, ``interest``, ``primary_balance``, ``stock_flow`` as shares of GDP, and ``nominal_growth``
        and ``growth`` (real) a year; only what it publishes or what follows from that.
    means : mapping of str to tuple of first year, last year and float
        Means over years, where single ones are not published.
    """

    name: str
    title: str
    debt: str
    balance: str
    policy: str
    read: str
    same: bool
    origin: Origin
    series: Mapping[str, Years]
    means: Mapping[str, tuple[int, int, float]] = field(default_factory=dict)

    def parts(self, first: int, last: int) -> dict[str, float]:
        """What changed its debt between two years, a share of GDP; only parts that it gives.

        Growth and inflation by the exact decomposition of the law of motion. Where everything else is given
        the stock-flow adjustment is what is left.

        Examples
        --------
        >>> found = publications("ITA")[0].parts(2024, 2026)
        >>> {name: round(100 * value, 1) for name, value in found.items() if name != "stock_flow"}
        {'interest': 7.9, 'growth': -2.1, 'inflation': -5.2, 'primary_balance': -1.7}
        """
        years = range(first + 1, last + 1)
        found: dict[str, float] = {}
        interest = self._sum(INTEREST, first, last)
        if interest is not None:
            found[INTEREST] = interest
        found |= self._growth(years)
        balance = self._sum(PRIMARY, first, last)
        if balance is not None:
            found[PRIMARY] = -balance
        flow = self._sum(FLOW, first, last)
        if flow is not None:
            found[FLOW] = flow
        elif {INTEREST, PRIMARY} <= found.keys() and {NOMINAL, GROWTH} & found.keys():
            debt = self.series["debt"]
            found[FLOW] = debt[last] - debt[first] - math.fsum(found.values())
        return found

    def _sum(self, name: str, first: int, last: int) -> float | None:
        """Over the years after the first; from a mean where single years are not published."""
        known, years = self.series.get(name, {}), range(first + 1, last + 1)
        if all(year in known for year in years):
            return math.fsum(known[year] for year in years)
        begins, ends, value = self.means.get(name, (0, 0, 0.0))
        return value * (last - first) if (begins, ends) == (first + 1, last) else None

    def _growth(self, years: range) -> dict[str, float]:
        debt, nominal = self.series["debt"], self.series.get(NOMINAL, {})
        if not all(year - 1 in debt and year in nominal for year in years):
            return {}
        whole = -math.fsum(debt[t - 1] * nominal[t] / (1 + nominal[t]) for t in years)
        real = self.series.get(GROWTH, {})
        if not all(year in real for year in years):
            return {NOMINAL: whole}
        part = -math.fsum(debt[t - 1] * real[t] / (1 + nominal[t]) for t in years)
        return {GROWTH: part, INFLATION: whole - part}


@functools.cache
def publications(economy: str, perimeter: str = GENERAL) -> tuple[Publication, ...]:
    """Projections of others for a path of one economy and perimeter, in the order of the library.

    Examples
    --------
    >>> [found.name for found in publications("USA", "federal")]
    ['cbo_2026_02', 'cbo_2025_03']
    >>> publications("EGY")
    ()
    """
    found = [_publication(one, economy) for one in _sheets() if one["path"] == perimeter]
    return tuple(one for one in found if "debt" in one.series)


def named(name: str, economy: str) -> Publication:
    """What one publication says of an economy; without series where it says nothing.

    Examples
    --------
    >>> sorted(named("weo_2026_04", "ITA").series)
    ['primary_balance']
    """
    return _publication(next(one for one in _sheets() if one["name"] == name), economy)


def _publication(sheet: Mapping[str, Any], economy: str) -> Publication:
    rows = [row for row in _rows() if row["economy"] == economy and row["source"] in sheet["sources"]]
    texts = {key: str(sheet[key]) for key in ("name", "title", "debt", "balance", "policy", "read")}
    source, vintage = (rows[0]["source"], rows[0]["vintage"]) if rows else (sheet["sources"][0], "")
    origin = Origin(source, vintage, worst_grade(row["grade"] for row in rows))
    return Publication(**texts, same=sheet["same"], origin=origin, series=_series(rows), means=_means(rows))


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(row.fields for row in debt_rows("beside.csv"))


@functools.cache
def _sheets() -> tuple[dict[str, Any], ...]:
    return tuple(read_toml(ROOT / "debt" / "beside.toml")["publication"])


def _series(rows: list[dict[str, str]]) -> dict[str, Years]:
    """Shares of GDP by year, from shares or amounts, and what follows from them."""
    raw: dict[str, dict[int, float]] = {}
    for row in rows:
        if row["period"].isdigit():
            raw.setdefault(row["indicator"], {})[int(row["period"])] = float(row["value"])
    debt = _shares(raw, "debt")
    gdp = raw.get("gdp") or {
        year: amount / debt[year] for year, amount in raw.get("debt", {}).items() if debt.get(year)
    }
    interest, balance = _shares(raw, "net_interest") | _shares(raw, "interest"), _shares(raw, "balance")
    primary = _shares(raw, "primary_balance")
    interest = interest or {y: primary[y] - balance[y] for y in primary if y in balance}
    primary = primary or {y: balance[y] + interest[y] for y in balance if y in interest}
    found = {
        "debt": debt,
        INTEREST: interest,
        PRIMARY: primary,
        FLOW: _shares(raw, FLOW),
        NOMINAL: _rates(gdp),
        GROWTH: _rates(raw.get("real_gdp", {})),
    }
    return {name: values for name, values in found.items() if values}


def _shares(raw: Mapping[str, Years], name: str) -> dict[int, float]:
    """A share of GDP where it is printed, else the amount over GDP."""
    amounts, gdp = raw.get(name, {}), raw.get("gdp", {})
    found = {year: amount / gdp[year] for year, amount in amounts.items() if year in gdp}
    return found | {year: value / 100 for year, value in raw.get(f"{name}_gdp", {}).items()}


def _rates(levels: Years) -> dict[int, float]:
    return {year: levels[year] / levels[year - 1] - 1 for year in levels if year - 1 in levels}


def _means(rows: list[dict[str, str]]) -> dict[str, tuple[int, int, float]]:
    """Means over years, written ``2026-2055``: of the primary balance, and of interest from both balances."""
    raw: dict[str, tuple[int, int, float]] = {}
    for row in rows:
        if "-" in row["period"]:
            first, last = (int(year) for year in row["period"].split("-"))
            raw[row["indicator"]] = first, last, float(row["value"]) / 100
    found = {PRIMARY: raw["primary_balance_gdp"]} if "primary_balance_gdp" in raw else {}
    whole = raw.get("balance_gdp")
    if found and whole and whole[:2] == found[PRIMARY][:2]:
        found[INTEREST] = (*whole[:2], found[PRIMARY][2] - whole[2])
    return found
