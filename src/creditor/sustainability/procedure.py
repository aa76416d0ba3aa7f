"""Owns the rules of procedure of the European Union of 2024 as the paper reads them, and what binds.

Regulation (EU) 2024/1263 and the excessive deficit procedure, in the sequence of Darvas, Welslau and
Zettelmeyer (2024): the tests of debt and deficit, floors of the deficit procedure, the debt safeguard, the
deficit resilience safeguard. A floor above the planned step is paid for by equal cuts of later free steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.effort import (
    BATCH,
    DEFICIT,
    HIGHEST,
    TOLERANCE,
    Effort,
    efforts,
    least,
    search,
)
from creditor.sustainability.plan import CEILING, Outcome, Plans, equal_steps

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Truths = npt.NDArray[np.bool_]

FLOOR, SPB_UNTIL = (
    0.005,
    2027,
)  # to this year in terms of the structural primary balance, then of the structural
HIGH, FALLS = 0.90, (0.01, 0.005)  # yearly fall of debt above 90 percent, and from 60 to 90
RESILIENCE, RESILIENT_STEPS = -0.015, (0.004, 0.0025)  # the step with up to four years, and with more
TESTS, PROCEDURE, DEBT, MARGIN = "tests", "deficit_procedure", "debt_safeguard", "deficit_resilience"
RULES = (PROCEDURE, DEBT, MARGIN)
BINDS, MET, OUTSIDE, UNMET = "binds", "adds nothing", "does not apply", "not met"


@dataclass(frozen=True)
class Rule:
    """What a rule does to the plan, in the order in which the rules are applied.

    Parameters
    ----------
    name : str
        ``tests`` or one of `RULES`.
    steps : tuple of float or None
        Of the plan after this rule, by year, shares of GDP; None where no effort is enough.
    state : str
        ``binds``, ``adds nothing``, ``does not apply`` or ``not met``.
    """

    name: str
    steps: tuple[float, ...] | None
    state: str

    @property
    def total(self) -> float | None:
        """The effort to the end of the adjustment after this rule, a share of GDP."""
        return None if self.steps is None else float(np.sum(self.steps))


@dataclass(frozen=True)
class Procedure:
    """The plan that meets all rules.

    Parameters
    ----------
    efforts : tuple of Effort
        Of the tests of debt and deficit, in equal steps.
    binding : str
        The test that asks for most; empty where one cannot be met.
    rules : tuple of Rule
    steps : array [year] or None
        Of the structural primary balance, shares of GDP.
    floors, resilience : array [year]
        Steps that the deficit procedure and the resilience safeguard ask for; not-a-number where none.
    outcome : Outcome or None
        Of the steps, one candidate.
    known_within : float
        Error of the search, and of the Monte Carlo where a chance binds.
    told : str
        What is particular to the reading.
    """

    efforts: tuple[Effort, ...]
    binding: str
    rules: tuple[Rule, ...]
    steps: Floats | None
    floors: Floats
    resilience: Floats
    outcome: Outcome | None
    known_within: float
    told: str = ""

    @property
    def total(self) -> float | None:
        """The effort in all, a share of GDP."""
        return None if self.steps is None else float(self.steps.sum())


def procedure(plans: Plans) -> Procedure:
    """The whole sequence in the reading of the paper.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.adjustment import adjustment
    >>> found = procedure(adjustment(baseline("FRA"), 7, 200, 1))
    >>> found.rules[1].name, found.rules[1].state
    ('deficit_procedure', 'binds')
    """
    found = tuple(efforts(plans, "eu2024"))
    nothing = np.full(plans.years, np.nan)
    known = [effort for effort in found if effort.total is not None]
    if len(known) < len(found):
        rules = (Rule(TESTS, None, UNMET),)
        return Procedure(found, "", rules, None, nothing, nothing, None, HIGHEST)
    binding = max(known, key=lambda effort: effort.total or 0.0)
    total, error = float(binding.total or 0.0), binding.error
    order = [Rule(TESTS, row_of(equal_steps(np.array([total]), plans.years)), BINDS)]
    floors = deficit_floors(plans, total)
    state = OUTSIDE if plans.in_procedure is False else MET
    if np.any(floors > total / plans.years + 1e-9):
        again = least(plans, binding.test, lambda totals: with_floors(totals, floors))
        total, state, error = float(again.total or total), BINDS, again.error
    steps = with_floors(np.array([total]), floors)
    order.append(Rule(PROCEDURE, row_of(steps), state))
    steps, state = _safeguard(plans, steps, floors)
    error = TOLERANCE if state == BINDS else error
    order.append(Rule(DEBT, row_of(steps), state))
    raised, resilience, state = resilient(plans, steps[:, 0], floors)
    order.append(Rule(MARGIN, row_of(raised), state))
    outcome = plans.project(raised[:, None])
    return Procedure(found, binding.test, tuple(order), raised, floors, resilience, outcome, error)


def row_of(steps: Floats) -> tuple[float, ...]:
    """Steps of one candidate by year."""
    return tuple(float(step) for step in steps.ravel())


def with_floors(totals: Floats, floors: Floats) -> Floats:
    """Steps [year, candidate] to each total: floors where they are higher, what is left in equal steps.

    Examples
    --------
    >>> with_floors(np.array([0.02]), np.array([0.008, np.nan, np.nan, np.nan]))[:, 0].round(4).tolist()
    [0.008, 0.004, 0.004, 0.004]
    """
    left, made = np.array(totals, dtype=float), []
    for place, floor in enumerate(floors):
        equal = left / (len(floors) - place)
        made.append(equal if np.isnan(floor) else np.maximum(equal, floor))
        left = left - made[-1]
    return np.stack(made)


def deficit_floors(plans: Plans, total: float) -> Floats:
    """Least steps while the deficit of the year exceeds 3 percent: array [year], not-a-number where none.

    Half a point of the structural primary balance to 2027; from 2028 what improves the structural balance by
    half a point. Where the deficit is still excessive at the end, the smallest floors are raised until it is
    not. Nothing is asked where no procedure is known to be open.
    """
    steps, floors = equal_steps(np.array([total]), plans.years)[:, 0], np.full(plans.years, np.nan)
    if plans.in_procedure is False:
        return floors
    for place in range(plans.years):
        if plans.project(steps[:, None]).balance[place + 1, 0] >= DEFICIT:
            return floors
        spb = plans.first_year + place <= SPB_UNTIL
        floors[place] = FLOOR if spb else _structural(plans, steps, place)
        if floors[place] > steps[place] + 1e-12:
            steps[place] = floors[place]
            rest = plans.years - place - 1
            if rest:
                steps[place + 1 :] = (total - steps[: place + 1].sum()) / rest
    if plans.project(steps[:, None]).balance[plans.years, 0] >= DEFICIT:
        return floors

    def ends(levels: Floats) -> Truths:
        tried = np.maximum(steps[:, None], levels[None, :])
        return np.asarray(plans.project(tried).balance[plans.years] >= DEFICIT)

    level = search(ends, BATCH, TOLERANCE, float(steps.min()))[0]
    return floors if level is None else np.maximum(floors, level)


def _structural(plans: Plans, steps: Floats, place: int) -> float:
    """The smallest step, from the planned one on, that improves the structural balance by half a point."""

    def improves(candidates: Floats) -> Truths:
        tried = np.repeat(steps[:, None], len(candidates), axis=1)
        tried[place] = candidates
        structural = plans.project(tried).structural
        return np.asarray(structural[place + 1] - structural[place] >= FLOOR)

    found = search(improves, BATCH, TOLERANCE, float(steps[place]))[0]
    return FLOOR if found is None else found


def fall(found: Outcome, years: int, in_procedure: bool | None = None) -> tuple[Floats, Floats]:
    """Average yearly fall of debt, and how much is asked for, nothing where none is: arrays [candidate].

    From the year before the adjustment; where its deficit exceeds 3 percent and a procedure may be open, from
    the first year in which the deficit is at 3 percent or below for the second time running, to the end.
    """
    good = found.balance[: years + 1] >= DEFICIT
    if in_procedure is False:
        good = np.ones_like(good)
    ended = np.concatenate([good[:1], np.logical_and(good[1:], good[:-1])])
    base = np.where(ended.any(axis=0), ended.argmax(axis=0), years)
    span = years - base
    columns = np.arange(base.shape[0])
    fallen = found.debt[base, columns] - found.debt[years, columns]
    wanted = np.where(found.debt[0] > HIGH, *FALLS) * (span > 0) * (found.debt[0] >= CEILING)
    return fallen / np.maximum(span, 1), wanted


def _safeguard(plans: Plans, steps: Floats, floors: Floats) -> tuple[Floats, str]:
    """Steps with which debt falls enough, and the state of the rule."""

    def falls(totals: Floats) -> Truths:
        fallen, wanted = fall(plans.project(with_floors(totals, floors)), plans.years, plans.in_procedure)
        return np.asarray((wanted == 0) | (fallen >= wanted))

    now = plans.project(steps)
    if now.debt[0, 0] < CEILING:
        return steps, OUTSIDE
    fallen, wanted = fall(now, plans.years, plans.in_procedure)
    if wanted[0] == 0 or fallen[0] >= wanted[0]:
        return steps, MET
    total = search(falls, BATCH, TOLERANCE, float(steps.sum()))[0]
    return (steps, UNMET) if total is None else (with_floors(np.array([total]), floors), BINDS)


def resilient(plans: Plans, steps: Floats, floors: Floats) -> tuple[Floats, Floats, str]:
    """Steps raised by the resilience safeguard, the steps that it asks for, and its state.

    In each year with debt above 60 or a deficit above 3 percent, a structural deficit above 1.5 percent asks
    for a step of 0.4 points, 0.25 with more than four years, or as much as brings it to 1.5. Later free steps
    are cut as much.
    """
    made, asked = steps.copy(), np.full(plans.years, np.nan)
    wanted, applies = RESILIENT_STEPS[plans.years > 4], False
    for place in range(plans.years):
        now = plans.project(made[:, None])
        inside = now.debt[place + 1, 0] > CEILING or now.balance[place + 1, 0] < DEFICIT
        applies |= bool(inside)
        if not inside or now.structural[place + 1, 0] >= RESILIENCE or made[place] >= wanted - 1e-9:
            continue

        def enough(candidates: Floats, place: int = place, made: Floats = made) -> Truths:
            tried = np.repeat(made[:, None], len(candidates), axis=1)
            tried[place] = candidates
            structural = plans.project(tried).structural[place + 1]
            return np.asarray((candidates >= wanted - 1e-12) | (structural >= RESILIENCE))

        found = search(enough, BATCH, TOLERANCE, float(made[place]), wanted)[0]
        asked[place] = wanted if found is None else found
        made = _spread(steps, floors, asked)
    state = BINDS if np.isfinite(asked).any() else MET if applies else OUTSIDE
    return made, asked, state


def _spread(steps: Floats, floors: Floats, asked: Floats) -> Floats:
    """Steps with raises; those after the last floor or raise make up for them in equal parts."""
    made = np.fmax(steps, asked)
    free = int(np.flatnonzero(np.isfinite(floors) | np.isfinite(asked))[-1]) + 1
    if free < len(made):
        made[free:] += (steps.sum() - made.sum()) / (len(made) - free)
    return made
