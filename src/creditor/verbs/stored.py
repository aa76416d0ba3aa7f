"""Owns the verbs of stored runs: list, show, remove, go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creditor.errors import InputError
from creditor.scenario.store import Entry, damaged, entries, find_entry, remove
from creditor.terms.answer import Answer, Grid, Sheet
from creditor.terms.finding import Finding
from creditor.terms.provenance import Origin, Provenance
from creditor.terms.table import column
from creditor.terms.units import parse_unit
from creditor.verbs.runs import run_stored


def runs_list() -> Answer:
    """Runs of the store, the newest first; damaged ones with their fault.

    Returns
    -------
    Answer
        Payload ``{"runs": [{"run", "name", "model", "paths", "done", "periods", "finished", "fault"}]}``.

    Examples
    --------
    >>> "runs" in runs_list().payload
    True
    """
    found = entries()
    told: list[dict[str, Any]] = [_told(entry) for entry in found]
    rows = tuple(
        (t["run"], t.get("name") or t.get("model", "?"), _state(t), str(t.get("periods", "–"))) for t in told
    )
    faults = [e for e in found if e.fault]
    findings = tuple(
        Finding(
            "warning", f"run {e.key}", f"The run cannot be used: {e.fault}.", mend=f"creditor runs rm {e.key}"
        )
        for e in faults
    )
    story = f"{len(found)} stored run{'' if len(found) == 1 else 's'}."
    grid = Grid("runs", "Stored runs", ("run", "of", "paths", "periods"), rows)
    return Answer(story, payload={"runs": told}, grids=(grid,) if rows else (), findings=findings)


def _told(entry: Entry) -> dict[str, Any]:
    """A run for JSON."""
    head = entry.head
    told = {name: head.get(name) for name in ("name", "model", "paths", "done", "periods")}
    told = {name: value for name, value in told.items() if value not in (None, "")}
    more: dict[str, Any] = {"run": entry.key, **told, "finished": entry.finished}
    return more | ({"fault": entry.fault} if entry.fault else {})


def _state(told: Mapping[str, Any]) -> str:
    if "fault" in told:
        return "damaged"
    done, paths = told.get("done", 0), told.get("paths", 0)
    return f"{paths:,}" if told["finished"] else f"{done:,} of {paths:,}"


def runs_show(name: str) -> Answer:
    """A stored run: its answer, or how far it is.

    Parameters
    ----------
    name : str
        First letters of its hash, at least four; the name of its scenario; or ``last``.

    Returns
    -------
    Answer
        Of a finished run the answer that it gave, with the same payload; of another what is done.

    Raises
    ------
    InputError
        S731, S732, S734
    """
    entry = find_entry(name)
    if entry.finished:
        return _rebuilt(entry.answer())
    told = _told(entry)
    story = f"Run {entry.key} of {told.get('name') or told.get('model', '?')}: {_state(told)} paths."
    if entry.fault:
        story += f" It cannot be used: {entry.fault}. creditor runs rm {entry.key} removes it."
    else:
        story += f" creditor runs resume {entry.key} goes on from there."
    return Answer(story, payload=told)


def _rebuilt(record: Mapping[str, Any]) -> Answer:
    """The answer that a record was made from."""
    payload = record["payload"]
    grids = []
    for grid in record["grids"]:
        fields = dict(grid)
        for name in ("columns", "rows", "values"):
            fields[name] = tuple(tuple(e) if isinstance(e, list) else e for e in fields[name])
        grids.append(Grid(**fields))
    return Answer(
        record["story"],
        sheets=_sheets(payload),
        figures=tuple(record["figures"]),
        findings=tuple(Finding(**finding) for finding in payload.get("findings", ())),
        payload=payload,
        provenance=Provenance(**payload.get("provenance", {})),
        certificate=record["certificate"],
        title=record["title"],
        grids=tuple(grids),
        grids_first=True,
    )


def _sheets(payload: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """The published figures that a run started from: one sheet for each unit, with their sources."""
    by_unit: dict[str, list[Mapping[str, Any]]] = {}
    for figure in payload.get("figures", ()):
        by_unit.setdefault(figure["unit"], []).append(figure)
    sheets = []
    for number, (unit, figures) in enumerate(sorted(by_unit.items(), key=lambda pair: -len(pair[1])), 1):
        origins = {f["name"]: Origin(f["source"], f.get("vintage", ""), f["grade"]) for f in figures}
        values = {f["name"]: f["value"] for f in figures}
        table = column("figure", "name", values, parse_unit(unit), origins)
        sheets.append(Sheet(f"figures-{number}", f"Where the run starts, {unit}", (table,), origins))
    return tuple(sheets)


def runs_remove(*names: str) -> Answer:
    """Take runs out of the store, damaged ones too.

    Raises
    ------
    InputError
        S731, S732 before anything is removed; S733 for a run that is going on.
    """
    found = {entry.key: entry for entry in map(find_entry, names)}
    for entry in found.values():
        remove(entry)
    return Answer(f"Removed {', '.join(found)}.", payload={"removed": list(found)})


def runs_resume(name: str, **wishes: Any) -> Answer:
    """Go on with a stored run, with the digits that it would have had without a stop.

    Parameters
    ----------
    name : str
        As for `runs_show`.
    **wishes
        ``threads`` and ``listener`` as for `creditor.verbs.runs.model_run`.

    Raises
    ------
    InputError
        S731, S732; S734 where the run is damaged.
    """
    entry = find_entry(name)
    if entry.fault:
        raise InputError(damaged(entry.key, entry.fault))
    return run_stored(entry.key, entry.head, **wishes)
