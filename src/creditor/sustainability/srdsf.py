"""Owns the medium-term indices of the Fund's sovereign risk framework, with weights from published tables."""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from creditor.sustainability.history import debt_rows
from creditor.sustainability.published import Reading, Span, judged, newest

HALF = 0.05  # tables are printed with one decimal
COLUMNS = ("case", "economy", "component", "value", "contribution", "source", "vintage", "grade")
INDICES = {
    "fanchart_index": ("fan_width", "not_stabilising", "debt_institutions"),
    "financeability_index": ("financing_mean", "bank_claims", "claims_change"),
    "medium_term_index": ("fanchart_index", "financeability_index"),
}


@dataclass(frozen=True)
class Printed:
    """A cell of a published table: the value, and what it adds to its index where that is printed."""

    value: float
    contribution: float | None
    source: str


@functools.cache
def cases() -> dict[str, dict[str, Printed]]:
    """Published tables by case, then component; an index stands beside its parts.

    Examples
    --------
    >>> cases()["USA 2024"]["fanchart_index"].value
    2.2
    """
    found: dict[str, dict[str, Printed]] = {}
    for row in debt_rows("srdsf_cases.csv", COLUMNS[:4], COLUMNS[4:]):
        added = float(row["contribution"]) if row["contribution"] else None
        cell = Printed(float(row["value"]), added, row["source"])
        found.setdefault(row["case"], {})[row["component"]] = cell
    return found


@functools.cache
def weights(without: str = "") -> dict[str, Span]:
    """What a unit of each component adds to its index: all that agrees with the rounding of every table.

    Parameters
    ----------
    without : str
        A case that is left out, to be tested on.

    Examples
    --------
    >>> found = weights()["financing_mean"]
    >>> round(found.low, 3), round(found.high, 3)
    (0.339, 0.343)
    """
    found: dict[str, Span] = {}
    for name, table in cases().items():
        for component, cell in table.items():
            if name == without or cell.contribution is None:
                continue
            low = max(cell.contribution - HALF, 0.0) / (cell.value + HALF)
            high = (cell.contribution + HALF) / max(cell.value - HALF, 1e-9)
            known = found.get(component, Span(0.0, math.inf))
            found[component] = Span(max(low, known.low), min(high, known.high))
    return found


def index(name: str, values: Mapping[str, Span], without: str = "") -> Span:
    """An index from its components; without an upper end where a component is missing.

    Parameters
    ----------
    name : str
        A key of `INDICES`.
    values : mapping of component to Span
        Components that are known; none of them can lower the index.
    without : str
        A case that is left out of the weights.

    Returns
    -------
    Span

    Examples
    --------
    >>> known = {"financing_mean": 8.9, "bank_claims": 15.0, "claims_change": 22.7}
    >>> found = index("financeability_index", {k: Span(v, v) for k, v in known.items()})
    >>> found.low < 15.5 < found.high
    True
    """
    low = high = 0.0
    for component in INDICES[name]:
        weight, span = weights(without)[component], values.get(component, Span(0.0, math.inf))
        low += weight.low * span.low
        high += weight.high * span.high
    share = 0.5 if name == "medium_term_index" else 1.0
    return Span(share * low, share * high)


@functools.cache
def _line() -> tuple[float, float, float]:
    """Institutions (0 best, 1 worst) on government effectiveness: constant, slope, twice the largest miss."""
    points = []
    for name, table in cases().items():
        score = newest(name[:3], "government_effectiveness")
        if score and "terminal_debt" in table:
            points.append((score.number, table["debt_institutions"].value / table["terminal_debt"].value))
    x, y = np.array(points).T
    slope, constant = np.polyfit(x, y, 1)
    return float(constant), float(slope), 2 * float(np.abs(y - constant - slope * x).max())


def institutions(economy: str) -> Span | None:
    """The index of institutions, 0 best and 1 worst, read off government effectiveness of the World Bank.

    Examples
    --------
    >>> found = institutions("USA")
    >>> found.low < 0.2406 < found.high
    True
    """
    score = newest(economy, "government_effectiveness")
    if score is None:
        return None
    constant, slope, miss = _line()
    middle = constant + slope * score.number
    return Span(min(max(middle - miss, 0.0), 1.0), min(max(middle + miss, 0.0), 1.0))


def ranges(component: str) -> tuple[float, float, int]:
    """Least and most of a component in the published tables, and how many there are.

    Examples
    --------
    >>> ranges("bank_claims")
    (0.4, 15.0, 6)
    """
    known = [table[component].value for table in cases().values() if component in table]
    return min(known), max(known), len(known)


