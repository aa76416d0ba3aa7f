"""Owns the drawing of horizontal bars: labels beside them when wide, above them when narrow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from creditor.figures.canvas import Canvas, Label
from creditor.figures.text import shorten, text_width, wrap

SIZE, SMALL = 13.0, 11.5
ROW, BAR = 30.0, 16.0
NARROW_BAR = 11.0


@dataclass(frozen=True)
class Scale:
    """From values to pixels."""

    low: float
    high: float
    left: float
    width: float

    def __call__(self, value: float) -> float:
        return self.left + (value - self.low) / (self.high - self.low) * self.width


def draw_bars(
    canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, width: float, narrow: bool
) -> float:
    """Draw horizontal bars and return the height they took.

    Parameters
    ----------
    canvas : Canvas
        Takes the elements.
    spec : mapping
        A specification made by `creditor.figures.bars.bars`.
    left, top, width : float
        Where to draw, in pixels.
    narrow : bool
        Labels above the bars.

    Returns
    -------
    float

    Examples
    --------
    >>> from creditor.figures.bars import bars
    >>> from creditor.terms.table import column
    >>> from creditor.terms.units import money
    >>> spec = bars("Holders", "", "", column("debt", "holder", {"a": 1.0}, money("USD")))
    >>> draw_bars(Canvas("c", "light"), spec, 0, 0, 600, False)
    30.0
    """
    return (
        _draw_narrow(canvas, spec, left, top, width) if narrow else _draw_wide(canvas, spec, left, top, width)
    )


def _draw_wide(canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, width: float) -> float:
    rows = spec["rows"]
    column = min(0.34 * width, max(text_width(row["title"], SIZE) for row in rows)) + 14
    ends = max(_end_width(row) for row in rows) + 10
    low, high = _span(rows)
    before = ends if low < 0 else 0.0
    scale = Scale(low, high, left + column + before, width - column - before - ends)
    for index, row in enumerate(rows):
        y = top + ROW * index
        baseline = y + ROW / 2 + 0.35 * SIZE
        title = shorten(row["title"], SIZE, column - 14)
        canvas.label(
            Label(
                left,
                baseline,
                ((title, "ink", False),),
                SIZE,
                full=row["full"] if title != row["title"] else "",
            )
        )
        _bar(canvas, row, scale, y + (ROW - BAR) / 2, BAR)
        pieces = [(row["text"], "ink", True)]
        if "range_text" in row:
            pieces.append((row["range_text"], "muted", False))
        x, anchor = _end_of(row, scale)
        canvas.label(Label(x, baseline, tuple(pieces), SIZE - 0.5, anchor))
    height = ROW * len(rows)
    canvas.line(scale(0), top, scale(0), top + height, "muted")
    return height


def _draw_narrow(canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, width: float) -> float:
    rows = spec["rows"]
    scale = Scale(*_span(rows), left, width)
    y = top
    for row in rows:
        amount = text_width(row["text"], SIZE, bold=True)
        lines = wrap(row["title"], SIZE, width - amount - 12, lines=2)
        full = row["full"] if " ".join(lines) != row["title"] else ""
        for index, line in enumerate(lines):
            canvas.label(Label(left, y + SIZE + 17 * index, ((line, "ink", False),), SIZE, full=full))
        y += SIZE + 17 * (len(lines) - 1)
        canvas.label(Label(left + width, y, ((row["text"], "ink", True),), SIZE, "end"))
        y += 6
        _bar(canvas, row, scale, y, NARROW_BAR)
        canvas.line(scale(0), y - 1, scale(0), y + NARROW_BAR + 1, "muted")
        y += NARROW_BAR
        if "range_text" in row:
            canvas.label(Label(left + width, y + 15, ((row["range_text"], "muted", False),), SMALL, "end"))
            y += 17
        y += 13
    return y - top - 13


def _bar(canvas: Canvas, row: Mapping[str, Any], scale: Scale, y: float, thick: float) -> None:
    if "value" not in row:
        return
    first, second = sorted((scale(0), scale(row["value"])))
    if row["value"] != 0:
        draw = canvas.assumed_rect if row["grade"] == "C" else canvas.rect
        start = first if row["value"] > 0 else min(first, second - 1.5)
        draw(start, y, max(1.5, second - first), thick, row["tone"], row["full"])
    if "low" in row:
        first, second, middle = scale(row["low"]), scale(row["high"]), y + thick / 2
        canvas.line(first, middle, second, middle, "paper", 4)
        canvas.line(first, middle, second, middle, "ink", 1.5)
        for x in (first, second):
            canvas.line(x, middle - 4, x, middle + 4, "ink", 1.5)


def _end_of(row: Mapping[str, Any], scale: Scale) -> tuple[float, str]:
    """Where the amount stands: past the bar and its interval, on the side to which it points."""
    value = row.get("value", 0.0)
    if value < 0:
        return min(scale(value), scale(row.get("low", value))) - 7, "end"
    return max(scale(value), scale(row.get("high", value)), scale(0)) + 7, "start"


def _end_width(row: Mapping[str, Any]) -> float:
    width = text_width(row["text"], SIZE - 0.5, bold=True)
    if "range_text" in row:
        width += 0.55 * SIZE + text_width(row["range_text"], SIZE - 0.5)
    return width


def _span(rows: list[Mapping[str, Any]]) -> tuple[float, float]:
    ends = [0.0]
    for row in rows:
        ends += [row[name] for name in ("value", "low", "high") if name in row]
    low, high = min(ends), max(ends)
    return (low, high) if high > low else (0.0, 1.0)
