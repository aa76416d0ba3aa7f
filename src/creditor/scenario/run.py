"""Owns the one way to run a model: a scenario is resolved, validated and hashed, then the engine runs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.draws import Draw
from creditor.engine.program import Program, compile_model
from creditor.engine.run import Inputs, Result, run
from creditor.equations.declare import value_range
from creditor.equations.expressions import Expression, Name
from creditor.equations.load import load_model
from creditor.equations.model import Model
from creditor.equations.parse import parse_expression
from creditor.equations.resolve import constant
from creditor.equations.statements import Spot
from creditor.errors import InputError, Trouble, Troubles
from creditor.scenario.checks import check_findings, settled_findings
from creditor.scenario.scenario import DrawChange, Scenario
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

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
        Checks that fail, openings that disagree, settled cells that turn negative.
    """

    scenario: Scenario
    result: Result
    provenance: Provenance
    findings: tuple[Finding, ...] = ()

    @property
    def model(self) -> Model:
        """The model that was run."""
        return self.result.program.model


def run_scenario(scenario: Scenario) -> Run:
    """Run a scenario.

    Parameters
    ----------
    scenario : Scenario

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
    model = load_model(scenario.model)
    program = compile_model(model)
    inputs = Inputs(scenario.periods, scenario.paths, givens_of(model, scenario), _starts(model, scenario))
    result = run(program, inputs)
    provenance = Provenance(scenario_hash=scenario.digest(model.digest), model_hash=model.digest)
    findings = [*check_findings(model, result.values), *settled_findings(model, result.values)]
    return Run(scenario, result, provenance, tuple(findings))


def givens_of(model: Model, scenario: Scenario) -> dict[int, Floats]:
    """Series of the givens that change, by slot: the text's own changes first, then the scenario's."""
    troubles = Troubles()
    series: dict[int, Floats] = {}

    def fill(slot: int) -> Floats:
        return series.setdefault(slot, np.full(scenario.periods, model.givens[slot]))

    for name, numbers in scenario.series.items():
        for slot in _given_slots(model, name, "series", troubles):
            if len(numbers) < scenario.periods:
                what = f"series {name} has {len(numbers)} periods, {scenario.periods} are run"
                troubles.add("S702", name, what, "unknown is absent, never zero", "give a value for each period")
            else:
                series[slot] = np.array(numbers[: scenario.periods], dtype=float)
    for change in model.draft.changes:
        spot = change.spot
        value = constant(_resolved(model, change.value), model.givens.get, str(change.place))
        for slot in _slots(model, spot, str(change.place), troubles):
            fill(slot)[change.first - 1 : change.last] = value
    for entry in scenario.set:
        if entry.last is not None and entry.last < entry.first:
            troubles.add("S702", f"set {entry.name}", f"from {entry.first} to {entry.last}", "it ends before it begins", "swap them")
            continue
        for slot in _given_slots(model, entry.name, "set", troubles):
            fill(slot)[entry.first - 1 : entry.last] = entry.value
    for draw in scenario.draw:
        for slot in _given_slots(model, draw.name, "draw", troubles):
            series[slot] = _drawn(fill(slot), model.title(slot), draw, scenario, troubles)
    troubles.raise_if_any()
    return series


def _drawn(base: Floats, title: str, draw: DrawChange, scenario: Scenario, troubles: Troubles) -> Floats:
    """A series with its draws: array [period, path]."""
    try:
        numbers = Draw(title, draw.distribution, draw.parameters).numbers(
            scenario.seed, np.arange(scenario.paths), np.arange(1, scenario.periods + 1)
        )
    except InputError as error:
        troubles.items.extend(error.troubles)
        return base
    return (base[:, None] if base.ndim == 1 else base) + numbers


def _resolved(model: Model, tree: Expression) -> Expression:
    from creditor.equations.resolve import Resolver

    return Resolver(model).tree(tree, {})


def _given_slots(model: Model, text: str, where: str, troubles: Troubles) -> list[int]:
    try:
        node = parse_expression(text, where)
    except InputError as error:
        troubles.items.extend(error.troubles)
        return []
    if not isinstance(node, Name) or node.lag:
        troubles.add("S702", where, f"{text!r} is no name", "", "write a given such as tax_rate or rate[N]")
        return []
    return _slots(model, Spot(node.name, node.index, node.place), where, troubles)


def _slots(model: Model, spot: Spot, where: str, troubles: Troubles) -> list[int]:
    """Slots of the givens that a left side means."""
    givens = list(dict.fromkeys(model.slots[slot][0] for slot in model.givens))
    if spot.name not in givens:
        kind = "is decided by the model, not given" if spot.name in model.spaces else "is not in the model"
        troubles.add("S702", where, f"{spot.name} {kind}", "only a given can be set", mend_with(spot.name, givens))
        return []
    space = model.spaces[spot.name]
    try:
        cells = [tuple(here[dim] for dim in space.dims) for here in value_range(spot, space.dims, model.draft.dims)]
    except InputError as error:
        troubles.items.extend(error.troubles)
        return []
    slots = [model.slot_of[spot.name, cell] for cell in cells if cell in space.index]
    return [slot for slot in slots if slot in model.givens]


def _starts(model: Model, scenario: Scenario) -> Mapping[int, float]:
    troubles = Troubles()
    found: dict[int, float] = {}
    titles = {model.title(slot): slot for slot in range(len(model.slots))}
    for name, value in scenario.start.items():
        written = name.replace(" ", "").replace(",", ", ")
        if written not in titles:
            troubles.add("S702", f"start {name}", "no such cell", "", mend_with(written, titles))
        else:
            found[titles[written]] = value
    troubles.raise_if_any()
    return found


def sketch(program: Program, name: str) -> Trouble:
    """A trouble for a name that a run does not have, with the nearest ones."""
    known = [program.model.title(slot) for slot in program.model.variables]
    return Trouble("S702", name, f"the run has no variable {name!r}", "", mend_with(name, known))
