"""Owns the inverse question: the least lasting effort with which a debt path meets a criterion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.analysis.debt_path import Case, Key, simulate
from creditor.analysis.debt_shocks import draw, shocks
from creditor.analysis.debt_stress import stressed, stresses
from creditor.errors import InputError, Trouble
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Passes = Callable[[Floats], npt.NDArray[np.bool_]]

FIRST = 2  # the second projected year is the first of the adjustment
AFTER, AHEAD = 10, 5
LOWEST, HIGHEST = -0.2, 0.2  # of GDP
MULTIPLIER, FADING, SEMI_ELASTICITY = 0.75, (1.0, 2 / 3, 1 / 3), 0.5
BATCH, DRAWN = 64, 7
TOLERANCE, DRAWN_TOLERANCE = 1e-8, 5e-5
CHANCE, CEILING, DEFICIT = 0.30, 0.60, -0.03
TESTS = ("lower_balance", "adverse_r_g", "financial_stress")
SINGLE = ("main", *TESTS, "deficit", "stochastic", "holding")
CRITERIA = {
    "eu2024": ("main", *TESTS, "deficit", "stochastic"),
    "eu2024_prior_guidance": ("all_tests", "deficit", "stochastic_decline"),
    "holding": ("holding",),
    "debt": ("main", *TESTS),
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
        Lasting change of the primary balance against the projection, a share of GDP; None where even the
        largest
        tried does not pass.
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


def adjusted(case: Case, totals: Floats, years: int) -> Case:
    """The case with a lasting effort in equal steps, its multiplier and cyclical balance: a path per total.

    Output falls by 0.75 of a step, fading over three years, and the balance by half of the gap.

    Examples
    --------
    >>> from creditor.analysis.debt_baseline import baseline
    >>> from creditor.analysis.debt_path import case_of
    >>> found = adjusted(case_of(baseline("ITA"), 2040), np.array([0.01]), 4)
    >>> found.series["balance_shock",][-1].round(4)
    array([0.01])
    """
    time = np.arange(1, case.periods + 1)
    share = np.clip((time - FIRST + 1) / years, 0.0, 1.0)
    effort = share[:, None] * totals[None, :]
    step = MULTIPLIER * np.diff(effort, axis=0, prepend=0.0)
    gap = np.zeros_like(effort)
    for lag, weight in enumerate(FADING):
        gap[lag:] -= weight * step[: len(step) - lag]
    before = np.concatenate([np.zeros((1, len(totals))), gap[:-1]])
    changes: dict[Key, Floats | float] = {
        ("balance_shock",): effort + SEMI_ELASTICITY * gap,
        ("growth_shock",): (1 + gap) / (1 + before) - 1,
    }
    return case.add(changes)


def periods_needed(years: int) -> int:
    """Years of a path that the tests of an adjustment look at.

    Examples
    --------
    >>> periods_needed(4)
    15
    """
    return FIRST + years - 1 + AFTER


def efforts(case: Case, criterion: str, years: int, paths: int, seed: int) -> list[Effort]:
    """The least effort for each test of a criterion.

    Parameters
    ----------
    case : Case
        Of `periods_needed` years at least.
    criterion : str
        A key of `CRITERIA` or of `ALIASES`.
    years : int
        Of the adjustment.
    paths, seed : int
        For the stochastic test; the same draws for all candidates.

    Raises
    ------
    InputError
        U501 for another criterion.
    """
    criterion = ALIASES.get(criterion, criterion)
    if criterion not in CRITERIA:
        mend = mend_with(criterion, [*CRITERIA, *ALIASES])
        raise InputError(Trouble("U501", "--criterion", f"no criterion {criterion!r}", "", mend))
    return [_least(case, test, years, paths, seed) for test in CRITERIA[criterion]]


def _least(case: Case, test: str, years: int, paths: int, seed: int) -> Effort:
    if test.startswith("stochastic"):
        chance = _chances(case, years, paths, seed, decline=test.endswith("decline"))
        total, error, monotone, runs = search(lambda e: chance(e) <= CHANCE, DRAWN, DRAWN_TOLERANCE)
        if total is None:
            return Effort(test, None, error, monotone, runs * paths)
        low, high = chance(np.array([total - 0.0025, total + 0.0025]))
        slope = max(float(low - high) / 0.005, 1e-6)
        noise = float(np.sqrt(CHANCE * (1 - CHANCE) / paths)) / slope
        return Effort(test, total, error + noise, monotone, (runs + 2) * paths)
    total, error, monotone, runs = search(_test(case, test, years), BATCH, TOLERANCE)
    return Effort(test, total, error, monotone, runs)


def search(passes: Passes, batch: int, tolerance: float) -> tuple[float | None, float, bool, int]:
    """The smallest number that passes, by bisection in batches.

    Parameters
    ----------
    passes : function of an array of candidates to an array of bool
    batch : int
        Candidates at a time.
    tolerance : float
        How near the smallest is to be found.

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
    low, high, monotone, tried = LOWEST, HIGHEST, True, 0
    found = passes(np.array([low, high]))
    if not found[1]:
        return None, high - low, True, 2
    if found[0]:
        return low, 0.0, True, 2
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


