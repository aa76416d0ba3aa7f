"""Owns the plans of one economy: the path of debt under steps of its structural primary balance.

Growth and balance after the method of the European Commission of 2024: the structural primary balance before
ageing cost moves by the steps and then stays; output falls by 0.75 of a step, fading over three years; the
balance is the structural one and the semi-elasticity times the output gap. Debt is that of debt.model.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.ageing import NONE, Ageing
from creditor.sustainability.baseline import Baseline
from creditor.sustainability.case import Case, Key
from creditor.sustainability.path import case_of
from creditor.sustainability.plan import (
    AFTER,
    AHEAD,
    CEILING,
    FIRST,
    LOWER,
    MAIN,
    STRESS,
    STRESSED,
    Outcome,
    periods_needed,
)
from creditor.sustainability.recursion import Ratios, closing, ratios
from creditor.sustainability.shocks import draw, shocks
from creditor.sustainability.stress import stressed, stresses
from creditor.sustainability.structural import Structure, structure

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

MULTIPLIER, FADING = 0.75, (1.0, 2 / 3, 1 / 3)
STOCK_FLOW = "stock_flow_shock"  # the method has no shocks to it


@dataclass(frozen=True)
class Adjustment:
    """Plans of one economy on its baseline: a `Plans`.

    Parameters
    ----------
    case : Case
        Of `periods_needed` years at least, at a constant market rate.
    structure : Structure
    opening : int
    years : int
        Of the adjustment.
    paths, seed : int
        Of the shocks behind chances; all candidates share the draws.
    cost : array [period]
        Of ageing above that of the last year of the adjustment, a share of GDP.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> found = adjustment(baseline("ITA"), 4, 100, 1)
    >>> round(100 * found.start, 2), found.first_year
    (0.25, 2026)
    """

    case: Case
    structure: Structure
    opening: int
    years: int
    paths: int
    seed: int
    cost: Floats

    @property
    def first_year(self) -> int:
        """First year of the adjustment."""
        return self.opening + FIRST

    @property
    def end(self) -> int:
        """Period of the last year of the adjustment."""
        return FIRST + self.years - 1

    @functools.cached_property
    def gap(self) -> Floats:
        """Output gap of the baseline by period: array [period]."""
        return self.structure.gap(self.opening, self.case.periods)

    @functools.cached_property
    def projected(self) -> Floats:
        """Structural primary balance that is in the projection: array [period]."""
        return np.asarray(self.case.series["primary_balance",] - self.structure.elasticity * self.gap)

    @property
    def start(self) -> float:
        """Structural primary balance of the year before the adjustment."""
        return float(self.projected[FIRST - 2])

    @property
    def before(self) -> float | None:
        """Overall balance two years before the adjustment."""
        return self.structure.before

    @property
    def in_procedure(self) -> bool | None:
        """Whether an excessive deficit procedure is open."""
        return self.structure.in_procedure

    @property
    def already(self) -> float:
        """What the projection itself moves the structural primary balance by to the end of the adjustment."""
        return float(self.projected[self.end - 1]) - self.start

    def structural(self, steps: Floats, test: str = MAIN) -> tuple[Floats, Floats]:
        """Structural primary balance before and after ageing cost: arrays [period, candidate].

        Where that is the test, the balance is lower in steps over two years, over three after more than four
        years of adjustment.
        """
        moved = np.repeat(self.projected[:, None], steps.shape[1], axis=1)
        moved[FIRST - 1 :] = self.start
        moved[FIRST - 1 : self.end] += np.cumsum(steps, axis=0)
        moved[self.end :] += steps.sum(axis=0)
        if test == LOWER:
            total = float(stresses()[LOWER].changes[-1]["value"])
            spread = 2 if self.years <= 4 else 3
            moved[self.end :] += (
                total * np.minimum(np.arange(1, len(moved) - self.end + 1) / spread, 1.0)[:, None]
            )
        return moved, moved - self.cost[:, None]

    def planned(self, steps: Floats, test: str = MAIN) -> tuple[Case, Floats]:
        """The case under plans, and the structural primary balance: a path per candidate."""
        moved, aged = self.structural(steps, test)
        step = MULTIPLIER * np.diff(moved - self.projected[:, None], axis=0, prepend=0.0)
        change = np.zeros_like(step)
        for lag, weight in enumerate(FADING):
            change[lag:] -= weight * step[: len(step) - lag]
        level = 1 + change / (1 + self.gap[:, None])
        before = np.concatenate([np.ones((1, level.shape[1])), level[:-1]])
        balance = moved + self.structure.elasticity * (self.gap[:, None] + change)
        plain = self.case.series["primary_balance",][:, None]
        changes: dict[Key, Floats | float] = {
            ("balance_shock",): balance - plain,
            ("growth_shock",): level / before - 1,
            ("ageing_cost",): self.cost,
        }
        return self.case.add(changes), aged

    def ratios(self, steps: Floats, test: str = MAIN) -> tuple[Ratios, Floats]:
        """The path of debt from the opening under plans, and the structural primary balance."""
        made, aged = self.planned(steps, test)
        count = steps.shape[1]
        if test in STRESSED and test != LOWER:
            stress = stresses()[test]
            debt = ratios(made.begun(self.end), count).debt if test == STRESS else np.ones(1)
            made = stressed(made, stress, debt, self.end)
        return ratios(made, count), aged

    def project(self, steps: Floats, test: str = MAIN) -> Outcome:
        """The outcome of yearly steps [year of adjustment, candidate]."""
        found, aged = self.ratios(steps, test)
        place = slice(FIRST - 1, FIRST + self.years + AFTER)
        primary = np.concatenate([np.full((1, steps.shape[1]), np.nan), aged])[place]
        interest = found.interest[place]
        balance = found.balance[place] - interest
        return Outcome(found.debt[place], balance, primary, primary - interest, interest, found.growth[place])

    @functools.cached_property
    def drawn(self) -> dict[str, Floats]:
        """Shocks of the five years after the adjustment: arrays [year, path] by name.

        As the method of the European Commission has them: independent from year to year, to growth, prices,
        the rate, the balance and the exchange rate, and none to stock-flow. Their sizes are those of forecast
        errors.
        """
        law = shocks(self.case.code, self.case.perimeter)
        found = draw(replace(law, carry=np.zeros_like(law.carry)), AHEAD, self.paths, self.seed)
        return {name: values for name, values in found.items() if name != STOCK_FLOW}

    def chances(self, steps: Floats) -> tuple[Floats, Floats]:
        """Chance that debt is higher five years after the adjustment than at its end, and above 60."""
        return self._chances(steps, self.drawn)

    def own_chances(self, steps: Floats) -> tuple[Floats, Floats]:
        """The same by the shocks of debt paths, which are carried over and have stock-flow."""
        law = shocks(self.case.code, self.case.perimeter)
        return self._chances(steps, draw(law, AHEAD, self.paths, self.seed))

    def _chances(self, steps: Floats, drawn: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        made, _ = self.planned(steps)
        starts = closing(made.begun(self.end), steps.shape[1])
        higher, above = [], []
        for candidate in range(steps.shape[1]):
            debt = ratios(self._from(made, starts, candidate, drawn), self.paths).debt
            higher.append(float((debt[AHEAD] > debt[0]).mean()))
            above.append(float((debt[AHEAD] > CEILING).mean()))
        return np.array(higher), np.array(above)

    def _from(
        self, made: Case, starts: Mapping[Key, Floats], candidate: int, shocked: Mapping[str, Floats]
    ) -> Case:
        """The case of one candidate from the end of the adjustment on, with the shocks."""
        years = slice(self.end, self.end + AHEAD)
        series = {
            key: values[years, candidate] if values.ndim == 2 else values[years]
            for key, values in made.series.items()
        }
        opening = {key: float(values[candidate]) for key, values in starts.items()}
        begun = replace(made, periods=AHEAD, series=series, starts=opening)
        drawn: dict[Key, Floats | float] = {(name,): values for name, values in shocked.items()}
        growth = (1 + series["growth_shock",])[:, None] * (1 + np.asarray(drawn.pop(("growth_shock",)))) - 1
        return begun.put({("growth_shock",): growth}).add(drawn)


def adjustment(base: Baseline, years: int, paths: int, seed: int, aged: Ageing | None = None) -> Adjustment:
    """The plans of a baseline, with the cost of ageing after the adjustment where it is given.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> adjustment(baseline("BRA"), 4, 100, 1).structure.elasticity
    0.5
    """
    periods = periods_needed(years)
    cost = (aged or Ageing(NONE, None)).costs_of_rule(base, periods, base.opening + FIRST + years - 1)
    case = case_of(base, base.opening + periods)
    return Adjustment(case, structure(base.code, base.perimeter), base.opening, years, paths, seed, cost)
