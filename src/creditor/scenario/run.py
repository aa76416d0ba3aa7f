"""Owns the one way to run a model: a scenario is resolved, validated and hashed, then the engine runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.draws import Draw, autocorrelated
from creditor.engine.program import compile_model
from creditor.engine.run import LARGEST, Inputs, Result, run, size_of, too_large
from creditor.equations.expressions import Expression, Name
from creditor.equations.model import EARLIER, Model
from creditor.equations.parse import parse_expression
from creditor.equations.ranges import value_range
from creditor.equations.resolve import constant
from creditor.equations.statements import Spot
from creditor.errors import InputError, Troubles
from creditor.scenario.checks import check_findings, missing_findings, settled_findings
from creditor.scenario.dated import in_numbers
from creditor.scenario.kept import ALL, Kept, kept
from creditor.scenario.prepare import Prepared, prepare
from creditor.scenario.scenario import Scenario, SetChange
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
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
    """

    scenario: Scenario
    result: Result
    provenance: Provenance
    findings: tuple[Finding, ...] = ()
    shown: tuple[int, ...] = ()
    bound: Bound | None = None
    path: int | None = None

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
    prepared, troubles = prepare(scenario), Troubles()
    model = prepared.model
    givens, starts = _givens(model, scenario, troubles, path), _starts(model, scenario, troubles)
    wanted = scenario if path is None else scenario.model_copy(update={"keep": (ALL,)})
    keep = kept(model, wanted, troubles, also)
    paths = scenario.paths if path is None else 1
    _check_size(model, scenario, keep, paths, troubles)
    if path is not None and not 0 <= path < scenario.paths:
        what, mend = f"there is no path {path}", f"use 0 to {scenario.paths - 1}"
        troubles.add("S702", "path", what, f"{scenario.paths} paths are run", mend)
    troubles.raise_if_any()
    inputs = Inputs(scenario.periods, paths, givens(), starts, keep=keep.stored)
    result = run(compile_model(model), inputs)
    computed = missing_findings(model, inputs.starts, result.values, keep.stored)
    checked = check_findings(model, result.values, keep.stored)
    settled = settled_findings(model, result.values, keep.stored)
    findings = (*prepared.findings, *computed, *checked, *settled)
    provenance = provenance_of(scenario, prepared)
    return Run(scenario, result, provenance, findings, keep.shown, prepared.bound, path)


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


def givens_of(model: Model, scenario: Scenario) -> dict[int, Floats]:
    """Series of the givens that change, by slot: [period] or, with draws, [period, path].

    The text's own changes come first, then the scenario's series, its changes and its draws.

    Raises
    ------
    InputError
        S702, S703 and faults of the text, all at once.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> rise = {"name": "tax_rate", "value": 0.25, "from": 2}
    >>> scenario = make_scenario(model="sim", periods=3, set=[rise])
    >>> from creditor.equations.load import load_model
    >>> list(givens_of(load_model("sim"), scenario).values())
    [array([0.2 , 0.25, 0.25])]
    """
    troubles = Troubles()
    givens = _givens(model, scenario, troubles)
    troubles.raise_if_any()
    return givens()


def starts_of(model: Model, scenario: Scenario) -> Mapping[int, float]:
    """Openings of a scenario that replace the text's, by slot.

    Raises
    ------
    InputError
        S702 for cells that the model does not have, all at once.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> from creditor.scenario.scenario import make_scenario
    >>> list(starts_of(load_model("sim"), make_scenario(model="sim", start={"money": 0})).values())
    [0.0]
    """
    troubles = Troubles()
    starts = _starts(model, scenario, troubles)
    troubles.raise_if_any()
    return starts


def _givens(
    model: Model, scenario: Scenario, troubles: Troubles, path: int | None = None
) -> Callable[[], dict[int, Floats]]:
    """Resolve and check whatever changes givens; what comes back makes the series, draws included."""
    scenario = in_numbers(scenario, model.calendar, troubles)
    series: dict[int, Floats] = {}

    def fill(slot: int) -> Floats:
        return series.setdefault(slot, np.full(scenario.periods, model.givens[slot]))

    for change in model.draft.changes:
        try:
            value = constant(_resolved(model, change.value), model.givens.get, str(change.place))
        except InputError as error:
            troubles.items.extend(error.troubles)
            continue
        for slot in _slots(model, change.spot, str(change.place), troubles):
            fill(slot)[change.first - 1 : change.last] = value
            _check_bounds(model, slot, value, str(change.place), troubles)
    for name, numbers in scenario.series.items():
        if len(numbers) < scenario.periods:
            what = f"{len(numbers)} periods are given, {scenario.periods} are run"
            mend = "give a value for each period"
            troubles.add("S702", f"series {name}", what, "unknown is absent, never zero", mend)
        for slot in _given_slots(model, name, f"series {name}", troubles):
            series[slot] = np.array(numbers[: scenario.periods], dtype=float)
            _check_bounds(model, slot, series[slot], f"series {name}", troubles)
    for entry in scenario.set:
        _check_periods(model, entry, scenario.periods, troubles)
        for slot in _given_slots(model, entry.name, f"set {entry.name}", troubles):
            if len(fill(slot)) == scenario.periods:  # a series that is too short is a trouble already
                fill(slot)[int(entry.first) - 1 : entry.last] = entry.value
                _check_bounds(model, slot, entry.value, f"set {entry.name}", troubles)
    draws = _draws(model, scenario, troubles)
    paths = np.arange(scenario.paths) if path is None else np.array([path])
    periods = np.arange(1, scenario.periods + 1)

    def make() -> dict[int, Floats]:
        for slot, (draw, ar) in draws.items():
            numbers = draw.numbers(scenario.seed, paths, periods, scenario.antithetic)
            series[slot] = fill(slot)[:, None] + autocorrelated(numbers, ar, draw.mean)
            _check_bounds(model, slot, series[slot], f"draw {model.title(slot)}", troubles)
        troubles.raise_if_any()
        return series

    return make


