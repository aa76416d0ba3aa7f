"""Owns the stochastic criterion of the Commission's method of 2024, by annual draws of one distribution."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache

import numpy as np
from commission import A0, DATA, Inputs, linear, project

NAMES = (
    "EXR_EUR",
    "EXR_USD",
    "INTEREST_RATE_ST",
    "INTEREST_RATE_LT",
    "NOMINAL_GDP_GROWTH",
    "PRIMARY_BALANCE",
)
AHEAD, CHANCE, CEILING = 5, 0.30, 60.0
FEW, NEAR = 4_000, 0.2  # draws that find the target roughly; how near that is


def covariance(code: str) -> np.ndarray:
    """Covariance of a year's shocks; four quarters add up to a year."""
    found = np.zeros((len(NAMES), len(NAMES)))
    for row in _shock_rows()[code]:
        size = 4.0 if row["frequency"].startswith("quarter") else 1.0
        found[NAMES.index(row["row"]), NAMES.index(row["col"])] = size * float(row["value"])
    return found


@cache
def _shock_rows() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for name in ("shock_covariance.csv", "shock_covariance_more.csv"):
        with (DATA / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                found.setdefault(row["country"], []).append(row)
    return found


def shocks(country: Inputs, paths: int, seed: int) -> dict[str, np.ndarray]:
    """Shocks of five years: arrays [year, path]; the long rate is what the renewed debt has paid."""
    values, vectors = np.linalg.eigh(covariance(country.code))
    root = vectors * np.sqrt(np.maximum(values, 0))
    plain = np.random.default_rng(seed).standard_normal((AHEAD, len(NAMES), paths))
    found = np.einsum("ij,tjp->itp", root, plain)
    named = dict(zip(NAMES, found, strict=True))
    life = int(country.params["avg_res_mat"])
    total = np.cumsum(named["INTEREST_RATE_LT"], axis=0)
    long = np.empty_like(total)
    for t in range(1, AHEAD + 1):
        if life < 0:  # quirk: of a life below zero the replication sums no quarter at all
            long[t - 1] = 0
            continue
        before = total[t - 1 - life] if t > life else 0.0
        long[t - 1] = min(t, life) / life * (total[t - 1] - before)
    share = country.params["D_share_st"]
    named["rate"] = share * named["INTEREST_RATE_ST"] + (1 - share) * long
    return named


def ends(
    country: Inputs, spb: np.ndarray, years: int, drawn: dict[str, np.ndarray]
) -> tuple[float, np.ndarray]:
    """Debt at the end of the adjustment, and on each path five years later."""
    a1 = A0 + years - 1
    base = project(country, spb, years)
    s, p = country.series, country.params
    flow = base.flow[a1 + 1 :, 0]
    primary = base.primary[a1 + 1 :, 0]
    debt = np.full(drawn["rate"].shape[1], base.debt[a1, 0])
    for t in range(a1 + 1, a1 + AHEAD + 1):
        i = t - a1 - 1
        money = p["D_share_domestic"]
        for share, name, shock in (
            ("D_share_eur", "exr_eur", "EXR_EUR"),
            ("D_share_usd", "exr_usd", "EXR_USD"),
        ):
            if not p[share]:
                continue
            before = s[name][t - 1] + (drawn[shock][i - 1] if i else 0.0)
            money = money + p[share] * (s[name][t] + drawn[shock][i]) / before
        factor = (1 + (base.rate[t, 0] + drawn["rate"][i]) / 100) / (
            1 + (base.growth[t, 0] + drawn["NOMINAL_GDP_GROWTH"][i]) / 100
        )
        debt = debt * factor * money - (primary[i] + drawn["PRIMARY_BALANCE"][i]) + flow[i]
    return float(base.debt[a1, 0]), np.maximum(debt, 0)


def least_stochastic(
    country: Inputs,
    years: int,
    seed: int,
    paths: int = 20_000,
    plan: Callable[[float], np.ndarray] | None = None,
) -> tuple[float, float]:
    """The smallest target at which debt is as likely as wanted to fall or to stay below 60, and its error.

    By bisection on one set of draws, near what a small part of them gives. The error is that of the chance,
    times how far the target moves with it.
    """
    drawn = shocks(country, paths, seed)

    def chance(target: float, upto: int = paths) -> float:
        spb = plan(target) if plan else linear(country, np.array([target]), years)
        start, end = ends(country, spb, years, {name: values[:, :upto] for name, values in drawn.items()})
        return float(min((end > start).mean(), (end > CEILING).mean()))

    rough = bisected(lambda target: chance(target, FEW) <= CHANCE, -10.0, 10.0, 1e-2)
    low, high = rough - NEAR, rough + NEAR
    if chance(low) <= CHANCE or chance(high) > CHANCE:
        low, high = -10.0, 10.0
    found = bisected(lambda target: chance(target) <= CHANCE, low, high, 1e-4)
    slope = (chance(found - 0.25) - chance(found + 0.25)) / 0.5
    return found, float(np.sqrt(CHANCE * (1 - CHANCE) / paths) / max(slope, 1e-9))


def bisected(holds: Callable[[float], bool], low: float, high: float, width: float) -> float:
    """The smallest number that holds, between one that does not and one that does."""
    while high - low > width:
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
