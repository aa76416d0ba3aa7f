"""Owns the score of fans on past vintages: CRPS, coverage, width; beside a random walk and the official path.

No law of shocks knows a year after the vintage that it is scored on. `rolling` scores more years, with
forecasts of its own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from past import AHEAD, base_at, published_debt

from creditor.opening.country import available, load_country
from creditor.sustainability.baseline import baseline
from creditor.sustainability.federal import projection_errors
from creditor.sustainability.history import COLUMNS, FEDERAL, economies_with_path, history
from creditor.sustainability.law import Shocks, estimated
from creditor.sustainability.path import answering, case_of, simulate
from creditor.sustainability.recursion import ratios
from creditor.sustainability.shocks import draw, shocks
from creditor.terms import library
from creditor.terms.csvfile import read_csv

DATA = Path(__file__).resolve().parents[1] / "data/dsa"
PATHS, LEAST = 1000, 8
ENDS = (5, 25, 75, 95)


@dataclass(frozen=True)
class Score:
    """Means over forecasts at one horizon, in percent of GDP; `place`: where outcomes fell in their fans."""

    horizon: int
    count: int
    fan: float
    walk: float
    official: float
    inside: float
    half: float
    width: float
    above: float
    walk_inside: float
    walk_width: float
    place: tuple[float, ...] = ()

    def __str__(self) -> str:
        return (
            f"{self.horizon:2} years, {self.count:3} forecasts: CRPS {self.fan:5.2f}, random walk "
            f"{self.walk:5.2f}, path alone {self.official:5.2f}; inside 5-95 {100 * self.inside:3.0f} %, "
            f"25-75 {100 * self.half:3.0f} %, above {100 * self.above:2.0f} %, width {self.width:5.1f}; "
            f"walk {100 * self.walk_inside:3.0f} % at {self.walk_width:5.1f}"
        )


def crps(sample: np.ndarray, actual: float) -> float:
    """Continuous ranked probability score of a sample (Gneiting and Raftery 2007)."""
    ordered = np.sort(sample)
    n = len(ordered)
    spread = 2 * np.sum(ordered * (2 * np.arange(1, n + 1) - n - 1)) / n**2
    return float(np.abs(ordered - actual).mean() - spread / 2)


def one(horizon: int, ours: np.ndarray, walk: np.ndarray, official: float, truth: float) -> tuple[float, ...]:
    """What a forecast adds to the score of its horizon."""
    low, lower, upper, high = np.percentile(ours, ENDS)
    bottom, top = np.percentile(walk, [5, 95])
    row = (crps(ours, truth), crps(walk, truth), abs(official - truth), float(low <= truth <= high))
    row += (float(lower <= truth <= upper), float(high - low), float(truth > high))
    return (*row, float(bottom <= truth <= top), float(top - bottom), float((ours < truth).mean()))


def gathered(made: dict[int, list[tuple[float, ...]]]) -> list[Score]:
    """Scores by horizon."""
    found = []
    for horizon in sorted(made):
        rows = np.array(made[horizon])
        found.append(Score(horizon, len(rows), *map(float, rows[:, :-1].mean(axis=0)), tuple(rows[:, -1])))
    return found


def drawn(case, law: Shocks, kind: str, block: int = 1) -> np.ndarray:
    """Debt on paths of shocks: array [period, path]; beyond five years with the reaction of today's law."""
    found = {(n,): v for n, v in draw(law, case.periods, PATHS, 1, kind, block).items()}
    answer = answering(case, shocks(case.code).reaction, expected=ratios(case).debt[:-1, 0])
    return ratios(case.put({**found, **answer}), PATHS).debt  # debt.model, held to it at 1e-12


def walked(code: str, last: int, horizon: int) -> np.ndarray:
    """A random walk with the deviation of the yearly changes of debt up to a year, percent of GDP."""
    past = published_debt(code)
    steps = np.diff([past[y] for y in sorted(past) if y <= last])
    return steps.std(ddof=1) * np.sqrt(horizon) * standard_normal()


@cache
def standard_normal() -> np.ndarray:
    """The numbers of all random walks: array [path]."""
    return np.random.default_rng(1).standard_normal(PATHS)


