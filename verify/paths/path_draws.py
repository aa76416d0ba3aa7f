"""Draws the shocks of a debt path with other random numbers, and holds its fan against them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random
from typing import Any

import path_recursion as recursion
from path_library import LIBRARY, Published, rows
from path_recursion import SLOPE

SHOCKS = ("growth", "deflator", "rate", "balance", "depreciation", "stock_flow")
LOGARITHMS = ("growth", "deflator", "depreciation")
SHARES = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
UNANSWERED = 5  # years in which the balance does not react to debt above the expected
AHEAD, YEARS, PATHS = 5, 8, 1000


def law(code: str, perimeter: str) -> tuple[list[list[float]], dict[str, float], float]:
    """Root of the covariance (Cholesky), what is carried over, the reaction of the balance."""
    found: dict[tuple[str, str], float] = {}
    for row in rows(LIBRARY / "debt/covariance.csv"):
        if (row["economy"], row["perimeter"]) == (code, perimeter):
            found[row["row"], row["column"]] = float(row["value"])
    size = range(len(SHOCKS))
    root = [[0.0] * len(SHOCKS) for _ in size]
    for i in size:
        for j in range(i + 1):
            pair = SHOCKS[i], SHOCKS[j]
            left = found.get(pair, found.get(pair[::-1], 0.0)) - sum(
                root[i][k] * root[j][k] for k in range(j)
            )
            if i == j:
                root[i][i] = math.sqrt(max(left, 0.0))
            elif root[j][j] > 1e-12:
                root[i][j] = left / root[j][j]
    carry = {name: found["carry", name] for name in SHOCKS}
    return root, carry, found["reaction", "balance"]


def paths(known: Published, years: int, count: int, seed: int) -> list[list[float]]:
    """Debt by path and year with shocks drawn from the law of the library."""
    root, carry, reaction = law(known.code, known.perimeter)
    cost, given = recursion.costs(known, years), recursion.anchor(known, years)
    plain = recursion.run(known, years, SLOPE, {"cost": cost}, given)["debt_ratio"]
    answer = [reaction if t >= UNANSWERED else 0.0 for t in range(years)]
    numbers, found = Random(seed), []
    for _ in range(count):
        shocks: dict[str, list[float]] = {f"{name}_shock": [] for name in SHOCKS}
        before = dict.fromkeys(SHOCKS, 0.0)
        for _ in range(years):
            plainly = [numbers.gauss(0.0, 1.0) for _ in SHOCKS]
            for i, name in enumerate(SHOCKS):
                new = sum(root[i][j] * plainly[j] for j in range(i + 1))
                before[name] = new + carry[name] * before[name]
                size = math.expm1(before[name]) if name in LOGARITHMS else before[name]
                shocks[f"{name}_shock"].append(size)
        series = {"cost": cost, "reaction": answer, "expected": plain[:-1], **shocks}
        found.append(recursion.run(known, years, SLOPE, series, given)["debt_ratio"])
    return found


def fan(told: dict[str, Any], known: Published, seed: int = 7) -> Iterator[str]:
    """Each line of the fan against that of own draws, within five errors of both."""
    drawn = paths(known, YEARS, PATHS, seed)
    higher = sum(path[AHEAD] > path[0] for path in drawn) / PATHS
    found = told["chances"]["debt_higher_in_five_years"]
    if abs(found["value"] - higher) > 5 * math.hypot(found["standard_error"], math.sqrt(0.25 / PATHS)):
        yield f"the chance of higher debt in five years is {found['value']}, {higher} in own draws"
    factor = math.hypot(1.0, math.sqrt(told["draws"]["paths"] / PATHS))
    for year in range(1, YEARS + 1):
        debt = sorted(path[year] for path in drawn)
        for name, share in SHARES.items():
            place = share * (PATHS - 1)
            low = int(place)
            own = debt[low] + (debt[low + 1] - debt[low]) * (place - low)
            gap, error = told["fan"][name][year] - own, factor * told["fan_errors"][name][year]
            if abs(gap) > 5 * error:
                yield f"{name} of {told['years'][year]} is {gap / error:+.1f} errors from that of own draws"