def medium_term(
    economy: str, values: Mapping[str, float], marks: Mapping[str, float]
) -> dict[str, list[Reading]]:
    """Components and indices of an economy against the marks; an index that is published stands first.

    Parameters
    ----------
    economy : str
    values : mapping of str to float
        ``fan_width``, ``not_stabilising_level``, ``not_stabilising_balance``, ``financing_mean`` and
        ``terminal_debt``, in percent.
    marks : mapping of str to float
        Of ``fanchart_low``, ``fanchart_high`` and so on.

    Returns
    -------
    dict of str to list of Reading

    Examples
    --------
    >>> known = {"fan_width": 50.2, "not_stabilising_level": 88.4, "not_stabilising_balance": 0.0}
    >>> known |= {"financing_mean": 34.9, "terminal_debt": 135.9}
    >>> found = medium_term("USA", known, {"financeability_high": 17.9})["financeability_high"]
    >>> [row.basis for row in found], found[0].value
    (['published', 'computed'], 15.8)
    """
    made, known, missing = _parts(economy, values)
    for name in INDICES:
        span = known[name] = index(name, known)
        ends = f"at least {span.low:.2f}" if math.isinf(span.high) else f"{span.low:.2f} to {span.high:.2f}"
        told = ends + ("" if name == "fanchart_index" else missing) + _beyond(name, known)
        for which in ("low", "high"):
            key = f"{name.removesuffix('_index')}_{which}"
            if key in marks:
                made[key] = [*_printed(economy, name, marks[key]), judged(span, marks[key], told)]
    return made


def _beyond(name: str, known: Mapping[str, Span]) -> str:
    """What is said of an index with a component outside the tables that its weights follow from."""
    for component in INDICES[name]:
        span = known.get(component)
        if component in INDICES or span is None or math.isinf(span.high):
            continue
        low, high, _ = ranges(component)
        if span.high < low or span.low > high:
            return "; extrapolated: a component lies outside the published tables"
    return ""


def _parts(
    economy: str, values: Mapping[str, float]
) -> tuple[dict[str, list[Reading]], dict[str, Span], str]:
    """Readings of the components, what is known of them, and what is missing in words."""
    made = {name: [Reading(values[name], told=_told(name))] for name in values if name != "terminal_debt"}
    known = {k: Span(values[k], values[k]) for k in ("fan_width", "financing_mean")}
    known["not_stabilising"] = Span(values["not_stabilising_level"], values["not_stabilising_level"])
    place, debt = institutions(economy), values["terminal_debt"]
    if place:
        span = known["debt_institutions"] = Span(debt * place.low, debt * place.high)
        told = f"{debt:.1f} times {place.low:.2f} to {place.high:.2f}; {_told('debt_institutions')}"
        score = newest(economy, "government_effectiveness")
        source = score.told if score else ""
        made["debt_institutions"] = [
            Reading(span.middle, told=told, span=span, basis="computed", source=source)
        ]
    missing = ""
    for name in INDICES["financeability_index"][1:]:
        cell = _cell(economy, name)
        if cell is None:
            made[name] = [Reading(told=f"not in the figures; {_told(name)}")]
            missing = "; claims of banks are not in the figures and can only raise it"
        else:
            made[name] = [Reading(cell.value, told=_told(name), basis="published", source=cell.source)]
            known[name] = Span(cell.value - HALF, cell.value + HALF)
    return made, known, missing


def _cell(economy: str, component: str) -> Printed | None:
    """A cell of the newest table of an economy."""
    known = [name for name, table in cases().items() if name[:3] == economy and component in table]
    return cases()[max(known)][component] if known else None


def _printed(economy: str, name: str, mark: float) -> list[Reading]:
    """An index as the Fund prints it, with one decimal, if it does."""
    cell, rated = _cell(economy, name), newest(economy, "medium_term_rating")
    made = []
    if cell:
        told = "as printed, with one decimal"
        if rated and name == "medium_term_index":
            told += f", and rated {rated.text}"
        found = judged(Span(cell.value - HALF, cell.value + HALF), mark, told)
        made.append(dataclasses.replace(found, basis="published", source=cell.source))
    return made


def _told(component: str) -> str:
    name = {"not_stabilising_level": "not_stabilising"}.get(component, component)
    if name == "not_stabilising_balance":
        return "not in the index"
    low, high, count = ranges(name)
    return f"{low:g} to {high:g} in {count} published tables"
