"""Owns fans: from quantiles over periods to bands around a median, a panel for each variable."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from creditor.figures.specification import specification
from creditor.terms.numbers import format_number
from creditor.terms.units import Unit

BANDS = ("0.05", "0.25", "0.5", "0.75", "0.95")
NOTE = "line: median; inner band: half of the paths; outer band: nine of ten"


@dataclass(frozen=True)
class Fan:
    """Quantiles of one variable.

    Parameters
    ----------
    title : str
    quantiles : mapping of share to values by period
        Shares are those of `BANDS`; None where a value is absent.
    lines : mapping of title to values by period
        What is drawn over the bands, such as forecasts of others; None where a value is absent.
    """

    title: str
    quantiles: Mapping[str, Sequence[float | None]]
    lines: Mapping[str, Sequence[float | None]] = field(default_factory=dict)


def fan(
    title: str, sentence: str, source: str, fans: Sequence[Fan], periods: Sequence[str], unit: Unit
) -> dict[str, Any]:
    """Make the specification of a fan chart with a panel for each variable.

    Parameters
    ----------
    title, sentence, source : str
    fans : sequence of Fan
        At least one.
    periods : sequence of str
    unit : Unit

    Returns
    -------
    dict
        Plain JSON: points are ``[place, [values], [texts]]`` in the order of `BANDS`; those of ``lines``,
        where something is drawn over the bands, are ``[place, value, text]``.

    Raises
    ------
    ValueError
        Where there is no fan, or one lacks a band.

    Examples
    --------
    >>> from creditor.terms.units import parse_unit
    >>> one = Fan("x", {share: [float(share)] for share in BANDS})
    >>> fan("x", "", "", [one], ["0"], parse_unit("count"))["fans"][0]["points"][0][1]
    [0.05, 0.25, 0.5, 0.75, 0.95]
    """
    if not fans:
        raise ValueError("a fan chart needs a fan")
    panels = [_panel(one, len(periods), unit) for one in fans]
    body = {"bands": list(BANDS), "note": NOTE, "periods": list(periods), "fans": panels}
    return specification("fan", title, sentence, source, unit, **body)


def _panel(one: Fan, periods: int, unit: Unit) -> dict[str, Any]:
    panel: dict[str, Any] = {"title": one.title, "points": _points(one, periods, unit)}
    lines = []
    for title, values in one.lines.items():
        known = [(place, v) for place, v in enumerate(values) if v is not None and math.isfinite(v)]
        points = [[place, v, format_number(v, unit, digits=_digits(v))] for place, v in known]
        lines.append({"title": title, "points": points})
    return {**panel, "lines": lines} if lines else panel


def _points(one: Fan, periods: int, unit: Unit) -> list[list[Any]]:
    lacking = [share for share in BANDS if share not in one.quantiles]
    if lacking:
        raise ValueError(f"the fan of {one.title} lacks {', '.join(lacking)}")
    points = []
    for place in range(periods):
        found = [one.quantiles[share][place] for share in BANDS]
        values = [value for value in found if value is not None and math.isfinite(value)]
        if len(values) == len(BANDS):
            points.append([place, values, [format_number(v, unit, digits=_digits(v)) for v in values]])
    return points


def _digits(value: float) -> int:
    size = abs(value)
    return 0 if size >= 1000 or value == int(value) else 1 if size >= 100 else 2 if size >= 1 else 4
