"""Owns the specification of horizontal bars with their values, grades and intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creditor.figures.specification import check_tone, grade_of, specification
from creditor.terms.numbers import format_number, with_unit
from creditor.terms.table import Table

ORDERS = ("given", "descending")


def bars(
    title: str,
    sentence: str,
    source: str,
    values: Table,
    tones: Mapping[str, str] | None = None,
    grades: Mapping[str, str] | None = None,
    low: Table | None = None,
    high: Table | None = None,
    *,
    order: str = "given",
) -> dict[str, Any]:
    """Make the specification of a bar figure.

    Parameters
    ----------
    title, sentence, source : str
        Heading, the sentence that says what is to be seen (made here where empty), the line of sources.
    values : Table
        Of one dimension; absent numbers get a row without a bar.
    tones, grades : mapping of label to str, optional
        Tone (neutral where none is given) and grade (A where none is given).
    low, high : Table, optional
        Ends of an interval, with the same labels and unit as `values`; both or neither.
    order : str
        ``given`` or ``descending`` (absent numbers and the tone ``unallocated`` last).

    Returns
    -------
    dict
        Plain JSON: rows with title, tone, grade, value, text, and low, high, range_text where there are any.

    Raises
    ------
    ValueError
        Where dimensions, labels or units do not agree, or an interval does not contain its value.

    Examples
    --------
    >>> from creditor.terms.table import column
    >>> from creditor.terms.units import money
    >>> spec = bars("Holders", "", "Invented.", column("debt", "holder", {"a": 1.0, "b": 2.0}, money("USD")))
    >>> [row["text"] for row in spec["rows"]]
    ['1.0', '2.0']
    """
    _check(values, low, high, order)
    dim = values.dims[0]
    rows = [_row(label, values, tones or {}, grades or {}, low, high) for label in values.labels[dim]]
    if order == "descending":
        rows.sort(key=lambda row: (row["tone"] == "unallocated", "value" not in row, -row.get("value", 0.0)))
    return specification("bars", title, sentence or _sentence(rows, values), source, values.unit, rows=rows)


def _check(values: Table, low: Table | None, high: Table | None, order: str) -> None:
    if order not in ORDERS:
        raise ValueError(f"order {order!r} is none of {', '.join(ORDERS)}")
    if len(values.dims) != 1 or not values.labels[values.dims[0]]:
        raise ValueError("bars need a table of one dimension with at least one label")
    if (low is None) != (high is None):
        raise ValueError("an interval needs both ends")
    for end in (low, high):
        if end is not None and (end.dims != values.dims or dict(end.labels) != dict(values.labels)):
            raise ValueError(f"the labels of {end.title!r} are not those of {values.title!r}")
        if end is not None and end.unit != values.unit:
            raise ValueError(f"{end.title!r} is in {end.unit}, {values.title!r} in {values.unit}")


def _row(
    label: str,
    values: Table,
    tones: Mapping[str, str],
    grades: Mapping[str, str],
    low: Table | None,
    high: Table | None,
) -> dict[str, Any]:
    where = {values.dims[0]: label}
    value = values.at(**where)
    title = values.title_of(label)
    tone, grade = check_tone(tones.get(label, "neutral")), grade_of(grades, label)
    row: dict[str, Any] = {"id": label, "title": title, "tone": tone, "grade": grade}
    row["text"] = format_number(value, values.unit)
    row["full"] = f"{title}: {with_unit(value, values.unit)}"
    if value != value:
        row["full"] = f"{title}: absent"
        return row
    row["value"] = value
    if low is not None and high is not None:
        bottom, top = low.at(**where), high.at(**where)
        if bottom == bottom and top == top:
            slack = 1e-9 * max(abs(bottom), abs(top), abs(value))
            if not bottom - slack <= value <= top + slack:
                raise ValueError(f"{label!r}: {value!r} lies outside its interval {bottom!r} to {top!r}")
            row |= {"low": bottom, "high": top}
            row["range_text"] = f"{format_number(bottom, values.unit)} to {format_number(top, values.unit)}"
            row["full"] += f", between {row['range_text']}"
    return row


def _sentence(rows: list[dict[str, Any]], values: Table) -> str:
    present = [row for row in rows if "value" in row]
    if not present:
        return "No number is known."
    largest = max(present, key=lambda row: row["value"])
    amount = with_unit(largest["value"], values.unit)
    return f"The largest of {len(present)} is {largest['title']} with {amount}."
