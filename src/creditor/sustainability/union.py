"""Owns what the rules of the European Union give for a path: efforts, and how far the path is without one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from creditor.sustainability.adjustment import Adjustment
from creditor.sustainability.effort import Effort
from creditor.sustainability.guidance import guidance
from creditor.sustainability.plan import CEILING
from creditor.sustainability.procedure import Procedure, fall, procedure
from creditor.sustainability.published import Reading

EFFORT = "effort"  # the value is the least lasting effort, in points of GDP
OF_EFFORT = "points of GDP"
NOT_ENOUGH = "no effort up to 20 points of GDP is enough"
Found = dict[str, Reading]


def union(plans: Adjustment, paper: bool) -> Found:
    """The rules of the Union: efforts of the tests; else what the path without an effort gives.

    Parameters
    ----------
    plans : Adjustment
    paper : bool
        Whether as the paper reads them, or as the Commission does.

    Returns
    -------
    dict of criterion to Reading
        Values in percent; no margin where the threshold gives it.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.adjustment import adjustment
    >>> found = union(adjustment(baseline("SWE"), 4, 50, 1), True)
    >>> found["debt_safeguard"].told
    'debt is below 60: does not apply'
    """
    solved = procedure(plans) if paper else guidance(plans)
    return {**_efforts(solved.efforts), **_safeguards(plans, paper), "all_rules": _whole(solved)}


def _efforts(found: Sequence[Effort]) -> Found:
    """The least effort in points of GDP; the margin is what is not needed of it.

    Where all tests fall or all end at 60, the one that asks for less counts.
    """
    kinds: dict[str, list[Effort]] = {}
    for effort in found:
        name = effort.test.removesuffix("_decline") if effort.test.startswith("stochastic") else effort.test
        kinds.setdefault(name if name in ("deficit", "stochastic") else "debt", []).append(effort)
    made: Found = {}
    for name, group in kinds.items():
        totals = [100 * e.total for e in group if e.total is not None]
        either = any(e.test == "all_below" for e in group)
        if not totals or (len(totals) < len(group) and not either):
            made[name] = Reading(told=NOT_ENOUGH)
        else:
            value = min(totals) if either else max(totals)
            made[name] = Reading(value, -value, EFFORT)
    return made


def _whole(solved: Procedure) -> Reading:
    if solved.total is None:
        return Reading(told=NOT_ENOUGH)
    return Reading(100 * solved.total, -100 * solved.total, EFFORT)


def _safeguards(plans: Adjustment, paper: bool) -> Found:
    """Deficit, fall of debt and structural deficit while the structural primary balance is held."""
    held = plans.project(np.zeros((plans.years, 1)))
    first, last = plans.first_year, plans.first_year + plans.years - 1
    at = 1 if paper else 0
    deficit, structural = -100 * float(held.balance[at, 0]), -100 * float(held.structural[plans.years, 0])
    made: Found = {
        "deficit_procedure": Reading(deficit, told=f"deficit of {first - 1 + at}, structural balance held")
    }
    if held.debt[0, 0] < CEILING:
        outside = "debt is below 60: does not apply"
        made["debt_safeguard"] = Reading(told=outside)
        if deficit <= 3:
            return made | {"deficit_resilience": Reading(told=outside)}
    else:
        fallen, wanted = (100 * float(x[0]) for x in fall(held, plans.years, plans.in_procedure))
        told = f"points a year with the structural balance held; {wanted:g} is asked for"
        made["debt_safeguard"] = Reading(fallen, fallen - wanted, told)
        if wanted == 0:
            nothing = f"the deficit is excessive to {last}: nothing is asked yet"
            made["debt_safeguard"] = Reading(told=nothing)
    return made | {
        "deficit_resilience": Reading(structural, told=f"structural deficit of {last}, the balance held")
    }
