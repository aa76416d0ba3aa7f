"""Owns what the rules ask of fiscal plans: yearly steps of the structural primary balance, what they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

FIRST = 2  # the second projected year is the first of the adjustment
AFTER, AHEAD = 10, 5
CEILING = 0.60
MAIN, LOWER, STRESS = "main", "lower_balance", "financial_stress"
STRESSED = (LOWER, "adverse_r_g", STRESS)


@dataclass(frozen=True)
class Outcome:
    """What plans give: arrays [year, candidate], year 0 the one before the adjustment; shares of GDP.

    Parameters
    ----------
    debt, balance : array
        ``balance`` is the overall one.
    primary : array
        Structural primary balance.
    structural : array
        The same less interest.
    interest : array
    growth : array
        Of nominal GDP.
    """

    debt: Floats
    balance: Floats
    primary: Floats
    structural: Floats
    interest: Floats
    growth: Floats

    def one(self, candidate: int) -> Outcome:
        """The outcome of one candidate, with one column."""
        part = slice(candidate, candidate + 1)
        return Outcome(
            self.debt[:, part],
            self.balance[:, part],
            self.primary[:, part],
            self.structural[:, part],
            self.interest[:, part],
            self.growth[:, part],
        )


class Plans(Protocol):
    """What the rules ask of a projection: it may be that of debt.model, or another to compare with."""

    @property
    def years(self) -> int:
        """Of the adjustment."""
        ...

    @property
    def first_year(self) -> int:
        """First year of the adjustment."""
        ...

    @property
    def start(self) -> float:
        """Structural primary balance of the year before, a share of GDP."""
        ...

    @property
    def before(self) -> float | None:
        """Overall balance two years before the adjustment, a share of GDP, where it is known."""
        ...

    @property
    def in_procedure(self) -> bool | None:
        """Whether an excessive deficit procedure is open in the year before; None where it is not known."""
        ...

    def project(self, steps: Floats, test: str = MAIN) -> Outcome:
        """The outcome of yearly steps [year of adjustment, candidate]."""
        ...

    def chances(self, steps: Floats) -> tuple[Floats, Floats]:
        """Chance that debt is higher five years after the adjustment than at its end, and above 60."""
        ...

    @property
    def paths(self) -> int:
        """Paths behind a chance."""
        ...


def periods_needed(years: int) -> int:
    """Years of a path that the tests of an adjustment look at.

    Examples
    --------
    >>> periods_needed(4)
    15
    """
    return FIRST + years - 1 + AFTER


def equal_steps(totals: Floats, years: int) -> Floats:
    """Equal yearly steps to each total: array [year, candidate].

    Examples
    --------
    >>> equal_steps(np.array([0.04]), 4)[:, 0].tolist()
    [0.01, 0.01, 0.01, 0.01]
    """
    return np.repeat(np.asarray(totals)[None, :] / years, years, axis=0)
