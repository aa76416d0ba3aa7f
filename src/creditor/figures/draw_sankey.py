"""Owns the drawing of the layered flow: across the page when wide, down the page with a key when narrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from creditor.figures.canvas import Canvas, Label, number
from creditor.figures.layout import THINNEST_BOX, Layout, Ribbon, lay_out, rows_of
from creditor.figures.text import shorten, text_width, wrap

SIZE, SMALL = 12.5, 11.5
LINE = 17.0
BOX = 12.0
FLOW_PART = 0.34
Piece = tuple[str, str, bool]
NARROW_BAND, NARROW_BAR, KEY_LINE = 84.0, 16.0, 19.0


def draw_sankey(
    canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, width: float, narrow: bool
) -> float:
    """Draw a layered flow and return the height it took.

    Parameters
    ----------
    canvas : Canvas
        Takes the elements.
    spec : mapping
        A specification made by `creditor.figures.sankey.sankey`.
    left, top, width : float
        Where to draw, in pixels.
    narrow : bool
        Down the page, with numbered segments and a key below.

    Returns
    -------
    float

    Examples
    --------
    >>> from creditor.figures.sankey import sankey
    >>> from creditor.figures.specification import Node
    >>> from creditor.terms.table import matrix
    >>> from creditor.terms.units import money
    >>> flow = matrix("debt", ("from", "to"), ["a"], ["b"], {("a", "b"): 3.0}, money("USD"))
    >>> spec = sankey("T", "", "", [Node("a", "A", 0), Node("b", "B", 1)], flow)
    >>> draw_sankey(Canvas("c", "light"), spec, 0, 0, 360, True) > 100
    True
    """
    return (
        _draw_down(canvas, spec, left, top, width) if narrow else _draw_across(canvas, spec, left, top, width)
    )


def _draw_across(canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, width: float) -> float:
    nodes = {node["id"]: node for node in spec["nodes"]}
    last = len(spec["layers"]) - 1
    margins = [
        min(0.24 * width, max(_end_width(node) for node in nodes.values() if node["layer"] == layer) + 10)
        for layer in (0, last)
    ]
    margins[1] = max(
        margins[1], min(0.24 * width, text_width(spec["layers"][last]["title"], SMALL) - BOX + 4)
    )
    step = (width - margins[0] - margins[1] - BOX) / last
    lines = {
        name: _lines(node, step - BOX - 14, margins[0 if node["layer"] == 0 else 1] - 10, last)
        for name, node in nodes.items()
    }
    scale = FLOW_PART * width / max(_totals(spec))
    layout = lay_out(spec, scale, lambda name: LINE * len(lines[name]) - 1, 3.0, padding=6.0)
    edges = [left + margins[0] + step * layer for layer in range(last + 1)]
    begin = top + _headings_across(canvas, spec, edges, top, step, margins)
    for ribbon in _drawn_order(layout):
        outline = _outline(ribbon, edges, begin, across=True)
        canvas.ribbon(outline, _tone(nodes, ribbon.link), ribbon.link["grade"] == "C", ribbon.link["title"])
    for name, box in layout.boxes.items():
        node = nodes[name]
        canvas.rect(edges[box.layer], begin + box.start, BOX, box.size, node["tone"], node["full"])
        _label(canvas, node, lines[name], edges[box.layer], begin + box.middle, last)
    return begin - top + layout.extent


def _headings_across(
    canvas: Canvas,
    spec: Mapping[str, Any],
    edges: Sequence[float],
    top: float,
    step: float,
    margins: Sequence[float],
) -> float:
    if not any(layer["title"] for layer in spec["layers"]):
        return 0.0
    last = len(edges) - 1
    for index, layer in enumerate(spec["layers"]):
        room = {0: margins[0] + BOX - 4, last: margins[1] + BOX}.get(index, step - 12)
        text = shorten(layer["title"], SMALL, room)
        x, anchor = (edges[0] + BOX, "end") if index == 0 else (edges[index], "start")
        full = layer["title"] if text != layer["title"] else ""
        canvas.label(Label(x, top + SMALL, ((text, "muted", False),), SMALL, anchor, full))
    return 2 * SMALL + 6


def _lines(node: Mapping[str, Any], room: float, end_room: float, last: int) -> list[tuple[Piece, ...]]:
    """Lines of a node's label: at the ends the amount stands below the title, between them beside it."""
    if not 0 < node["layer"] < last:
        title = wrap(node["title"], SIZE, end_room, bold=True, lines=2)
        return [*(((line, "ink", True),) for line in title), ((_amount(node), "muted", False),)]
    title = wrap(node["title"], SIZE, room, bold=True, lines=2)
    lines: list[tuple[Piece, ...]] = [((line, "ink", True),) for line in title]
    amount: Piece = (node["text"], "ink", False)
    if Label(0, 0, (*lines[-1], amount), SIZE).width > room:
        return [*lines, (amount,)]
    return [*lines[:-1], (*lines[-1], amount)]


