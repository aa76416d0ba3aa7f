"""Owns the drawing of lines over time: axes with few ticks, direct labels at the ends of the lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creditor.figures.axis import axis_ticks, draw_periods, tick_texts
from creditor.figures.canvas import Canvas, Label, number
from creditor.figures.text import shorten, text_width

SIZE, SMALL = 12.5, 11.0
HEIGHT, NARROW_HEIGHT = 380.0, 260.0
TONES = ("foreign", "household", "intermediary", "state", "firm", "central_bank", "unallocated", "neutral")
GAP = 17.0


def draw_lines(
    canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, width: float, narrow: bool
) -> float:
    """Draw lines over time and return the height they took.

    Parameters
    ----------
    canvas : Canvas
    spec : mapping
        Made by `creditor.figures.lines.lines`.
    left, top, width : float
        Where to draw, in pixels.
    narrow : bool
        Names above the chart instead of at the ends of the lines.

    Examples
    --------
    >>> from creditor.figures.lines import lines
    >>> from creditor.terms.table import matrix
    >>> from creditor.terms.units import parse_unit
    >>> cells = {("0", "x"): 1.0, ("1", "x"): 2.0}
    >>> table = matrix("run", ("period", "variable"), ["0", "1"], ["x"], cells, parse_unit("count"))
    >>> draw_lines(Canvas("c", "light"), lines("x", "", "", table), 0, 0, 600, False) > 300
    True
    """
    series = [entry for entry in spec["series"] if entry["points"]]
    y = top + (_key(canvas, series, left, top, width) if narrow else 0.0)
    height = NARROW_HEIGHT if narrow else max(HEIGHT, GAP * (len(series) + 2))
    low, high, ticks = axis_ticks([point[1] for entry in series for point in entry["points"]])
    texts = tick_texts(ticks)
    axis = max(text_width(text, SMALL) for text in texts) + 8
    longest = max((text_width(entry["title"], SIZE, True) for entry in series), default=0.0)
    ends = 0.0 if narrow else min(0.28 * width, longest) + 14
    x0, x1, y0, y1 = left + axis, left + width - ends, y + 6, y + height - 24
    last = max(1, len(spec["periods"]) - 1)

    def across(place: float) -> float:
        return x0 + (x1 - x0) * place / last

    def up(value: float) -> float:
        return y1 - (y1 - y0) * (value - low) / (high - low)

    for tick, text in zip(ticks, texts, strict=True):
        canvas.line(x0, up(tick), x1, up(tick), "rule" if tick else "muted", 0.75)
        canvas.label(Label(x0 - 6, up(tick) + 4, ((text, "muted", False),), SMALL, "end"))
    draw_periods(canvas, spec["periods"], across, y1, last, left + width)
    for place, entry in enumerate(series):
        _line(canvas, entry, TONES[place % len(TONES)], across, up)
    if not narrow:
        _names(canvas, series, x1 + 8, ends - 10, up, y0, y1)
    return y - top + height


def _line(canvas: Canvas, entry: Mapping[str, Any], tone: str, across: Any, up: Any) -> None:
    pieces: list[str] = []
    places = [place for place, _, _ in entry["points"]]
    there = set(places)
    for place, value, _ in entry["points"]:
        pieces.append(f"{'L' if place - 1 in there else 'M'}{number(across(place))} {number(up(value))}")
        if not {place - 1, place + 1} & there and place != places[-1]:  # no line would show it
            canvas.rect(across(place) - 1.5, up(value) - 1.5, 3, 3, tone)
    canvas.curve(" ".join(pieces), tone, entry["title"])
    place, value, _ = entry["points"][-1]
    canvas.rect(
        across(place) - 2.5, up(value) - 2.5, 5, 5, tone, f"{entry['title']}: {entry['points'][-1][2]}"
    )


def _names(
    canvas: Canvas, series: list[Any], x: float, room: float, up: Any, top: float, bottom: float
) -> None:
    """Names at the ends of the lines, pushed apart."""
    wanted = sorted((up(entry["points"][-1][1]), place) for place, entry in enumerate(series))
    spots = [max(top, y) for y, _ in wanted]
    for index in range(1, len(spots)):
        spots[index] = max(spots[index], spots[index - 1] + GAP)
    over = spots[-1] - bottom if spots else 0.0
    if over > 0:
        for index in range(len(spots) - 1, -1, -1):
            limit = bottom if index == len(spots) - 1 else spots[index + 1] - GAP
            spots[index] = min(spots[index], limit)
    for (_, place), y in zip(wanted, spots, strict=True):
        entry = series[place]
        title = shorten(entry["title"], SIZE, room, bold=True)
        full = entry["title"] if title != entry["title"] else ""
        canvas.label(Label(x, y + 4, ((title, TONES[place % len(TONES)], True),), SIZE, full=full, halo=True))


def _key(canvas: Canvas, series: list[Any], left: float, top: float, width: float) -> float:
    y = top
    for place, entry in enumerate(series):
        canvas.rect(left, y + 4, 14, 5, TONES[place % len(TONES)])
        canvas.label(
            Label(left + 20, y + SIZE - 1, ((shorten(entry["title"], SIZE, width - 20), "ink", False),), SIZE)
        )
        y += GAP + 2
    return y - top + 6
