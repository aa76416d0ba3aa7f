"""Owns the projections of others beside a debt path: tables, record, findings and lines of the picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from creditor.sustainability.beside import Comparison
from creditor.sustainability.publications import FLOW, GROWTH, INFLATION, INTEREST, NOMINAL, PRIMARY
from creditor.terms.answer import Sheet
from creditor.terms.finding import Finding
from creditor.terms.table import column
from creditor.terms.units import PERCENT
from creditor.verbs.path_story import percent, points

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[Any]

SHORT = 6  # years of a projection that are all shown; of longer ones every fifth and the last
TITLES = {
    "opening": "in the first year",
    INTEREST: "interest",
    GROWTH: "real growth",
    INFLATION: "inflation",
    NOMINAL: "growth and inflation",
    PRIMARY: "primary balance",
    FLOW: "stock-flow",
    "rest": "not given",
    "gap": "gap",
}


def beside_sheets(found: Sequence[Comparison]) -> list[Sheet]:
    """The path beside each projection of others, and why they differ; none where there is no other.

    Examples
    --------
    >>> beside_sheets([])
    []
    """
    return [_levels(found), _reasons(found)] if found else []


def _levels(found: Sequence[Comparison]) -> Sheet:
    rows: dict[str, tuple[float, float, float]] = {}
    titles, origins = {}, {}
    for one in found:
        zero = (0.0, 0.0) if one.publication.same else (one.ours[0], one.theirs[0])
        for place in _shown(one):
            key = f"{one.publication.name} {one.years[place]}"
            ours, theirs = one.ours[place] - zero[0], one.theirs[place] - zero[1]
            rows[key] = 100 * ours, 100 * theirs, 100 * one.gaps[place]
            titles[key] = f"{one.publication.title}: {_span(one, place)}"
            origins[key] = one.publication.origin
    heads = ("this path", "the other", "gap")
    columns = tuple(
        column(head, "projection", {key: row[n] for key, row in rows.items()}, PERCENT, {}, titles)
        for n, head in enumerate(heads)
    )
    note = (
        "Percent of GDP; this path at a constant market rate. Where the other counts another debt, changes "
    )
    note += (
        "are compared (two years), and never levels (one year). The grade is that of the other; this path is "
    )
    note += "as published to the last projected year, then grade C."
    return Sheet("beside", "Beside the projections of others", columns, origins, note)


def _shown(one: Comparison) -> list[int]:
    """Places of the years that are shown; a change from a year to itself is none."""
    last, years = len(one.years) - 1, one.years
    places = range(len(years)) if one.publication.same else range(1, len(years))
    return [n for n in places if len(places) <= SHORT or n == last or years[n] % 5 == 0]


def _span(one: Comparison, place: int = -1) -> str:
    year = one.years[place]
    return f"{year}" if one.publication.same else f"{one.years[0]} to {year}"


def _reasons(found: Sequence[Comparison]) -> Sheet:
    """Points of the last gap of each projection by what makes it."""
    columns = []
    shown = [name for name in TITLES if any(name in _parts(one) for one in found)]
    for one in found:
        known = _parts(one)
        values = {name: 100 * known[name] if name in known else math.nan for name in shown}
        head = f"{one.publication.title}: {_span(one)}"
        columns.append(column(head, "part", values, PERCENT, {}, TITLES))
    note = "Points of GDP: this path less the other, in the last year that both have; the parts, summed over "
    note += "the years, add up to the gap. Primary balance with the cost of ageing, stock-flow with the "
    note += "exchange rate. Not given: all that the other does not publish, in one, and rounding. "
    note += "Grade as above, but C after the year to which this path is published."
    return Sheet("beside_reasons", "Why the projections differ", tuple(columns), {}, note, "gap")


def _parts(one: Comparison) -> dict[str, float]:
    parts = {name: ours - theirs for name, (ours, theirs) in one.parts.items()}
    opening = {"opening": one.opening} if one.publication.same else {}
    return {**opening, **parts, "rest": one.rest, "gap": one.gaps[-1]}


def beside_record(found: Sequence[Comparison]) -> list[dict[str, Any]]:
    """Each projection with both paths, the gap and its parts; shares of GDP."""
    return [_record(one) for one in found]


def _record(one: Comparison) -> dict[str, Any]:
    other = one.publication
    names = ("name", "title", "debt", "balance", "policy", "read", "same")
    record: dict[str, Any] = {name: getattr(other, name) for name in names}
    record |= other.origin.as_dict()
    record |= {"years": list(one.years), "this_path": list(one.ours), "other": list(one.theirs)}
    record |= {"compared": "levels" if other.same else "changes", "gap": list(one.gaps)}
    record |= {"in_the_first_year": one.opening, "parts": {}}
    for name, (ours, theirs) in one.parts.items():
        record["parts"][name] = {"this_path": ours, "other": theirs, "gap": ours - theirs}
    return {**record, "rest": {"value": one.rest, "is": one.rest_told}}


def beside_findings(found: Sequence[Comparison]) -> list[Finding]:
    """What each other projection counts, and what of the gap cannot be attributed."""
    return [
        Finding("note", one.publication.title, _told(one), f"read in {one.publication.read}") for one in found
    ]


def _told(one: Comparison) -> str:
    other, first = one.publication, one.years[0]
    told = f"It counts {other.debt}, and assumes {other.policy}. "
    if not other.same:
        told += f"Changes since {first} are compared, when it had {percent(one.theirs[0])} of GDP and this "
        told += f"path {percent(one.ours[0])}. "
    if other.balance:
        told += f"{other.balance[:1].upper()}{other.balance[1:]}. "
    if one.missing:
        told += (
            f"Of the gap of {points(one.gaps[-1])} points in {one.years[-1]}, {points(one.rest)} are left "
        )
        told += f"in one, {one.rest_told}."
    return told.strip()


def beside_lines(found: Sequence[Comparison], years: Sequence[int]) -> dict[str, list[float | None]]:
    """Debt of each other projection by its title, percent of GDP, for a picture of the path.

    Where it counts another debt, its changes stand on the debt of this path in the first common year.

    Examples
    --------
    >>> beside_lines([], [2024])
    {}
    """
    lines = {}
    for one in found:
        shift = 0.0 if one.publication.same else one.opening
        known = {year: 100 * (value + shift) for year, value in zip(one.years, one.theirs, strict=True)}
        title = one.publication.title if one.publication.same else f"{one.publication.title}, change"
        lines[title] = [known.get(year) for year in years]
    return lines
