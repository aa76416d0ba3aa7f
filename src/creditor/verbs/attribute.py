"""Owns the verb that splits the difference of two scenarios: table, picture, payload."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from creditor.analysis.attribution import Attribution, By, attribute, rows_of
from creditor.errors import InputError, Trouble
from creditor.scenario.run import provenance_of
from creditor.scenario.scenario import Scenario
from creditor.terms.answer import Answer, Grid
from creditor.verbs.named import title_of
from creditor.verbs.trajectories import Values, picture, plain

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

WAYS = ("changes", "equations")


def attributed(
    name: str, scenarios: Sequence[Scenario], by: str, of: Sequence[str], at: int | None = None
) -> Answer:
    """Split the difference of two scenarios by changes or by equations.

    Parameters
    ----------
    name : str
        Of the model, for the story.
    scenarios : two of Scenario
    by : str
        ``changes`` or ``equations``.
    of : sequence of str
        Variables; the first is drawn.
    at : int, optional
        Period of the table; the last one where it is left out.

    Returns
    -------
    Answer
        Payload ``{"model", "periods", "by", "attribution": {variable: {"difference": [number or null],
        "parts": [{"name", "alone": [...], "last": [...]}], "interaction": [...]}}, "levers", "provenance"}``.

    Raises
    ------
    InputError
        U501 for another way of splitting; S702.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> spend = make_scenario(model="sim", set=[{"name": "public_spending", "value": 25.0}])
    >>> attributed("sim", [make_scenario(model="sim"), spend], "changes", ["wages"]).grids[0].rows
    (('public_spending', '25', '25'), ('interaction', '0', '–'), ('difference', '25', '–'))
    """
    periods, paths = scenarios[0].periods, scenarios[0].paths
    at = periods if at is None else at
    found = attribute(scenarios[0], scenarios[1], of, _way(by, of, at, periods))
    labels = [found.layout.plain.calendar.date(period) for period in range(periods + 1)]
    dates = labels if all(labels) else []
    provenance = [provenance_of(scenario, found.layout.prepared) for scenario in scenarios]
    story = f"{title_of(name)} Second run less first, split by {by}"
    return Answer(
        story + (f"; means of {paths} paths." if paths > 1 else "."),
        figures=(_picture(found, periods, dates),),
        payload=_payload(found, periods, dates, by) | {"provenance": [one.as_dict() for one in provenance]},
        provenance=provenance[1],
        title=_title(found),
        grids=tuple(_grid(found, number, at) for number in range(len(found.variables))),
        findings=found.layout.prepared.findings,
    )


def _way(by: str, of: Sequence[str], at: int, periods: int) -> By:
    """The way of splitting; what is asked wrongly is an error."""
    if by not in WAYS:
        raise InputError(Trouble("U501", "--attribute", f"no way {by!r}", "", f"use {' or '.join(WAYS)}"))
    if not of:
        mend = "name what is to be split: --of wages"
        raise InputError(Trouble("U501", "--of", "no variable is named", "", mend))
    if not 1 <= at <= periods:
        what = f"there is no period {at}"
        raise InputError(Trouble("S702", "--at", what, f"{periods} are run", "name another"))
    return "changes" if by == "changes" else "equations"


def _title(found: Attribution) -> str:
    return f"Model {found.layout.plain.name}: {found.variables[0]}, by {found.by}"


def _picture(found: Attribution, periods: int, dates: Sequence[str]) -> dict[str, Any]:
    """The largest parts of the first variable over time."""
    values: Values = {title: _list(row) for title, row in rows_of(found, 0).items()}
    shown = sorted(
        values, key=lambda name: -max((abs(x) for x in values[name] if x is not None), default=0.0)
    )
    source = f"model {found.layout.plain.digest}"
    return picture(_title(found), "What each part does alone.", source, values, shown[:6], periods, dates)


def attribution_csv(answer: Answer) -> str:
    """Every part in every period: columns ``variable``, ``part``, ``t``, ``alone``, ``last``.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> spend = make_scenario(model="sim", periods=1, set=[{"name": "public_spending", "value": 25.0}])
    >>> sides = [make_scenario(model="sim", periods=1), spend]
    >>> attribution_csv(attributed("sim", sides, "changes", ["purchases"])).splitlines()[2]
    'purchases,public_spending,1,5.0,5.0'
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["variable", "part", "t", "alone", "last"])
    for name, split in answer.payload["attribution"].items():
        rows = [(part["name"], part["alone"], part["last"]) for part in split["parts"]]
        rows += [(word, split[word], [None] * len(split[word])) for word in ("interaction", "difference")]
        for title, alone, last in rows:
            for t, pair in enumerate(zip(alone, last, strict=True)):
                writer.writerow([name, title, t, *("" if x is None else repr(x) for x in pair)])
    return written.getvalue()


def _grid(found: Attribution, number: int, at: int) -> Grid:
    """The parts of one variable in one period, the largest first."""
    parts = sorted(found.parts, key=lambda part: -abs(float(part.alone[number, at])))
    ends = [("interaction", found.interaction[number, at]), ("difference", found.total[number, at])]
    numbers: list[tuple[str, float | None, float | None]] = [
        (part.title, _number(part.alone[number, at]), _number(part.last[number, at])) for part in parts
    ]
    size = max((abs(x) for _, x, _ in numbers if x is not None), default=0.0)
    numbers += [(title, _number(value), None) for title, value in ends]
    rows = tuple((title, _shown(alone, size), _shown(last, size)) for title, alone, last in numbers)
    head = "change" if found.by == "changes" else "equation"
    title = f"{found.variables[number]} in {found.layout.plain.calendar.title(at)}"
    note = "Alone: with no other. Taken back: what is lost of the whole when this one is taken back."
    values = tuple((None, alone, last) for _, alone, last in numbers)
    return Grid(f"attribution-{number + 1}", title, (head, "alone", "taken back"), rows, note, values)


def _shown(value: float | None, size: float) -> str:
    """A number as words; what is rounding beside the largest is nothing."""
    return plain(0.0 if value is not None and abs(value) <= 1e-12 * size else value)


def _number(value: float) -> float | None:
    return float(value) if value == value else None


def _list(row: Floats) -> list[float | None]:
    return [_number(x) for x in row.tolist()]


def _payload(found: Attribution, periods: int, dates: Sequence[str], by: str) -> dict[str, Any]:
    """The split of every variable."""
    split = {}
    for number, variable in enumerate(found.variables):
        parts = [
            {"name": part.title, "alone": _list(part.alone[number]), "last": _list(part.last[number])}
            for part in found.parts
        ]
        ends = {"interaction": _list(found.interaction[number]), "difference": _list(found.total[number])}
        split[variable] = {"parts": parts, **ends}
    levers = [[moved.as_dict() for moved in side] for side in found.layout.moved]
    payload: dict[str, Any] = {"model": found.layout.plain.name, "periods": periods, "by": by}
    payload |= {"dates": list(dates)} if dates else {}
    payload |= {"attribution": split} | ({"levers": levers} if any(levers) else {})
    return payload
