"""Owns the inverse question: the least lasting effort with which a debt path meets a criterion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.errors import InputError, Trouble
from creditor.sustainability.plan import AFTER, CEILING, MAIN, STRESSED, Outcome, Plans, equal_steps
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Truths = npt.NDArray[np.bool_]
    Passes = Callable[[Floats], Truths]
    Spread = Callable[[Floats], Floats]

LOWEST, HIGHEST = -0.2, 0.2  # of GDP
BATCH, DRAWN = 512, 7
TOLERANCE, DRAWN_TOLERANCE = 1e-8, 5e-5
CHANCE, DEFICIT = 0.30, -0.03
CRITERIA = {
    "eu2024": (MAIN, *STRESSED, "deficit", "stochastic"),
    "eu2024_prior_guidance": ("deficit", "stochastic_decline", "all_decline", "all_below"),
    "holding": ("holding",),
    "debt": (MAIN, *STRESSED),
    "deficit": ("deficit",),
    "stochastic": ("stochastic",),
}
ALIASES = {"bruegel_2024": "eu2024", "commission_2024": "eu2024_prior_guidance"}


@dataclass(frozen=True)
class Effort:
    """The least effort for one test.

    Parameters
    ----------
    test : str
    total : float or None
        Lasting change of the structural primary balance from the year before the adjustment to its end, a
        share of GDP; None where even the largest tried does not pass.
    error : float
        Within which the search has it; of a chance, the Monte Carlo error too.
    monotone : bool
        Whether in every batch all that is larger than what passes passed too.
    runs : int
        Projections made.
    """

    test: str
    total: float | None
    error: float
    monotone: bool
    runs: int


def named(criterion: str) -> str:
    """The criterion behind a name or an alias.

    Raises
    ------
    InputError
        U501 for another name.

    Examples
    --------
    >>> named("bruegel_2024")
    'eu2024'
    """
    found = ALIASES.get(criterion, criterion)
    if found not in CRITERIA:
        mend = mend_with(criterion, [*CRITERIA, *ALIASES])
        raise InputError(Trouble("U501", "--criterion", f"no criterion {criterion!r}", "", mend))
    return found


def efforts(plans: Plans, criterion: str) -> list[Effort]:
    """The least effort in equal steps for each test of a criterion.

    Parameters
    ----------
    plans : Plans
    criterion : str
        A key of `CRITERIA` or of `ALIASES`.

    Raises
    ------
    InputError
        U501 for another criterion.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.adjustment import adjustment
    >>> [found.test for found in efforts(adjustment(baseline("FRA"), 4, 100, 1), "debt")]
    ['main', 'lower_balance', 'adverse_r_g', 'financial_stress']
    """
    return [least(plans, test) for test in CRITERIA[named(criterion)]]


def least(plans: Plans, test: str, spread: Spread | None = None) -> Effort:
    """The least effort for one test.

    Parameters
    ----------
    plans : Plans
    test : str
    spread : function of totals [candidate] to steps [year, candidate], optional
        Equal steps where it is left out.
    """
    steps = spread or (lambda totals: equal_steps(totals, plans.years))
    if not test.startswith("stochastic"):
        return Effort(test, *search(lambda e: holds(plans, test, steps(e)), BATCH, TOLERANCE))

    def chance(totals: Floats) -> Floats:
        higher, above = plans.chances(steps(totals))
        return higher if test.endswith("decline") else np.minimum(higher, above)

    total, error, monotone, runs = search(lambda e: chance(e) <= CHANCE, DRAWN, DRAWN_TOLERANCE)
    if total is None:
        return Effort(test, None, error, monotone, runs * plans.paths)
    low, high = chance(np.array([total - 0.0025, total + 0.0025]))
    slope = max(float(low - high) / 0.005, 1e-6)
    noise = float(np.sqrt(CHANCE * (1 - CHANCE) / plans.paths)) / slope
    return Effort(test, total, error + noise, monotone, (runs + 2) * plans.paths)


def search(
    passes: Passes, batch: int, tolerance: float, lowest: float = LOWEST, highest: float = HIGHEST
) -> tuple[float | None, float, bool, int]:
    """The smallest number that passes, by bisection in batches.

    Parameters
    ----------
    passes : function of an array of candidates to an array of bool
    batch : int
        Candidates at a time.
    tolerance : float
        How near the smallest is to be found.
    lowest, highest : float
        Between which it is looked for.

    Returns
    -------
    (float or None, float, bool, int)
        The number, within what it is known, whether no larger candidate failed, and how many were tried.

    Examples
    --------
    >>> found = search(lambda x: x >= 0.0123, 64, 1e-8)
    >>> round(found[0], 8), found[2]
    (0.0123, True)
    """
    low, high, monotone, tried = lowest, highest, True, 2
    found = passes(np.array([low, high]))
    if not found[1]:
        return None, high - low, True, tried
    if found[0]:
        return low, 0.0, True, tried
    while high - low > tolerance:
        grid = np.linspace(low, high, batch + 2)[1:-1]
        good = passes(grid)
        tried += batch
        monotone &= bool((np.diff(good.astype(int)) >= 0).all())
        failing = np.flatnonzero(~good)
        last = int(failing[-1]) if len(failing) else -1
        low = float(grid[last]) if last >= 0 else low
        high = float(grid[last + 1]) if last + 1 < batch else high
    return high, high - low, monotone, tried


def falling(found: Outcome, years: int) -> Truths:
    """Whether debt falls in each of the ten years after the adjustment: array [candidate]."""
    return np.asarray((np.diff(found.debt[years : years + AFTER + 1], axis=0) < 0).all(axis=0))


def low(found: Outcome, years: int) -> Truths:
    """Whether debt is at 60 percent of GDP or below ten years after the adjustment: array [candidate]."""
    return np.asarray(found.debt[years + AFTER] <= CEILING)


def holds(plans: Plans, test: str, steps: Floats) -> Truths:
    """Whether plans meet a test that needs no chance: array [candidate]."""
    years = plans.years
    if test == "deficit":
        balance = plans.project(steps).balance[years : years + AFTER + 1]
        return np.asarray((balance >= DEFICIT).all(axis=0))
    if test == "holding":
        found = plans.project(steps)
        return np.asarray(found.debt[years + 1] <= found.debt[years])
    if test == "all_decline":
        return np.all([falling(plans.project(steps, one), years) for one in (MAIN, *STRESSED)], axis=0)
    if test == "all_below":
        return np.all([low(plans.project(steps, one), years) for one in (MAIN, *STRESSED)], axis=0)
    if test == "below":
        return low(plans.project(steps), years)
    found = plans.project(steps, test)
    return falling(found, years) | low(found, years)
