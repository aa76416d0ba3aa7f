"""Owns the score of fans from every year since 2009, for all economies: forecasts and shocks of the time.

The forecast is this program's own, because few vintages are public; the law of shocks knows no later year.
The specification was chosen by what came up to 2018; what came after is printed as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from past import AHEAD, base_at, published_debt
from scores import Score, drawn, gathered, one, walked

from creditor.sustainability import law
from creditor.sustainability.baseline import Baseline
from creditor.sustainability.case import Case
from creditor.sustainability.history import OPENING, economies_with_path
from creditor.sustainability.law import estimated
from creditor.sustainability.path import case_of
from creditor.sustainability.shocks import shocks

FIRST, SPLIT = 2009, 2018
SPECIFICATIONS = (("normal", 1), ("t", 1), ("bootstrap", 1), ("bootstrap", 2), ("bootstrap", 3))
PRIORS = (0.0, 5.0, 1e9)
GROUPS = (law.ADVANCED, law.EMERGING)


@dataclass(frozen=True)
class How:
    """How fans are drawn: distribution and block, last year known, years ahead, whether with today's law."""

    kind: str = "normal"
    block: int = 1
    last: int = OPENING
    longest: int = AHEAD
    hindsight: bool = False


USUAL = How()


@cache
def forecast_at(code: str, year: int) -> tuple[Baseline, Case]:
    """The baseline and the case of an economy at the end of a year, for as many years as have come."""
    base = base_at(code, year, min(2 * AHEAD, OPENING - year))
    return base, case_of(base, base.last_published)


def rows(code: str, how: How) -> Iterator[tuple[int, int, tuple[float, ...]]]:
    """Forecasts of one economy from the end of each year: horizon, year of the outcome, what adds to a score.

    Beyond five years the balance reacts as in the law of today.
    """
    actual = published_debt(code)
    for year in range(FIRST, how.last):
        base, case = forecast_at(code, year)
        ahead = min(how.longest, how.last - year)
        laws = shocks(code) if how.hindsight else estimated(code, year)
        fan = 100 * drawn(case.begun(ahead), laws, how.kind, how.block)
        for h in range(1, ahead + 1):
            walk = actual[year] + walked(code, year, h)
            alone = 100 * base.published["debt"][h - 1]
            yield h, year + h, one(h, fan[h], walk, alone, actual[year + h])


def rolling(how: How = USUAL) -> dict[tuple[str, bool, int], list[tuple[float, ...]]]:
    """What adds to scores by group of economies, whether the outcome is after 2018, and horizon."""
    made: dict[tuple[str, bool, int], list[tuple[float, ...]]] = {}
    for code in economies_with_path():
        for h, year, row in rows(code, how):
            made.setdefault((law.group_of(code), year > SPLIT, h), []).append(row)
    return made


def chosen(
    made: dict[tuple[str, bool, int], list[tuple[float, ...]]],
    late: tuple[bool, ...],
    groups: tuple[str, ...] = GROUPS,
) -> list[Score]:
    """Scores by horizon of some groups, of outcomes up to 2018 (not late) or after (late), or of both."""
    found: dict[int, list[tuple[float, ...]]] = {}
    for (group, after, h), several in made.items():
        if group in groups and after in late:
            found.setdefault(h, []).extend(several)
    return gathered(found)


def places(score: Score) -> list[int]:
    """How many outcomes fell in each tenth of their fan: even tenths are honest."""
    return np.histogram(score.place, bins=10, range=(0, 1))[0].tolist()


def line(found: list[Score]) -> str:
    """Coverage and width by horizon."""
    cover = " ".join(f"{100 * score.inside:3.0f}" for score in found)
    return f"inside 5-95 {cover} %, width " + " ".join(f"{score.width:5.1f}" for score in found)


def choices() -> None:
    """Print what the specification was chosen by: outcomes up to 2018 only."""
    usual = law.PRIOR
    for prior in PRIORS:
        law.PRIOR = prior
        for kind, block in SPECIFICATIONS:
            found = chosen(rolling(How(kind, block, SPLIT)), (False,))
            told = " ".join(f"{score.fan:5.2f}" for score in found)
            print(f"group as {prior:g} years, {kind}, block {block}: {line(found)}, CRPS {told}")
    law.PRIOR = usual


def main() -> None:
    """Print the scores up to 2018 and after, those of each group, and how outcomes fell in the fans."""
    made = rolling(How(longest=2 * AHEAD))
    for late, title in ((False, f"Outcomes up to {SPLIT}"), (True, f"Outcomes after {SPLIT}")):
        print(title)
        for score in chosen(made, (late,))[:AHEAD]:
            print("  ", score, places(score))
        for group in GROUPS:
            print(f"   {group}, one to five years: {line(chosen(made, (late,), (group,))[:AHEAD])}")
    far = chosen(made, (True,))[AHEAD:]
    print(f"Six to ten years ahead, outcomes after {SPLIT}: {line(far)}")
    print(f"All outcomes, the law of today: {line(chosen(rolling(How(hindsight=True)), (False, True)))}")


if __name__ == "__main__":
    choices() if sys.argv[1:] == ["choices"] else main()
