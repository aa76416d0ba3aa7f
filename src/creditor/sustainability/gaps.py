"""Owns the fiscal gaps S1 and S2: the lasting adjustment that ends debt at 60 percent, or holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.ageing import ASSUMED, NONE, PUBLISHED, Ageing
from creditor.sustainability.baseline import Baseline
from creditor.sustainability.case import Key
from creditor.sustainability.path import case_of, simulate

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

TARGET, TARGET_YEAR = 0.60, 2070
TRIED = 0.01  # of GDP; debt is linear in a lasting adjustment at a constant rate
REFUSED = "refused: the rate is not above growth, and S2 has no meaning"
TOLD = {
    NONE: "without the cost of ageing",
    ASSUMED: "with the cost of ageing that is assumed",
    PUBLISHED: "with the published cost of ageing",
}


@dataclass(frozen=True)
class Gap:
    """A lasting change of the primary balance from the year after the projection on.

    Parameters
    ----------
    name : str
        ``s1`` or ``s2``.
    value : float or None
        A share of GDP; None where it has no meaning. Negative is room.
    first_year : int
    told : str
        What it has of ageing, or why there is no value.
    """

    name: str
    value: float | None
    first_year: int
    told: str


def gaps(base: Baseline, aged: Ageing | None = None, horizon: int = TARGET_YEAR) -> list[Gap]:
    """S1 and S2 of a baseline at a constant market rate.

    S1 is the adjustment that gives debt of 60 percent of GDP in 2070. S2 is ``rho d - pb`` plus ``rho`` times
    the sum of the discounted cost of ageing, with ``rho = (r - g) / (1 + g)``; it needs r above g. Both after
    the Debt Sustainability Monitor of the European Commission; derived from the budget constraint.

    Parameters
    ----------
    base : Baseline
    aged : Ageing, optional
        The cost of ageing, held after 2070; none where it is left out.
    horizon : int
        Year in which an assumed cost is reached.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> [round(100 * gap.value, 2) for gap in gaps(baseline("ITA"))]
    [0.66, -1.1]
    """
    periods = TARGET_YEAR - base.opening
    costs = aged.costs(base, periods, horizon) if aged else np.zeros(periods)
    told, first = TOLD[aged.kind if aged else NONE], base.last_published + 1
    share = (np.arange(1, periods + 1) > base.anchored).astype(float)
    changes: dict[Key, Floats | float] = {
        ("balance_shock",): share[:, None] * np.array([0.0, TRIED])[None, :],
        ("ageing_cost",): costs,
    }
    case = case_of(base, TARGET_YEAR)
    keep: list[Key] = [("debt_ratio",), ("effective_rate",), ("growth",), ("balance_now",)]
    plain, more = simulate(case.add(changes), 2, keep)["debt_ratio"][-1]
    lasting = TRIED * (plain - TARGET) / (plain - more)
    run = simulate(case, 1, keep)
    place = base.anchored + 1
    rate, growth = (float(run.one(name)[place]) for name in ("effective_rate", "growth"))
    debt, balance = float(run.one("debt_ratio")[place - 1]), float(run.one("balance_now")[place])
    found = [Gap("s1", float(lasting), first, told)]
    if rate <= growth:
        return [*found, Gap("s2", None, first, REFUSED)]
    rho, discount = (rate - growth) / (1 + growth), (1 + growth) / (1 + rate)
    rising = (aged.costs(base, _far(base, aged), horizon) if aged else costs)[base.anchored :]
    years = np.arange(1, len(rising) + 1)
    due = rho * float((rising * discount**years).sum()) + float(rising[-1]) * discount ** len(rising)
    return [*found, Gap("s2", rho * debt - balance + due, first, told)]


def _far(base: Baseline, aged: Ageing) -> int:
    """Years after the opening to 2070, or to the last year of a published cost, after which it is held."""
    known = aged.projection.published if aged.projection else []
    return max([TARGET_YEAR, *known]) - base.opening