def _test(case: Case, test: str, years: int) -> Passes:
    end = FIRST + years - 1  # the year in which the adjustment ends

    def run(totals: Floats, stress: str = "") -> dict[str, Floats]:
        made = adjusted(case, totals, years)
        keep: list[Key] = [("debt_ratio",), ("overall_balance",), ("stabilising_gap",)]
        if stress:
            debt = simulate(made, len(totals), keep[:1])["debt_ratio"]
            made = stressed(made, stresses()[stress], debt[1:], end)
        found = simulate(made, len(totals), keep)
        return {key[0]: found.values[key] for key in keep}

    def falling(debt: Floats) -> npt.NDArray[np.bool_]:
        return np.asarray((np.diff(debt[end : end + AFTER + 1], axis=0) < 0).all(axis=0))

    def low(debt: Floats) -> npt.NDArray[np.bool_]:
        return np.asarray(debt[end + AFTER] <= CEILING)

    if test == "deficit":
        return lambda e: np.asarray((run(e)["overall_balance"][end : end + AFTER + 1] >= DEFICIT).all(axis=0))
    if test == "holding":
        return lambda e: np.asarray(run(e)["stabilising_gap"][end + 1] >= 0)
    if test == "all_tests":

        def together(totals: Floats) -> npt.NDArray[np.bool_]:
            debts = [run(totals, stress)["debt_ratio"] for stress in ("", *TESTS)]
            return np.asarray(
                np.all([falling(d) for d in debts], axis=0) | np.all([low(d) for d in debts], axis=0)
            )

        return together

    def each(totals: Floats) -> npt.NDArray[np.bool_]:
        debt = run(totals, "" if test == "main" else test)["debt_ratio"]
        return falling(debt) | low(debt)

    return each


def _chances(case: Case, years: int, paths: int, seed: int, decline: bool) -> Callable[[Floats], Floats]:
    """Chance of the stochastic test for each candidate, on one set of draws that begins after the "
    "adjustment."""
    end = FIRST + years - 1
    drawn = draw(shocks(case.code), AHEAD, paths, seed)
    short = Case(case.code, end + AHEAD, {k: v[: end + AHEAD] for k, v in case.series.items()}, case.starts)

    def chance(totals: Floats) -> Floats:
        begun = _from(adjusted(short, totals, years), end, len(totals), paths)
        tiled: dict[Key, Floats | float] = {
            (name,): np.tile(values, (1, len(totals))) for name, values in drawn.items()
        }
        growth = np.asarray((1 + begun.series["growth_shock",]) * (1 + tiled.pop(("growth_shock",))) - 1)
        begun = begun.put({("growth_shock",): growth}).add(tiled)
        debt = simulate(begun, paths * len(totals), [("debt_ratio",)])["debt_ratio"]
        debt = debt.reshape(len(debt), len(totals), paths)
        higher = (debt[AHEAD] > debt[0]).mean(axis=1)
        return np.asarray(higher if decline else np.minimum(higher, (debt[AHEAD] > CEILING).mean(axis=1)))

    return chance


def _from(case: Case, first: int, candidates: int, paths: int) -> Case:
    """The case from the end of its year ``first`` on, each candidate as often as there are paths."""
    early = Case(case.code, first, {k: v[:first] for k, v in case.series.items()}, case.starts)
    found = simulate(early, candidates, list(case.starts))
    starts = {key: np.repeat(found.values[key][-1], paths) for key in case.starts}
    later = {
        key: np.repeat(values[first:], paths, axis=1) if values.ndim == 2 else values[first:]
        for key, values in case.series.items()
    }
    return Case(case.code, case.periods - first, later, starts)
