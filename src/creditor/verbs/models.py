"""Owns the verbs that work on models: list, check, run, compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from creditor.equations.load import find_model, load_model, model_names
from creditor.equations.order import order
from creditor.equations.remarks import remarks
from creditor.equations.units import infer_units
from creditor.errors import CreditorError, Troubles
from creditor.scenario.run import Run, run_scenario
from creditor.scenario.scenario import make_scenario
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance
from creditor.verbs.named import title_of
from creditor.verbs.trajectories import (
    dates_of,
    differences,
    ends,
    picture,
    quantiles,
    shown,
    trajectories,
    values_csv,
)

Changes = Sequence[Mapping[str, Any]] | Mapping[str, Any]  # changes of givens, or fields of a scenario


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
    entries: list[dict[str, Any]] = []
    rows = []
    for name in model_names():
        model = load_model(name)
        blocks = [len(step.slots) + len(step.tears) for step in order(model) if step.is_block]
        counts = {"sectors": len(model.sectors), "equations": len(model.variables)}
        entries.append({"name": name, "title": title_of(name), **counts, "blocks": blocks})
        words = ", ".join(map(str, blocks)) or "none"
        rows.append((name, title_of(name), *map(str, counts.values()), words))
    heads = ("name", "what it is", "sectors", "equations", "simultaneous blocks")
    grid = Grid("models", "Models", heads, tuple(rows))
    return Answer(f"{len(entries)} models in the library.", payload={"models": entries}, grids=(grid,))


def model_check(path: str) -> Answer:
    """Check a model text: what is wrong, all at once; what an extension replaced, and what is usually a slip.

    Returns
    -------
    Answer
        Exit code 1 where there is a fault. Payload ``{"path", "faults", "findings"}``.

    Raises
    ------
    InputError
        E618 where there is no such file.

    Examples
    --------
    >>> model_check("pc").exit_code
    0
    """
    name = find_model(path).name
    try:
        model = load_model(path)
        run = run_scenario(make_scenario(model=path, periods=1))
    except CreditorError as error:
        found = [Finding("fault", t.where, t.what, t.why, t.mend, t.code) for t in error.troubles]
        payload = {"path": name, "faults": len(found), "findings": [f.as_dict() for f in found]}
        story = f"{name}: {len(found)} fault{'' if len(found) == 1 else 's'}."
        return Answer(story, findings=tuple(found), payload=payload, exit_code=1)
    findings = [*run.findings, *infer_units(model).findings]
    findings += [Finding("note", model.name, f"Replaced: {text}.") for text in model.draft.replaced]
    findings += remarks(model)
    story = f"{model.name}: {len(model.sectors)} sectors, {len(model.variables)} equations, "
    story += f"{len(model.settled)} settled by the budgets; the first period is solved and the books balance."
    payload = {"path": name, "faults": 0, "findings": [f.as_dict() for f in findings]}
    provenance = Provenance(model_hash=model.digest)
    return Answer(story, findings=tuple(findings), payload=payload, provenance=provenance)


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
    series_from: int | str = 1,
) -> Answer:
    """Run a model: NAME in the library, or the path of a file.

    Parameters
    ----------
    name : str
    periods : int
    changes : sequence of mapping
        ``{"name", "value", "from", "to"}`` for givens; periods are numbers, or dates such as ``"2026Q1"``.
    start, series : mappings
        Openings by cell, and series of givens from period 1.
    variables : sequence of str
        What the picture and the table show; by default the largest few.
    paths, seed : int
        Number of paths, and seed of the draws.
    draws : sequence of mapping
        ``{"name", "distribution", "parameters"}``: numbers added to a given, independently each period.
    series_from : int or str
        First period of the series, which must be period 1: a check of their dates.

    Returns
    -------
    Answer
        Payload ``{"model", "periods", "variables": {name: [values from period 0, null where absent]},
        "certificate", "findings", "provenance"}``; with several paths ``variables`` are medians and
        ``quantiles`` holds the same for 5, 25, 75 and 95 per cent; with dates ``dates`` holds one per period.

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
        series_from=series_from,
    )
    return _run_answer(name, run_scenario(scenario), variables)


def _run_answer(name: str, run: Run, variables: Sequence[str]) -> Answer:
    """Story, picture and table of a run."""
    values, periods, paths = trajectories(run), run.scenario.periods, run.scenario.paths
    names = shown(values, variables)
    over = f"{periods} period{'' if periods == 1 else 's'}"
    over += f" on {paths} paths, medians" if paths > 1 else ""
    certificate = run.result.certificate
    story = f"{title_of(name)} {over[0].upper()}{over[1:]}. Largest residual {certificate.residual:.1e}, "
    story += f"books to {certificate.books:.1e}."
    sentence, dates = f"{', '.join(names)} over {over}.", dates_of(run)
    drawn = picture(
        f"Model {run.model.name}", sentence, f"model {run.model.digest}", values, names, periods, dates
    )
    return Answer(
        story,
        figures=(drawn,),
        findings=run.findings,
        payload=_payload(run, values),
        provenance=run.provenance,
        certificate=_checked([run]),
        title=run.model.name,
        grids=(ends(values, names, periods, dates),),
    )


