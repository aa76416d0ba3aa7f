"""Owns sweeps: a variable for many values of one or two givens, and its elasticities to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.certificate import Certificate
from creditor.engine.program import compile_model
from creditor.equations.model import Model
from creditor.errors import InputError, Trouble, Troubles
from creditor.scenario.cells import given_cells
from creditor.scenario.givens import givens_of
from creditor.scenario.kept import named_cells
from creditor.scenario.layout import Layout, lay_out
from creditor.scenario.scenario import Scenario, SetChange
from creditor.scenario.variants import Variant, run_variants

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

MOST = 10_000  # points of a grid
NUDGE = 1e-3  # of a given's size, to both sides


@dataclass(frozen=True)
class Axis:
    """Values of a given that are tried, from the first period to the last.

    Parameters
    ----------
    name : str
        As it is written; all cells of a name without brackets.
    values : tuple of float
    """

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Sweep:
    """A variable over a grid.

    Parameters
    ----------
    variable : str
        Title of the cell.
    period : int
    axes : tuple of Axis
    values : array [values of the first axis, values of the second]
        The median over paths; not-a-number where a point has no solution. One column where there is one axis.
    causes : dict of point to text
        Why a point has none.
    certificate : Certificate
        The worst.
    layout : Layout
    """

    variable: str
    period: int
    axes: tuple[Axis, ...]
    values: Floats
    causes: dict[tuple[float, ...], str]
    certificate: Certificate
    layout: Layout


@dataclass(frozen=True)
class Elasticity:
    """How a variable answers a given.

    Parameters
    ----------
    given : str
    value : float
        Of the given in period 1.
    slope : float
        Change of the variable for one unit of the given, in all periods.
    elasticity : float or None
        In per cent for one per cent; None where the given or the variable is zero.
    one_sided : bool
        Where a bound of the given, or a missing solution, allowed one side only.
    """

    given: str
    value: float
    slope: float
    elasticity: float | None
    one_sided: bool = False


def sweep(scenario: Scenario, axes: Sequence[Axis], of: str, at: int | None = None) -> Sweep:
    """Run a scenario for every point of a grid.

    Parameters
    ----------
    scenario : Scenario
    axes : sequence of Axis
        One or two givens; a value holds in all periods, in the place of what the scenario says.
    of : str
        One cell of a variable.
    at : int, optional
        Period; the last one where it is left out.

    Raises
    ------
    InputError
        S702 for names, S701 for too many points, E620 for values out of the bounds of a given.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> grid = [Axis("public_spending", (20.0, 25.0))]
    >>> sweep(make_scenario(model="sim", periods=60), grid, "wages").values.round(1).tolist()
    [[100.0], [125.0]]
    """
    points = list(product(*(axis.values for axis in axes)))
    if len(points) > MOST:
        what = f"the grid has {len(points):,} points"
        raise InputError(Trouble("S701", "sweep", what, f"the limit is {MOST:,}", "take fewer values"))
    layout, slot, period = _laid(scenario, of, at)
    model, (base,) = layout.prepared.model, layout.variants
    cells = _cells(layout, axes)
    tables = [_series(layout, scenario, axis, slots) for axis, slots in zip(axes, cells, strict=True)]
    tries = []
    for point in points:
        series = {s: row for x, table in zip(point, tables, strict=True) for s, row in table[x].items()}
        tries.append(Variant({**base.givens, **series}, base.starts))
    sides = run_variants(compile_model(model), period, scenario.paths, tries, [slot])
    values = [np.nan if s.values is None else float(np.median(s.values[0, period])) for s in sides]
    causes = {p: s.error.troubles[0].what for p, s in zip(points, sides, strict=True) if s.error is not None}
    shape = (len(axes[0].values), len(points) // len(axes[0].values))
    worst = max((side.certificate for side in sides), key=lambda one: one.residual)
    return Sweep(model.title(slot), period, tuple(axes), np.reshape(values, shape), causes, worst, layout)


def _cells(layout: Layout, axes: Sequence[Axis]) -> list[list[int]]:
    """Cells of each axis; names and values that do not fit are told at once."""
    model, troubles = layout.plain, Troubles()
    cells = [given_cells(model, axis.name, f"sweep {axis.name}", troubles) for axis in axes]
    for axis, slots in zip(axes, cells, strict=True):
        for slot in (slot for slot in slots if slot in model.bounds):
            low, high = model.bounds[slot]
            outside = [x for x in axis.values if not low <= x <= high]
            if outside:
                what = f"{model.title(slot)} = {outside[0]:g} lies outside {low:g} .. {high:g}"
                mend = "correct the range, or the bounds in the text"
                troubles.add("E620", f"sweep {axis.name}", what, "", mend)
    if len(axes) > 1 and set(cells[0]) & set(cells[1]):
        why = "a grid has two different givens"
        troubles.add("S702", "sweep", f"{axes[0].name} is swept twice", why, "name another, or one alone")
    troubles.raise_if_any()
    return cells


def _series(
    layout: Layout, scenario: Scenario, axis: Axis, slots: Sequence[int]
) -> dict[float, dict[int, Floats]]:
    """Series of the cells of an axis for each of its values; where a cell is drawn it keeps its draws."""
    (base,), found = layout.variants, {}
    drawn = [slot for slot in slots if slot in base.givens and base.givens[slot].ndim == 2]
    for value in axis.values:
        found[value] = {slot: np.full(scenario.periods, value) for slot in slots}
        if drawn:
            change = SetChange.model_validate({"name": axis.name, "value": value})
            changed = scenario.model_copy(update={"set": (*scenario.set, change)})
            givens = givens_of(layout.plain, changed)
            found[value] |= {slot: givens[slot] for slot in drawn}
    return found


def elasticities(
    scenario: Scenario, of: str, at: int | None = None
) -> tuple[list[Elasticity], float, Layout, int]:
    """The answer of a variable to every given, each moved alone in all periods by a thousandth of its size.

    Returns
    -------
    (list of Elasticity, float, Layout, int)
        The strongest first; the variable as it stands, the median over paths; the layout; the period.

    Notes
    -----
    Central differences, all of them paths of one run on the same draws.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> found, level, _, _ = elasticities(make_scenario(model="sim", periods=400), "wages")
    >>> sorted((e.given, round(e.elasticity, 3)) for e in found[:2]), round(level, 3)
    ([('public_spending', 1.0), ('tax_rate', -1.0)], 100.0)
    """
    layout, slot, period = _laid(scenario, of, at)
    model, (base,) = layout.prepared.model, layout.variants
    givens = list(layout.plain.givens)
    tries, nudges = [base], []
    for given in givens:
        plain = np.full(period, model.givens[given])
        series = np.asarray(base.givens.get(given, plain))[:period]
        size = float(np.abs(series).max()) * NUDGE or NUDGE
        low, high = model.bounds.get(given, (-np.inf, np.inf))
        down, up = (size if ok else 0.0 for ok in (series.min() - size >= low, series.max() + size <= high))
        nudges.append((down, up))
        tries += [Variant({**base.givens, given: series + by}, base.starts) for by in (-down, up)]
    sides = run_variants(compile_model(model), period, scenario.paths, tries, [slot])
    if sides[0].error is not None:
        raise sides[0].error
    values = [np.nan if s.values is None else float(np.median(s.values[0, period])) for s in sides]
    pairs = zip(givens, nudges, values[1::2], values[2::2], strict=True)
    answers = [_answer(model, base, values[0], *pair) for pair in pairs]
    found = [answer for answer in answers if answer is not None]
    found.sort(key=lambda e: -round(abs(e.elasticity or 0.0), 9))
    return found, values[0], layout, period


def _answer(
    model: Model,
    base: Variant,
    level: float,
    given: int,
    moved: tuple[float, float],
    below: float,
    above: float,
) -> Elasticity | None:
    """The answer to one given; a side without a solution is left out."""
    down, up = moved
    one_sided = not (down and up and np.isfinite(below) and np.isfinite(above))
    if not np.isfinite(below):
        below, down = level, 0.0
    if not np.isfinite(above):
        above, up = level, 0.0
    if not down + up:
        return None
    slope = (above - below) / (down + up)
    start = float(np.median(np.asarray(base.givens.get(given, [model.givens[given]]))[0]))
    ratio = slope * start / level if start and level else None
    return Elasticity(model.title(given), start, slope, ratio, one_sided)


def _laid(scenario: Scenario, of: str, at: int | None) -> tuple[Layout, int, int]:
    """The scenario, the slot of the variable and the period."""
    layout, troubles = lay_out([scenario]), Troubles()
    slots = named_cells(layout.plain, of, "--of", troubles)
    if len(slots) > 1:
        what, mend = f"{of} has {len(slots)} cells", f"name one, such as {layout.plain.title(slots[0])}"
        troubles.add("S702", "--of", what, "a sweep is about one cell", mend)
    period = scenario.periods if at is None else at
    if not 1 <= period <= scenario.periods:
        what = f"there is no period {period}"
        troubles.add(
            "S702", "--at", what, f"{scenario.periods} are run", "run more periods, or name an earlier one"
        )
    troubles.raise_if_any()
    return layout, slots[0], period


def axis_of(text: str) -> Axis | None:
    """Read ``X=low:high:count``; None where it is not written so.

    Examples
    --------
    >>> axis_of("tax_rate=0.1:0.3:3")
    Axis(name='tax_rate', values=(0.1, 0.2, 0.3))
    """
    name, _, said = text.partition("=")
    parts = said.split(":")
    try:
        low, high, count = float(parts[0]), float(parts[1]), int(parts[2])
    except (ValueError, IndexError):
        return None
    if len(parts) != 3 or count < 2 or not name.strip() or not np.isfinite([low, high]).all() or low == high:
        return None
    steps = [low + (high - low) * k / (count - 1) for k in range(count)]
    return Axis(name.strip(), tuple(float(f"{x:.12g}") for x in steps))
