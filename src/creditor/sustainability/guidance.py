"""Owns the rules of the European Union of 2024 as the Commission's sheets of prior guidance read them.

A constant yearly step, rounded up to a hundredth of a point, and minimum steps on top of it: of the
excessive deficit procedure after a year above 3 percent, of the resilience safeguard after a year above 1.5;
the debt safeguard raises the constant step. After a public replication of those sheets (version of 2026).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.effort import DEFICIT, HIGHEST, Effort, efforts, least
from creditor.sustainability.plan import CEILING, Outcome, Plans
from creditor.sustainability.procedure import (
    BINDS,
    DEBT,
    FALLS,
    FLOOR,
    HIGH,
    MARGIN,
    MET,
    OUTSIDE,
    PROCEDURE,
    RESILIENCE,
    RESILIENT_STEPS,
    SPB_UNTIL,
    TESTS,
    UNMET,
    Procedure,
    Rule,
    row_of,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Truths = npt.NDArray[np.bool_]

GRID = 0.0001  # a hundredth of a point of GDP
ROUNDING = 0.0005  # deficits are compared to one decimal
LEAST = -0.01  # a year, where no reference trajectory is given
ROUNDS = 4  # of the step that keeps up with the interest that it changes
DECLINE, BELOW = ("deficit", "stochastic_decline", "all_decline"), ("deficit", "all_below")
TRAJECTORY, INFORMATION = "reference trajectory", "technical information"


def rounded(step: float) -> float:
    """A yearly step as the sheets round it: up to a hundredth of a point of GDP.

    Examples
    --------
    >>> rounded(0.0101 / 4), rounded(0.02 / 4)
    (0.0026, 0.005)
    """
    return math.ceil(step / GRID - 1e-6) / round(1 / GRID)


def guidance(plans: Plans) -> Procedure:
    """The whole sequence in the reading of the Commission.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.adjustment import adjustment
    >>> found = guidance(adjustment(baseline("FRA"), 4, 200, 1))
    >>> found.told, len(found.rules)
    ('reference trajectory', 4)
    """
    now = plans.project(np.zeros((plans.years, 1)))
    told = TRAJECTORY if now.debt[0, 0] > CEILING or now.balance[0, 0] < DEFICIT else INFORMATION
    found, binding = _tests(plans, told)
    nothing = np.full(plans.years, np.nan)
    if binding is None:
        return Procedure(found, "", (Rule(TESTS, None, UNMET),), None, nothing, nothing, None, HIGHEST, told)
    floor = 0.0 if told == TRAJECTORY else LEAST
    exact = float(binding.total or 0.0) / plans.years
    constant = max(rounded(exact), floor)
    paths = _Paths(plans, told == TRAJECTORY)
    alone, floors, margins = paths.steps(np.array([constant]))
    step, state = _safeguard(paths, constant, told)
    made, floors_made, margins_made = paths.steps(np.array([step]))
    rules = (
        Rule(TESTS, (constant,) * plans.years, BINDS),
        Rule(
            PROCEDURE,
            row_of(np.fmax(constant, floors)),
            _state(floors, constant, bool(np.isfinite(floors).any())),
        ),
        Rule(MARGIN, row_of(alone), _state(margins, constant, paths.margin)),
        Rule(DEBT, row_of(made), state),
    )
    name = binding.test if exact > floor else ""
    parts = made[:, 0], floors_made[:, 0], margins_made[:, 0], plans.project(made)
    error = GRID if state == BINDS else binding.error
    return Procedure(found, name, rules, *parts, error, told)


def _state(asked: Floats, constant: float, applies: bool) -> str:
    """Whether a minimum step is above the constant one."""
    return BINDS if np.any(asked > constant + 1e-9) else MET if applies else OUTSIDE


def _tests(plans: Plans, told: str) -> tuple[tuple[Effort, ...], Effort | None]:
    """The efforts of the tests, and the one that binds: all decline or all below, whichever asks for less."""
    if told == INFORMATION:
        found = (*efforts(plans, "deficit"), least(plans, "below"))
        options = [found]
    else:
        found = tuple(efforts(plans, "eu2024_prior_guidance"))
        options = [tuple(e for e in found if e.test in names) for names in (DECLINE, BELOW)]
    possible = [
        max(option, key=lambda e: e.total or 0.0)
        for option in options
        if all(e.total is not None for e in option)
    ]
    return found, min(possible, key=lambda e: e.total or 0.0, default=None)


class _Paths:
    """Constant steps with the minimum steps of the deficit procedure and of the resilience safeguard."""

    def __init__(self, plans: Plans, margin: bool) -> None:
        self.plans, self.margin = plans, margin

    def steps(self, constants: Floats) -> tuple[Floats, Floats, Floats]:
        """Steps, floors of the procedure and of the safeguard: arrays [year, candidate]."""
        plans = self.plans
        made = np.repeat(constants[None, :], plans.years, axis=0)
        floors, margins = np.full_like(made, np.nan), np.full_like(made, np.nan)
        for place in range(plans.years):
            now = plans.project(made)
            after = self.open(now)[place] & (now.balance[place] <= DEFICIT - ROUNDING)
            if self.margin:
                wide = now.structural[place] <= RESILIENCE - ROUNDING
                margins[place] = np.where(wide, RESILIENT_STEPS[plans.years > 4], np.nan)
            for _ in range(ROUNDS if plans.first_year + place > SPB_UNTIL else 1):
                risen = plans.project(made).interest if plans.first_year + place > SPB_UNTIL else None
                extra = 0.0 if risen is None else risen[place + 1] - risen[place]
                floors[place] = np.where(after, FLOOR + extra, np.nan)
                made[place] = np.fmax(np.fmax(constants, floors[place]), margins[place])
        return made, floors, margins

    def open(self, found: Outcome) -> Truths:
        """Whether a procedure is open after each year: array [year, candidate], year 0 the one before.

        It ends when the deficit has been at 3 percent or below for two years.
        """
        balance = found.balance[: self.plans.years + 1]
        good = balance > DEFICIT - ROUNDING
        known = self.plans.in_procedure
        state = [~good[0] if known is None else np.full(balance.shape[1], known)]
        before = self.plans.before
        early = good[0] if before is None else np.full(balance.shape[1], before > DEFICIT - ROUNDING)
        for place in range(1, len(balance)):
            earlier = good[place - 2] if place > 1 else early
            state.append(state[-1] & ~(earlier & good[place - 1]))
        return np.stack(state)

    def falls(self, constants: Floats) -> Truths:
        """Whether debt falls enough in the years outside a procedure: array [candidate].

        By a point a year on average from above 90 percent at the start of a year, by half a point from 60.
        """
        years = self.plans.years
        found = self.plans.project(self.steps(constants)[0])
        before, change = found.debt[:years], np.diff(found.debt[: years + 1], axis=0)
        outside = ~self.open(found)[1:]
        high, middle = before > HIGH, (before > CEILING) & (before <= HIGH)
        both = middle.any(axis=0)
        counted = np.where(
            both, high & outside, outside
        )  # without a lower band, all years are of the higher one
        good = np.ones(len(constants), dtype=bool)
        for band, asked, inside in (
            (counted, FALLS[0], high.any(axis=0)),
            (middle & outside, FALLS[1], both),
        ):
            count = band.sum(axis=0)
            mean = (change * band).sum(axis=0) / np.maximum(count, 1)
            good &= ~inside | (count == 0) | (mean < -asked)
        return good


def _safeguard(paths: _Paths, constant: float, told: str) -> tuple[float, str]:
    """The constant step with which debt falls enough, and the state of the rule."""
    if told == INFORMATION:
        return constant, OUTSIDE
    tried = np.asarray(constant + GRID * np.arange(501), dtype=np.float64)
    good = paths.falls(tried)
    if good[0]:
        debt = paths.plans.project(np.zeros((paths.plans.years, 1))).debt[0, 0]
        return constant, MET if debt > CEILING else OUTSIDE
    if not good.any():
        return constant, UNMET
    return float(tried[int(good.argmax())]), BINDS
