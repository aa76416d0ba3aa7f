"""Reads what a debt path should rest on from the files of the library, with nothing of the package."""

from __future__ import annotations

import csv
import statistics
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

LIBRARY = Path(__file__).resolve().parents[2] / "src/creditor/library"
OPENING, VINTAGE = 2024, "2025-04"
WEO, FEDERAL = "weo_2025_04", "federal"
SERIES = ("real_growth", "deflator", "primary_balance", "interest", "debt", "depreciation")
SHOCKS = ("growth", "deflator", "rate", "balance", "depreciation")


@dataclass
class Pool:
    """One instrument: share of debt, share that falls due and is set anew in a year, its money."""

    kind: str
    share: float
    maturing: float
    refixed: float
    abroad: bool
    indexed: bool


@dataclass
class Published:
    """What is published of one economy and what follows from it: shares, billions of own money."""

    code: str
    perimeter: str
    debt: float
    gdp: float
    series: dict[str, list[float]]
    after: dict[str, float]
    foreign: float
    maturity: float
    pools: list[Pool]
    ageing: dict[int, float] = field(default_factory=dict)
    ageing_vintage: str = ""

    @property
    def anchored(self) -> int:
        return len(self.series["debt"])

    @property
    def last(self) -> int:
        return OPENING + self.anchored

    def cost(self, year: int, horizon: int) -> float:
        """Cost of ageing above that of the last projected year; nothing within the projection."""
        if not self.ageing or year <= self.last:
            return 0.0
        return between(self.ageing, min(year, horizon)) - between(self.ageing, self.last)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file that begins with comments."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def figures(code: str) -> list[dict[str, str]]:
    return rows(LIBRARY / "countries" / code / "figures.csv")


@cache
def vintages(code: str) -> dict[str, str]:
    with (LIBRARY / "countries" / code / "sources.toml").open("rb") as file:
        sources = {name: row for name, row in tomllib.load(file).items() if isinstance(row, dict)}
    return {name: str(row.get("vintage", "")) for name, row in sources.items()}


def weo(code: str, name: str) -> dict[int, float]:
    """A series of the World Economic Outlook of April 2025 by year."""
    found = (row for row in figures(code) if row["id"] == name and row["source"] == WEO)
    return {int(row["period"]): float(row["value"]) for row in found}


def later(code: str) -> tuple[str, dict[int, float]]:
    """Debt of a newer vintage of the Outlook, percent of GDP, and which."""
    found: dict[str, dict[int, float]] = {}
    for row in figures(code):
        vintage = vintages(code).get(row["source"], "")
        if row["id"].startswith("debt_gdp") and row["source"].startswith("weo_") and vintage > VINTAGE:
            found.setdefault(vintage, {})[int(row["period"])] = float(row["value"])
    return max(found.items(), default=("", {}))


@cache
def economies() -> list[str]:
    """All that have debt and GDP in the Outlook; a group of economies has no GDP in own money."""
    folders = sorted(path.name for path in (LIBRARY / "countries").iterdir() if path.is_dir())
    return [code for code in folders if weo(code, "debt_gdp") and weo(code, "gdp_lcu")]


def newest(code: str, name: str) -> float | None:
    """The figure of the last period; where one period has several, that of the total, else the first."""
    found = [row for row in figures(code) if row["id"].rstrip("_0123456789") == name]
    last = [row for row in found if row["period"] == max(one["period"] for one in found)]
    whole = [row for row in last if "total" in row["locator"]]
    return float((whole or last)[0]["value"]) if found else None


@cache
def prices_abroad() -> float:
    gdp, real = weo("USA", "gdp_lcu"), weo("USA", "real_growth")
    year = max(gdp)
    return gdp[year] / gdp[year - 1] / (1 + real[year] / 100) - 1


