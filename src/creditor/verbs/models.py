"""Owns the verbs of models: list, show, check, run, compare, explain."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from creditor.equations.explain import blocks_grid, equations_grid, explain
from creditor.equations.load import find_model, load_model, model_names
from creditor.equations.matrices import balance_sheet, transactions
from creditor.equations.order import order
from creditor.equations.parse import read_model_text
from creditor.errors import CreditorError, InputError, Trouble
from creditor.figures.lines import lines
from creditor.scenario.run import Run, run_scenario
from creditor.scenario.scenario import make_scenario
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance
from creditor.terms.suggest import mend_with
from creditor.terms.table import matrix
from creditor.terms.units import Unit

PLAIN = Unit("count", "model units")
QUANTILES = (0.05, 0.25, 0.75, 0.95)
SHOWN = 6  # variables in a picture where none are named


def model_list() -> Answer:
    """List the models of the library.

    Returns
    -------
    Answer
        Payload ``{"models": [{"name", "title", "sectors", "equations", "blocks"}]}``.

    Examples
    --------
    >>> "sim" in [entry["name"] for entry in model_list().payload["models"]]
    True
    """
    entries = []
    for name in model_names():
        model = load_model(name)
        blocks = [len(step.slots) + len(step.tears) for step in order(model) if step.is_block]
        entries.append(
            {
                "name": name,
                "title": _title(name),
                "sectors": len(model.sectors),
                "equations": len(model.variables),
                "blocks": blocks,
            }
        )
    rows = tuple(
        (
            e["name"],
            e["title"],
            str(e["sectors"]),
            str(e["equations"]),
            ", ".join(map(str, e["blocks"])) or "none",
        )
        for e in entries
    )
    grid = Grid(
        "models", "Models", ("name", "what it is", "sectors", "equations", "simultaneous blocks"), rows
    )
    return Answer(f"{len(entries)} models in the library.", payload={"models": entries}, grids=(grid,))


def model_show(name: str, matrices: bool = False, latex: bool = False, blocks: bool = False) -> Answer:
    """Show a model: its equations, and on request its matrices, its order of solution, its equations as LaTeX.

    Parameters
    ----------
    name : str
        Name in the library, or path of a file.
    matrices, latex, blocks : bool
        What to show; the equations where nothing is asked for.

    Returns
    -------
    Answer
        Payload ``{"name", "model_hash", grid name: {"columns", "rows"}}``.

    Examples
    --------
    >>> model_show("sim", matrices=True).grids[0].title
    'Balance sheet'
    """
    model = load_model(name)
    grids: list[Grid] = []
    if matrices:
        grids += [balance_sheet(model), transactions(model)]
    if blocks:
        grids.append(blocks_grid(model))
    if latex or not grids:
        grids.append(equations_grid(model, latex))
    payload: dict[str, Any] = {"name": model.name, "model_hash": model.digest}
    payload |= {
        grid.name: {"columns": list(grid.columns), "rows": [list(row) for row in grid.rows]} for grid in grids
    }
    story = f"{_title(name)} {len(model.sectors)} sectors, {len(model.variables)} equations; "
    story += f"settled by the budgets: {', '.join(model.settled.values()) or 'nothing'}."
    return Answer(
        story,
        payload=payload,
        grids=tuple(grids),
        provenance=Provenance(model_hash=model.digest),
        title=model.name,
    )


def model_check(path: str) -> Answer:
    """Check a model text: what is wrong, all at once, and what an extension replaced.

    Returns
    -------
    Answer
        Exit code 1 where there is a fault.

    Examples
    --------
    >>> model_check("pc").exit_code
    0
    """
    findings: list[Finding] = []
    try:
        model = load_model(path)
        run = run_scenario(make_scenario(model=path, periods=1))
    except CreditorError as error:
        found = [Finding("fault", t.where, t.what, t.why, t.mend, t.code) for t in error.troubles]
        payload = {"path": Path(path).name, "faults": len(found), "findings": [f.as_dict() for f in found]}
        return Answer(
            f"{Path(path).name}: {len(found)} faults.", findings=tuple(found), payload=payload, exit_code=1
        )
    findings += run.findings
    for text in model.draft.replaced:
        findings.append(Finding("note", model.name, f"Replaced: {text}."))
    story = f"{model.name}: {len(model.sectors)} sectors, {len(model.variables)} equations, "
    story += f"{len(model.settled)} settled by the budgets; the first period is solved and the books balance."
    payload = {"path": Path(path).name, "faults": 0, "findings": [f.as_dict() for f in findings]}
    return Answer(
        story, findings=tuple(findings), payload=payload, provenance=Provenance(model_hash=model.digest)
    )


def model_run(
    name: str,
    periods: int = 60,
    changes: Sequence[Mapping[str, Any]] = (),
    start: Mapping[str, float] | None = None,
    series: Mapping[str, Sequence[float]] | None = None,
    variables: Sequence[str] = (),
    paths: int = 1,
    seed: int = 0,
    draws: Sequence[Mapping[str, Any]] = (),
) -> Answer:
    """Run a model.

    Parameters
    ----------
    name : str
        Name in the library, or path of a file.
    periods : int
    changes : sequence of mapping
        ``{"name", "value", "from", "to"}`` for givens.
    start, series : mappings
        Openings by cell, and series of givens from period 1.
    variables : sequence of str
        What the picture and the table show; by default the largest few.
    paths, seed : int
        Number of paths, and seed of the draws.
    draws : sequence of mapping
        ``{"name", "distribution", "parameters"}``: numbers added to a given, independently each period.

    Returns
    -------
    Answer
        Payload ``{"model", "periods", "variables": {name: [values from period 0, null where absent]}, "certificate"}``;
        with several paths ``variables`` are medians and ``quantiles`` holds 5, 25, 75 and 95 per cent.

    Raises
    ------
    InputError, NoSolutionError

    Examples
    --------
    >>> answer = model_run("sim", periods=3)
    >>> answer.payload["variables"]["money"][3]
    80.0
    """
    scenario = make_scenario(
        model=name,
        periods=periods,
        paths=paths,
        seed=seed,
        set=tuple(changes),
        draw=tuple(draws),
        start=dict(start or {}),
        series=dict(series or {}),
    )
    run = run_scenario(scenario)
    values = trajectories(run)
    shown = _shown(values, variables)
    labels = [str(period) for period in range(periods + 1)]
    cells = {(labels[t], v): x for v in shown for t, x in enumerate(values[v]) if x is not None}
    table = matrix("run", ("period", "variable"), labels, shown, cells, PLAIN)
    certificate = run.result.certificate
    story = f"{_title(name)} {periods} periods. Largest residual {certificate.residual:.1e}, books to {certificate.books:.1e}."
    figure = lines(
        f"Model {run.model.name}",
        f"{', '.join(shown)} over {periods} periods.",
        f"model {run.model.digest}",
        table,
    )
    payload = {
        "model": run.model.name,
        "periods": periods,
        "variables": values,
        "certificate": certificate.as_dict(),
        "findings": [finding.as_dict() for finding in run.findings],
        "provenance": run.provenance.as_dict(),
    }
    grid = _ends(values, shown, periods)
    return Answer(
        story,
        (),
        (figure,),
        (),
        payload,
        run.provenance,
        certificate.as_dict(),
        run.model.name,
        grids=(grid,),
    )


def model_compare(
    name: str, first: Sequence[Mapping[str, Any]], second: Sequence[Mapping[str, Any]], periods: int = 60
) -> Answer:
    """Run a model twice and show the difference, second less first.

    Examples
    --------
    >>> rise = [{"name": "public_spending", "value": 25.0, "from": 1}]
    >>> round(model_compare("sim", [], rise, 60).payload["difference"]["wages"][60], 3)
    25.0
    """
    one = trajectories(run_scenario(make_scenario(model=name, periods=periods, set=tuple(first))))
    run = run_scenario(make_scenario(model=name, periods=periods, set=tuple(second)))
    other = trajectories(run)
    difference = {
        v: [None if a is None or b is None else b - a for a, b in zip(one[v], other[v], strict=True)]
        for v in one
    }
    shown = _shown(difference, ())
    labels = [str(period) for period in range(periods + 1)]
    cells = {(labels[t], v): x for v in shown for t, x in enumerate(difference[v]) if x is not None}
    table = matrix("difference", ("period", "variable"), labels, shown, cells, PLAIN)
    figure = lines(
        f"Model {name}: second less first", "What the change does.", f"model {run.model.digest}", table
    )
    payload = {"model": name, "periods": periods, "first": one, "second": other, "difference": difference}
    grid = _ends(difference, shown, periods)
    return Answer(
        f"{_title(name)} Second run less first.", (), (figure,), (), payload, run.provenance, grids=(grid,)
    )


def model_explain(name: str, variable: str) -> Answer:
    """Say what decides a variable, what it reads, who reads it and how it is solved.

    Raises
    ------
    InputError
        S702 with the nearest names.

    Examples
    --------
    >>> dict(model_explain("sim", "taxes").grids[0].rows)["equation"]
    'taxes = tax_rate * wages'
    """
    model = load_model(name)
    titles = {model.title(slot): slot for slot in (*model.variables, *model.givens)}
    wanted = variable.replace(" ", "").replace(",", ", ")
    if wanted not in titles:
        raise InputError(
            Trouble(
                "S702", variable, f"no variable {variable!r} in {model.name}", "", mend_with(wanted, titles)
            )
        )
    grid = explain(model, titles[wanted])
    return Answer(
        dict(grid.rows).get("equation", grid.title),
        payload={"variable": wanted, **dict(grid.rows)},
        grids=(grid,),
    )


def trajectories(run: Run) -> dict[str, list[float | None]]:
    """Values of every variable by period, None where absent; medians where there are several paths."""
    return _at(run, 0.5)


def quantiles(run: Run) -> dict[str, dict[str, list[float | None]]]:
    """Quantiles over paths of every variable by period."""
    return {f"{q:g}": _at(run, q) for q in QUANTILES}


def _at(run: Run, share: float) -> dict[str, list[float | None]]:
    values = run.result.values
    columns = values[:, :, 0] if values.shape[2] == 1 else np.quantile(values, share, axis=2)
    return {run.model.title(slot): [float(x) if math.isfinite(x) else None for x in columns[slot]] for slot in run.model.variables}


def run_csv(answer: Answer) -> str:
    """A run as CSV: ``t`` and a column per variable, full precision, row 0 the opening.

    Examples
    --------
    >>> run_csv(model_run("sim", periods=1)).splitlines()[0][:8]
    't,money,'
    """
    values = answer.payload["variables"]
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["t", *values])
    for t in range(int(answer.payload["periods"]) + 1):
        writer.writerow([t, *("" if column[t] is None else repr(column[t]) for column in values.values())])
    return written.getvalue()


def _shown(values: Mapping[str, Sequence[float | None]], wanted: Sequence[str]) -> list[str]:
    """Variables to show: those asked for, or the largest at the end, derived ones last."""
    for name in wanted:
        if name not in values:
            raise InputError(
                Trouble("S702", "--show", f"the run has no variable {name!r}", "", mend_with(name, values))
            )
    if wanted:
        return list(wanted)
    size = {
        name: max((abs(x) for x in column if x is not None), default=0.0) for name, column in values.items()
    }
    plain = [name for name in values if not name.startswith(("net_worth[", "saving["))] or list(values)
    return sorted(plain, key=lambda name: -size[name])[:SHOWN]


def _ends(values: Mapping[str, Sequence[float | None]], shown: Sequence[str], periods: int) -> Grid:
    picks = sorted({0, 1, 2, periods // 4, periods // 2, periods})
    rows = tuple((name, *(_number(values[name][t]) for t in picks)) for name in shown)
    return Grid("run", "Values", ("variable", *(f"period {t}" for t in picks)), rows)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.6g}"


def _title(name: str) -> str:
    """First comment line of a model text."""
    for line in read_model_text(find_model(name)).splitlines():
        if line.startswith("#"):
            text = line.lstrip("# ").strip()
            return text if text.endswith(".") else text + "."
    return f"Model {name}."
