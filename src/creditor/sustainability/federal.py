"""Owns the law of the shocks of federal debt, fitted to the errors of the Congressional Budget Office."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.baseline import baseline
from creditor.sustainability.forecast_errors import SHOCKS
from creditor.sustainability.history import FEDERAL, debt_rows
from creditor.sustainability.law import Shocks, estimated, positive
from creditor.sustainability.spread import spread

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

COLUMNS = (
    "component",
    "horizon",
    "years",
    "projections",
    "average_error",
    "average_absolute_error",
    "root_mean_square_error",
    "two_thirds_spread",
    "source",
    "vintage",
    "grade",
)
BALANCE, FLOW, RATE = (SHOCKS.index(name) for name in ("balance", "stock_flow", "rate"))
ROUNDS, POINTS = 5, 9
WEIGHTS = np.array([1.0, 4.0])  # of deficit and debt
LEAST = 1e-4  # of GDP: the smallest deviation tried


@functools.cache
def projection_errors(component: str) -> dict[int, dict[str, float]]:
    """Statistics of the errors of the Budget Office by horizon in years, percent of GDP.

    Parameters
    ----------
    component : str
        ``deficit`` or ``debt``, later laws taken out; ``debt_with_later_laws``.

    Examples
    --------
    >>> projection_errors("debt")[5]["root_mean_square_error"]
    6.8
    """
    names = ("average_error", "average_absolute_error", "root_mean_square_error", "two_thirds_spread")
    return {
        int(row["horizon"]): {name: float(row[name]) for name in names if row[name]}
        for row in debt_rows("projection_errors.csv", COLUMNS)
        if row["component"] == component
    }


def federal_spread(law: Shocks, periods: int) -> tuple[Floats, Floats]:
    """Deviation of deficit and of debt as the Budget Office counts errors: dollars over the GDP that came.

    An error of GDP itself is in neither, so that the ratio of debt to GDP strays farther.

    Examples
    --------
    >>> found = federal_spread(estimated("USA"), 5)
    >>> bool((np.diff(found[1]) > 0).all())
    True
    """
    base = baseline("USA", FEDERAL)
    renewed, debt = 1 / base.maturity, base.debt
    deficit, owed = np.zeros(len(SHOCKS)), np.zeros(len(SHOCKS))
    deficit[BALANCE], deficit[RATE] = -1.0, debt
    owed[BALANCE], owed[RATE], owed[FLOW] = -1.0, debt, 1.0
    return spread(law, deficit, periods, renewed, kept=0.0), spread(law, owed, periods, renewed)


@functools.cache
def fitted() -> Shocks:
    """The law of the shocks of federal debt.

    Growth and prices are those of the United States. The size of shocks to the balance, how much of them is
    carried over, and the size of shocks to stock-flow and to the rate are such that the deviations of deficit
    and debt meet the root mean square errors of the Budget Office at one to eleven years, by least squares of
    the logarithms, in which debt counts four times. Shocks go together as in advanced economies.

    Examples
    --------
    >>> law = fitted()
    >>> bool(3 < 100 * federal_spread(law, 5)[1][4] < 9)
    True
    """
    law = estimated("USA")
    published = [projection_errors(component) for component in ("deficit", "debt")]
    periods = max(published[0])
    wanted = np.log(
        [[table[h]["root_mean_square_error"] / 100 for h in range(1, periods + 1)] for table in published]
    )
    size = np.sqrt(np.diag(law.covariance))
    scale = np.outer(positive(size), positive(size))

    def made(point: Floats) -> Shocks:
        sizes, share = size.copy(), law.carry.copy()
        sizes[BALANCE], share[BALANCE], sizes[FLOW], sizes[RATE] = point
        return replace(law, covariance=law.covariance / scale * np.outer(sizes, sizes), carry=share)

    def miss(point: Floats) -> float:
        squares = (np.log(federal_spread(made(point), periods)) - wanted) ** 2
        return float((WEIGHTS @ squares).sum())

    low = np.array([LEAST, 0.0, LEAST, LEAST])
    high = np.array([size[BALANCE], 1.0, size[FLOW], size[RATE]])
    point = (low + high) / 2
    reach = (high - low) / 2
    for _ in range(ROUNDS * len(point)):  # coordinate by coordinate, ever finer
        for place in range(len(point)):
            tried = np.linspace(point[place] - reach[place], point[place] + reach[place], POINTS)
            options = [_put(point, place, min(max(x, low[place]), high[place])) for x in tried]
            point = min(options, key=miss)
        reach = reach * 0.75
    return made(point)


def _put(point: Floats, place: int, value: float) -> Floats:
    new = point.copy()
    new[place] = value
    return new
