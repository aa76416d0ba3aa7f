"""Owns the verb that sweeps givens: a variable over a grid, or its elasticities to every given."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from typing import Any

from creditor.analysis.sweep import Axis, Elasticity, axis_of, elasticities, sweep
from creditor.errors import Troubles
from creditor.figures.bars import bars
from creditor.figures.lines import lines
from creditor.scenario.run import provenance_of
from creditor.scenario.scenario import Scenario
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.table import column, matrix
from creditor.terms.units import PERCENT
from creditor.verbs.named import title_of
from creditor.verbs.runs import PERIODS, scenario_source
from creditor.verbs.trajectories import PLAIN, plain

SHOWN = 8  # lines or bars of a picture


def model_sweep(
    name: str,
    axes: Sequence[str] = (),
    of: str = "",
    at: int | None = None,
    every: bool = False,
    **fields: Any,
) -> Answer:
    """A variable for many values of one or two givens, or its elasticities to all of them.

    Parameters
    ----------
    name : str
        A model or a scenario, as for `creditor.verbs.runs.model_run`.
    axes : sequence of str
        One or two, ``X=low:high:count``; a value holds in all periods.
    of : str
        One cell of a variable.
    at : int, optional
        Period, the last one where it is left out.
    every : bool
        Elasticities to every given instead of a grid.
    **fields
        Of a scenario, in the place of those of a file.

    Returns
    -------
    Answer
        Payload ``{"model", "variable", "period", "axes": [{"name", "values"}], "values": [[number or null]],
        "causes"}``, or ``{"model", "variable", "period", "value", "elasticities": [{"given", "value",
        "slope", "elasticity", "one_sided"}]}``.

    Raises
    ------
    InputError
        U501 for axes that cannot be read; S701, S702, E620.

    Examples
    --------
    >>> answer = model_sweep("sim", ["public_spending=20:30:3"], "wages", periods=60)
    >>> [round(row[0], 1) for row in answer.payload["values"]]
    [100.0, 125.0, 150.0]
    """
    read = _axes(axes, of, every)
    source = scenario_source(name)
    more = {key: value for key, value in fields.items() if value is not None}
    more.setdefault("periods", source.fields.get("periods", PERIODS))
    scenario = source.scenario(**more)
    return _elastic(scenario, of, at) if every else _swept(scenario, read, of, at)


def _axes(axes: Sequence[str], of: str, every: bool) -> list[Axis]:
    """Ranges as they are written; all that is asked wrongly is told at once."""
    troubles, read = Troubles(), []
    for text in axes:
        axis = axis_of(text)
        if axis is None:
            mend = "write for example tax_rate=0.1:0.3:9"
            troubles.add("U501", "sweep", f"{text[:60]!r} is not X=low:high:count", "", mend)
        else:
            read.append(axis)
    if not of:
        troubles.add("U501", "--of", "no variable is named", "", "name what is looked at: --of wages")
    if every == bool(axes) or len(axes) > 2:
        why = "either one or two givens are swept, or --all asks for elasticities"
        troubles.add(
            "U501", "sweep", f"{len(axes)} ranges are given", why, "write X=low:high:count, or --all"
        )
    troubles.raise_if_any()
    return read


def sweep_csv(answer: Answer) -> str:
    """A sweep as CSV: a column for each given and one for the variable; or a row for each given.

    Examples
    --------
    >>> print(sweep_csv(model_sweep("sim", ["tax_rate=0.2:0.25:2"], "wages", periods=2)).splitlines()[0])
    tax_rate,wages
    """
    written, payload = io.StringIO(), answer.payload
    writer = csv.writer(written, lineterminator="\n")
    if "elasticities" in payload:
        heads = ("given", "value", "slope", "elasticity", "one_sided")
        writer.writerow(heads)
        for row in payload["elasticities"]:
            writer.writerow("" if row[key] is None else row[key] for key in heads)
        return written.getvalue()
    writer.writerow([*(axis["name"] for axis in payload["axes"]), payload["variable"]])
    first, *rest = (axis["values"] for axis in payload["axes"])
    for x, row in zip(first, payload["values"], strict=True):
        for y, value in zip(rest[0] if rest else [None], row, strict=True):
            writer.writerow([x, *([y] if rest else []), "" if value is None else repr(value)])
    return written.getvalue()


def _swept(scenario: Scenario, axes: Sequence[Axis], of: str, at: int | None) -> Answer:
    """Table and picture of a grid."""
    found = sweep(scenario, axes, of, at)
    provenance = provenance_of(scenario, found.layout.prepared)
    calendar, model = found.layout.plain.calendar, found.layout.plain
    numbers = [[x if math.isfinite(x) else None for x in row] for row in found.values.tolist()]
    first, *rest = found.axes
    heads = [f"{rest[0].name} = {plain(y)}" for y in rest[0].values] if rest else [found.variable]
    rows = tuple(
        (plain(x), *(plain(value) for value in row)) for x, row in zip(first.values, numbers, strict=True)
    )
    values = tuple((x, *row) for x, row in zip(first.values, numbers, strict=True))
    when = calendar.title(found.period)
    grid = Grid("sweep", f"{found.variable} in {when}", (first.name, *heads), rows, "", values)
    cells = {
        (plain(x), head): value
        for x, row in zip(first.values, numbers, strict=True)
        for head, value in list(zip(heads, row, strict=True))[:SHOWN]
        if value is not None
    }
    points = [plain(x) for x in first.values]
    table = matrix("sweep", (first.name, "line"), points, heads[:SHOWN], cells, PLAIN)
    sentence = f"{found.variable} in {when} for {len(points)} values of {first.name}."
    drawn = lines(f"Model {model.name}: {found.variable}", sentence, f"model {model.digest}", table)
    findings = [*found.layout.prepared.findings]
    if found.causes:
        point, cause = next(iter(found.causes.items()))
        where = ", ".join(f"{axis.name} = {x:g}" for axis, x in zip(found.axes, point, strict=True))
        said = f"{len(found.causes)} of {found.values.size} points have no solution, the first at {where}."
        findings.append(Finding("warning", "sweep", said, cause))
    payload = {
        "model": model.name,
        "variable": found.variable,
        "period": found.period,
        "axes": [{"name": axis.name, "values": list(axis.values)} for axis in found.axes],
        "values": numbers,
        "causes": [{"point": list(point), "cause": cause} for point, cause in found.causes.items()],
        "certificate": found.certificate.as_dict(),
        "provenance": provenance.as_dict(),
    }
    return Answer(
        f"{title_of(scenario.model)} {sentence}",
        figures=(drawn,),
        findings=tuple(findings),
        payload=payload,
        provenance=provenance,
        title=f"Sweep of {model.name}",
        grids=(grid,),
    )


def _elastic(scenario: Scenario, of: str, at: int | None) -> Answer:
    """Table and picture of elasticities."""
    found, level, layout, period = elasticities(scenario, of, at)
    model = layout.plain
    provenance = provenance_of(scenario, layout.prepared)
    variable = of.replace(" ", "").replace(",", ", ")
    when = model.calendar.title(period)
    rows = tuple(
        (
            e.given,
            plain(e.value),
            plain(_tidy(e.slope)),
            plain(_tidy(e.elasticity)),
            "one side" if e.one_sided else "",
        )
        for e in found
    )
    values = tuple((None, e.value, e.slope, e.elasticity, None) for e in found)
    heads = ("given", "value", "slope", "elasticity", "note")
    note = "Slope: change for one unit of the given in all periods. Elasticity: per cent for one per cent."
    grid = Grid("elasticities", f"{variable} in {when}", heads, rows, note, values)
    strongest = [e for e in found if _tidy(e.elasticity)][:SHOWN]
    figures: tuple[dict[str, Any], ...] = ()
    if strongest:
        sizes = {e.given: e.elasticity for e in strongest if e.elasticity is not None}
        table = column("elasticity", "given", sizes, PERCENT)
        title = f"Model {model.name}: elasticities of {variable}"
        figures = (bars(title, f"Per cent for one per cent, in {when}.", f"model {model.digest}", table),)
    payload = {
        "model": model.name,
        "variable": variable,
        "period": period,
        "value": level,
        "elasticities": [_row(e) for e in found],
        "provenance": provenance.as_dict(),
    }
    story = f"{title_of(scenario.model)} {variable} is {plain(level)} in {when}. "
    if strongest:
        story += (
            f"It answers {strongest[0].given} most: {plain(_tidy(strongest[0].elasticity))} per cent for one."
        )
    return Answer(
        story.strip(),
        figures=figures,
        findings=layout.prepared.findings,
        payload=payload,
        provenance=provenance,
        title=f"Elasticities of {variable}",
        grids=(grid,),
    )


def _tidy(value: float | None) -> float | None:
    """Rounded to what a difference of a thousandth can tell."""
    return None if value is None else float(f"{value:.5g}") if abs(value) > 1e-9 else 0.0


def _row(e: Elasticity) -> dict[str, Any]:
    """One given for JSON."""
    return {
        "given": e.given,
        "value": e.value,
        "slope": e.slope,
        "elasticity": e.elasticity,
        "one_sided": e.one_sided,
    }
