"""Owns the verbs that run a model, and list the scenarios of the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from creditor.equations.load import model_names
from creditor.errors import InputError
from creditor.scenario.files import ScenarioFile, find_scenario, read_scenario, scenario_names
from creditor.scenario.long import run_again, run_any
from creditor.scenario.run import Run, run_scenario
from creditor.scenario.scenario import Scenario
from creditor.scenario.wishes import Wishes
from creditor.terms.answer import Answer, Grid, Sheet
from creditor.verbs.kept_runs import kept_answer, wishes_of
from creditor.verbs.levers import levers_grid, levers_payload
from creditor.verbs.named import title_of
from creditor.verbs.run_files import RunAnswer
from creditor.verbs.run_switches import switches_grid, switches_payload
from creditor.verbs.spread import spread_figure, spread_grids, spread_payload
from creditor.verbs.trajectories import (
    dates_of,
    ends,
    picture,
    quantiles,
    shown,
    trajectories,
    unit_of,
    values_csv,
)

PERIODS = 60  # of a run where nobody says


def model_run(
    name: str,
    periods: int | None = None,
    changes: Sequence[Mapping[str, Any]] = (),
    start: Mapping[str, float] | None = None,
    series: Mapping[str, Sequence[float]] | None = None,
    variables: Sequence[str] = (),
    paths: int | None = None,
    seed: int | None = None,
    draws: Sequence[Mapping[str, Any]] = (),
    path: int | None = None,
    **fields: Any,
) -> Answer:
    """Run a model, or a scenario file.

    Parameters
    ----------
    name : str
        Name of a model or scenario in the library, or path of its file; that of a scenario ends in ``.toml``.
    periods : int, optional
        60 where neither this nor the scenario says.
    changes : sequence of mapping
        ``{"name", "value", "from", "to"}`` for givens, after those of a scenario file; periods are numbers
        or dates such as ``"2026Q1"``.
    start, series : mappings
        Openings by cell, and series of givens from period 1.
    variables : sequence of str
        What the picture and the table show; by default those that move most, see `creditor.verbs.choice`.
    paths, seed : int, optional
    draws : sequence of mapping
        ``{"name", "distribution", "parameters", "ar"}``: numbers added to a given, see the files.
    path : int, optional
        Show this path alone, with all of its variables.
    **fields
        Of a scenario, such as ``keep``; lists ``add``, ``fix``, ``target``, ``regime``, ``shares``;
        ``store``, ``threads`` and ``listener``, see `creditor.scenario.wishes.Wishes`.

    Returns
    -------
    Answer
        Payload ``{"model", "periods", "variables": {name: [values from period 0, null where absent]},
        "figures", "certificate", "findings", "provenance"}``; with several paths medians and their spread.

    Raises
    ------
    InputError, MissingError, NoSolutionError

    Examples
    --------
    >>> model_run("sim", periods=3).payload["variables"]["money"][3]
    80.0
    """
    source = scenario_source(name)
    added = {"set": changes, "draw": draws, "start": start, "series": series}
    added |= {kind: fields.pop(kind, ()) for kind in ("add", "fix", "target", "regime")}
    shares, wishes = fields.pop("shares", ()), wishes_of(fields)
    said = {"periods": periods, "paths": paths, "seed": seed, **fields}
    scenario = source.scenario(**_more(source, said, added))
    run = run_source(source, scenario, path, variables, shares, wishes)
    return kept_answer(_run_answer(run, variables), wishes)


def run_stored(key: str, head: Mapping[str, Any], **wishes: Any) -> Answer:
    """Run what the store says of a run, see `creditor.verbs.stored.runs_resume`."""
    wanted = wishes_of(wishes | {"store": True})
    return kept_answer(_run_answer(run_again(key, head, wanted), ()), wanted)


def model_scenarios(schema: bool = False) -> Answer:
    """List the scenarios of the library, or give the JSON Schema of a scenario file.

    Returns
    -------
    Answer
        Payload ``{"scenarios": [{"name", "title", "model", "economies", "periods"}]}``, or the schema.

    Examples
    --------
    >>> "pc_rate_rise" in [entry["name"] for entry in model_scenarios().payload["scenarios"]]
    True
    """
    if schema:
        made = Scenario.model_json_schema(by_alias=True)
        count = len(made["properties"])
        return Answer(f"JSON Schema of a scenario: {count} keys. --json writes it.", payload=made)
    entries: list[dict[str, Any]] = []
    rows = []
    for name in scenario_names():
        scenario = read_scenario(find_scenario(name)).scenario()
        fields = {"name": name, "title": scenario.title, "model": scenario.model}
        entries.append({**fields, "economies": list(scenario.economies), "periods": scenario.periods})
        rows.append((name, scenario.title, scenario.model, str(scenario.periods)))
    grid = Grid("scenarios", "Scenarios", ("name", "what it is", "model", "periods"), tuple(rows))
    story = f"{len(entries)} scenarios in the library."
    return Answer(story, payload={"scenarios": entries}, grids=(grid,))


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


def scenario_source(name: str) -> ScenarioFile:
    """A scenario by file or name, or one that has a model and nothing else; a model comes first."""
    if name.endswith(".toml") or (name in scenario_names() and name not in model_names()):
        return read_scenario(find_scenario(name))
    return ScenarioFile("", {"model": name, "name": ""})


def _more(source: ScenarioFile, said: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    """Fields in the place of those of a source, and entries that come after those of the source."""
    more = {field: value for field, value in said.items() if value is not None}
    more.setdefault("periods", source.fields.get("periods", PERIODS))
    for field, entries in added.items():
        if isinstance(entries, Mapping) and entries:
            more[field] = {**source.fields.get(field, {}), **entries}
        elif entries:
            more[field] = (*source.fields.get(field, ()), *entries)
    return more


def run_source(
    source: ScenarioFile,
    scenario: Scenario,
    path: int | None = None,
    also: Sequence[str] = (),
    shares: Sequence[str] = (),
    wishes: Wishes | None = None,
) -> Run:
    """Run a scenario; troubles with what its file says have file and line."""
    try:
        return run_any(scenario, path, also, shares, wishes) if wishes else run_scenario(scenario, path, also)
    except InputError as error:
        raise (source.placed(error) if source.lines else error) from None


def _run_answer(run: Run, variables: Sequence[str]) -> RunAnswer:
    """Story, figures, picture and table of a run."""
    values, periods = trajectories(run), run.scenario.periods
    paths = run.scenario.paths if run.path is None else 1
    names = shown(values, variables, run.model)
    over = f"{periods} period{'' if periods == 1 else 's'}"
    over += f" on {paths:,} paths, medians" if paths > 1 else ""
    over += f", path {run.path} of {run.scenario.paths}" if run.path is not None else ""
    certificate = run.result.certificate
    story = f"{title_of(run.scenario.model)} "
    if run.scenario.title:
        story += f"{run.scenario.title.rstrip('.')}. "
    story += f"{over[0].upper()}{over[1:]}. Largest residual {certificate.residual:.1e}, "
    story += f"books to {certificate.books:.1e}."
    if run.bound is not None:
        known = sum(not value.filled for value in run.bound.values)
        story += f" {known} of {len(run.bound.values)} numbers of the opening are published figures of "
        story += f"{', '.join(run.bound.economies)}."
    sentence, dates, unit = f"{', '.join(names)} over {over}.", dates_of(run), unit_of(run, names)
    drawn = spread_figure(run, names, source_line(run), dates)
    drawn = drawn or picture(
        f"Model {run.model.name}", sentence, source_line(run), values, names, periods, dates, unit
    )
    return RunAnswer(
        story,
        sheets=_figures(run),
        figures=(drawn,),
        findings=run.findings,
        payload=_payload(run, values) | levers_payload(run) | switches_payload(run),
        provenance=run.provenance,
        certificate=checked_of([run]),
        title=run.model.name,
        grids=(
            ends(values, names, periods, dates),
            *spread_grids(run, names),
            *levers_grid(run),
            *switches_grid(run),
        ),
        grids_first=True,
        run=run,
    )


def _figures(run: Run) -> tuple[Sheet, ...]:
    """The published figures that a run starts from: one sheet for each unit."""
    sheets = []
    tables = run.bound.tables() if run.bound else []
    for number, table in enumerate(sorted(tables, key=lambda t: -t.values.size), 1):
        origins = {key[0]: origin for key, origin in table.origins.items()}
        title = f"Where the run starts, {table.unit}"
        sheets.append(Sheet(f"figures-{number}", title, (replace(table, title="figure"),), origins))
    return tuple(sheets)


def _payload(run: Run, values: Mapping[str, Sequence[float | None]]) -> dict[str, Any]:
    """What a run is to programs: variables, figures, bands where there are several paths, how exact it is."""
    several = run.scenario.paths > 1 and run.path is None
    payload = {
        "model": run.model.name,
        "scenario": run.scenario.name or None,
        "economies": list(run.bound.economies if run.bound else run.scenario.economies) or None,
        "as_of": run.bound.as_of if run.bound else None,
        "periods": run.scenario.periods,
        "dates": dates_of(run) or None,
        "path": run.path,
        "variables": values,
        "quantiles": quantiles(run) if several else None,
        **spread_payload(run),
        "figures": _figure_rows(run) if run.bound else None,
        "certificate": run.result.certificate.as_dict(),
        "findings": [finding.as_dict() for finding in run.findings],
        "provenance": run.provenance.as_dict(),
    }
    return {key: value for key, value in payload.items() if value is not None}


def _figure_rows(run: Run) -> list[dict[str, Any]]:
    """The bound numbers, one by one; keys that do not apply are absent."""
    rows = []
    for value in run.bound.values if run.bound else ():
        row = {"name": value.title, "kind": value.kind, "value": value.number, "unit": str(value.unit)}
        row |= {"period": value.period, "source": value.origin.source, "vintage": value.origin.vintage}
        row |= {"grade": value.origin.grade, "filled": value.filled, "note": value.note}
        rows.append({key: entry for key, entry in row.items() if entry not in ("", False)})
    return rows


def source_line(run: Run) -> str:
    """What stands below a picture: the model, and the vintage of the figures."""
    vintage = f"; figures of {', '.join(run.bound.economies)}, {run.bound.as_of}" if run.bound else ""
    return f"model {run.model.digest}{vintage}"


def checked_of(runs: Sequence[Run]) -> dict[str, str]:
    """The worst residual and budget of some runs, each with its place."""
    worst = max((run.result.certificate for run in runs), key=lambda found: found.residual)
    books = max((run.result.certificate for run in runs), key=lambda found: found.books)
    when = runs[0].model.calendar.title(worst.period or 0)
    place = f" ({worst.equation}, {when}, path {worst.path})" if worst.equation else ""
    sector = f" ({books.sector})" if books.sector else ""
    return {"largest_residual": f"{worst.residual:.1e}{place}", "books": f"{books.books:.1e}{sector}"}
