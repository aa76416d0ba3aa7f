"""Owns the drawing of fans: for each variable a panel with two bands and the median."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from creditor.figures.axis import SMALL, axis_ticks, draw_periods, tick_texts
from creditor.figures.canvas import Canvas, Label, number
from creditor.figures.text import shorten, text_width, wrap

TITLE = 13.0
ALONE, HEIGHT, NARROW_HEIGHT = 320.0, 190.0, 170.0
HEAD, BELOW, GAP = 22.0, 30.0, 34.0
TONE = "foreign"
TONES = ("household", "state", "intermediary", "central_bank", "firm", "neutral", "unallocated")


def draw_fan(
    canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, width: float, narrow: bool
) -> float:
    """Draw fans and return the height they took.

    Parameters
    ----------
    canvas : Canvas
    spec : mapping
        Made by `creditor.figures.fan.fan`.
    left, top, width : float
        Where to draw, in pixels.
    narrow : bool
        One panel below the other, not two side by side.

    Examples
    --------
    >>> from creditor.figures.fan import BANDS, Fan, fan
    >>> from creditor.terms.units import parse_unit
    >>> one = Fan("x", {share: [1.0, 1.0 + float(share)] for share in BANDS})
    >>> spec = fan("x", "", "", [one], ["0", "1"], parse_unit("count"))
    >>> draw_fan(Canvas("c", "light"), spec, 0, 0, 600, False) > 300
    True
    """
    fans = spec["fans"]
    columns = 1 if narrow or len(fans) == 1 else 2
    height = NARROW_HEIGHT if narrow else ALONE if len(fans) == 1 else HEIGHT
    each = (width + GAP) / columns - GAP
    y = top
    for first in range(0, len(fans), columns):
        for place, panel in enumerate(fans[first : first + columns]):
            corner = (left + place * (each + GAP), y)
            _panel(canvas, panel, spec["periods"], corner, (each, height), _tones(fans))
        y += HEAD + height + BELOW
    y += SMALL
    for line in wrap(spec["note"], SMALL, width):
        canvas.label(Label(left, y, ((line, "muted", False),), SMALL))
        y += 1.4 * SMALL
    for title, tone in _tones(fans).items():
        canvas.rect(left, y - 0.55 * SMALL, 14, 4, tone)
        text = shorten(title, SMALL, width - 20)
        full = title if text != title else ""
        canvas.label(Label(left + 20, y, ((text, "muted", False),), SMALL, full=full))
        y += 1.5 * SMALL
    return y - top


def _tones(fans: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The tone of each line that is drawn over the bands."""
    titles = dict.fromkeys(line["title"] for panel in fans for line in panel.get("lines", ()))
    return {title: TONES[place % len(TONES)] for place, title in enumerate(titles)}


def _panel(
    canvas: Canvas,
    panel: Mapping[str, Any],
    periods: Sequence[str],
    corner: tuple[float, float],
    size: tuple[float, float],
    tones: Mapping[str, str],
) -> None:
    (left, top), (width, height), points = corner, size, panel["points"]
    title = shorten(panel["title"], TITLE, width, bold=True)
    full = panel["title"] if title != panel["title"] else ""
    canvas.label(Label(left, top + TITLE, ((title, "ink", True),), TITLE, full=full))
    lines = panel.get("lines", ())
    ends = [value for point in points for value in (point[1][0], point[1][-1])]
    low, high, ticks = axis_ticks([*ends, *(point[1] for line in lines for point in line["points"])])
    texts = tick_texts(ticks)
    x0 = left + max(text_width(text, SMALL) for text in texts) + 8
    x1, y0, y1 = left + width - 6, top + HEAD + 4, top + HEAD + height
    last = max(1, len(periods) - 1)

    def across(place: float) -> float:
        return x0 + (x1 - x0) * place / last

    def up(value: float) -> float:
        return y1 - (y1 - y0) * (value - low) / (high - low)

    for tick, text in zip(ticks, texts, strict=True):
        canvas.line(x0, up(tick), x1, up(tick), "rule" if tick else "muted", 0.75)
        canvas.label(Label(x0 - 6, up(tick) + 4, ((text, "muted", False),), SMALL, "end"))
    draw_periods(canvas, periods, across, y1, last, left + width)
    for lower, upper, told in ((0, 4, "5 to 95 %"), (1, 3, "25 to 75 %")):
        for piece in _pieces(points):
            rim = [(across(p), up(v[upper])) for p, v, _ in piece]
            rim += [(across(p), up(v[lower])) for p, v, _ in reversed(piece)]
            last_texts = piece[-1][2]
            text = f"{told}: {last_texts[lower]} to {last_texts[upper]} at the end"
            canvas.ribbon(_outline(rim) + "Z", TONE, False, text)
    for piece in _pieces(points):
        middle = [(across(place), up(values[2])) for place, values, _ in piece]
        canvas.curve(_outline(middle), TONE, f"{panel['title']}, median: {piece[-1][2][2]} at the end")
    for line in lines:
        _line(canvas, line, tones[line["title"]], across, up)


def _line(
    canvas: Canvas,
    line: Mapping[str, Any],
    tone: str,
    across: Callable[[float], float],
    up: Callable[[float], float],
) -> None:
    """A line over the bands: years in a row joined, a square where it ends and where a year stands alone."""
    for piece in _pieces(line["points"]):
        if len(piece) > 1:
            spots = [(across(place), up(value)) for place, value, _ in piece]
            canvas.curve(_outline(spots), tone, line["title"])
        place, value, text = piece[-1]
        canvas.rect(across(place) - 2.5, up(value) - 2.5, 5, 5, tone, f"{line['title']}: {text}")


def _pieces(points: Sequence[Any]) -> list[list[Any]]:
    """Points in stretches without an absent one between them."""
    pieces: list[list[Any]] = []
    for point in points:
        if pieces and point[0] == pieces[-1][-1][0] + 1:
            pieces[-1].append(point)
        else:
            pieces.append([point])
    return pieces


def _outline(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{'L' if n else 'M'}{number(x)} {number(y)}" for n, (x, y) in enumerate(points))
