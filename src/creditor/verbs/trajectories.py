"""Owns the trajectories of a run: values by period for payloads, tables, pictures and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.equations.model import Model
from creditor.errors import InputError, Trouble
from creditor.figures.lines import lines
from creditor.scenario.run import Run
from creditor.terms.answer import Grid
from creditor.terms.suggest import mend_with
from creditor.terms.table import matrix
from creditor.terms.units import Unit
from creditor.verbs.choice import choose, reported, units_of

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Values = dict[str, list[float | None]]  # by period from 0, None where absent
PLAIN = Unit("count", "model units")
QUANTILES = (0.05, 0.25, 0.75, 0.95)
SHOWN = 6  # variables in a message


def trajectories(run: Run) -> Values:
    """Values of every variable by period, None where absent; medians where there are several paths.

    Examples
    --------
    >>> from creditor.scenario.run import run_scenario
    >>> from creditor.scenario.scenario import make_scenario
    >>> trajectories(run_scenario(make_scenario(model="sim", periods=1)))["money"]
    [80.0, 80.0]
    """
    return _over(run, 0.5)


def quantiles(run: Run) -> dict[str, Values]:
    """Quantiles over paths of every variable by period."""
    return {f"{q:g}": _over(run, q) for q in QUANTILES}


def differences(one: Run, other: Run, share: float = 0.5) -> Values:
    """Second less first of two runs of one model; a quantile over paths, which share their draws.

    Raises
    ------
    InputError
        S702 where the runs have different numbers of periods or paths, or keep different variables.
    """
    first, second = one.result.values, other.result.values
    if one.shown != other.shown:
        kept = [", ".join(map(run.model.title, run.shown[:SHOWN])) for run in (one, other)]
        mend = "keep the same variables of both"
        raise InputError(Trouble("S702", "compare", " against ".join(kept), "", mend))
    if first.shape != second.shape:
        shapes = [f"{values.shape[1] - 1} periods on {values.shape[2]} paths" for values in (first, second)]
        mend = "give both the same periods and paths"
        raise InputError(Trouble("S702", "compare", " against ".join(shapes), "", mend))
    return _at(other, second - first, share)


def _over(run: Run, share: float) -> Values:
    """A quantile over paths: from the statistics of a run, which may no longer have the paths."""
    if run.statistics is None:
        return _at(run, run.result.values, share)
    return titled(run, run.statistics.quantiles[share])


def _at(run: Run, values: Floats, share: float) -> Values:
    """The shown variables of a run by title; what is stored besides is left out."""
    stored = run.result.kept
    row_of = {slot: row for row, slot in enumerate(range(len(values)) if stored is None else stored)}
    wanted = values[[row_of[slot] for slot in run.shown]]
    columns = wanted[:, :, 0] if values.shape[2] == 1 else np.quantile(wanted, share, axis=2)
    return titled(run, columns)


def titled(run: Run, columns: Floats) -> Values:
    """An array [variable shown, period] by title, None where a value is absent.

    Examples
    --------
    >>> from creditor.scenario.run import run_scenario
    >>> from creditor.scenario.scenario import make_scenario
    >>> run = run_scenario(make_scenario(model="sim", periods=1, paths=2))
    >>> titled(run, run.statistics.low)["money"]
    [80.0, 80.0]
    """
    found = np.where(np.isfinite(columns), columns, np.nan).tolist()
    titles = map(run.model.title, run.shown)
    return {title: [x if x == x else None for x in row] for title, row in zip(titles, found, strict=True)}


def shown(
    values: Values, wanted: Sequence[str] = (), model: Model | None = None, by_size: bool = False
) -> list[str]:
    """Variables to show: those asked for, or those that `creditor.verbs.choice.choose` takes.

    Parameters
    ----------
    values : mapping of name to values by period
    wanted : sequence of str
        Names as they are written; spaces do not count.
    model : Model, optional
        Its units keep variables of different kinds out of one picture, and its reports come first.
    by_size : bool
        Take the largest instead of what moves most.

    Raises
    ------
    InputError
        S702 for each name that the run does not have, with the nearest ones.

    Examples
    --------
    >>> shown({"a": [1.0, 2.0], "b": [3.0, 3.0]}, ["b"])
    ['b']
    """
    names = {name.replace(" ", ""): name for name in values}
    written = [name.replace(" ", "") for name in wanted]
    troubles = [
        Trouble("S702", "--show", f"the run has no variable {name!r}", "", mend_with(name, values))
        for name, plain in zip(wanted, written, strict=True)
        if plain not in names
    ]
    if troubles:
        raise InputError(troubles)
    if wanted:
        return list(dict.fromkeys(names[plain] for plain in written))
    if model is None:
        return choose(values, by_size=by_size)
    return choose(values, units_of(model), reported(model, values), by_size)


def dates_of(run: Run) -> list[str]:
    """The date of each period from 0; nothing where the model has no dates.

    Examples
    --------
    >>> from creditor.scenario.run import run_scenario
    >>> from creditor.scenario.scenario import make_scenario
    >>> dates_of(run_scenario(make_scenario(model="sim", periods=1)))
    []
    """
    dates = [run.model.calendar.date(period) for period in range(run.scenario.periods + 1)]
    return dates if all(dates) else []


def ends(values: Values, names: Sequence[str], periods: int, dates: Sequence[str] = ()) -> Grid:
    """A few periods of some variables as words.

    Examples
    --------
    >>> ends({"a": [None, 2.0]}, ["a"], 1).rows
    (('a', '–', '2'),)
    """
    picks = sorted({t for t in (0, 1, 2, periods // 4, periods // 2, periods) if t <= periods})
    rows = tuple((name, *(plain(values[name][t]) for t in picks)) for name in names)
    numbers = tuple((None, *(values[name][t] for t in picks)) for name in names)
    heads = ("variable", *(f"{t} ({dates[t]})" if dates else f"period {t}" for t in picks))
    return Grid("run", "Values", heads, rows, values=numbers)


def unit_of(run: Run, names: Sequence[str]) -> Unit:
    """The money of the figures that a run was opened with, where all variables shown are amounts of money.

    Without figures, with several moneys or with rates among the variables the unit is that of the model.

    Examples
    --------
    >>> from creditor.scenario.run import run_scenario
    >>> from creditor.scenario.scenario import make_scenario
    >>> str(unit_of(run_scenario(make_scenario(model="sim", periods=1)), ["money"]))
    'model units'
    """
    if run.bound is None:
        return PLAIN
    units = (value.unit for value in run.bound.values)
    moneys = {replace(unit, per="") for unit in units if unit.measure == "money"}
    kinds = units_of(run.model)
    told = len(moneys) == 1 and all(kinds.get(name) == "money" for name in names)
    return moneys.pop() if told else PLAIN


def picture(
    title: str,
    sentence: str,
    source: str,
    values: Values,
    names: Sequence[str],
    periods: int,
    dates: Sequence[str] = (),
    unit: Unit = PLAIN,
) -> dict[str, Any]:
    """Some variables as lines over the periods, or over their dates."""
    labels = list(dates) or [str(period) for period in range(periods + 1)]
    cells = {(labels[t], v): x for v in names for t, x in enumerate(values[v]) if x is not None}
    table = matrix("run", ("period", "variable"), labels, names, cells, unit)
    return lines(title, sentence, source, table)


def values_csv(values: Mapping[str, Sequence[float | None]], dates: Sequence[str] = ()) -> str:
    """Values as CSV: ``t`` and a column per variable, full precision, row 0 the opening, absent ones empty.

    Where the model has dates, the column ``date`` stands beside ``t``.

    Raises
    ------
    InputError
        U501 where a variable has the name of one of these columns.

    Examples
    --------
    >>> print(values_csv({"a": [None, 0.1], "b[x, y]": [1.0, 2.0]}), end="")
    t,a,"b[x, y]"
    0,,1.0
    1,0.1,2.0
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(header(["t", *(["date"] if dates else [])], values, "--out"))
    for t, row in enumerate(zip(*values.values(), strict=True)):
        writer.writerow([t, *dates[t : t + 1], *("" if value is None else repr(value) for value in row)])
    return written.getvalue()


def header(counted: Sequence[str], names: Collection[str], option: str) -> list[str]:
    """The first row of a CSV: the columns that number the rows, and the variables.

    Raises
    ------
    InputError
        U501 where a variable is called as one of those columns, so that no reader could tell them apart.

    Examples
    --------
    >>> header(["t"], ["a", "T"], "--out")
    ['t', 'a', 'T']
    """
    same = [name for name in names if name in counted]
    if same:
        what = f"a variable is called {same[0]!r}, as the column that numbers the rows of a CSV"
        raise InputError(
            Trouble("U501", option, what, "", "name it otherwise, or write another kind of file")
        )
    return [*counted, *names]


def plain(value: float | None) -> str:
    """A number in model units as words; a dash where it is absent.

    Examples
    --------
    >>> plain(-1234.5678), plain(None)
    ('−1,234.57', '–')
    """
    return "–" if value is None else f"{value:,.6g}".replace("-", "−", 1 if value < 0 else 0)
