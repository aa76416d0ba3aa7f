"""Owns the geometry of the layered flow: sizes and places of boxes and ribbons, without overlaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from creditor.figures.order import Slot, hops

THINNEST_BOX = 1.5
ROUNDS = 8
Point = tuple[Slot, int]


@dataclass(frozen=True)
class Box:
    """Where a node lies across the flow; `middle` is also the middle of its label's room."""

    layer: int
    middle: float
    size: float

    @property
    def start(self) -> float:
        """Upper (or left) edge."""
        return self.middle - self.size / 2


@dataclass(frozen=True)
class Ribbon:
    """A link: its thickness and, for each layer it touches, its edge across the flow."""

    link: Mapping[str, Any]
    thickness: float
    stations: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Layout:
    """Boxes by node id, ribbons, and the extent across the flow."""

    boxes: dict[str, Box]
    ribbons: tuple[Ribbon, ...]
    extent: float


def lay_out(
    spec: Mapping[str, Any],
    scale: float,
    room: Callable[[str], float],
    gap: float,
    extent: float | None = None,
    padding: float = 0.0,
) -> Layout:
    """Place the boxes and ribbons of a flow.

    Parameters
    ----------
    spec : mapping
        A specification made by `creditor.figures.sankey.sankey`.
    scale : float
        Pixels per unit of value.
    room : callable
        Least room of a node's label across the flow, by node id.
    gap : float
        Space between neighbours.
    extent : float, optional
        Space across the flow; as much as is needed where it is not given.
    padding : float
        Space that boxes take beyond that, which links that pass do not need.

    Returns
    -------
    Layout

    Examples
    --------
    >>> from creditor.figures.sankey import sankey
    >>> from creditor.figures.specification import Node
    >>> from creditor.terms.table import matrix
    >>> from creditor.terms.units import money
    >>> flow = matrix("debt", ("from", "to"), ["a"], ["b"], {("a", "b"): 3.0}, money("USD"))
    >>> spec = sankey("T", "", "", [Node("a", "A", 0), Node("b", "B", 1)], flow)
    >>> lay_out(spec, 10.0, lambda node: 12.0, 4.0).boxes["b"].size
    30.0
    """
    rows = rows_of(spec)
    sizes = _sizes(spec, scale)
    rooms = {
        point: max(size, room(point[0])) + padding if isinstance(point[0], str) else size
        for point, size in sizes.items()
    }
    needed = [
        sum(rooms[(slot, layer)] for slot in row) + gap * (len(row) - 1) for layer, row in enumerate(rows)
    ]
    space = max(needed) if extent is None else extent
    middles = _settled(spec, rows, rooms, gap, space)
    boxes = {
        slot: Box(layer, middles[(slot, layer)], sizes[(slot, layer)])
        for layer, row in enumerate(rows)
        for slot in row
        if isinstance(slot, str)
    }
    return Layout(boxes, _ribbons(spec, scale, sizes, middles), space)


def rows_of(spec: Mapping[str, Any]) -> list[list[Slot]]:
    """Slots of each layer of a specification, links that pass as tuples.

    Examples
    --------
    >>> rows_of({"layers": [{"slots": ["a", ["b", "c"]]}]})
    [['a', ('b', 'c')]]
    """
    return [
        [slot if isinstance(slot, str) else (slot[0], slot[1]) for slot in layer["slots"]]
        for layer in spec["layers"]
    ]


def settle(targets: Sequence[float], rooms: Sequence[float], gap: float, space: float) -> list[float]:
    """Move middles as little as possible so that no two rooms overlap and all lie in the space, in order.

    Parameters
    ----------
    targets : sequence of float
        Where each would like its middle to be.
    rooms : sequence of float
        How much space each takes.
    gap : float
        Space between neighbours.
    space : float
        Whole space, from 0.

    Returns
    -------
    list of float

    Examples
    --------
    >>> settle([5.0, 5.0], [4.0, 4.0], 2.0, 20.0)
    [2.0, 8.0]
    """
    offsets, edge = [], 0.0
    for size in rooms:
        offsets.append(edge + size / 2)
        edge += size + gap
    slack = max(0.0, space - (edge - gap))
    blocks: list[list[float]] = []
    for target, offset in zip(targets, offsets, strict=True):
        blocks.append([target - offset, 1.0])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            mean, count = blocks.pop()
            before, many = blocks[-1]
            blocks[-1] = [(before * many + mean * count) / (many + count), many + count]
    shifts = [min(max(mean, 0.0), slack) for mean, count in blocks for _ in range(int(count))]
    return [offset + shift for offset, shift in zip(offsets, shifts, strict=True)]


