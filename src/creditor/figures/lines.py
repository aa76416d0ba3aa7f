"""Owns lines: from a table of periods by variables to a figure specification of lines over time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from creditor.figures.specification import specification
from creditor.terms.numbers import format_number
from creditor.terms.table import Table


def lines(title: str, sentence: str, source: str, values: Table) -> dict[str, Any]:
    """Make the specification of a line chart.

    Parameters
    ----------
    title, sentence, source : str
    values : Table
        Dimensions (period, variable), in this order; absent cells break a line.

    Returns
    -------
    dict
        Plain JSON, with the numbers and their texts.

    Raises
    ------
    ValueError
        For a table of another shape.

    Examples
    --------
    >>> from creditor.terms.table import matrix
    >>> from creditor.terms.units import parse_unit
    >>> cells = {("0", "x"): 1.0}
    >>> table = matrix("run", ("period", "variable"), ["0", "1"], ["x"], cells, parse_unit("count"))
    >>> lines("x", "x over time", "", table)["series"][0]["points"]
    [[0, 1.0, '1']]
    """
    if len(values.dims) != 2:
        raise ValueError(f"lines need two dimensions, not {', '.join(values.dims)}")
    periods, names = values.labels[values.dims[0]], values.labels[values.dims[1]]
    series = [_series(values, periods, name) for name in names]
    return specification("lines", title, sentence, source, values.unit, periods=list(periods), series=series)


def _series(values: Table, periods: Sequence[str], name: str) -> dict[str, Any]:
    first, second = values.dims
    points = []
    for place, period in enumerate(periods):
        value = values.at(**{first: period, second: name})
        if math.isfinite(value):
            points.append([place, value, format_number(value, values.unit, digits=_digits(value))])
    return {"name": name, "title": values.title_of(name), "points": points}


def _digits(value: float) -> int:
    size = abs(value)
    return 0 if size >= 1000 or value == int(value) else 1 if size >= 100 else 2 if size >= 1 else 4
