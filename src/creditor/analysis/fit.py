"""Owns the fit of a model's givens to observed series: parameters, and how well equations fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from creditor.analysis.least_squares import Estimate, Method, estimate
from creditor.analysis.one_step import OneStep
from creditor.analysis.simulated import Simulated
from creditor.equations.model import Model
from creditor.errors import InputError, Trouble, Troubles
from creditor.scenario.cells import given_cells
from creditor.scenario.kept import named_cells
from creditor.scenario.layout import Layout, lay_out
from creditor.scenario.scenario import Scenario

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Kind = Literal["one-step", "simulation"]
BARE = {"set": (), "regime": (), "draw": (), "series": {}, "periods": 1}  # of a scenario: nothing changes


@dataclass(frozen=True)
class Fitted:
    """How one equation fits.

    Parameters
    ----------
    variable : str
    count : int
        Observations.
    deviation : float
        Standard error: the root of the sum of squared errors over observations less parameters.
    r_squared : float or None
        Share of the left side's variance about its mean; None where it does not vary.
    durbin_watson : float or None
        Near 2 where errors do not follow each other; None with gaps or fewer than two errors.
    """

    variable: str
    count: int
    deviation: float
    r_squared: float | None
    durbin_watson: float | None


@dataclass(frozen=True)
class Fit:
    """Parameters that fit series.

    Parameters
    ----------
    free : tuple of str
    before : tuple of float
        Where the givens stood.
    estimate : Estimate
    equations : tuple of Fitted
    observed : tuple of array [observation]
        Left sides of the equations; less the errors of the estimate they are what the equations say.
    left_out : dict of str to str
        Equations that cannot be used, and why.
    method : str
    errors : str
    rows : int
    layout : Layout
    """

    free: tuple[str, ...]
    before: tuple[float, ...]
    estimate: Estimate
    equations: tuple[Fitted, ...]
    observed: tuple[Floats, ...]
    left_out: dict[str, str]
    method: Method
    errors: Kind
    rows: int
    layout: Layout

    @property
    def count(self) -> int:
        """Observations of all equations."""
        return sum(equation.count for equation in self.equations)


def fit(
    scenario: Scenario,
    columns: Mapping[str, Sequence[float | None]],
    free: Sequence[str],
    method: Method = "ls",
    errors: Kind = "one-step",
) -> Fit:
    """Fit givens of a model to series.

    Parameters
    ----------
    scenario : Scenario
        The model; its changes and draws do not count, openings do for simulation errors.
    columns : mapping of name to numbers
        Observed variables and givens by row; None where nothing was observed. The first row is yesterday's of
        the second.
    free : sequence of str
        Givens to fit, within their bounds; a name without brackets stands for all of its cells.
    method : {"ls", "ml"}
        Least squares, or maximum likelihood of normal errors.
    errors : {"one-step", "simulation"}
        Of each equation from observed values, or of whole runs from the first row.

    Raises
    ------
    InputError
        S702 for names; S714 where no equation can be used, or the series do not decide the parameters.
    NoSolutionError
        S715 where the search does not settle.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> seen = {"taxes": [20.0, 21.0, 22.0, 26.0], "wages": [100.0, 104.0, 112.0, 128.0]}
    >>> found = fit(make_scenario(model="sim"), seen, ["tax_rate"])
    >>> round(float(found.estimate.values[0]), 6)
    0.200684
    """
    layout = lay_out([scenario.model_copy(update=BARE)])
    model = layout.plain
    series, slots = _named(model, columns, free)
    problem = OneStep(model, series, slots) if errors == "one-step" else Simulated(model, series, slots)
    observed = _observed(problem)
    left_out = problem.left_out if isinstance(problem, OneStep) else {}
    if not observed:
        raise _nothing(model, free, left_out)
    scales = [float(np.std(column)) or 1.0 for column in observed.values()]
    bounds = np.array([model.bounds.get(slot, (-np.inf, np.inf)) for slot in slots])
    start = np.array([model.givens[slot] for slot in slots])
    names = tuple(model.title(slot) for slot in slots)
    found = estimate(problem, start, bounds[:, 0], bounds[:, 1], names, method, scales)
    equations = tuple(
        _fitted(model.title(slot), column, e, degree, whole)
        for (slot, column), e, degree, whole in zip(
            observed.items(), found.errors, found.degrees, _whole(problem), strict=True
        )
    )
    rows = max(len(column) for column in columns.values())
    told, seen = {model.title(slot): why for slot, why in left_out.items()}, tuple(observed.values())
    return Fit(names, tuple(start.tolist()), found, equations, seen, told, method, errors, rows, layout)


def _named(
    model: Model, columns: Mapping[str, Sequence[float | None]], free: Sequence[str]
) -> tuple[dict[int, Floats], list[int]]:
    """Columns and free givens by slot."""
    troubles = Troubles()
    series: dict[int, Floats] = {}
    for name, column in columns.items():
        slots = named_cells(model, name, f"column {name}", troubles)
        if len(slots) > 1:
            what, mend = f"{name} has {len(slots)} cells", f"write one, such as {model.title(slots[0])}"
            troubles.add("S702", f"column {name}", what, "a column is about one cell", mend)
        numbers = np.array([np.nan if x is None else x for x in column], dtype=float)
        series |= dict.fromkeys(slots[:1], numbers)
    slots = [slot for name in free for slot in given_cells(model, name, "--free", troubles)]
    for slot in slots:
        if slots.count(slot) > 1 or slot in series:
            what = f"{model.title(slot)} is {'observed' if slot in series else 'named twice'}"
            troubles.add("S714", "--free", what, "it cannot be fitted as well", "leave it out of one of them")
            break
    if not free:
        troubles.add("S714", "--free", "nothing is free", "", "name the givens to fit: --free tax_rate")
    if not columns:
        troubles.add(
            "S714", "--series", "there are no columns", "", "give a column for each observed variable"
        )
    gaps = [
        model.title(slot) for slot in series if slot in model.givens and not np.isfinite(series[slot]).all()
    ]
    if gaps:
        what, why = f"{', '.join(gaps)} has rows without a number", "unknown is absent, never zero"
        troubles.add("S714", "--series", what, why, "fill the rows, or leave the column out")
    troubles.raise_if_any()
    return series, slots


def _observed(problem: OneStep | Simulated) -> dict[int, Floats]:
    """Left sides that are observed, where they are."""
    if isinstance(problem, OneStep):
        return {used.slot: used.observed[used.finite] for used in problem.used}
    return {slot: column[np.isfinite(column)] for slot, column in problem.watched.items()}


def _whole(problem: OneStep | Simulated) -> list[bool]:
    """Which equations have an error in each row from the first to the last that they have."""
    if isinstance(problem, OneStep):
        flags = [used.finite for used in problem.used]
    else:
        flags = [np.isfinite(column) for column in problem.watched.values()]
    return [bool(one[one.argmax() : len(one) - one[::-1].argmax()].all()) for one in flags]


def _fitted(title: str, column: Floats, errors: Floats, degree: int, whole: bool) -> Fitted:
    """Measures of one equation."""
    squares, about = float(errors @ errors), float(np.sum((column - column.mean()) ** 2))
    follow = float(np.sum(np.diff(errors) ** 2)) / squares if whole and len(errors) > 1 and squares else None
    deviation = float(np.sqrt(squares / max(degree, 1)))
    return Fitted(title, len(errors), deviation, 1 - squares / about if about else None, follow)


def _nothing(model: Model, free: Sequence[str], left_out: Mapping[int, str]) -> InputError:
    """What is said where no equation can be used."""
    what = f"no equation whose left side is observed reads {', '.join(free)} and observed values only"
    reasons = [f"{model.title(slot)}: {why}" for slot, why in list(left_out.items())[:3]]
    readers = "give the left side of an equation that reads it, and what else that reads, as columns"
    return InputError(Trouble("S714", "--series", what, "; ".join(reasons), readers))