def _label(
    canvas: Canvas,
    node: Mapping[str, Any],
    lines: Sequence[tuple[Piece, ...]],
    edge: float,
    middle: float,
    last: int,
) -> None:
    between = 0 < node["layer"] < last
    x, anchor = (edge - 7, "end") if node["layer"] == 0 else (edge + BOX + (5 if between else 7), "start")
    first = middle - LINE * (len(lines) - 1) / 2 + 0.35 * SIZE
    for index, pieces in enumerate(lines):
        size = SMALL if not between and index == len(lines) - 1 else SIZE
        canvas.label(Label(x, first + LINE * index, pieces, size, anchor, node["full"], halo=between))


def _amount(node: Mapping[str, Any]) -> str:
    return f"{node['text']} · {node['share_text']}"


def _end_width(node: Mapping[str, Any]) -> float:
    return max(text_width(node["title"], SIZE, bold=True), text_width(_amount(node), SMALL))


def _totals(spec: Mapping[str, Any]) -> list[float]:
    values = {node["id"]: node["value"] for node in spec["nodes"]}
    values |= {(link["from"], link["to"]): link["value"] for link in spec["links"]}
    return [sum(values[slot] for slot in row) for row in rows_of(spec)]


def _drawn_order(layout: Layout) -> list[Ribbon]:
    """Thick ribbons first, so that thin ones stay visible upon them."""
    return sorted(layout.ribbons, key=lambda ribbon: -ribbon.thickness)


def _tone(nodes: Mapping[str, Mapping[str, Any]], link: Mapping[str, Any]) -> str:
    """A ribbon takes the tone of where it leads."""
    return str(nodes[link["to"]]["tone"])


def _outline(ribbon: Ribbon, edges: Sequence[float], begin: float, across: bool, box: float = BOX) -> str:
    """Path of a ribbon through its stations; `across` means that the flow runs along x."""
    thick = max(ribbon.thickness, 0.6)
    along: list[tuple[float, float]] = []
    for place, (layer, edge) in enumerate(ribbon.stations):
        cross = edge + begin
        if place:
            along.append((edges[layer], cross))
        if place < len(ribbon.stations) - 1:
            along.append((edges[layer] + box, cross))
    there = _curve(along, across)
    back = _curve([(a, c + thick) for a, c in reversed(along)], across)
    return f"M{there}L{back}Z"


def _curve(points: Sequence[tuple[float, float]], across: bool) -> str:
    """Points joined in turn by a curve and a straight piece, the curve first."""

    def spot(a: float, c: float) -> str:
        return f"{number(a)} {number(c)}" if across else f"{number(c)} {number(a)}"

    text = spot(*points[0])
    for place in range(1, len(points)):
        (a0, c0), (a1, c1) = points[place - 1], points[place]
        if place % 2:
            half = (a0 + a1) / 2
            text += f"C{spot(half, c0)} {spot(half, c1)} {spot(a1, c1)}"
        else:
            text += f"L{spot(a1, c1)}"
    return text


