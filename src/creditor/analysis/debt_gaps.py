"""Owns the fiscal gaps S1 and S2: the lasting adjustment that ends debt at 60 percent, or holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.analysis.debt_baseline import Baseline
from creditor.analysis.debt_path import Key, case_of, simulate

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

TARGET, TARGET_YEAR = 0.60, 2070
TRIED = 0.01  # of GDP; debt is linear in a lasting adjustment at a constant rate
REFUSED = "refused: the rate is not above growth, and S2 has no meaning"
LEFT_OUT = "without the cost of ageing, which is not in the figures"
ASSUMED = "with the cost of ageing that is assumed"


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


def ageing_costs(base: Baseline, periods: int, horizon: int, cost: float) -> Floats:
    """Cost of ageing above that of the last published year: it grows evenly to the horizon, then is held.

    Parameters
    ----------
    base : Baseline
    periods : int
        Years after the opening.
    horizon : int
        Year in which the cost is reached.
    cost : float
        A share of GDP.

    Returns
    -------
    array of float [period]
        Shares of GDP.

    Examples
    --------
    >>> from creditor.analysis.debt_baseline import baseline
    >>> ageing_costs(baseline("ITA"), 9, 2032, 0.02).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.01, 0.02, 0.02]
    """
    span = horizon - base.last_published
    if span <= 0:
        return np.zeros(periods)
    return cost * np.clip((np.arange(1, periods + 1) - base.anchored) / span, 0.0, 1.0)


def gaps(base: Baseline, horizon: int = TARGET_YEAR, cost: float = 0.0) -> list[Gap]:
    """S1 and S2 of a baseline at a constant market rate.

    S1 is the adjustment that gives debt of 60 percent of GDP in 2070. S2 is ``rho d - pb`` plus ``rho`` times
    the sum of the discounted cost of ageing, with ``rho = (r - g) / (1 + g)``; it needs r above g. Both after
    the Debt Sustainability Monitor of the European Commission; derived from the budget constraint.

    Parameters
    ----------
    base : Baseline
    horizon, cost
        As in `ageing_costs`; nothing where ageing is left out.

    Examples
    --------
    >>> from creditor.analysis.debt_baseline import baseline
    >>> [round(100 * gap.value, 2) for gap in gaps(baseline("ITA"))]
    [0.66, -1.09]
    """
    periods = TARGET_YEAR - base.opening
    costs = ageing_costs(base, periods, horizon, cost)
    told, first = (ASSUMED if cost else LEFT_OUT), base.last_published + 1
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
    rising = costs[base.anchored :]
    years = np.arange(1, len(rising) + 1)
    aged = rho * float((rising * discount**years).sum()) + float(rising[-1]) * discount ** len(rising)
    return [*found, Gap("s2", rho * debt - balance + aged, first, told)]
