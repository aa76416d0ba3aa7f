"""Owns the specification of the heat table: numbers in cells, shaded by size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creditor.figures.palette import HEAT
from creditor.figures.specification import specification
from creditor.terms.numbers import format_number, with_unit
from creditor.terms.table import Table


def matrix(
    title: str, sentence: str, source: str, values: Table, *, digits: int | None = None
) -> dict[str, Any]:
    """Make the specification of a heat table.

    Parameters
    ----------
    title, sentence, source : str
        Heading, the sentence that says what is to be seen (made here where empty), the line of sources.
    values : Table
        Of two dimensions: rows, then columns. Absent cells stay empty.
    digits : int, optional
        Digits after the point, if not those of the unit.

    Returns
    -------
    dict
        Plain JSON: rows and columns with titles; present cells with value, text, step of heat and full title.

    Raises
    ------
    ValueError
        Where the table has not two dimensions or one of them has no label.

    Examples
    --------
    >>> from creditor.terms.table import matrix as table
    >>> from creditor.terms.units import money
    >>> t = table("claims", ("holder", "issuer"), ["a"], ["b", "c"], {("a", "b"): 5.0}, money("USD"))
    >>> [cell["text"] for cell in matrix("Claims", "", "Invented.", t)["cells"]]
    ['5.0']
    """
    if len(values.dims) != 2 or not values.values.size:
        raise ValueError("a heat table needs a table of two dimensions with at least one cell")
    row_dim, column_dim = values.dims
    records = values.records()
    largest = max((abs(record["value"]) for record in records), default=0.0)
    cells = [_cell(values, record, largest, digits) for record in records]
    return specification(
        "matrix",
        title,
        sentence or _sentence(cells),
        source,
        values.unit,
        row_dim=row_dim,
        column_dim=column_dim,
        rows=[{"id": label, "title": values.title_of(label)} for label in values.labels[row_dim]],
        columns=[{"id": label, "title": values.title_of(label)} for label in values.labels[column_dim]],
        cells=cells,
    )


def _cell(values: Table, record: Mapping[str, Any], largest: float, digits: int | None) -> dict[str, Any]:
    """One present cell with its number, text, step of heat and full title."""
    row, column, value = record[values.dims[0]], record[values.dims[1]], record["value"]
    where = f"{values.title_of(row)}, {values.title_of(column)}"
    return {
        "row": row,
        "column": column,
        "value": value,
        "text": format_number(value, values.unit, digits),
        "step": heat_step(value, largest),
        "full": f"{where}: {with_unit(value, values.unit, digits)}",
    }


def heat_step(value: float, largest: float) -> int | None:
    """Step of heat of a number: equal parts of the largest; None for zero.

    Examples
    --------
    >>> heat_step(10.0, 10.0), heat_step(0.1, 10.0), heat_step(0.0, 10.0)
    (5, 0, None)
    """
    if value == 0 or largest == 0:
        return None
    return min(len(HEAT) - 1, int(abs(value) / largest * len(HEAT)))


def _sentence(cells: list[dict[str, Any]]) -> str:
    if not cells:
        return "No number is known."
    largest = max(cells, key=lambda cell: abs(cell["value"]))
    return f"The largest of {len(cells)} cells is {largest['full']}."
