"""Owns what a debt path is told from: runs, fan, chances and stress tests of one economy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.ageing import Ageing
from creditor.sustainability.baseline import Baseline
from creditor.sustainability.beside import Comparison
from creditor.sustainability.case import Case
from creditor.sustainability.gaps import Gap
from creditor.sustainability.path import Paths
from creditor.sustainability.stress import Stress
from creditor.terms.table import Table, column

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from creditor.terms.units import Unit

    Floats = npt.NDArray[np.float64]

SHARES = (5, 25, 50, 75, 95)
AHEAD, DECADE = 5, 10  # years
LITTLE = 0.05  # of GDP: a rate on less debt is no rate

SHORT = 6  # years after the opening that are all shown


@dataclass(frozen=True)
class Draws:
    """How shocks are drawn: number of paths, seed, and one of `shocks.DISTRIBUTIONS`."""

    paths: int
    seed: int
    shocks: str


@dataclass(frozen=True)
class Found:
    """What an answer is told from: the same years in all arrays, the opening first.

    ``without`` are the runs at a constant and a rising rate without the cost of ageing; none where it is left
    out. ``beside`` are projections of others beside the run at a constant rate.
    """

    base: Baseline
    case: Case
    flat: Paths
    rising: Paths
    fan: Floats
    fan_errors: Floats
    draws: Draws
    chances: dict[str, tuple[float, float]]
    stress: tuple[tuple[Stress, Floats], ...]
    holders: bool
    ageing: Ageing
    gaps: tuple[tuple[str, list[Gap]], ...]
    without: tuple[Paths, ...]
    beside: tuple[Comparison, ...]

    @property
    def years(self) -> list[int]:
        """From the opening on."""
        return list(range(self.base.opening, self.base.opening + self.fan.shape[1]))

    @property
    def shown(self) -> list[int]:
        """Each published year and the one after, seven at least, then every fifth, and the last."""
        near = max(self.base.last_published + 1, self.base.opening + SHORT)
        return [y for y in self.years if y <= near or y % 5 == 0 or y == self.years[-1]]

    @property
    def added(self) -> Floats:
        """Debt that the cost of ageing adds, a share of GDP, where the rate rises with debt."""
        debt = self.rising.one("debt_ratio")
        return np.asarray(debt - self.without[1].one("debt_ratio")) if self.without else np.zeros(len(debt))


def columns_of(
    found: Found, wanted: Sequence[tuple[str, Floats, Unit]], years: Sequence[int]
) -> tuple[Table, ...]:
    """Columns of a table by year: title, array from the opening on, and unit of each."""
    place = {year: index for index, year in enumerate(found.years)}
    return tuple(
        column(title, "year", {str(y): float(values[place[y]]) for y in years}, unit)
        for title, values, unit in wanted
    )


def quantile_errors(drawn: Floats) -> Floats:
    """Standard errors of the Monte Carlo of the quantiles in `SHARES`.

    Half the distance between the sample quantiles one standard error, the root of p (1 - p) / paths, above
    and below p: it needs no density (David and Nagaraja, Order Statistics, 2003, section 7.1).

    Parameters
    ----------
    drawn : array of float [period, path]

    Returns
    -------
    array of float [share, period]

    Examples
    --------
    >>> errors = quantile_errors(np.random.default_rng(1).standard_normal((1, 10_000)))
    >>> errors[:, 0].round(3).tolist()
    [0.017, 0.013, 0.012, 0.012, 0.022]
    """
    shares = np.array(SHARES) / 100
    width = np.sqrt(shares * (1 - shares) / drawn.shape[1])
    ends = np.clip(np.stack([shares - width, shares + width]), 0.0, 1.0)
    low, high = np.quantile(drawn, ends, axis=1)
    return np.asarray((high - low) / 2)


def with_debt(debt: Floats) -> npt.NDArray[np.bool_]:
    """Whether a year begins with debt on which a rate has a meaning; never at the opening.

    Parameters
    ----------
    debt : array of float [period] or [period, path]
        Shares of GDP at the end of each year.

    Examples
    --------
    >>> with_debt(np.array([0.5, 0.04, -0.1, 0.3])).tolist()
    [False, True, False, False]
    """
    found = np.zeros(debt.shape, dtype=bool)
    found[1:] = debt[:-1] >= LITTLE
    return found


def chances_of(drawn: Paths) -> dict[str, tuple[float, float]]:
    """Probabilities with the standard error of the Monte Carlo.

    A rate counts in years that begin with debt of `LITTLE` at least: on less it is a number without meaning.

    Examples
    --------
    >>> from creditor.sustainability.path import case_of, stochastic
    >>> from creditor.sustainability.baseline import baseline
    >>> case = case_of(baseline("ITA"), 2032)
    >>> drawn = stochastic(case, 50, 1, "normal", ["debt_ratio", "rate_less_growth"])
    >>> sorted(chances_of(drawn))[0]
    'debt_higher_at_horizon'
    """
    debt, gap = drawn["debt_ratio"], drawn["rate_less_growth"]
    count, last = debt.shape[1], debt.shape[0] - 1
    means = np.stack([gap[t : t + AHEAD].mean(axis=0) for t in range(1, last - AHEAD + 2)])
    owed = with_debt(debt)
    known = np.stack([owed[t : t + AHEAD].all(axis=0) for t in range(1, last - AHEAD + 2)])
    above, below = known & (means > 0), known & (means <= 0)
    soon = slice(0, DECADE - AHEAD + 1)
    events = {
        "debt_higher_in_five_years": debt[AHEAD] > debt[0],
        "debt_higher_at_horizon": debt[last] > debt[0],
        "rate_less_growth_changes_sign_in_ten_years": above[soon].any(axis=0) & below[soon].any(axis=0),
        "rate_less_growth_changes_sign": above.any(axis=0) & below.any(axis=0),
        "rate_above_growth_at_horizon": above[-1],
    }
    found = {}
    for name, event in events.items():
        share = float(event.mean())
        found[name] = share, standard_error(share, count)
    return found


def standard_error(share: float, paths: int) -> float:
    """Monte Carlo error of a probability: the root of share (1 - share) / paths.

    Where no path or every path has the event it is that of half a path, not nothing.

    Examples
    --------
    >>> standard_error(0.5, 2500), standard_error(0.0, 2500)
    (0.01, 0.0002)
    """
    return float(np.sqrt(max(share * (1 - share), 0.25 / paths) / paths))
