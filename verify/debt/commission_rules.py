"""Owns the rules of procedure of the replication: floors of the deficit procedure, deficit "
"resilience, what binds."""

from __future__ import annotations

import numpy as np
from commission import A0, SCENARIOS, Inputs, debt_holds, deficit_holds, project, stepped
from commission import least as least_target
from commission_draws import least_stochastic

FLOOR, DEFICIT, FIRST_YEARS, GRID = 0.5, -3.0, 3, 0.001
CRITERIA = (*SCENARIOS, "deficit_reduction")


def planned(country: Inputs, target: float, years: int) -> np.ndarray:
    """Equal steps to a target."""
    return np.full(years, (target - country.series["spb_bl"][A0 - 1]) / years)


def floors(country: Inputs, target: float, years: int) -> np.ndarray:
    """Least steps while the deficit exceeds 3 percent; not-a-number where there is none.

    In the first three years half a point of the structural primary balance; later the step with which the
    structural balance improves by half a point. Steps that are still free are cut so that the target holds.
    """
    steps, found = planned(country, target, years), np.full(years, np.nan)
    base = country.series["spb_bl"][A0 - 1]
    for index in range(years):
        t = A0 + index
        run = project(country, stepped(country, steps[:, None]), years)
        if run.balance[t, 0] >= DEFICIT:
            break
        need = FLOOR if index < FIRST_YEARS else _structural(country, steps, index, years)
        if need > steps[index] + 1e-12:
            steps[index] = need
            rest = years - index - 1
            if rest:
                steps[index + 1 :] = (target - base - steps[: index + 1].sum()) / rest
        found[index] = need
    return found


def _structural(country: Inputs, steps: np.ndarray, index: int, years: int) -> float:
    """The smallest step from the planned one on with which the structural balance improves by half "
    "a point."""
    tried = np.repeat(steps[:, None], 2001, axis=1)
    tried[index] += np.arange(2001) * GRID
    run = project(country, stepped(country, tried), years)
    t = A0 + index
    good = run.structural[t] - run.structural[t - 1] >= FLOOR
    return float(tried[index, int(np.argmax(good))])


def with_floors(country: Inputs, targets: np.ndarray, least: np.ndarray, years: int) -> np.ndarray:
    """Steps [year, candidate] to each target: floors where they bind, equal steps elsewhere."""
    base = country.series["spb_bl"][A0 - 1]
    found = np.empty((years, len(targets)))
    left = targets - base
    for index in range(years):
        equal = left / (years - index)
        low = least[index]
        found[index] = equal if np.isnan(low) else np.maximum(equal, low)
        left = left - found[index]
    return found


def edp(country: Inputs, target: float, criterion: str, years: int, paths: int = 20_000) -> float | None:
    """The binding criterion solved again with the floors of its own plan; None where no floor binds."""
    least = floors(country, target, years)
    if not np.any(least > planned(country, target, years) + 1e-9):
        return None
    if criterion == "stochastic":

        def plan(goal: float) -> np.ndarray:
            return stepped(country, with_floors(country, np.array([goal]), least, years))

        return least_stochastic(country, years, 1, paths, plan)[0]
    scenario = criterion if criterion in SCENARIOS else "main_adjustment"
    holds = deficit_holds if criterion == "deficit_reduction" else debt_holds

    def passes(targets: np.ndarray) -> np.ndarray:
        steps = with_floors(country, targets, least, years)
        return holds(project(country, stepped(country, steps), years, scenario), A0 + years - 1)

    coarse = np.arange(-1000, 1001) / 100
    first = int(np.argmax(passes(coarse)))
    fine = coarse[first] - np.arange(0, 201) / 10_000
    return float(fine[int(np.argmin(passes(fine))) - 1])


def resilience(country: Inputs, target: float, least: np.ndarray, years: int) -> float | None:
    """The end of the plan where the common resilience margin raises a step; None where it raises none.

    While debt is above 60 or the deficit above 3 percent, a structural deficit above 1.5 percent asks for
    a step of
    0.4 points, 0.25 with seven years, or as much as brings it to 1.5.
    """
    steps = with_floors(country, np.array([target]), least, years)[:, 0]
    wanted, raised = 0.4 if years == 4 else 0.25, False
    for index in range(years):
        t = A0 + index
        run = project(country, stepped(country, steps[:, None]), years)
        if (run.debt[t, 0] <= 60 and run.balance[t, 0] >= DEFICIT) or run.structural[t, 0] >= -1.5:
            continue
        if steps[index] < wanted - 1e-9:
            tried = np.repeat(steps[:, None], 1001, axis=1)
            tried[index] += np.arange(1001) * GRID
            found = project(country, stepped(country, tried), years)
            good = (tried[index] >= wanted - 1e-9) | (found.structural[t] >= -1.5)
            steps[index] = tried[index, int(np.argmax(good))]
            raised = True
    return float(country.series["spb_bl"][A0 - 1] + steps.sum()) if raised else None


def sequence(country: Inputs, years: int, paths: int = 20_000) -> dict[str, float | None]:
    """The columns that follow from the sequence of the rules: edp, deficit_resilience, binding; and "
    "what binds."""
    targets = {name: least_target(country, years, name) for name in CRITERIA}
    targets["stochastic"] = least_stochastic(country, years, 1, paths)[0]
    name = max(targets, key=lambda key: targets[key])
    solved = edp(country, targets[name], name, years, paths)
    goal = targets[name] if solved is None else solved
    least = floors(country, targets[name], years) if solved is not None else np.full(years, np.nan)
    raised = resilience(country, goal, least, years)
    ends = {"edp": solved, "deficit_resilience": raised, "binding": goal if raised is None else raised}
    return {**ends, "stochastic_binds": float(name == "stochastic")}
