"""Owns the order within the layers of a flow: which box stands where, and where long links pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from creditor.figures.specification import Node

Slot = str | tuple[str, str]
Link = tuple[str, str]
SWEEPS = 12


def arrange(nodes: Sequence[Node], links: Mapping[Link, float], untangle: bool = False) -> list[list[Slot]]:
    """Put nodes and passing links into layers.

    Parameters
    ----------
    nodes : sequence of Node
        In the order in which they shall stand.
    links : mapping of (from, to) to float
        Links that skip a layer get a slot of their own there.
    untangle : bool
        Reorder nodes so that fewer ribbons cross; ties keep the given order, ``unallocated`` stays last.

    Returns
    -------
    list of list
        For each layer its slots: the id of a node, or the (from, to) of a link that passes.

    Examples
    --------
    >>> boxes = [Node("a", "A", 0), Node("b", "B", 1), Node("c", "C", 2)]
    >>> arrange(boxes, {("a", "b"): 1.0, ("b", "c"): 1.0, ("a", "c"): 2.0})
    [['a'], ['b', ('a', 'c')], ['c']]
    """
    layer_of = {node.id: node.layer for node in nodes}
    count = max(layer_of.values()) + 1
    last = {node.id for node in nodes if node.tone == "unallocated"}
    rows: list[list[Slot]] = [[node.id for node in nodes if node.layer == layer] for layer in range(count)]
    place = _places(rows)
    for link in links:
        start, end = layer_of[link[0]], layer_of[link[1]]
        for layer in range(start + 1, end):
            part = (layer - start) / (end - start)
            place[(link, layer)] = place[(link[0], start)] * (1 - part) + place[(link[1], end)] * part
            rows[layer].append(link)
    for layer, row in enumerate(rows):
        row.sort(key=lambda slot: (slot in last, place[(slot, layer)], not isinstance(slot, str)))
    return _untangled(rows, links, layer_of, last) if untangle else rows


def hops(link: Link, layer_of: Mapping[str, int]) -> list[tuple[Slot, Slot, int]]:
    """Steps of a link from layer to layer: slot, next slot, layer of the first.

    Examples
    --------
    >>> hops(("a", "c"), {"a": 0, "c": 2})
    [('a', ('a', 'c'), 0), (('a', 'c'), 'c', 1)]
    """
    start, end = layer_of[link[0]], layer_of[link[1]]
    slots: list[Slot] = [link[0], *([link] * (end - start - 1)), link[1]]
    return [(slots[step], slots[step + 1], start + step) for step in range(end - start)]


def crossing(
    rows: Sequence[Sequence[Slot]], links: Mapping[Link, float], layer_of: Mapping[str, int]
) -> float:
    """How much the ribbons cross: sum over crossing pairs of the smaller ribbon.

    Examples
    --------
    >>> layers = {"a": 0, "b": 0, "c": 1, "d": 1}
    >>> crossing([["a", "b"], ["c", "d"]], {("a", "d"): 1.0, ("b", "c"): 2.0}, layers)
    1.0
    """
    at = [{slot: index for index, slot in enumerate(row)} for row in rows]
    by_layer: list[list[tuple[int, int, float]]] = [[] for _ in rows]
    for link, value in links.items():
        for first, second, layer in hops(link, layer_of):
            by_layer[layer].append((at[layer][first], at[layer + 1][second], value))
    total = 0.0
    for steps in by_layer:
        for index, (a, b, value) in enumerate(steps):
            total += sum(min(value, other) for c, d, other in steps[index + 1 :] if (a - c) * (b - d) < 0)
    return total


def _places(rows: Sequence[Sequence[Slot]]) -> dict[tuple[Slot, int], float]:
    return {
        (slot, layer): (i + 0.5) / len(row) for layer, row in enumerate(rows) for i, slot in enumerate(row)
    }


def _untangled(
    rows: list[list[Slot]], links: Mapping[Link, float], layer_of: Mapping[str, int], last: set[str]
) -> list[list[Slot]]:
    best, least = rows, crossing(rows, links, layer_of)
    current = [list(row) for row in rows]
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        order = range(1, len(rows)) if forward else range(len(rows) - 2, -1, -1)
        for layer in order:
            _sort_by_neighbours(current, layer, layer - 1 if forward else layer + 1, links, layer_of, last)
        found = crossing(current, links, layer_of)
        if found < least * (1 - 1e-12):
            best, least = [list(row) for row in current], found
    return best


def _sort_by_neighbours(
    rows: list[list[Slot]],
    layer: int,
    beside: int,
    links: Mapping[Link, float],
    layer_of: Mapping[str, int],
    last: set[str],
) -> None:
    """Sort one layer by the weighted mean place of what its slots are linked to in the layer beside it."""
    place = _places(rows)
    sums: dict[Slot, list[float]] = {slot: [0.0, 0.0] for slot in rows[layer]}
    for link, value in links.items():
        for first, second, step in hops(link, layer_of):
            if step != min(layer, beside):
                continue
            mine, other = (second, first) if beside < layer else (first, second)
            sums[mine][0] += value * place[(other, beside)]
            sums[mine][1] += value
    mean = {slot: top / weight if weight else place[(slot, layer)] for slot, (top, weight) in sums.items()}
    rows[layer].sort(key=lambda slot: (slot in last, mean[slot], place[(slot, layer)]))
