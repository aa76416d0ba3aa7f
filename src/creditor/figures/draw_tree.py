"""Owns the drawing of a tree: rows below what they belong to, joined by lines, notes beside or below them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creditor.figures.canvas import Canvas, Label, number
from creditor.figures.draw_keys import draw_keys
from creditor.figures.text import shorten, text_width, wrap

SIZE, SMALL = 12.5, 11.5
STEP, NARROW_STEP = 26.0, 14.0
DOT, LINE, PAD = 8.0, 16.0, 7.0
TITLES = 0.42  # part of the width that titles may take where notes stand beside them
MOST = 4  # lines of a note


def draw_tree(
    canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, width: float, narrow: bool
) -> float:
    """Draw a tree and return the height it took.

    Parameters
    ----------
    canvas : Canvas
    spec : mapping
        Made by `creditor.figures.tree.tree`.
    left, top, width : float
        Where to draw, in pixels.
    narrow : bool
        Notes below the titles instead of beside them.

    Examples
    --------
    >>> from creditor.figures.tree import Branch, tree
    >>> spec = tree("T", "", "", [Branch(0, "a", "a = b"), Branch(1, "b", "given 2")])
    >>> draw_tree(Canvas("c", "light"), spec, 0, 0, 600, False)
    46.0
    """
    y = top + draw_keys(canvas, spec["keys"], left, top, width)
    step = NARROW_STEP if narrow else STEP
    beside = 0.0 if narrow else _beside(spec, width, step)
    places: list[tuple[float, float]] = []
    for row in spec["rows"]:
        x = left + step * row["depth"]
        places.append((x + DOT / 2, y + PAD / 2 + 0.62 * SIZE))
        _elbow(canvas, places, row)
        canvas.rect(places[-1][0] - DOT / 2, places[-1][1] - DOT / 2, DOT, DOT, row["tone"], row["note"])
        y = _row(canvas, row, x + DOT + 7, y, left, width, beside)
    return y - top


def _beside(spec: Mapping[str, Any], width: float, step: float) -> float:
    """Where notes begin: right of the longest title, as far as that leaves room for them."""
    ends = [step * row["depth"] + DOT + 7 + text_width(row["title"], SIZE, bold=True) for row in spec["rows"]]
    return min(max(ends) + 18, TITLES * width)


def _elbow(canvas: Canvas, places: list[tuple[float, float]], row: Mapping[str, Any]) -> None:
    """The line from the row to what it belongs to."""
    if row["parent"] is None:
        return
    (x, y), (above, begin) = places[-1], places[row["parent"]]
    points = ((above, begin + DOT / 2), (above, y), (x - DOT / 2, y))
    path = "M" + "L".join(f"{number(a)} {number(b)}" for a, b in points)
    canvas.parts.append(f'<path d="{path}" {canvas.stroke("unallocated")} stroke-width="1"/>')


def _row(
    canvas: Canvas,
    row: Mapping[str, Any],
    x: float,
    y: float,
    left: float,
    width: float,
    beside: float,
) -> float:
    """Title and note of a row; return where the next one begins."""
    first = y + PAD / 2 + SIZE
    room = (left + beside - 12 if beside else left + width) - x
    title = shorten(row["title"], SIZE, room, bold=True)
    full = row["title"] if title != row["title"] else ""
    canvas.label(Label(x, first, ((title, "ink", True),), SIZE, full=full))
    begin, top = (left + beside, first) if beside else (x, first + LINE)
    lines = wrap(row["note"], SMALL, left + width - begin, lines=MOST) if row["note"] else []
    shortened = " ".join(lines) != row["note"]
    for count, line in enumerate(lines):
        note = row["note"] if shortened else ""
        canvas.label(Label(begin, top + LINE * count, ((line, "muted", False),), SMALL, full=note))
    rows = max(1, len(lines)) if beside else 1 + len(lines)
    return y + PAD + LINE * rows