def _draw_down(canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, width: float) -> float:
    nodes = {node["id"]: node for node in spec["nodes"]}
    gap = min(2.5, 0.3 * width / max(len(row) for row in rows_of(spec)))
    layout = lay_out(spec, _fitting_scale(spec, width, gap), lambda name: 0.0, gap, width)
    edges = [top + 20 + (NARROW_BAR + NARROW_BAND) * layer for layer in range(len(spec["layers"]))]
    for ribbon in _drawn_order(layout):
        outline = _outline(ribbon, edges, left, across=False, box=NARROW_BAR)
        canvas.ribbon(outline, _tone(nodes, ribbon.link), ribbon.link["grade"] == "C", ribbon.link["title"])
    numbers = {node["id"]: str(index) for index, node in enumerate(spec["nodes"], start=1)}
    for name, box in layout.boxes.items():
        node, y = nodes[name], edges[box.layer]
        canvas.rect(left + box.start, y, box.size, NARROW_BAR, node["tone"], node["full"])
        if text_width(numbers[name], 11, bold=True) + 3 <= box.size:
            pieces = ((numbers[name], "on_" + node["tone"], True),)
            canvas.label(Label(left + box.middle, y + 12, pieces, 11, "middle"))
    for layer, y in zip(spec["layers"], edges, strict=True):
        if layer["title"]:
            title = shorten(layer["title"], SMALL, width)
            canvas.label(Label(left, y - 6, ((title, "ink", False),), SMALL, halo=True))
    return _key(canvas, spec, numbers, left, edges[-1] + NARROW_BAR + 26, width) - top


def _key(
    canvas: Canvas, spec: Mapping[str, Any], numbers: Mapping[str, str], left: float, y: float, width: float
) -> float:
    """List every node with its number, title and amount; return where the list ends."""
    for index, layer in enumerate(spec["layers"]):
        if index:
            y += 10
        if layer["title"]:
            title = shorten(layer["title"], SMALL, width)
            canvas.label(Label(left, y + 12, ((title, "muted", False),), SMALL))
            y += 20
        canvas.line(left, y - 1.5, left + width, y - 1.5, "rule")
        for node in spec["nodes"]:
            if node["layer"] == index:
                y = _key_row(canvas, node, numbers[node["id"]], left, y, width)
    return y


def _key_row(canvas: Canvas, node: Mapping[str, Any], key: str, left: float, y: float, width: float) -> float:
    canvas.rect(left, y + 2.5, 20, 14, node["tone"])
    canvas.label(Label(left + 10, y + 13.5, ((key, "on_" + node["tone"], True),), 11, "middle"))
    amount = _amount(node)
    room = width - 28 - text_width(amount, SMALL) - 8
    lines = wrap(node["title"], 12, room, lines=2)
    full = node["full"] if " ".join(lines) != node["title"] else ""
    canvas.label(Label(left + width, y + 13.5, ((amount, "ink", False),), SMALL, "end"))
    for index, line in enumerate(lines):
        canvas.label(Label(left + 28, y + 13.5 + 15 * index, ((line, "ink", False),), 12, "start", full))
    return y + KEY_LINE + 15 * (len(lines) - 1)


def _fitting_scale(spec: Mapping[str, Any], width: float, gap: float) -> float:
    """Largest scale at which every layer fits, by halving; thin boxes keep their least size."""
    values = {node["id"]: node["value"] for node in spec["nodes"]}
    values |= {(link["from"], link["to"]): link["value"] for link in spec["links"]}

    def extent(scale: float) -> float:
        rows = ([max(THINNEST_BOX, values[slot] * scale) for slot in row] for row in rows_of(spec))
        return float(max(sum(row) + gap * (len(row) - 1) for row in rows))

    low, high = 0.0, width / min(_totals(spec))
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if extent(middle) <= width else (low, middle)
    return low