@cache
def published(code: str, perimeter: str = "general-government") -> Published:
    """All that a path should rest on."""
    series, debt, gdp = federal() if perimeter == FEDERAL else general(code)
    pools = [row for row in rows(LIBRARY / "debt/instruments.csv") if row["economy"] == code]
    foreign = foreign_share(code, perimeter, pools)
    maturity = newest(code, "avg_maturity")
    if maturity is None:
        known = (newest(one, "avg_maturity") for one in economies())
        maturity = statistics.median(value for value in known if value is not None)
    after = held(code, series, debt, foreign)
    vintage, cost = ageing(code)
    return Published(
        code,
        perimeter,
        debt,
        gdp,
        series,
        after,
        foreign,
        maturity,
        merged(pools, foreign, maturity),
        cost,
        vintage,
    )


def general(code: str) -> tuple[dict[str, list[float]], float, float]:
    """The projection of the Outlook: shares from the year after the opening on."""
    names = ("gdp_lcu", "gdp_usd", "real_growth", "debt_gdp", "primary_balance_gdp", "overall_balance_gdp")
    gdp, dollars, real, debt, primary, overall = (weo(code, name) for name in names)
    series: dict[str, list[float]] = {name: [] for name in SERIES}
    for year in range(OPENING + 1, min(max(one) for one in (gdp, real, primary, overall)) + 1):
        growth = real[year] / 100
        deflator = gdp[year] / gdp[year - 1] / (1 + growth) - 1
        money = (1 + deflator) / (1 + prices_abroad()) - 1
        if year in dollars and year - 1 in dollars:
            money = (gdp[year] / dollars[year]) / (gdp[year - 1] / dollars[year - 1]) - 1
        interest = (primary[year] - overall[year]) / 100
        values = (growth, deflator, primary[year] / 100, interest, None, 0.0 if code == "USA" else money)
        for name, value in zip(SERIES, values, strict=True):
            if value is not None:
                series[name].append(value)
        if year in debt:
            series["debt"].append(debt[year] / 100)
    return series, debt[OPENING] / 100, gdp[OPENING]


def federal() -> tuple[dict[str, list[float]], float, float]:
    """The projection of the Congressional Budget Office, January 2025."""
    table: dict[str, dict[int, float]] = {}
    for row in rows(LIBRARY / "debt/projections.csv"):
        if (row["economy"], row["perimeter"]) == ("USA", FEDERAL):
            table.setdefault(row["indicator"], {})[int(row["period"])] = float(row["value"])
    gdp, real = table["gdp"], table["real_gdp"]
    years = range(OPENING + 1, max(table["debt"]) + 1)
    growth = [real[y] / real[y - 1] - 1 for y in years]
    series = {
        "real_growth": growth,
        "deflator": [gdp[y] / gdp[y - 1] / (1 + g) - 1 for y, g in zip(years, growth, strict=True)],
        "depreciation": [0.0 for _ in years],
    }
    for name, key in (("primary_balance", "primary_balance"), ("interest", "net_interest"), ("debt", "debt")):
        series[name] = [table[key][y] / gdp[y] for y in years]
    return series, table["debt"][OPENING] / gdp[OPENING], gdp[OPENING]


def foreign_share(code: str, perimeter: str, pools: list[dict[str, str]]) -> float:
    """Share in foreign money: by the instruments, else the newest figure, else nothing."""
    abroad = [
        float(row["share"]) for row in pools if row["instrument"] == "foreign" or row["money"] == "abroad"
    ]
    if abroad:
        return sum(abroad)
    return (newest(code, "fx_share") or 0.0) / 100 if perimeter != FEDERAL else 0.0


def held(code: str, series: dict[str, list[float]], debt: float, foreign: float) -> dict[str, float]:
    """What is held after the last published year."""
    if series["real_growth"]:
        found = {name: series[name][-1] for name in ("real_growth", "deflator", "primary_balance")}
        path = [debt, *series["debt"]]
        if not series["debt"]:  # debt that growth, prices, balance and interest of the projection give
            for year, interest in enumerate(series["interest"]):
                growth = (1 + series["real_growth"][year]) * (1 + series["deflator"][year])
                carried = path[-1] * (1 + foreign * series["depreciation"][year]) / growth
                path.append(carried + interest - series["primary_balance"][year])
        growth = (1 + found["real_growth"]) * (1 + found["deflator"])
        found["rate"] = series["interest"][-1] * growth / path[-2]
    else:
        found = extended(code)
    parity = (1 + found["deflator"]) / (1 + prices_abroad()) - 1
    return found | {"depreciation": 0.0 if code == "USA" else parity}


