"""Owns the score of fans on a past vintage: CRPS, coverage and width beside a random walk and the "
"official path."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from creditor.analysis.debt_baseline import baseline
from creditor.analysis.debt_history import history
from creditor.analysis.debt_path import case_of, simulate
from creditor.analysis.debt_shocks import draw, estimated
from creditor.opening.country import available, load_country

DATA = Path(__file__).resolve().parents[1] / "data/dsa"
OPENING, PATHS = 2018, 2000


@dataclass(frozen=True)
class Score:
    """Means over economies at one horizon, in percent of GDP."""

    horizon: int
    economies: int
    fan: float
    walk: float
    official: float
    inside: float
    width: float
    walk_inside: float
    walk_width: float


def crps(sample: np.ndarray, actual: float) -> float:
    """Continuous ranked probability score of a sample (Gneiting and Raftery 2007)."""
    ordered = np.sort(sample)
    n = len(ordered)
    spread = 2 * np.sum(ordered * (2 * np.arange(1, n + 1) - n - 1)) / n**2
    return float(np.abs(ordered - actual).mean() - spread / 2)


def vintage() -> dict[str, dict[int, dict[str, float]]]:
    """The World Economic Outlook of April 2019: economy, year, series."""
    found: dict[str, dict[int, dict[str, float]]] = {}
    with (DATA / "weo_2019_vintage_fiscal_2018_2024.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            numbers = {k: float(v) for k, v in row.items() if k not in ("country", "year") and v}
            found.setdefault(row["country"], {})[int(row["year"])] = numbers
    return found


def base_2019(code: str, rows: dict[int, dict[str, float]]):
    """The baseline of an economy as it was forecast in April 2019."""
    years = range(OPENING + 1, max(rows) + 1)
    prices = {y: rows[y]["ngdp_d"] / rows[y - 1]["ngdp_d"] - 1 for y in years}
    growth = {y: rows[y]["ngdp_rpch"] / 100 for y in years}
    published = {
        "real_growth": np.array([growth[y] for y in years]),
        "deflator": np.array([prices[y] for y in years]),
        "primary_balance": np.array([rows[y]["ggxonlb_ngdp"] / 100 for y in years]),
        "interest": np.array([(rows[y]["ggxonlb_ngdp"] - rows[y]["ggxcnl_ngdp"]) / 100 for y in years]),
        "debt": np.array([rows[y]["ggxwdg_ngdp"] / 100 for y in years]),
        "depreciation": np.zeros(len(years)),
    }
    return replace(
        baseline(code),
        opening=OPENING,
        published=published,
        debt=rows[OPENING]["ggxwdg_ngdp"] / 100,
        gdp=rows[OPENING]["ngdp"],
    )


def scores(kind: str = "normal", last: int = 2023) -> list[Score]:
    """Scores of one to five years, of changes of debt since 2018; the shocks know no year after 2018."""
    made: dict[int, list[tuple[float, ...]]] = {}
    for code, rows in vintage().items():
        if code not in available():
            continue
        actual = history(load_country(code), "debt_gdp")
        base = base_2019(code, rows)
        case = case_of(base, last)
        law = estimated(code, OPENING)
        found = draw(law, case.periods, PATHS, 1, kind)
        fan = simulate(case.put({(n,): v for n, v in found.items()}), PATHS, [("debt_ratio",)])["debt_ratio"]
        steps = np.diff([actual[y] for y in range(2005, OPENING + 1)])
        rng = np.random.default_rng(1)
        for h in range(1, last - OPENING + 1):
            truth = actual[OPENING + h] - actual[OPENING]
            ours = 100 * (fan[h] - base.debt)
            walk = rng.normal(0.0, steps.std(ddof=1) * np.sqrt(h), PATHS)
            official = 100 * (base.published["debt"][h - 1] - base.debt)
            low, high = np.percentile(ours, [5, 95])
            bottom, top = np.percentile(walk, [5, 95])
            row = (crps(ours, truth), crps(walk, truth), abs(official - truth))
            row += (float(low <= truth <= high), high - low, float(bottom <= truth <= top), top - bottom)
            made.setdefault(h, []).append(row)
    return [Score(h, len(rows), *map(float, np.mean(rows, axis=0))) for h, rows in made.items()]


def one_year() -> Score:
    """The score of 2025: paths from the vintage of April 2025 against the change that the vintage "
    "of 2026 prints."""
    rows = []
    for code in available():
        printed = {}
        for fact in load_country(code).facts:
            if fact.labels[0] == "debt_gdp" and fact.origin.vintage == "2026-04" and fact.period.isdigit():
                printed[int(fact.period)] = float(fact.value)
        if not {2024, 2025} <= set(printed) or not baseline(code).anchored:
            continue
        base, law = baseline(code), estimated(code)
        case = case_of(base, 2025)
        found = draw(law, 1, PATHS, 1, "normal")
        fan = simulate(case.put({(n,): v for n, v in found.items()}), PATHS, [("debt_ratio",)])["debt_ratio"]
        truth, ours = printed[2025] - printed[2024], 100 * (fan[1] - base.debt)
        past = history(load_country(code), "debt_gdp")
        steps = np.diff([past[y] for y in range(2005, 2025) if y in past])
        walk = np.random.default_rng(1).normal(0.0, steps.std(ddof=1), PATHS)
        official = abs(100 * (base.published["debt"][0] - base.debt) - truth)
        (low, high), (bottom, top) = np.percentile(ours, [5, 95]), np.percentile(walk, [5, 95])
        row = (crps(ours, truth), crps(walk, truth), official, float(low <= truth <= high), high - low)
        rows.append((*row, float(bottom <= truth <= top), top - bottom))
    return Score(1, len(rows), *map(float, np.mean(rows, axis=0)))


def federal() -> list[tuple[int, float, float, float]]:
    """Horizon, deviation of the fan of federal debt, root mean square error of the Budget Office, "
    "their ratio."""
    with (DATA / "cbo_debt_projection_error_stats.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["component"] == "debt"]
    errors = {int(row["projected_year_number"]): float(row["RMSE"]) for row in rows}
    case = case_of(baseline("USA", "federal"), 2034)
    found = draw(estimated("USA"), case.periods, PATHS, 1, "normal")
    fan = simulate(case.put({(n,): v for n, v in found.items()}), PATHS, [("debt_ratio",)])["debt_ratio"]
    spread = 100 * fan.std(axis=1)
    return [(h, float(spread[h]), errors[h], float(spread[h] / errors[h])) for h in (1, 2, 5, 10)]


def main() -> None:
    """Print the scores of both distributions."""
    one = one_year()
    print(
        f"2025 alone, {one.economies} economies: CRPS {one.fan:.2f}, random walk {one.walk:.2f}, official "
        f"{one.official:.2f}; inside 5-95: {100 * one.inside:.0f} % at width {one.width:.1f}"
    )
    for horizon, spread, error, ratio in federal():
        print(
            f"federal, {horizon} years: deviation {spread:.1f}, Budget Office errs {error:.1f}, ratio "
            f"{ratio:.2f}"
        )
    for kind in ("normal", "bootstrap"):
        for s in scores(kind):
            print(
                f"{kind:10} {s.horizon} years, {s.economies} economies: CRPS {s.fan:5.2f}, random "
                f"walk {s.walk:5.2f}, "
                f"official {s.official:5.2f}; inside 5-95: {100 * s.inside:3.0f} % at width {s.width:5.1f} "
                f"(walk {100 * s.walk_inside:3.0f} % at {s.walk_width:5.1f})"
            )


if __name__ == "__main__":
    main()
