"""Owns the verb model_steady: the stationary state of a model, or what grows in it and how fast."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from creditor.scenario.checks import check_findings, settled_findings
from creditor.scenario.scenario import make_scenario
from creditor.scenario.steady import SteadyRun, steady_scenario
from creditor.terms.answer import Answer, Grid
from creditor.verbs.trajectories import picture, plain, shown

LEAST_SHOWN = 10  # periods of the picture
TOLD = 3  # rates that the story names


def model_steady(
    name: str,
    changes: Sequence[Mapping[str, Any]] = (),
    start: Mapping[str, float] | None = None,
    variables: Sequence[str] = (),
    economies: Sequence[str] = (),
) -> Answer:
    """Find where a model comes to rest, or what grows in it at which rate.

    The model is run from its opening until nothing moves any more, or until all that moves grows steadily.

    Parameters
    ----------
    name : str
        Name in the library, or path of a file.
    changes : sequence of mapping
        ``{"name", "value", "from", "to"}`` for givens.
    start : mapping, optional
        Openings by cell.
    variables : sequence of str
        What the table shows; everything by default.
    economies : sequence of str
        Whose figures and labels.

    Returns
    -------
    Answer
        Payload ``{"model", "kind", "periods", "variables": {name: value}, "growth": {name: rate}, "steps":
        {name: change}, "root", "half_life", "certificate", "findings", "provenance"}``.

    Raises
    ------
    InputError, NoSolutionError
        E631 where nothing settles.

    Examples
    --------
    >>> answer = model_steady("sim", changes=[{"name": "public_spending", "value": 25.0}])
    >>> round(answer.payload["variables"]["wages"], 9), round(answer.payload["half_life"], 1)
    (125.0, 4.1)
    """
    fields = {"set": tuple(changes), "start": dict(start or {}), "economies": tuple(economies)}
    found = steady_scenario(make_scenario(model=name, **fields))
    model, steady = found.model, found.steady
    values = {model.title(slot): steady.values[slot] for slot in model.variables}
    lists = {key: [value] for key, value in values.items()}
    names = shown(lists, variables) if variables else list(values)  # type: ignore[arg-type]
    path = steady.path[:, :, None]
    findings = (*found.findings, *check_findings(model, path), *settled_findings(model, path))
    payload = _payload(found, values) | {"findings": [finding.as_dict() for finding in findings]}
    return Answer(
        _story(found),
        figures=(_picture(found, variables),),
        findings=findings,
        payload=payload | {"provenance": found.provenance.as_dict()},
        provenance=found.provenance,
        certificate=_certificate(found),
        title=f"{model.name}: {'stationary state' if steady.is_stationary else 'steady growth'}",
        grids=(_grid(found, names),),
    )


def steady_csv(answer: Answer) -> str:
    """A steady state as CSV: variable, value, growth and change per period; absent ones empty.

    Examples
    --------
    >>> steady_csv(model_steady("sim")).splitlines()[:2]
    ['variable,value,growth_per_period,change_per_period', 'money,80.0,,']
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["variable", "value", "growth_per_period", "change_per_period"])
    for name, value in answer.payload["variables"].items():
        moves = [answer.payload[key].get(name) for key in ("growth", "steps")]
        writer.writerow([name, repr(value), *("" if move is None else repr(move) for move in moves)])
    return written.getvalue()


def _payload(found: SteadyRun, values: Mapping[str, float]) -> dict[str, Any]:
    model, steady = found.model, found.steady
    half = steady.half_life
    certificate = {"residual": steady.residual, "equation": steady.equation}
    certificate |= {"books": steady.certificate.books, "sector": steady.certificate.sector}
    return {
        "model": model.name,
        "kind": "stationary" if steady.is_stationary else "growing",
        "periods": steady.periods,
        "variables": dict(values),
        "growth": _shown(found, steady.rates),
        "steps": _shown(found, steady.steps),
        "root": steady.root,
        "half_life": half if half is not None and math.isfinite(half) else None,
        "certificate": certificate,
    }