def vintage_2019() -> dict[str, dict[int, dict[str, float]]]:
    """The World Economic Outlook of April 2019: economy, year, series."""
    found: dict[str, dict[int, dict[str, float]]] = {}
    with (DATA / "weo_2019_vintage_fiscal_2018_2024.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            numbers = {k: float(v) for k, v in row.items() if k not in ("country", "year") and v}
            found.setdefault(row["country"], {})[int(row["year"])] = numbers
    return found


def base_2019(code: str, rows: dict[int, dict[str, float]]):
    """The baseline of an economy as it was forecast in April 2019."""
    years = range(2019, max(rows) + 1)
    published = {
        "real_growth": np.array([rows[y]["ngdp_rpch"] / 100 for y in years]),
        "deflator": np.array([rows[y]["ngdp_d"] / rows[y - 1]["ngdp_d"] - 1 for y in years]),
        "primary_balance": np.array([rows[y]["ggxonlb_ngdp"] / 100 for y in years]),
        "interest": np.array([(rows[y]["ggxonlb_ngdp"] - rows[y]["ggxcnl_ngdp"]) / 100 for y in years]),
        "debt": np.array([rows[y]["ggxwdg_ngdp"] / 100 for y in years]),
        "depreciation": np.zeros(len(years)),
    }
    opening = rows[2018]
    return replace(
        baseline(code),
        opening=2018,
        published=published,
        debt=opening["ggxwdg_ngdp"] / 100,
        gdp=opening["ngdp"],
    )


def vintage_2015() -> dict[str, dict[int, float]]:
    """Debt as the World Economic Outlook of April 2015 had it, percent of GDP, 2014 to 2020."""
    found: dict[str, dict[int, float]] = {}
    for row in read_csv(library.ROOT / "debt" / "vintages.csv", COLUMNS, schema=True).finish():
        if int(row["period"]) >= 2014:
            found.setdefault(row["economy"], {})[int(row["period"])] = float(row["value"])
    return found


def forecasts(year: int) -> Iterator[tuple[str, object]]:
    """Economies and their baselines as one vintage had them: of April 2015 or April 2019.

    Of the vintage of 2015 only debt is here: growth, prices, rate and balance are this program's own
    forecasts of then, and stock-flow closes the gap to the debt that was forecast.
    """
    if year == 2018:
        for code, rows in vintage_2019().items():
            if code in available():
                yield code, base_2019(code, rows)
        return
    for code, debt in vintage_2015().items():
        base = base_at(code, year, max(debt) - year)
        path = np.array([debt[y] / 100 for y in range(year + 1, max(debt) + 1)])
        interest = base.published["interest"] * np.append(debt[year] / 100, path[:-1])
        interest = interest / np.append(base.debt, base.published["debt"][:-1])
        published = {**base.published, "debt": path, "interest": interest}
        yield code, replace(base, published=published, debt=debt[year] / 100)


def scores(year: int = 2018, kind: str = "normal", last: int = 2023) -> list[Score]:
    """Scores of a vintage, of changes of debt since its opening, up to the year ``last``."""
    made: dict[int, list[tuple[float, ...]]] = {}
    for code, base in forecasts(year):
        actual = history(load_country(code), "debt_gdp")
        fan = drawn(case_of(base, last), estimated(code, year), kind)
        for h in range(1, last - year + 1):
            official = 100 * (base.published["debt"][h - 1] - base.debt)
            truth = actual[year + h] - actual[year]
            row = one(h, 100 * (fan[h] - base.debt), walked(code, year, h), official, truth)
            made.setdefault(h, []).append(row)
    return gathered(made)


def one_year() -> Score:
    """The score of 2025: April 2025 against the change that a vintage of 2026 prints."""
    rows = []
    for code in economies_with_path():
        printed = {}
        for fact in load_country(code).facts:
            if fact.labels[0] == "debt_gdp" and fact.origin.vintage == "2026-04" and fact.period.isdigit():
                printed[int(fact.period)] = float(fact.value)
        base = baseline(code)
        if not {2024, 2025} <= set(printed) or not base.anchored:
            continue
        fan = drawn(case_of(base, 2025), shocks(code), "normal")
        official = 100 * (base.published["debt"][0] - base.debt)
        truth = printed[2025] - printed[2024]
        rows.append(one(1, 100 * (fan[1] - base.debt), walked(code, 2024, 1), official, truth))
    return gathered({1: rows})[0]


def federal_errors() -> dict[tuple[int, int], tuple[float, float]]:
    """By baseline year and horizon: error of the Budget Office, and effect of later laws; percent of GDP."""
    with (DATA / "cbo_debt_projection_errors.csv").open(encoding="utf-8") as file:
        return {
            (int(r["baseline"]), int(r["horizon"])): (
                float(r["error_pct_gdp"]),
                float(r["later_laws_pct_gdp"]),
            )
            for r in csv.DictReader(file)
        }


def federal_scores() -> list[Score]:
    """Scores of the projections of the Budget Office, later laws left out, as it counts its errors.

    The fan is normal, with the root mean square of the errors known when the projection was made: eight at
    least. The walk starts from the last ratio of debt, with the changes known then.
    """
    table = federal_errors()
    with (DATA / "cbo_debt_actual.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ratio = {
        int(r["fiscal_year"]): 100 * float(r["debt_held_by_the_public_bn"]) / float(r["gdp_bn"]) for r in rows
    }
    plain = np.random.default_rng(1).standard_normal(PATHS)
    made: dict[int, list[tuple[float, ...]]] = {}
    for (year, h), (error, laws) in table.items():
        past = [e for (y, ahead), (e, _) in table.items() if ahead == h and y + h - 1 < year]
        if len(past) < LEAST or h > 2 * AHEAD:
            continue
        truth = ratio[year + h - 1] - laws
        steps = np.diff([ratio[y] for y in sorted(ratio) if y < year])
        ours = truth + error + plain * np.sqrt(np.mean(np.square(past)))
        walk = ratio[year - 1] + plain * steps.std(ddof=1) * np.sqrt(h)
        made.setdefault(h, []).append(one(h, ours, walk, truth + error, truth))
    return gathered(made)


def federal() -> list[tuple[int, float, float, float, float]]:
    """Horizon; deviation of federal debt as the Budget Office counts errors, and its root mean square error;
    deviation of the ratio of debt to GDP; root mean square error with later laws."""
    case = case_of(baseline("USA", FEDERAL), 2034)
    found = draw(shocks("USA", FEDERAL), case.periods, 4 * PATHS, 1)
    names = [("debt",), ("gdp",), ("debt_ratio",)]
    run = simulate(case.put({(n,): v for n, v in found.items()}), 4 * PATHS, names)
    plain = simulate(case, 1, names)
    dollars = 100 * np.sqrt((((run["debt"] - plain["debt"]) / run["gdp"]) ** 2).mean(axis=1))
    ratios = 100 * run["debt_ratio"].std(axis=1)
    key = "root_mean_square_error"
    errors, all_in = projection_errors("debt"), projection_errors("debt_with_later_laws")
    return [
        (h, float(dollars[h]), errors[h][key], float(ratios[h]), all_in[h][key])
        for h in range(1, 2 * AHEAD + 1)
    ]


def main() -> None:
    """Print the scores of the vintages."""
    for year, last in ((2014, 2020), (2018, 2024)):
        print(f"World Economic Outlook, April {year + 1}; shocks know no year after {year}")
        for score in scores(year, last=last):
            print("  ", score)
    print("World Economic Outlook, April 2025, against April 2026")
    print("  ", one_year())
    print("Congressional Budget Office, federal debt without later laws; errors known at the time")
    for score in federal_scores():
        print("  ", score)
    print("The federal fan of today beside the errors of the Budget Office, percent of GDP")
    for h, dollars, error, ratio, all_in in federal():
        print(
            f"   {h:2} years: dollars over GDP {dollars:4.1f}, published {error:4.1f}; ratio {ratio:4.1f}; "
            f"published with later laws {all_in:4.1f}"
        )


if __name__ == "__main__":
    main()