def _check_bounds(model: Model, slot: int, values: float | Floats, where: str, troubles: Troubles) -> None:
    """What a scenario puts in the place of a given keeps the bounds that the text states for it."""
    if slot not in model.bounds:
        return
    (low, high), numbers = model.bounds[slot], np.atleast_1d(values)
    outside = (numbers < low) | (numbers > high)
    if outside.any():
        at = tuple(int(n) for n in np.argwhere(outside)[0])
        what = f"{model.title(slot)} = {numbers[at]:g} lies outside {low:g} .. {high:g}"
        if numbers.size > 1:
            what += f" in {model.calendar.title(at[0] + 1)}" + (f" of path {at[1]}" if len(at) > 1 else "")
        troubles.add("E620", where, what, "", "correct the value, or the bounds in the text")


def _check_periods(model: Model, entry: SetChange, periods: int, troubles: Troubles) -> None:
    """A change that would never happen is an error."""
    first, last, told = int(entry.first), entry.last, model.calendar.dated
    where = f"set {entry.name}"
    if last is not None and int(last) < first:
        when = f"from {told(first)} to {told(int(last))}"
        troubles.add("S702", where, when, "it ends before it begins", "swap them")
    elif first > periods:
        what = f"it begins in {model.calendar.title(first)}, {periods} are run"
        troubles.add("S702", where, what, "it would change nothing", "run more periods, or begin earlier")


def _draws(model: Model, scenario: Scenario, troubles: Troubles) -> dict[int, tuple[Draw, float]]:
    """Draws by slot, each keyed by the title of its own cell, with the share that is carried over."""
    found: dict[int, tuple[Draw, float]] = {}
    for entry in scenario.draw:
        where = f"draw {entry.name}"
        for slot in _given_slots(model, entry.name, where, troubles):
            title = model.title(slot)
            if slot in found:
                why = "both would have the same numbers"
                troubles.add("S703", where, f"{title} is drawn twice", why, "keep one of them")
                continue
            try:
                found[slot] = Draw(title, entry.distribution, entry.parameters), entry.ar
            except InputError as error:
                troubles.items.extend(error.troubles)
                break
    return found


def _check_size(model: Model, scenario: Scenario, keep: Kept, paths: int, troubles: Troubles) -> None:
    """A run that would not fit is refused before it begins."""
    slots = len(model.slots if keep.stored is None else keep.stored)
    size = size_of(slots, scenario.periods, paths, len(scenario.draw))
    if size > LARGEST:
        troubles.items.append(too_large(size, scenario.periods, paths, "scenario"))


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
        troubles.add(
            "S702", where, f"{text[:60]!r} is no name", "", "write a given such as tax_rate or rate[N]"
        )
        return []
    return _slots(model, Spot(node.name, node.index, node.place), where, troubles)


def _slots(model: Model, spot: Spot, where: str, troubles: Troubles) -> list[int]:
    """Slots of the givens that a left side means."""
    givens = list(dict.fromkeys(model.slots[slot][0] for slot in model.givens))
    known = spot.name in model.spaces
    slots: list[int] = []
    if spot.name in givens:
        space = model.spaces[spot.name]
        try:
            ranges = value_range(spot, space.dims, model.draft.dims)
        except InputError as error:
            troubles.items.extend(error.troubles)
            return []
        cells = [tuple(here[dim] for dim in space.dims) for here in ranges]
        slots = [model.slot_of[spot.name, cell] for cell in cells if cell in space.index]
    found = [slot for slot in slots if slot in model.givens]
    if not found:
        shown = f"{spot.name}[{', '.join(spot.index)}]" if spot.index else spot.name
        kind = "is decided by the model, not given" if known else "is not in the model"
        troubles.add(
            "S702", where, f"{shown} {kind}", "only a given can be set", mend_with(spot.name, givens)
        )
    return found


def _starts(model: Model, scenario: Scenario, troubles: Troubles) -> Mapping[int, float]:
    """Openings by slot."""
    found: dict[int, float] = {}
    earlier = [slot for slot, equation in model.equations.items() if equation.kind == EARLIER]
    titles = {model.title(slot): slot for slot in (*model.variables, *model.givens, *earlier)}
    for name, value in scenario.start.items():
        written = name.replace(" ", "").replace(",", ", ")
        if written not in titles:
            troubles.add("S702", f"start {name}", "no such cell", "", mend_with(written, titles))
        elif titles[written] in found:
            troubles.add("S702", f"start {name}", "the cell is given twice", "", "keep one of them")
        else:
            found[titles[written]] = value
    return found
