"""Owns the verb that fits givens to series: parameters and equations, with grade and source."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from creditor.analysis.fit import Fit, fit
from creditor.analysis.least_squares import Method
from creditor.errors import InputError, Trouble
from creditor.figures.lines import lines
from creditor.scenario.columns import observed_columns
from creditor.scenario.run import provenance_of
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.table import matrix
from creditor.verbs.named import title_of
from creditor.verbs.runs import scenario_source
from creditor.verbs.trajectories import PLAIN, plain

METHODS = {"ls": "least squares", "ml": "maximum likelihood"}
KINDS = {"one-step": "one-step-ahead errors", "simulation": "errors of whole runs"}


def model_fit(
    name: str,
    series: str | Path | Mapping[str, Sequence[float | None]],
    free: Sequence[str],
    method: str = "ls",
    errors: str = "one-step",
    economies: Sequence[str] = (),
    source: str = "",
) -> Answer:
    """Fit givens of a model to observed series.

    Parameters
    ----------
    name : str
        A model or a scenario.
    series : path or mapping of name to numbers
        A CSV with a column for each observed variable or given, or the columns; None where nothing was seen.
    free : sequence of str
        Givens to fit.
    method : {"ls", "ml"}
    errors : {"one-step", "simulation"}
    economies : sequence of str
    source : str
        Whose figures the series are; by default the line ``# source ...`` of the file, or its name.

    Returns
    -------
    Answer
        Payload ``{"model", "method", "errors", "observations", "log_likelihood", "parameters": [{"name",
        "value", "standard_error", "t", "before", "at_bound", "grade", "source"}], "covariance",
        "equations", "left_out", "series", "provenance"}``.

    Raises
    ------
    InputError, NoSolutionError

    Examples
    --------
    >>> seen = {"taxes": [20.0, 21.0, 22.0, 26.0], "wages": [100.0, 104.0, 112.0, 128.0]}
    >>> model_fit("sim", seen, ["tax_rate"]).grids[0].rows[0][:2]
    ('tax_rate', '0.200684')
    """
    for word, said, known in (("--method", method, METHODS), ("--errors", errors, KINDS)):
        if said not in known:
            raise InputError(Trouble("U501", word, f"no {said!r}", "", f"use {' or '.join(known)}"))
    columns, said_source, comment = _columns(series)
    told = source or comment or said_source["name"]
    scenario = scenario_source(name).scenario(**({"economies": tuple(economies)} if economies else {}))
    way: Method = "ml" if method == "ml" else "ls"
    found = fit(scenario, columns, free, way, "simulation" if errors == "simulation" else "one-step")
    provenance = provenance_of(scenario, found.layout.prepared)
    return Answer(
        f"{title_of(scenario.model)} {_story(found)} Grade B: computed from {told}.",
        payload=_payload(found, told, said_source) | {"provenance": provenance.as_dict()},
        provenance=provenance,
        findings=(*found.layout.prepared.findings, *_findings(found)),
        title=f"Fit of {found.layout.plain.name}",
        figures=(_picture(found, told),),
        grids=(_parameters(found, told), _equations(found)),
    )


def _columns(
    series: str | Path | Mapping[str, Sequence[float | None]],
) -> tuple[dict[str, list[float | None]], dict[str, str], str]:
    """Columns, what they are called, and whose figures they say they are."""
    if not isinstance(series, str | Path):
        return {title: list(column) for title, column in series.items()}, {"name": "columns"}, ""
    columns, comment = observed_columns(str(series))
    digest = hashlib.sha256(Path(series).read_bytes()).hexdigest()[:16]
    return columns, {"name": Path(series).name, "hash": digest}, comment


def _story(found: Fit) -> str:
    count = len(found.equations)
    return (
        f"{METHODS[found.method].capitalize()} of {KINDS[found.errors]}: {found.count} observations of "
        f"{count} equation{'s' if count > 1 else ''}, log likelihood {plain(found.estimate.likelihood)}."
    )


def fit_csv(answer: Answer) -> str:
    """The parameters as CSV, with full precision.

    Examples
    --------
    >>> seen = {"taxes": [20.0, 21.0, 22.0, 26.0], "wages": [100.0, 104.0, 112.0, 128.0]}
    >>> fit_csv(model_fit("sim", seen, ["tax_rate"])).splitlines()[0]
    'name,value,standard_error,t,before,at_bound,grade,source'
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    heads = ("name", "value", "standard_error", "t", "before", "at_bound", "grade", "source")
    writer.writerow(heads)
    for row in answer.payload["parameters"]:
        writer.writerow("" if row.get(key) is None else row[key] for key in heads)
    return written.getvalue()


