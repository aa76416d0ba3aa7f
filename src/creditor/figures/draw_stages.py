"""Owns the drawing of stages: boxes one below the other, or side by side where nothing lies between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from creditor.figures.canvas import Canvas, Label, number
from creditor.figures.draw_keys import draw_keys
from creditor.figures.text import shorten, text_width, wrap

TITLE, SIZE, SMALL = 13.0, 12.0, 11.0
LINE, GAP, BETWEEN = 17.0, 34.0, 16.0
INSET, BAR, MARK = 14.0, 5.0, 22.0
LANE = 13.0
LEAST = 200.0  # width of a box that stands beside another


@dataclass
class _Box:
    """A box where it stands, and the labels inside it, which are drawn once it has its place."""

    spec: Mapping[str, Any]
    x: float
    width: float
    y: float = 0.0
    height: float = 0.0
    labels: list[tuple[float, float, str, str, bool, float, str]] = field(default_factory=list)

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def draw_stages(
    canvas: Canvas, spec: Mapping[str, Any], left: float, top: float, width: float, narrow: bool
) -> float:
    """Draw stages and return the height they took.

    Parameters
    ----------
    canvas : Canvas
    spec : mapping
        Made by `creditor.figures.stages.stages`.
    left, top, width : float
        Where to draw, in pixels.
    narrow : bool
        Every box below the other.

    Examples
    --------
    >>> from creditor.figures.stages import Stage, stages
    >>> spec = stages("Order", "", "", [Stage("1", "First", lines=(("a", "b"),))])
    >>> draw_stages(Canvas("c", "light"), spec, 0, 0, 600, False)
    57.0
    """
    begin = top + draw_keys(canvas, spec["keys"], left, top, width)
    rows = [] if narrow else _rows(spec["stages"], width)
    boxes = _beside(rows, left, begin, width) if rows else _below(spec["stages"], left, begin, width)
    for box in boxes.values():
        _draw_box(canvas, box)
    if rows:
        for box in boxes.values():
            for other in box.spec["after"]:
                start = boxes[other]
                _arrow(canvas, [(start.middle, start.bottom + 3), (box.middle, box.y - 3)])
    else:
        _draw_lanes(canvas, boxes, left)
    return max((box.bottom for box in boxes.values()), default=begin) - top


def _rows(stages: Sequence[Mapping[str, Any]], width: float) -> list[list[Mapping[str, Any]]]:
    """Stages by how many must come before; empty where an arrow would pass a row, or a row is too full."""
    level: dict[str, int] = {}
    for stage in stages:
        level[stage["id"]] = 1 + max((level[other] for other in stage["after"]), default=-1)
    if any(level[stage["id"]] - level[other] > 1 for stage in stages for other in stage["after"]):
        return []
    rows: list[list[Mapping[str, Any]]] = [[] for _ in range(1 + max(level.values(), default=-1))]
    for stage in stages:
        rows[level[stage["id"]]].append(stage)
    most = max(map(len, rows), default=1)
    return rows if (width - BETWEEN * (most - 1)) / most >= LEAST or most == 1 else []


def _beside(
    rows: Sequence[Sequence[Mapping[str, Any]]], left: float, top: float, width: float
) -> dict[str, _Box]:
    boxes: dict[str, _Box] = {}
    y = top
    for row in rows:
        each = (width - BETWEEN * (len(row) - 1)) / len(row)
        placed = [_made(stage, left + place * (each + BETWEEN), y, each) for place, stage in enumerate(row)]
        deep = max(box.height for box in placed)
        for box in placed:
            box.height = deep
            boxes[box.spec["id"]] = box
        y += deep + GAP
    return boxes


def _below(stages: Sequence[Mapping[str, Any]], left: float, top: float, width: float) -> dict[str, _Box]:
    """Boxes in one column, right of the lanes of the arrows that pass a box."""
    lanes = _lanes(stages)
    room = LANE * (1 + max(lanes.values())) + 8 if lanes else 0.0
    boxes: dict[str, _Box] = {}
    y = top
    for stage in stages:
        boxes[stage["id"]] = box = _made(stage, left + room, y, width - room)
        y = box.bottom + GAP
    return boxes


def _lanes(stages: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], int]:
    """A lane for each arrow that passes a box: the first that is free; short arrows are nearest."""
    place = {stage["id"]: number for number, stage in enumerate(stages)}
    arrows = [(place[other], place[s["id"]]) for s in stages for other in s["after"]]
    names = [stage["id"] for stage in stages]
    taken: list[list[tuple[int, int]]] = []
    found: dict[tuple[str, str], int] = {}
    for start, end in sorted(arrows, key=lambda arrow: (arrow[1] - arrow[0], arrow)):
        if end - start == 1:
            continue
        free = [all(end <= a or b <= start for a, b in lane) for lane in taken]
        if True not in free:
            taken.append([])
            free.append(True)
        lane = free.index(True)
        taken[lane].append((start, end))
        found[names[start], names[end]] = lane
    return found


def _draw_lanes(canvas: Canvas, boxes: Mapping[str, _Box], left: float) -> None:
    lanes = _lanes([box.spec for box in boxes.values()])
    names = list(boxes)
    for box in boxes.values():
        passing = 0
        for other in box.spec["after"]:
            start = boxes[other]
            if (other, box.spec["id"]) in lanes:
                x = box.x - 8 - LANE * (lanes[other, box.spec["id"]] + 0.5)
                out, into = start.bottom - 10 - 3 * lanes[other, box.spec["id"]], box.y + 12 + 7 * passing
                _arrow(canvas, [(start.x - 1, out), (x, out), (x, into), (box.x - 3, into)])
                passing += 1
            elif names.index(box.spec["id"]) - names.index(other) == 1:
                x = box.x + 24
                _arrow(canvas, [(x, start.bottom + 3), (x, box.y - 3)])


def _made(stage: Mapping[str, Any], x: float, y: float, width: float) -> _Box:
    """A box with its labels laid out and the height that they need."""
    box = _Box(stage, x, width, y)
    inside = width - 2 * INSET - BAR
    at = y + 12.0
    for line in wrap(stage["title"], TITLE, inside, bold=True, lines=2):
        box.labels.append((x + BAR + INSET, at + TITLE - 2, line, "ink", True, TITLE, ""))
        at += 18
    for line in wrap(stage["note"], SMALL, inside) if stage["note"] else []:
        box.labels.append((x + BAR + INSET, at + SMALL, line, "muted", False, SMALL, ""))
        at += 15
    marked = len(stage["lines"]) > 1
    at += 4
    for count, line in enumerate(stage["lines"], 1):
        if marked:
            box.labels.append((x + BAR + INSET, at + SIZE, str(count), "muted", False, SMALL, ""))
        at = _names(box, line, x + BAR + INSET + (MARK if marked else 0.0), at, x + width - INSET)
    box.height = at + 6 - y
    return box


def _names(box: _Box, names: Sequence[Mapping[str, Any]], begin: float, at: float, end: float) -> float:
    """Names with commas, as many in a line as fit; return where the next line begins."""
    x = begin
    for place, name in enumerate(names):
        text = name["text"] + ("," if place < len(names) - 1 else "")
        short = shorten(text, SIZE, end - begin, name["strong"])
        wide = text_width(short, SIZE, name["strong"])
        if x > begin and x + wide > end:
            x, at = begin, at + LINE
        full = name["text"] if short != text else ""
        box.labels.append((x, at + SIZE, short, "ink", name["strong"], SIZE, full))
        x += wide + 0.35 * SIZE
    return at + LINE


def _draw_box(canvas: Canvas, box: _Box) -> None:
    extent = f'width="{number(box.width)}" height="{number(box.height)}"'
    shape = f'<rect x="{number(box.x)}" y="{number(box.y)}" {extent} rx="3"'
    canvas.parts.append(f"{shape} {canvas.stroke('rule')}/>")
    canvas.rect(box.x, box.y, BAR, box.height, box.spec["tone"])
    for x, y, text, colour, bold, size, full in box.labels:
        canvas.label(Label(x, y, ((text, colour, bold),), size, full=full))


def _arrow(canvas: Canvas, points: Sequence[tuple[float, float]]) -> None:
    """A line through points with a head at its end."""
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
    canvas.parts.append(f'<path d="{path}" {canvas.stroke("muted")} stroke-width="1.25"/>')
    (x0, y0), (x, y) = points[-2:]
    size = max(((x - x0) ** 2 + (y - y0) ** 2) ** 0.5, 1e-9)
    along, across = ((x - x0) / size, (y - y0) / size), (-(y - y0) / size, (x - x0) / size)
    corners = [
        (x - 7 * along[0] + side * 3.5 * across[0], y - 7 * along[1] + side * 3.5 * across[1])
        for side in (1, -1)
    ]
    head = "L".join(f"{number(a)} {number(b)}" for a, b in corners)
    canvas.parts.append(f'<path d="M{number(x)} {number(y)}L{head}Z" {canvas.fill("muted")}/>')
