"""Owns the drawing of small multiples: panels of bars in a grid, labels once in each line of panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from creditor.figures.canvas import Canvas, Label
from creditor.figures.text import shorten, text_width

TITLE, SMALL = 13.0, 11.0
ROW, BAR = 19.0, 11.0
HEAD, BELOW = 38.0, 16.0
NAMES, NARROW_NAMES = 0.42, 0.6  # the most of the width that the names of the rows may take
PANEL, GAP = 150.0, 22.0  # least width of a panel of bars, and what is between two of them


def draw_multiples(
    canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, width: float, narrow: bool
) -> float:
    """Draw small multiples and return the height they took.

    Parameters
    ----------
    canvas : Canvas
        Takes the elements.
    spec : mapping
        A specification made by `creditor.figures.multiples.multiples`.
    left, top, width : float
        Where to draw, in pixels.
    narrow : bool
        One panel beside the labels, not several, and only the rows that have a number.

    Returns
    -------
    float

    Examples
    --------
    >>> from creditor.figures.multiples import Panel, multiples
    >>> from creditor.terms.table import column
    >>> from creditor.terms.units import SHARE
    >>> spec = multiples("H", "", "", [Panel("Japan", "", column("share", "class", {"a": 0.5}, SHARE))])
    >>> draw_multiples(Canvas("c", "light"), spec, 0, 0, 600, False)
    57.0
    """
    panels = spec["panels"]
    rows = panels[0]["rows"]
    names = (
        min((NARROW_NAMES if narrow else NAMES) * width, max(text_width(row["title"], SMALL) for row in rows))
        + 12
    )
    count = 1 if narrow else max(1, min(len(panels), int((width - names + GAP) // (PANEL + GAP))))
    each = (width - names + GAP) / count - GAP
    amount = max(text_width(row["text"], SMALL, bold=True) for panel in panels for row in panel["rows"]) + 6
    y = top
    for first in range(0, len(panels), count):
        line = panels[first : first + count]
        shown = [n for n in range(len(rows)) if not narrow or "value" in line[0]["rows"][n]]
        _names(canvas, [rows[n] for n in shown], left, y + HEAD, names - 12)
        for place, panel in enumerate(line):
            x = left + names + place * (each + GAP)
            head = (left, width) if narrow else (x, each)
            _panel(canvas, panel, shown, head, (x, y), (each - amount, spec["top"]))
        y += HEAD + ROW * len(shown) + BELOW
    return y - top - BELOW


def _names(canvas: Canvas, rows: list[Mapping[str, Any]], left: float, top: float, width: float) -> None:
    for index, row in enumerate(rows):
        title = shorten(row["title"], SMALL, width)
        baseline = top + ROW * index + ROW / 2 + 0.35 * SMALL
        full = row["title"] if title != row["title"] else ""
        canvas.label(Label(left, baseline, ((title, "ink", False),), SMALL, full=full))


def _panel(
    canvas: Canvas,
    panel: Mapping[str, Any],
    shown: Sequence[int],
    head: tuple[float, float],
    corner: tuple[float, float],
    size: tuple[float, float],
) -> None:
    (left, top), (room, most) = corner, size
    title = shorten(panel["title"], TITLE, head[1], bold=True)
    canvas.label(Label(head[0], top + TITLE, ((title, "ink", True),), TITLE))
    note = shorten(panel["note"], SMALL, head[1])
    canvas.label(Label(head[0], top + TITLE + 15, ((note, "muted", False),), SMALL))
    top += HEAD
    for index, row in enumerate(panel["rows"][n] for n in shown):
        y = top + ROW * index + (ROW - BAR) / 2
        length = row.get("value", 0.0) / most * room if most else 0.0
        if length > 0:
            draw = canvas.assumed_rect if row["grade"] == "C" else canvas.rect
            draw(left, y, max(1.5, length), BAR, row["tone"], f"{panel['title']}, {row['full']}")
        baseline = top + ROW * index + ROW / 2 + 0.35 * SMALL
        colour = "ink" if "value" in row else "muted"
        text = ((row["text"], colour, "value" in row),)
        canvas.label(Label(left + max(0.0, length) + 5, baseline, text, SMALL))
    canvas.line(left, top, left, top + ROW * len(shown), "muted")
