"""Owns the drawing of the heat table: a grid when it fits, one short list per row when it does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creditor.figures.canvas import Canvas, Label
from creditor.figures.text import shorten, text_width, wrap

SIZE, SMALL = 12.5, 11.5
CELL = 30.0
LARGEST_CELL = 130.0


def draw_matrix(
    canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, width: float, narrow: bool
) -> float:
    """Draw a heat table and return the height it took.

    Parameters
    ----------
    canvas : Canvas
        Takes the elements.
    spec : mapping
        A specification made by `creditor.figures.matrix.matrix`.
    left, top, width : float
        Where to draw, in pixels.
    narrow : bool
        Smaller letters; where the columns still do not fit, one list per row.

    Returns
    -------
    float

    Examples
    --------
    >>> from creditor.figures.matrix import matrix
    >>> from creditor.terms.table import matrix as table
    >>> from creditor.terms.units import money
    >>> cells = table("claims", ("holder", "issuer"), ["a"], ["b"], {("a", "b"): 5.0}, money("USD"))
    >>> draw_matrix(Canvas("c", "light"), matrix("Claims", "", "", cells), 0, 0, 600, False)
    52.0
    """
    size = SMALL if narrow else SIZE
    numbers = max((text_width(cell["text"], size) for cell in spec["cells"]), default=0.0)
    least = max(numbers + 10, 40.0)
    titles = max(text_width(row["title"], size) for row in spec["rows"])
    labels = min(titles, 0.32 * width) + 12
    if labels + least * len(spec["columns"]) > width:
        return _draw_lists(canvas, spec, left, top, width)
    cell = min(LARGEST_CELL, (width - labels) / len(spec["columns"]))
    return _draw_grid(canvas, spec, left, top, labels, cell, size)


def _draw_grid(
    canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, labels: float, cell: float, size: float
) -> float:
    heads = [wrap(column["title"], SMALL, cell - 8, lines=3) for column in spec["columns"]]
    deep = max(len(head) for head in heads)
    begin = top + deep * 15 + 7
    inset = _insets(spec, cell, size)
    by_place = {(entry["row"], entry["column"]): entry for entry in spec["cells"]}
    for index, (column, head) in enumerate(zip(spec["columns"], heads, strict=True)):
        x = left + labels + cell * (index + 0.5)
        full = column["title"] if " ".join(head) != column["title"] else ""
        for line, text in enumerate(head):
            y = begin - 9 - 15 * (len(head) - 1 - line)
            canvas.label(Label(x, y, ((text, "muted", False),), SMALL, "middle", full))
    for index, row in enumerate(spec["rows"]):
        y = begin + CELL * index
        title = shorten(row["title"], size, labels - 12)
        full = row["title"] if title != row["title"] else ""
        canvas.label(Label(left, y + CELL / 2 + 0.35 * size, ((title, "ink", False),), size, full=full))
        for place, column in enumerate(spec["columns"]):
            entry = by_place.get((row["id"], column["id"]))
            if entry:
                _cell(canvas, entry, left + labels + cell * place, y, cell, size, inset[column["id"]])
    return begin - top + CELL * len(spec["rows"])


def _cell(
    canvas: Canvas, entry: Mapping[str, Any], x: float, y: float, width: float, size: float, inset: float
) -> None:
    ground, text = _colours(entry)
    if ground:
        canvas.rect(x + 1, y + 1, width - 2, CELL - 2, ground, entry["full"])
    pieces = ((entry["text"], text, False),)
    canvas.label(Label(x + width - inset, y + CELL / 2 + 0.35 * size, pieces, size, "end"))


def _insets(spec: Mapping[str, Any], cell: float, size: float) -> dict[str, float]:
    """Space right of the numbers of each column: they end in line and the widest stands in the middle."""
    widest = dict.fromkeys((column["id"] for column in spec["columns"]), 0.0)
    for entry in spec["cells"]:
        widest[entry["column"]] = max(widest[entry["column"]], text_width(entry["text"], size))
    return {name: (cell - width) / 2 for name, width in widest.items()}


def _colours(entry: Mapping[str, Any]) -> tuple[str, str]:
    if entry["step"] is None:
        return "", "muted"
    name = f"{'cold' if entry['value'] < 0 else 'heat'}_{entry['step']}"
    return name, "on_" + name


def _draw_lists(canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, width: float) -> float:
    """One list per row: its title, then each present cell with column, amount and swatch."""
    titles = {column["id"]: column["title"] for column in spec["columns"]}
    y = top
    for row in spec["rows"]:
        entries = [entry for entry in spec["cells"] if entry["row"] == row["id"]]
        if not entries:
            continue
        heading = shorten(row["title"], SIZE, width, bold=True)
        canvas.label(Label(left, y + 14, ((heading, "ink", True),), SIZE, full=row["title"]))
        canvas.line(left, y + 21, left + width, y + 21, "rule")
        y += 26
        for entry in entries:
            ground, _ = _colours(entry)
            if ground:
                canvas.rect(left, y + 2, 14, 14, ground, entry["full"])
            room = width - 22 - text_width(entry["text"], 12) - 10
            name = titles[entry["column"]]
            title = shorten(name, 12, room)
            full = entry["full"] if title != name else ""
            canvas.label(Label(left + 22, y + 13, ((title, "ink", False),), 12, full=full))
            canvas.label(Label(left + width, y + 13, ((entry["text"], "ink", False),), 12, "end"))
            y += 20
        y += 10
    return y - top