def _shown(found: SteadyRun, moves: Mapping[int, float]) -> dict[str, float]:
    """Of variables by name; auxiliary cells are left out."""
    return {found.model.title(slot): moves[slot] for slot in found.model.variables if slot in moves}


def _story(found: SteadyRun) -> str:
    model, steady = found.model, found.steady
    if not steady.is_stationary:
        return f"Model {model.name} has no stationary state that its opening leads to: {_growth(found)}."
    periods = f"{steady.periods} period{'' if steady.periods == 1 else 's'}"
    return f"Model {model.name} comes to rest, within 1e-9 after {periods}. {_stability(found)}"


def _growth(found: SteadyRun) -> str:
    """What grows at which rates, the most common ones first."""
    steady, total = found.steady, len(found.model.variables)
    rates, steps = _shown(found, steady.rates), _shown(found, steady.steps)
    common = Counter(f"{100 * rate:.4g} %" for rate in rates.values()).most_common()
    parts = [f"{count} at {rate}" for rate, count in common[:TOLD]]
    if len(common) > TOLD:
        parts.append(f"{sum(count for _, count in common[TOLD:])} at other rates")
    said = [f"of {total} variables grow {', '.join(parts).replace('-', '−')} a period"] if parts else []
    if steps:
        said.append(f"{len(steps)} of {total} change by a constant amount")
    return "; ".join(said)


def _stability(found: SteadyRun) -> str:
    steady = found.steady
    if steady.root is None:
        return "Whether it is stable could not be measured: a small disturbance has no solution."
    if steady.root > 1:
        growth = f"{100 * (steady.root - 1):.2g} %"
        return f"It is not stable: a small deviation grows by {growth} a period."
    half = steady.half_life or 0.0
    if half < 0.5:
        return "A small deviation is gone after a period or two."
    if half > 1000:
        return "A small deviation goes away very slowly, if at all."
    return f"A small deviation halves every {half:.2g} periods."


def _certificate(found: SteadyRun) -> dict[str, str]:
    steady = found.steady
    place = f" ({steady.equation})" if steady.equation else ""
    sector = f" ({steady.certificate.sector})" if steady.certificate.sector else ""
    said = (
        "residual_with_lags_equal_to_today" if steady.is_stationary else "rates_miss_the_last_16_periods_by"
    )
    return {said: f"{steady.residual:.1e}{place}", "books": f"{steady.certificate.books:.1e}{sector}"}


def _grid(found: SteadyRun, names: Sequence[str]) -> Grid:
    """Variables, their values, and how they move where something moves."""
    model, steady = found.model, found.steady
    slots = {model.title(slot): slot for slot in model.variables}
    rows = []
    for name in names:
        slot = slots[name]
        rate, step = steady.rates.get(slot), steady.steps.get(slot)
        moves = "–" if rate is None and step is None else plain(step) if rate is None else _percent(rate)
        rows.append((name, plain(0.0 if slot in steady.nothing else steady.values[slot]), moves))
    if steady.is_stationary:
        cut = tuple(row[:2] for row in rows)
        return Grid("steady", "Stationary state", ("variable", "value"), cut)
    heads = ("variable", f"period {steady.periods}", "a period")
    return Grid("steady", "Steady growth", heads, tuple(rows))


def _percent(rate: float) -> str:
    return f"{100 * rate:+.4g} %".replace("-", "−", 1)


def _picture(found: SteadyRun, variables: Sequence[str]) -> dict[str, Any]:
    """The way from the opening."""
    model, steady = found.model, found.steady
    last = min(steady.path.shape[1] - 1, max(LEAST_SHOWN, steady.periods), 60)
    columns = np.where(np.isfinite(steady.path[:, : last + 1]), steady.path[:, : last + 1], np.nan)
    values = {
        model.title(slot): [x if x == x else None for x in columns[slot].tolist()] for slot in model.variables
    }
    names = shown(values, variables, model)
    title = f"Model {model.name}: the way to {'rest' if steady.is_stationary else 'steady growth'}"
    return picture(title, ", ".join(names), f"model {model.digest}", values, names, last)
