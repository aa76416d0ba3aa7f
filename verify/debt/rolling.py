"""Owns the score of fans from every year since 2009, for all economies: forecasts and shocks of the time.

The forecast is this program's own, because few vintages are public; the law of shocks knows no later year.
The specification was chosen by what came up to 2018; what came after is printed as it is.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from scores import AHEAD, Score, drawn, gathered, one, walked

from creditor.analysis import debt_law
from creditor.analysis.debt_baseline import Baseline, baseline
from creditor.analysis.debt_errors import SHOCKS, forecast
from creditor.analysis.debt_history import OPENING, economies_with_path, history
from creditor.analysis.debt_law import estimated
from creditor.analysis.debt_path import case_of
from creditor.opening.country import load_country

FIRST, SPLIT = 2009, 2018
SPECIFICATIONS = (("normal", 1), ("t", 1), ("bootstrap", 1), ("bootstrap", 2), ("bootstrap", 3))
PRIORS = (0.0, 5.0, 1e9)


def base_at(code: str, year: int, ahead: int = AHEAD) -> Baseline:
    """The baseline of an economy as it would have been forecast at the end of a year."""
    base = baseline(code)
    told = dict(zip(SHOCKS, forecast(code, year).tolist(), strict=True))
    rate = 0.0 if np.isnan(told["rate"]) else told["rate"]
    up = np.exp(told["growth"] + told["deflator"])
    opening = history(load_country(code), "debt_gdp")[year] / 100
    revalued = 1 + base.foreign_share * np.expm1(told["depreciation"])
    debt, interest, owed = [], [], opening
    for _ in range(ahead):
        interest.append(owed * rate / up)
        owed = owed * revalued / up + interest[-1] - told["balance"] + told["stock_flow"]
        debt.append(owed)
    level = {
        "real_growth": np.expm1(told["growth"]),
        "deflator": np.expm1(told["deflator"]),
        "primary_balance": told["balance"],
        "depreciation": np.expm1(told["depreciation"]),
    }
    published = {name: np.full(ahead, value) for name, value in level.items()}
    published |= {"debt": np.array(debt), "interest": np.array(interest)}
    gdp = history(load_country(code), "gdp_lcu", "economy")[year]
    after = {**level, "rate": rate}
    return replace(base, opening=year, published=published, debt=opening, gdp=gdp, after=after)


def rolling(
    kind: str = "normal", block: int = 1, last: int = OPENING, after: int = 0, longest: int = AHEAD
) -> list[Score]:
    """Scores of forecasts made at the end of each year, of outcomes after ``after`` and up to ``last``."""
    made: dict[int, list[tuple[float, ...]]] = {}
    for year in range(FIRST, last):
        for code in economies_with_path():
            base = base_at(code, year, min(longest, last - year))
            fan = 100 * drawn(case_of(base, base.last_published), estimated(code, year), kind, block)
            actual = history(load_country(code), "debt_gdp")
            for h in range(1, base.anchored + 1):
                if year + h > after:
                    walk = actual[year] + walked(code, year, h)
                    row = one(h, fan[h], walk, 100 * base.published["debt"][h - 1], actual[year + h])
                    made.setdefault(h, []).append(row)
    return gathered(made)


def places(score: Score) -> list[int]:
    """How many outcomes fell in each tenth of their fan: even tenths are honest."""
    return np.histogram(score.place, bins=10, range=(0, 1))[0].tolist()


def choices() -> None:
    """Print what the specification was chosen by: outcomes up to 2018 only."""
    usual = debt_law.PRIOR
    for prior in PRIORS:
        debt_law.PRIOR = prior
        for kind, block in SPECIFICATIONS:
            found = rolling(kind, block, last=SPLIT)
            cover = " ".join(f"{100 * s.inside:3.0f}" for s in found)
            width = " ".join(f"{s.width:5.1f}" for s in found)
            told = " ".join(f"{s.fan:5.2f}" for s in found)
            print(
                f"group as {prior:g} years, {kind}, block {block}: inside {cover}; width {width}; CRPS {told}"
            )
    debt_law.PRIOR = usual


def main() -> None:
    """Print the scores up to 2018 and after, and how outcomes fell in the fans."""
    print(f"Outcomes up to {SPLIT}")
    for score in rolling(last=SPLIT):
        print("  ", score, places(score))
    print(f"Outcomes after {SPLIT}")
    for score in rolling(after=SPLIT):
        print("  ", score, places(score))


if __name__ == "__main__":
    choices() if sys.argv[1:] == ["choices"] else main()