def _rows(found: Fit, source: str) -> list[dict[str, Any]]:
    """One row for each parameter; a parameter at its bound has no standard error."""
    rows = []
    parts = zip(
        found.free,
        found.estimate.values.tolist(),
        found.estimate.standard_errors.tolist(),
        found.before,
        found.estimate.at_bound.tolist(),
        strict=True,
    )
    for title, value, error, before, at_bound in parts:
        free = not at_bound and error > 0
        row = {"name": title, "value": value, "standard_error": error if free else None}
        row |= {"t": value / error if free else None, "before": before, "at_bound": at_bound}
        rows.append(row | {"grade": "B", "source": source})
    return rows


def _parameters(found: Fit, source: str) -> Grid:
    """Parameters as words."""
    rows, numbers = [], []
    for row in _rows(found, source):
        note = "at its bound" if row["at_bound"] else ""
        shown = [row[key] for key in ("value", "standard_error", "t", "before")]
        rows.append((row["name"], *map(plain, shown), "B", note))
        numbers.append((None, *shown, None, None))
    heads = ("given", "estimate", "standard error", "t", "before", "grade", "note")
    return Grid("parameters", "Parameters", heads, tuple(rows), f"Source: {source}.", tuple(numbers))


def _equations(found: Fit) -> Grid:
    """How well each equation fits, as words."""
    rows, numbers = [], []
    for one in found.equations:
        shown = (one.deviation, one.r_squared, one.durbin_watson)
        rows.append((one.variable, str(one.count), *map(plain, shown)))
        numbers.append((None, float(one.count), *shown))
    heads = ("equation", "observations", "standard error", "R squared", "Durbin-Watson")
    return Grid("equations", "Equations", heads, tuple(rows), "", tuple(numbers))


def _picture(found: Fit, source: str) -> dict[str, Any]:
    """Observed and computed values of the first equation, over its observations."""
    observed, errors = found.observed[0], found.estimate.errors[0]
    labels = [str(number) for number in range(1, len(observed) + 1)]
    columns = {"observed": observed.tolist(), "computed": (observed - errors).tolist()}
    cells = {(label, name): x for name, row in columns.items() for label, x in zip(labels, row, strict=True)}
    table = matrix("fit", ("observation", "line"), labels, list(columns), cells, PLAIN)
    title = f"Model {found.layout.plain.name}: {found.equations[0].variable}"
    return lines(title, "Observed, and computed with the estimates.", source, table)


def _findings(found: Fit) -> list[Finding]:
    """Equations that are left out, and parameters at a bound."""
    told = [
        Finding("note", f"equation {title}", f"The equation for {title} is not used: {why}.")
        for title, why in found.left_out.items()
    ]
    for title, at_bound in zip(found.free, found.estimate.at_bound.tolist(), strict=True):
        if at_bound:
            said = f"{title} stands at its bound, so it has no standard error."
            told.append(
                Finding("warning", title, said, mend="see whether the bound or the equation is right")
            )
    return told


def _payload(found: Fit, source: str, series: Mapping[str, str]) -> dict[str, Any]:
    """The fit for programs."""
    return {
        "model": found.layout.plain.name,
        "method": found.method,
        "errors": found.errors,
        "observations": found.count,
        "log_likelihood": found.estimate.likelihood,
        "parameters": _rows(found, source),
        "covariance": found.estimate.covariance.tolist(),
        "equations": [
            {
                "variable": one.variable,
                "observations": one.count,
                "standard_error": one.deviation,
                "r_squared": one.r_squared,
                "durbin_watson": one.durbin_watson,
            }
            for one in found.equations
        ],
        "left_out": dict(found.left_out),
        "series": {**series, "rows": found.rows, "source": source},
    }
