"""Owns what replaces a model's givens and openings: changes, series and draws of a scenario, by slot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from creditor.equations.expressions import Expression
from creditor.equations.model import EARLIER, Model
from creditor.equations.resolve import constant
from creditor.errors import InputError, Troubles
from creditor.scenario.cells import given_cells, spot_cells
from creditor.scenario.dated import in_numbers
from creditor.scenario.draws import draw_numbers, resolve_draws
from creditor.scenario.scenario import Scenario, SetChange
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


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
    givens = resolve_givens(model, scenario, troubles, range(scenario.paths))
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
    starts = resolve_starts(model, scenario, troubles)
    troubles.raise_if_any()
    return starts


def resolve_givens(
    model: Model, scenario: Scenario, troubles: Troubles, paths: Sequence[int]
) -> Callable[..., dict[int, Floats]]:
    """Resolve and check whatever changes givens, all faults at once.

    Parameters
    ----------
    model : Model
    scenario : Scenario
    troubles : Troubles
        S702, S703, E620 and faults of the text are added.
    paths : sequence of int
        Numbers of the paths that are meant where nobody says.

    Returns
    -------
    callable
        From numbers of paths to series by slot; E620 where a draw leaves the bounds of its given.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> from creditor.scenario.scenario import make_scenario
    >>> draw = {"name": "tax_rate", "distribution": "uniform", "parameters": (0, 0.01)}
    >>> scenario = make_scenario(model="sim", periods=3, paths=8, draw=[draw])
    >>> make = resolve_givens(load_model("sim"), scenario, Troubles(), range(8))
    >>> [series.shape for series in make(range(4, 6)).values()]
    [(3, 2)]
    """
    scenario = in_numbers(scenario, model.calendar, troubles)
    series = _changed(model, scenario, troubles)
    draws = resolve_draws(model, scenario, troubles)
    periods = np.arange(1, scenario.periods + 1)

    def make(chosen: Sequence[int] = paths) -> dict[int, Floats]:
        made, faults, some = dict(series), Troubles(), np.asarray(chosen)
        for slot, (numbers, times) in draw_numbers(scenario, draws, some, periods).items():
            given = series[slot] if slot in series else np.full(scenario.periods, model.givens[slot])
            made[slot] = given[:, None] * (1.0 + numbers) if times else given[:, None] + numbers
            where = f"draw {model.title(slot)}"
            _check_bounds(model, slot, made[slot], where, faults, int(some[0]))
        faults.raise_if_any()
        return made

    return make


def _changed(model: Model, scenario: Scenario, troubles: Troubles) -> dict[int, Floats]:
    """Series of the givens that the text, series and changes decide, draws left out."""
    series: dict[int, Floats] = {}

    def fill(slot: int) -> Floats:
        return series.setdefault(slot, np.full(scenario.periods, model.givens[slot]))

    for change in model.draft.changes:
        try:
            value = constant(_resolved(model, change.value), model.givens.get, str(change.place))
        except InputError as error:
            troubles.items.extend(error.troubles)
            continue
        for slot in spot_cells(model, change.spot, str(change.place), troubles):
            fill(slot)[change.first - 1 : change.last] = value
            _check_bounds(model, slot, value, str(change.place), troubles)
    for name, numbers in scenario.series.items():
        if len(numbers) < scenario.periods:
            what = f"{len(numbers)} periods are given, {scenario.periods} are run"
            mend = "give a value for each period"
            troubles.add("S702", f"series {name}", what, "unknown is absent, never zero", mend)
        for slot in given_cells(model, name, f"series {name}", troubles):
            series[slot] = np.array(numbers[: scenario.periods], dtype=float)
            _check_bounds(model, slot, series[slot], f"series {name}", troubles)
    for entry in scenario.set:
        _check_periods(model, entry, scenario.periods, troubles)
        for slot in given_cells(model, entry.name, f"{entry.kind} {entry.name}", troubles):
            if len(fill(slot)) == scenario.periods:  # a series that is too short is a trouble already
                fill(slot)[int(entry.first) - 1 : entry.last] = entry.value
                _check_bounds(model, slot, entry.value, f"{entry.kind} {entry.name}", troubles)
    return series


def _check_bounds(
    model: Model, slot: int, values: float | Floats, where: str, troubles: Troubles, path: int = 0
) -> None:
    """What a scenario puts in the place of a given keeps the bounds that the text states for it."""
    if slot not in model.bounds:
        return
    (low, high), numbers = model.bounds[slot], np.atleast_1d(values)
    outside = (numbers < low) | (numbers > high)
    if outside.any():
        at = tuple(int(n) for n in np.argwhere(outside)[0])
        what = f"{model.title(slot)} = {numbers[at]:g} lies outside {low:g} .. {high:g}"
        if numbers.size > 1:
            what += f" in {model.calendar.title(at[0] + 1)}" + (
                f" of path {path + at[1]}" if len(at) > 1 else ""
            )
        troubles.add("E620", where, what, "", "correct the value, or the bounds in the text")


def _check_periods(model: Model, entry: SetChange, periods: int, troubles: Troubles) -> None:
    """A change that would never happen is an error."""
    first, last, told = int(entry.first), entry.last, model.calendar.dated
    where = f"{entry.kind} {entry.name}"
    if last is not None and int(last) < first:
        when = f"from {told(first)} to {told(int(last))}"
        troubles.add("S702", where, when, "it ends before it begins", "swap them")
    elif first > periods:
        what = f"it begins in {model.calendar.title(first)}, {periods} are run"
        troubles.add("S702", where, what, "it would change nothing", "run more periods, or begin earlier")


def _resolved(model: Model, tree: Expression) -> Expression:
    from creditor.equations.resolve import Resolver

    return Resolver(model).tree(tree, {})


def resolve_starts(model: Model, scenario: Scenario, troubles: Troubles) -> Mapping[int, float]:
    """Openings by slot; what is wrong is added to the troubles.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> from creditor.scenario.scenario import make_scenario
    >>> scenario = make_scenario(model="sim", start={"money": 2})
    >>> list(resolve_starts(load_model("sim"), scenario, Troubles()).values())
    [2.0]
    """
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