def _sizes(spec: Mapping[str, Any], scale: float) -> dict[Point, float]:
    values = {node["id"]: node["value"] for node in spec["nodes"]}
    values |= {(link["from"], link["to"]): link["value"] for link in spec["links"]}
    return {
        (slot, layer): max(THINNEST_BOX, values[slot] * scale)
        for layer, row in enumerate(rows_of(spec))
        for slot in row
    }


def _steps(spec: Mapping[str, Any]) -> list[tuple[int, Slot, Slot, int]]:
    """Every step of every link: index of the link, slot, next slot, layer of the first."""
    layer_of = {node["id"]: node["layer"] for node in spec["nodes"]}
    return [
        (index, first, second, layer)
        for index, link in enumerate(spec["links"])
        for first, second, layer in hops((link["from"], link["to"]), layer_of)
    ]


def _settled(
    spec: Mapping[str, Any], rows: list[list[Slot]], rooms: Mapping[Point, float], gap: float, space: float
) -> dict[Point, float]:
    """Middles of all slots: begin evenly spread, then draw each towards what it is linked to."""
    middles: dict[Point, float] = {}
    for layer, row in enumerate(rows):
        sizes = [rooms[(slot, layer)] for slot in row]
        spread = (space - sum(sizes)) / len(row)
        targets, edge = [], 0.0
        for size in sizes:
            targets.append(edge + (size + spread) / 2)
            edge += size + spread
        placed = settle(targets, sizes, gap, space)
        middles |= {(slot, layer): middle for slot, middle in zip(row, placed, strict=True)}
    beside: dict[Point, list[tuple[Point, float]]] = {point: [] for point in middles}
    for index, first, second, layer in _steps(spec):
        value = spec["links"][index]["value"]
        beside[(first, layer)].append(((second, layer + 1), value))
        beside[(second, layer + 1)].append(((first, layer), value))
    count = len(rows)
    for turn in range(ROUNDS):
        for layer in range(count) if turn % 2 else reversed(range(count)):
            wanted = [_wanted((slot, layer), beside, middles) for slot in rows[layer]]
            placed = settle(wanted, [rooms[(slot, layer)] for slot in rows[layer]], gap, space)
            middles |= {(slot, layer): middle for slot, middle in zip(rows[layer], placed, strict=True)}
    return middles


def _wanted(
    point: Point, beside: Mapping[Point, list[tuple[Point, float]]], middles: Mapping[Point, float]
) -> float:
    weight = sum(value for _, value in beside[point])
    return sum(middles[other] * value for other, value in beside[point]) / weight


def _ribbons(
    spec: Mapping[str, Any], scale: float, sizes: Mapping[Point, float], middles: Mapping[Point, float]
) -> tuple[Ribbon, ...]:
    steps = _steps(spec)
    thickness = [link["value"] * scale for link in spec["links"]]
    starts = [(first, layer) for _, first, _, layer in steps]
    ends = [(second, layer + 1) for _, _, second, layer in steps]
    each = [thickness[index] for index, _, _, _ in steps]
    leaving = _stacked(starts, ends, each, sizes, middles)
    arriving = _stacked(ends, starts, each, sizes, middles)
    stations: list[list[tuple[int, float]]] = [[] for _ in thickness]
    for step, (index, _, _, layer) in enumerate(steps):
        if not stations[index]:
            stations[index].append((layer, leaving[step]))
        stations[index].append((layer + 1, arriving[step]))
    found = zip(spec["links"], thickness, stations, strict=True)
    return tuple(Ribbon(link, thick, tuple(places)) for link, thick, places in found)


def _stacked(
    here: Sequence[Point],
    there: Sequence[Point],
    thickness: Sequence[float],
    sizes: Mapping[Point, float],
    middles: Mapping[Point, float],
) -> list[float]:
    """Edge of each step at its box here, stacked in the order of where it comes from or leads."""
    edges = [0.0] * len(here)
    used: dict[Point, float] = {}
    for step in sorted(range(len(here)), key=lambda step: (middles[there[step]], step)):
        point = here[step]
        edges[step] = used.setdefault(point, middles[point] - sizes[point] / 2)
        used[point] = edges[step] + thickness[step]
    return edges
