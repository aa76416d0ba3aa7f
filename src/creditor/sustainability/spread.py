"""Owns the spread of debt that a law of shocks implies, without draws, and the reaction fitted to it."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.baseline import baseline
from creditor.sustainability.forecast_errors import SHOCKS
from creditor.sustainability.history import OPENING, debt_rows
from creditor.sustainability.law import ADVANCED, RATE, UNANSWERED, Shocks, estimated, members
from creditor.sustainability.path import SLOPE

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

KNOWN = 2014  # the last year that the vintage of 2015 knew
SHORT, LONG = 5, (10, 15, 20)  # years
HIGHEST, STEPS = 0.15, (0.01, 0.001)


def spread(law: Shocks, loads: Floats, periods: int, renewed: float, kept: Floats | float = 1.0) -> Floats:
    """Deviation of what adds up over years from shocks, to first order: array [period].

    Growth is taken as high as the rate, so that debt stays where shocks have left it, if all of it is kept.

    Parameters
    ----------
    law : Shocks
    loads : array [shock]
        What one of each shock adds in its year.
    periods : int
    renewed : float
        Share of the debt whose rate is set anew in a year: so much of a shock to the rate goes each year.
    kept : float or array [period]
        Share of what has been added before that is still there.

    Examples
    --------
    >>> law = Shocks("ITA", np.eye(6), np.zeros(6))
    >>> spread(law, np.array([0, 0, 0, -1.0, 0, 0]), 4, 0.1).round(3).tolist()
    [1.0, 1.414, 1.732, 2.0]
    """
    count = len(SHOCKS)
    share = law.carry.copy()
    share[RATE] = 1.0 - renewed
    move = np.zeros((count + 1, count + 1))
    move[:count, :count] = np.diag(share)
    move[count, :count] = loads * share
    enter = np.vstack([np.eye(count), loads])
    new = enter @ law.covariance @ enter.T
    total, found = np.zeros_like(move), np.zeros(periods)
    for period, left in enumerate(np.broadcast_to(kept, periods)):
        move[count, count] = left
        total = move @ total @ move.T + new
        found[period] = np.sqrt(total[count, count])
    return found


def loads_of_debt(debt: float, foreign: float = 0.0) -> Floats:
    """What one of each shock adds to debt as a share of GDP, to first order: array [shock].

    Examples
    --------
    >>> loads_of_debt(1.5).tolist()
    [-1.5, -1.5, 1.5, -1.0, 0.0, 1.0]
    """
    return np.array([-debt, -debt, debt, -1.0, foreign * debt, 1.0])


@functools.cache
def known_in_2015() -> dict[str, dict[int, float]]:
    """Debt by economy and year as the World Economic Outlook of April 2015 had it, to 2014, percent of GDP.

    Examples
    --------
    >>> known_in_2015()["ITA"][1994]
    112.728
    """
    found: dict[str, dict[int, float]] = {}
    for row in debt_rows("vintages.csv"):
        if row["vintage"] == "2015-04" and int(row["period"]) <= KNOWN:
            found.setdefault(row["economy"], {})[int(row["period"])] = float(row["value"])
    return found


def long_changes() -> dict[int, float]:
    """Deviation of changes of debt of advanced economies over so many years, 1990 to 2014, in shares of GDP.

    Examples
    --------
    >>> {years: round(value, 2) for years, value in long_changes().items()}
    {5: 0.19, 10: 0.3, 15: 0.38, 20: 0.47}
    """
    table = [known_in_2015()[code] for code in members(ADVANCED)]
    return {
        years: float(np.std([t[y + years] - t[y] for t in table for y in t if y + years in t])) / 100
        for years in (SHORT, *LONG)
    }


@functools.cache
def reaction(last: int = OPENING) -> float:
    """Share of debt above the expected that the primary balance takes back in a year, after five years.

    Errors within five years show none, but over ten to twenty years debt strays less than they would have it:
    the ratios of the deviations of `long_changes` to that of five years are met with the share found here, by
    least squares of their logarithms. The rate that rises in debt, which works the other way, is taken into
    account.

    Examples
    --------
    >>> 0 < reaction() < 0.15
    True
    """
    seen = long_changes()
    wanted = np.log([seen[years] / seen[SHORT] for years in LONG])
    laws = [
        (estimated(code, last), float(np.mean(list(known_in_2015()[code].values()))) / 100)
        for code in members(ADVANCED)
    ]

    def miss(share: float) -> float:
        squares = np.zeros(LONG[-1])
        for law, debt in laws:
            given = baseline(law.code)
            kept = np.full(LONG[-1], 1.0 + SLOPE * debt)
            kept[UNANSWERED:] -= share
            loads = loads_of_debt(debt, given.foreign_share)
            squares += spread(law, loads, LONG[-1], 1 / given.maturity, kept) ** 2
        made = 0.5 * np.log(squares[np.array(LONG) - 1] / squares[SHORT - 1])
        return float(((made - wanted) ** 2).sum())

    best, reach = HIGHEST / 2, HIGHEST / 2
    for step in STEPS:
        tried = np.arange(max(best - reach, 0.0), min(best + reach, HIGHEST) + step / 2, step).tolist()
        best, reach = min(tried, key=miss), step
    return round(best, 3)


def reacting(code: str, last: int = OPENING) -> Shocks:
    """The law of the shocks of an economy from figures of years up to ``last``, with the reaction.

    Examples
    --------
    >>> reacting("ITA").reaction == reaction()
    True
    """
    return replace(estimated(code, last), reaction=reaction(last))
