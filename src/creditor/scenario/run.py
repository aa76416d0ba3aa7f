"""Owns the one way to run a model: a scenario is resolved, validated and hashed, then the engine runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from creditor.engine.program import compile_model
from creditor.engine.run import LARGEST, Inputs, Result, run, size_of, too_large
from creditor.engine.statistics import Statistics, statistics_of
from creditor.equations.model import Model
from creditor.errors import InputError, Troubles
from creditor.scenario.checks import check_findings, missing_findings, settled_findings
from creditor.scenario.conditions import Condition, evaluate, read_conditions
from creditor.scenario.dated import in_numbers
from creditor.scenario.givens import resolve_givens, resolve_starts
from creditor.scenario.kept import ALL, Kept, kept
from creditor.scenario.policy import read_policy
from creditor.scenario.prepare import Prepared, prepare
from creditor.scenario.scenario import Scenario
from creditor.scenario.targets import Moved, with_policy
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from creditor.opening.bound import Bound

    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Run:
    """A scenario and what came of it.

    Parameters
    ----------
    scenario : Scenario
    result : Result
    provenance : Provenance
        With hashes of scenario and model.
    findings : tuple of Finding
        Fills, statements that were dropped, checks that fail, openings that disagree, settled cells that turn
        negative.
    shown : tuple of int
        Slots of the variables that an answer holds.
    bound : Bound or None
        Published figures that the run starts from.
    path : int or None
        Number of the one path that was run of a scenario with several.
    moved : tuple of Moved
        Levers that were moved to reach targets.
    statistics : Statistics or None
        What the paths are like, by variable shown and period, where there are several.
    conditions : tuple of Condition
        Whose shares of paths the statistics have.
    stored : (str, mapping) or None
        Key of the run in the store and what is said of it there, where it is to be kept.
    """

    scenario: Scenario
    result: Result
    provenance: Provenance
    findings: tuple[Finding, ...] = ()
    shown: tuple[int, ...] = ()
    bound: Bound | None = None
    path: int | None = None
    moved: tuple[Moved, ...] = ()
    statistics: Statistics | None = None
    conditions: tuple[Condition, ...] = ()
    stored: tuple[str, Mapping[str, object]] | None = None

    @property
    def model(self) -> Model:
        """The model that was run."""
        return self.result.program.model


def run_scenario(scenario: Scenario, path: int | None = None, also: Iterable[str] = ()) -> Run:
    """Run a scenario.

    Parameters
    ----------
    scenario : Scenario
    path : int, optional
        Run this path alone and keep everything; a draw depends on its own path, so the digits are those that
        it has among the others.
    also : iterable of str
        Variables to keep besides those that the scenario, or the text's ``report``, says.

    Returns
    -------
    Run

    Raises
    ------
    InputError
        For names, periods and lengths that do not fit, all at once.
    NoSolutionError
        Without a passing certificate there is no result.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> round(float(run_scenario(make_scenario(model="sim", periods=60)).result.series("money")[60, 0]), 6)
    80.0
    """
    return carry_out(plan_run(scenario, path, also))


@dataclass(frozen=True)
class Plan:
    """A scenario that is resolved and checked, and not yet run.

    Parameters
    ----------
    scenario : Scenario
    prepared : Prepared
    givens : callable
        From numbers of paths, those of the plan where they are left out, to the series of the givens.
    starts : mapping of slot to number
    keep : Kept
    paths : range
        Numbers of the paths to run.
    path : int or None
        The one path to run of a scenario with several.
    moved : tuple of Moved
        Levers that were moved to reach targets.
    conditions : tuple of Condition
        Asked of every path.
    """

    scenario: Scenario
    prepared: Prepared
    givens: Callable[..., dict[int, Floats]]
    starts: Mapping[int, float]
    keep: Kept
    paths: range
    path: int | None = None
    moved: tuple[Moved, ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def size(self) -> float:
        """Bytes of a run of all of its paths at once."""
        slots = len(self.prepared.model.slots if self.keep.stored is None else self.keep.stored)
        return size_of(slots, self.scenario.periods, len(self.paths), self.scenario.drawn)


def plan_run(
    scenario: Scenario, path: int | None = None, also: Iterable[str] = (), asked: Iterable[str] = ()
) -> Plan:
    """Resolve and check a scenario, and conditions; otherwise parameters and errors as for `run_scenario`.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> len(plan_run(make_scenario(model="sim", paths=3)).paths)
    3
    """
    prepared, troubles = prepare(scenario), Troubles()
    model = prepared.model
    policy = read_policy(model, in_numbers(scenario, model.calendar, Troubles()), troubles)
    paths = range(scenario.paths) if path is None else range(path, path + 1)
    givens = resolve_givens(model, scenario, troubles, paths)
    starts = resolve_starts(model, scenario, troubles)
    wanted = scenario if path is None else scenario.model_copy(update={"keep": (ALL,)})
    conditions = read_conditions(model, asked, troubles)
    if conditions and len(paths) == 1:
        mend = "run several (--paths), with draws"
        troubles.add("U501", "--share", "one path has no shares of paths", "", mend)
    keep = kept(model, wanted, troubles, also).besides(slot for one in conditions for slot in one.slots)
    if path is not None and not 0 <= path < scenario.paths:
        what, mend = f"there is no path {path}", f"use 0 to {scenario.paths - 1}"
        troubles.add("S702", "path", what, f"{scenario.paths} paths are run", mend)
    troubles.raise_if_any()
    if policy.model is model:
        return Plan(scenario, prepared, givens, starts, keep, paths, path, (), conditions)
    stored = tuple(range(len(model.slots))) if keep.stored is None else keep.stored
    findings = (*prepared.findings, *policy.notes)
    prepared = replace(prepared, model=policy.model, findings=findings)
    keep = replace(keep, stored=stored)
    made, moved = with_policy(policy, givens, starts, scenario)
    return Plan(scenario, prepared, made, starts, keep, paths, path, moved, conditions)


def carry_out(plan: Plan, threads: int | None = None) -> Run:
    """Run all paths of a plan at once, and keep them.

    Parameters
    ----------
    plan : Plan
    threads : int, optional
        As many as there are cores; they change no digit.

    Raises
    ------
    InputError
        S701 for more than fits.
    NoSolutionError
        Without a passing certificate there is no result.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> carry_out(plan_run(make_scenario(model="sim", periods=2, paths=3))).result.values.shape[1:]
    (3, 3)
    """
    scenario, prepared, keep = plan.scenario, plan.prepared, plan.keep
    model, paths = prepared.model, len(plan.paths)
    _check_size(plan.size, scenario)
    inputs = Inputs(scenario.periods, paths, plan.givens(), plan.starts, keep.stored, threads)
    result = run(compile_model(model), inputs)
    computed = missing_findings(model, inputs.starts, result.values, keep.stored)
    checked = check_findings(model, result.values, keep.stored)
    settled = settled_findings(model, result.values, keep.stored)
    findings = (*prepared.findings, *computed, *checked, *settled)
    provenance = provenance_of(scenario, prepared)
    made = Run(scenario, result, provenance, findings, keep.shown, prepared.bound, plan.path, plan.moved)
    if paths == 1:
        return made
    return replace(made, statistics=_statistics(plan, result.values), conditions=plan.conditions)


def _statistics(plan: Plan, values: Floats) -> Statistics:
    """Statistics of the variables that are shown, over paths that are all there."""
    model, stored = plan.prepared.model, plan.keep.stored
    places = {slot: row for row, slot in enumerate(range(len(values)) if stored is None else stored)}

    def flags(rows: Floats) -> npt.NDArray[np.bool_]:
        return evaluate(model, plan.conditions, rows, stored)

    rows = [places[slot] for slot in plan.keep.shown]
    return statistics_of(values, flags, plan.scenario.antithetic, rows)


def _check_size(size: float, scenario: Scenario) -> None:
    """A run that would not fit is refused before it begins."""
    if size > LARGEST:
        raise InputError(too_large(size, scenario.periods, scenario.paths, "scenario"))


def provenance_of(scenario: Scenario, prepared: Prepared) -> Provenance:
    """What a run was computed from; economies and dates of the figures are those that were used."""
    bound, model = prepared.bound, prepared.model
    seed = scenario.seed if scenario.draw else None
    if bound is not None:
        scenario = scenario.model_copy(update={"economies": bound.economies, "as_of": bound.as_of})
    data = bound.digest if bound else ""
    return Provenance(
        data_vintage=bound.vintage if bound else "",
        library_hash=data,
        scenario_hash=scenario.digest(model.digest, data),
        model_hash=model.digest,
        seed=seed,
    )
