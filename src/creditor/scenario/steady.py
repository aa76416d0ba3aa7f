"""Owns the steady state of a scenario: its changes are run, then the model is followed until it rests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from creditor.engine.program import compile_model
from creditor.engine.steady import Steady, steady
from creditor.equations.model import Model
from creditor.errors import InputError, Trouble, Troubles
from creditor.scenario.dated import in_numbers
from creditor.scenario.givens import givens_of, starts_of
from creditor.scenario.policy import Put, read_policy
from creditor.scenario.prepare import prepare
from creditor.scenario.run import provenance_of
from creditor.scenario.scenario import Scenario, SetChange
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance


@dataclass(frozen=True)
class SteadyRun:
    """A scenario and where it leads.

    Parameters
    ----------
    scenario : Scenario
    model : Model
    steady : Steady
    provenance : Provenance
        With hashes of scenario and model.
    findings : tuple of Finding
        Fills and statements that were dropped.
    """

    scenario: Scenario
    model: Model
    steady: Steady
    provenance: Provenance
    findings: tuple[Finding, ...] = ()


def steady_scenario(scenario: Scenario) -> SteadyRun:
    """Follow one path of a scenario until it rests or grows steadily.

    Parameters
    ----------
    scenario : Scenario
        Model, changes and openings; its number of periods does not count, as it is run as long as it needs.

    Raises
    ------
    InputError
        For names that do not fit, all at once; S703 for draws and S702 for series: they have no steady state.
    NoSolutionError
        E621 where a period has no solution, E631 where nothing settles.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> more = {"name": "public_spending", "value": 25.0}
    >>> found = steady_scenario(make_scenario(model="sim", set=[more]))
    >>> round(found.steady.values[found.model.slot("wages")], 6)
    125.0
    """
    if scenario.draw or scenario.paths > 1:
        what = "draws and several paths have no steady state"
        raise InputError(Trouble("S703", "scenario", what, "", "leave them out"))
    if scenario.series:
        why = "a series ends, and what comes after it is not known"
        raise InputError(Trouble("S702", "scenario", "series have no steady state", why, "set a value"))
    prepared = prepare(scenario)
    model = prepared.model
    troubles = Troubles()
    scenario = in_numbers(scenario, model.calendar, troubles)
    troubles.raise_if_any()
    if scenario.target:
        what = "targets have no steady state"
        raise InputError(Trouble("S711", "scenario", what, "they are about periods", "leave them out"))
    changes: tuple[SetChange | Put, ...] = (*scenario.set, *scenario.add, *scenario.fix)
    dates = [when for change in changes for when in (int(change.first), int(change.last or 0) + 1)]
    dates += [when for change in model.draft.changes for when in (change.first, (change.last or 0) + 1)]
    least = max(dates, default=1)

    def during(periods: int) -> Scenario:
        return scenario.model_copy(update={"periods": max(periods, least)})

    policy = read_policy(model, during(least), troubles)
    troubles.raise_if_any()
    givens_of(model, during(least))  # what is wrong comes before the work
    starts = starts_of(model, scenario)

    def givens(periods: int) -> dict[int, Any]:
        longer = read_policy(model, during(periods), Troubles())
        return givens_of(model, during(periods)) | longer.series

    found = steady(compile_model(policy.model), givens, starts, least)
    fixed = scenario.model_copy(update={"periods": found.path.shape[1] - 1})
    findings = (*prepared.findings, *policy.notes)
    return SteadyRun(fixed, policy.model, found, provenance_of(fixed, prepared), findings)