def _payload(run: Run, values: Mapping[str, Sequence[float | None]]) -> dict[str, Any]:
    """What a run is to programs: every variable, bands where there are several paths, how exact it is."""
    payload = {
        "model": run.model.name,
        "periods": run.scenario.periods,
        "dates": dates_of(run) or None,
        "variables": values,
        "quantiles": quantiles(run) if run.scenario.paths > 1 else None,
        "certificate": run.result.certificate.as_dict(),
        "findings": [finding.as_dict() for finding in run.findings],
        "provenance": run.provenance.as_dict(),
    }
    return {key: value for key, value in payload.items() if value is not None}


def model_compare(name: str, first: Changes, second: Changes, periods: int = 60) -> Answer:
    """Run a model twice and show the difference, second less first.

    Parameters
    ----------
    name : str
        Name in the library, or path of a file.
    first, second : sequence of changes, or mapping
        ``{"name", "value", "from", "to"}`` for givens, or the fields of a scenario, as in its file.
    periods : int

    Returns
    -------
    Answer
        Payload ``{"model", "periods", "first", "second", "difference", "certificates", "findings",
        "provenance"}``; with several paths medians, those of the difference path by path.

    Raises
    ------
    InputError, NoSolutionError

    Examples
    --------
    >>> rise = [{"name": "public_spending", "value": 25.0, "from": 1}]
    >>> round(model_compare("sim", [], rise, 60).payload["difference"]["wages"][60], 2)
    25.0
    """
    fields = [_fields(name, changes, periods) for changes in (first, second)]
    one, other = (run_scenario(make_scenario(**entry)) for entry in fields)
    values, dates = differences(one, other), dates_of(one)
    names = shown(values)
    findings = [
        replace(finding, place=f"{which}: {finding.place}")
        for which, run in (("first", one), ("second", other))
        for finding in run.findings
    ]
    payload = {
        "model": one.model.name,
        "periods": periods,
        **({"dates": dates} if dates else {}),
        "first": trajectories(one),
        "second": trajectories(other),
        "difference": values,
        "certificates": [run.result.certificate.as_dict() for run in (one, other)],
        "findings": [finding.as_dict() for finding in findings],
        "provenance": [run.provenance.as_dict() for run in (one, other)],
    }
    title = f"Model {one.model.name}: second less first"
    source = f"model {one.model.digest}"
    return Answer(
        f"{title_of(name)} Second run less first.",
        figures=(picture(title, "What the change does.", source, values, names, periods, dates),),
        findings=tuple(findings),
        payload=payload,
        provenance=other.provenance,
        certificate=_checked([one, other]),
        title=title,
        grids=(ends(values, names, periods, dates),),
    )


def run_csv(answer: Answer) -> str:
    """A run, or the difference of two, as CSV: ``t`` and a column per variable, row 0 the opening.

    Examples
    --------
    >>> run_csv(model_run("sim", periods=1)).splitlines()[0][:8]
    't,money,'
    """
    payload = answer.payload
    values = payload["difference"] if "difference" in payload else payload["variables"]
    return values_csv(values, payload.get("dates", ()))


def _fields(name: str, changes: Changes, periods: int) -> dict[str, Any]:
    """Fields of the scenario of one side of a comparison."""
    fields: dict[str, Any] = dict(changes) if isinstance(changes, Mapping) else {"set": tuple(changes)}
    troubles = Troubles()
    for field, value in (("model", name), ("periods", periods)):
        if fields.setdefault(field, value) != value:
            what, why = f"{field} is {fields[field]!r}", f"{value!r} is compared"
            troubles.add(
                "S702", f"scenario, {field}", what, why, f"drop the line, or compare {fields[field]}"
            )
    troubles.raise_if_any()
    return fields


def _checked(runs: Sequence[Run]) -> dict[str, str]:
    """The worst residual and budget of some runs, each with its place."""
    worst = max((run.result.certificate for run in runs), key=lambda found: found.residual)
    books = max((run.result.certificate for run in runs), key=lambda found: found.books)
    when = runs[0].model.calendar.title(worst.period or 0)
    place = f" ({worst.equation}, {when}, path {worst.path})" if worst.equation else ""
    sector = f" ({books.sector})" if books.sector else ""
    return {"largest_residual": f"{worst.residual:.1e}{place}", "books": f"{books.books:.1e}{sector}"}
