"""Runs the debt under fiscal plans of its own, and holds the least efforts against the tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import path_recursion as recursion
from path_library import LIBRARY, OPENING, Published, between, rows, stress_tests

FIRST, AFTER = 2, 10  # the second projected year begins an adjustment; years of the tests after it
MULTIPLIER, FADING = 0.75, (1.0, 2 / 3, 1 / 3)
DEFAULT = 0.5  # semi-elasticity where none is published
CLOSE = 1e-6  # of GDP: by how much less effort must fail
TESTS = ("main", "lower_balance", "adverse_r_g", "financial_stress", "deficit")


@cache
def structure(code: str) -> tuple[float, dict[int, float]]:
    """Semi-elasticity, and the output gap by year as a share of potential output."""
    mine = [row for row in rows(LIBRARY / "debt/structural.csv") if row["economy"] == code]
    gaps = {
        int(row["period"][:4]): float(row["value"]) / 100 for row in mine if row["indicator"] == "output_gap"
    }
    found = [float(row["value"]) for row in mine if row["indicator"] == "semi_elasticity"]
    return (found or [DEFAULT])[0], gaps


def project(known: Published, steps: Sequence[float], test: str = "main") -> dict[str, list[float]]:
    """Debt, overall balance and structural primary balance from the year before the adjustment on."""
    end, years = FIRST + len(steps) - 1, FIRST + len(steps) - 1 + AFTER
    elasticity, gaps = structure(known.code)
    gap = [gaps.get(OPENING + 1 + t, 0.0) for t in range(years)]
    plain = [recursion.value(known, "primary_balance", t) for t in range(years)]
    projected = [balance - elasticity * x for balance, x in zip(plain, gap, strict=True)]
    moved = [projected[0] + sum(steps[: max(0, t - FIRST + 2)]) for t in range(years)]
    if test == "lower_balance":
        spread = 2 if len(steps) <= 4 else 3
        moved[end:] = [moved[t] - 0.005 * min((t - end + 1) / spread, 1.0) for t in range(end, years)]
    away = [a - b for a, b in zip(moved, projected, strict=True)]
    step = [MULTIPLIER * (away[t] - (away[t - 1] if t else 0.0)) for t in range(years)]
    change = [-sum(w * step[t - lag] for lag, w in enumerate(FADING) if t >= lag) for t in range(years)]
    level = [1 + x / (1 + g) for x, g in zip(change, gap, strict=True)]
    cost = costs(known, years, OPENING + end)
    shocks = {
        "growth_shock": [level[t] / (level[t - 1] if t else 1.0) - 1 for t in range(years)],
        "balance_shock": [moved[t] + elasticity * (gap[t] + change[t]) - plain[t] for t in range(years)],
    }
    if test in ("adverse_r_g", "financial_stress"):
        rule = next(row for row in stress_tests() if row["name"] == test)
        before = recursion.project(known, years, 0.0, cost, shocks)["debt_ratio"]
        later = recursion.shocks_of(rule, known, years - end, before[end:])
        for name, series in later.items():
            first = shocks.get(name, [0.0] * years)
            shocks[name] = [a + b for a, b in zip(first, [0.0] * end + series, strict=True)]
    found = recursion.project(known, years, 0.0, cost, shocks)
    return {
        "debt": found["debt_ratio"][FIRST - 1 :],
        "balance": found["overall_balance"][FIRST - 2 :],
        "structural_primary_balance": [moved[t] - cost[t] for t in range(FIRST - 2, years)],
    }


def costs(known: Published, years: int, end: int) -> list[float]:
    """Cost of ageing above that of the end of the adjustment, for ten years."""
    if not known.ageing:
        return [0.0] * years
    places = [min(max(OPENING + t, end), end + AFTER) for t in range(1, years + 1)]
    return [between(known.ageing, year) - between(known.ageing, end) for year in places]


def met(known: Published, total: float, years: int, test: str) -> bool:
    """Whether equal steps meet a test: debt falls for ten years or ends at 60; deficit of 3 at most."""
    found = project(known, [total / years] * years, "main" if test == "deficit" else test)
    if test == "deficit":
        return min(found["balance"][years:]) >= -0.03
    debt = found["debt"][years:]
    return debt[-1] <= 0.60 or all(b < a for a, b in pairwise(debt))


def efforts(told: dict[str, float], known: Published, years: int) -> Iterator[str]:
    """Each effort that is told meets its test, and a little less does not."""
    for test in TESTS:
        total = told.get(test)
        if total is None:
            continue
        if not met(known, total + CLOSE, years, test):
            yield f"{known.code}: an effort of {total} does not meet {test}"
        if met(known, total - CLOSE, years, test):
            yield f"{known.code}: less than an effort of {total} meets {test}"


def plan(told: dict[str, Any], known: Published) -> Iterator[str]:
    """The plan year by year from its own steps."""
    steps = [row["step"] for row in told["plan"] if "step" in row]
    wanted = project(known, steps)
    for place, row in enumerate(told["plan"]):
        for name, series in wanted.items():
            if not abs(row[name] - series[place]) <= 1e-9:
                yield f"plan {known.code} {row['year']}: {name} is {row[name]}, not {series[place]}"