def extended(code: str) -> dict[str, float]:
    """Where nothing is projected: medians of ten years, balance and rate of the last one."""
    gdp, real, debt = (weo(code, name) for name in ("gdp_lcu", "real_growth", "debt_gdp"))
    years = range(OPENING - 9, OPENING + 1)
    primary, overall = weo(code, "primary_balance_gdp")[OPENING], weo(code, "overall_balance_gdp")[OPENING]
    return {
        "real_growth": statistics.median(real[y] / 100 for y in years),
        "deflator": statistics.median(gdp[y] / gdp[y - 1] / (1 + real[y] / 100) - 1 for y in years),
        "primary_balance": primary / 100,
        "rate": (primary - overall) / debt[OPENING - 1] * gdp[OPENING] / gdp[OPENING - 1],
    }


def merged(told: list[dict[str, str]], foreign: float, maturity: float) -> list[Pool]:
    """Pools of the model: debt of an untold kind runs as fixed; due in a year is one over the maturity."""
    found: dict[str, Pool] = {}
    for row in told or [
        {"instrument": "other", "share": "1", "maturing_share": "", "refixed_share": "", "money": ""}
    ]:
        kind, renewed = row["instrument"], row["instrument"] in ("bills", "floating")
        pool = Pool(
            "fixed" if kind == "other" else kind,
            float(row["share"]),
            float(row["maturing_share"] or 1 / max(maturity, 1.0)),
            float(row["refixed_share"] or renewed),
            kind == "foreign" or row["money"] == "abroad",
            kind == "indexed",
        )
        other = found.get(pool.kind)
        if other:
            share = other.share + pool.share
            for name in ("maturing", "refixed"):
                value = other.share * getattr(other, name) + pool.share * getattr(pool, name)
                setattr(pool, name, value / share)
            pool.share = share
        found[pool.kind] = pool
    if not any(pool.abroad for pool in found.values()):
        for pool in found.values():
            pool.share *= 1 - foreign
        found["foreign"] = Pool("foreign", foreign, 1 / max(maturity, 1.0), 0.0, True, False)
    return list(found.values())


@cache
def ageing(code: str) -> tuple[str, dict[int, float]]:
    """Vintage, and cost less revenue in the years in which each component is published: shares of GDP."""
    components: dict[str, dict[int, float]] = {}
    vintage = ""
    for row in rows(LIBRARY / "debt/ageing.csv"):
        if row["economy"] == code:
            sign = -1.0 if row["component"] == "pension_revenue" else 1.0
            components.setdefault(row["component"], {})[int(row["period"])] = sign * float(row["value"]) / 100
            vintage = max(vintage, row["vintage"])
    years = set.intersection(*map(set, components.values())) if components else set()
    return vintage, {year: sum(one[year] for one in components.values()) for year in sorted(years)}


def between(known: dict[int, float], year: int) -> float:
    """A straight line between known years; held outside of them."""
    first, last = min(known), max(known)
    if year in known or not first < year < last:
        return known[min(max(year, first), last)]
    low, high = max(y for y in known if y < year), min(y for y in known if y > year)
    return known[low] + (known[high] - known[low]) * (year - low) / (high - low)


@cache
def stress_tests() -> list[dict[str, Any]]:
    with (LIBRARY / "debt/stress.toml").open("rb") as file:
        return list(tomllib.load(file)["stress"])


@cache
def deviations(code: str, perimeter: str) -> dict[str, float]:
    """Standard deviation of a year's innovation by shock."""
    found = rows(LIBRARY / "debt/covariance.csv")
    own = [row for row in found if (row["economy"], row["perimeter"]) == (code, perimeter)]
    return {row["row"]: float(row["value"]) ** 0.5 for row in own if row["row"] == row["column"]}
