"""Owns the specification of the layered flow (Sankey): who holds through whom, nothing lost on the way."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from creditor.figures.order import Link, Slot, arrange
from creditor.figures.specification import Node, grade_of, specification
from creditor.terms.numbers import format_number, with_unit
from creditor.terms.table import Table
from creditor.terms.units import SHARE

TOLERANCE = 1e-9


def sankey(
    title: str,
    sentence: str,
    source: str,
    nodes: Sequence[Node],
    links: Table,
    grades: Mapping[Link, str] | None = None,
    *,
    layers: Sequence[str] = (),
    untangle: bool = False,
    digits: int | None = None,
) -> dict[str, Any]:
    """Make the specification of a layered flow.

    Parameters
    ----------
    title, sentence, source : str
        Heading, what is to be seen (made here where empty), the line of sources.
    nodes : sequence of Node, in order within their layers
    links : Table
        Dimensions ``from`` and ``to``; absent or zero means no link. Links lead to later layers.
    grades : mapping of (from, to) to str, optional
        A where none is given.
    layers : sequence of str, optional
        Headings.
    untangle : bool
        Reorder nodes within layers so that fewer ribbons cross.
    digits : int, optional
        After the point, if not those of the unit.

    Returns
    -------
    dict
        Plain JSON: nodes and links with value, text, share; links with grade; slots of each layer.

    Raises
    ------
    ValueError
        Where a link is negative, leads backward or to no node, or a box loses or adds something.

    Examples
    --------
    >>> from creditor.terms.table import matrix
    >>> from creditor.terms.units import money
    >>> flow = matrix("debt", ("from", "to"), ["debt"], ["funds"], {("debt", "funds"): 3.0}, money("USD"))
    >>> boxes = [Node("debt", "Debt", 0, "state"), Node("funds", "Funds", 1, "intermediary")]
    >>> sankey("Who", "", "Invented.", boxes, flow)["links"][0]["title"]
    'Debt → Funds: 3.0 USD bn (100.0 %)'
    """
    flows = _flows(links, by_id := _by_id(nodes))
    inward, outward = _sums(flows, by_id)
    total = math.fsum(outward[node.id] for node in nodes if not inward[node.id])
    linked, kept = _dense([node for node in nodes if inward[node.id] or outward[node.id]])
    rows = arrange(linked, flows, untangle)
    boxes = [_node(node, inward, outward, total, links, digits) for node in _in_order(linked, rows)]
    ribbons = [_link(link, flows[link], by_id, total, links, grades or {}, digits) for link in flows]
    body = {"total": _total(total, links, digits), "layers": _headings(rows, kept, layers)}
    sentence = sentence or _sentence(boxes, links, total)
    return specification("sankey", title, sentence, source, links.unit, **body, nodes=boxes, links=ribbons)


def _by_id(nodes: Sequence[Node]) -> dict[str, Node]:
    by_id = {node.id: node for node in nodes}
    if len(by_id) != len(nodes):
        raise ValueError("two nodes have the same id")
    return by_id


def _in_order(linked: Sequence[Node], rows: Sequence[Sequence[Slot]]) -> list[Node]:
    place = {slot: (layer, index) for layer, row in enumerate(rows) for index, slot in enumerate(row)}
    return sorted(linked, key=lambda node: place[node.id])


def _total(total: float, links: Table, digits: int | None) -> dict[str, Any]:
    return {"value": total, "text": format_number(total, links.unit, digits)}


def _headings(rows: Sequence[Sequence[Slot]], kept: Sequence[int], titles: Sequence[str]) -> list[Any]:
    return [_layer(row, titles, layer) for row, layer in zip(rows, kept, strict=True)]


def _layer(row: Sequence[Slot], titles: Sequence[str], layer: int) -> dict[str, Any]:
    slots = [slot if isinstance(slot, str) else list(slot) for slot in row]
    return {"title": titles[layer] if layer < len(titles) else "", "slots": slots}


def _dense(linked: Sequence[Node]) -> tuple[list[Node], list[int]]:
    """Nodes with layers counted without gaps, and the layers that are left."""
    if not linked:
        raise ValueError("there is no link to draw")
    kept = sorted({node.layer for node in linked})
    return [replace(node, layer=kept.index(node.layer)) for node in linked], kept


def _flows(links: Table, by_id: Mapping[str, Node]) -> dict[Link, float]:
    if links.dims != ("from", "to"):
        raise ValueError(f"links need the dimensions from and to, not {', '.join(links.dims)}")
    flows: dict[Link, float] = {}
    for record in links.records():
        start, end, value = record["from"], record["to"], record["value"]
        if value == 0:
            continue
        for name in (start, end):
            if name not in by_id:
                raise ValueError(f"the link {start!r} -> {end!r} names {name!r}, which is no node")
        if not 0 < value < math.inf:
            raise ValueError(f"the link {start!r} -> {end!r} is {value}; links are positive")
        if by_id[start].layer >= by_id[end].layer:
            raise ValueError(f"the link {start!r} -> {end!r} does not lead to a later layer")
        flows[(start, end)] = value
    return flows


def _sums(
    flows: Mapping[Link, float], by_id: Mapping[str, Node]
) -> tuple[dict[str, float], dict[str, float]]:
    """What flows into each node and out of it; ValueError where a node between loses or adds something."""
    into: dict[str, list[float]] = {name: [] for name in by_id}
    out: dict[str, list[float]] = {name: [] for name in by_id}
    for (start, end), value in flows.items():
        out[start].append(value)
        into[end].append(value)
    inward = {name: math.fsum(values) for name, values in into.items()}
    outward = {name: math.fsum(values) for name, values in out.items()}
    for name in by_id:
        first, second = inward[name], outward[name]
        if first and second and abs(first - second) > TOLERANCE * max(first, second):
            what = f"{first!r} flows into {name!r} and {second!r} out of it"
            raise ValueError(what + "; nothing may be lost or added")
    return inward, outward


def _node(
    node: Node,
    inward: Mapping[str, float],
    outward: Mapping[str, float],
    total: float,
    links: Table,
    digits: int | None,
) -> dict[str, Any]:
    value = inward[node.id] or outward[node.id]
    share = value / total
    return {
        "id": node.id,
        "title": node.title,
        "layer": node.layer,
        "tone": node.tone,
        "value": value,
        "text": format_number(value, links.unit, digits),
        "share": share,
        "share_text": format_number(share, SHARE),
        "final": not outward[node.id],
        "full": f"{node.title}: {with_unit(value, links.unit, digits)} ({format_number(share, SHARE)})",
    }


def _link(
    link: Link,
    value: float,
    by_id: Mapping[str, Node],
    total: float,
    links: Table,
    grades: Mapping[Link, str],
    digits: int | None,
) -> dict[str, Any]:
    start, end = link
    share_text = format_number(value / total, SHARE)
    shown = with_unit(value, links.unit, digits)
    return {
        "from": start,
        "to": end,
        "value": value,
        "text": format_number(value, links.unit, digits),
        "share": value / total,
        "share_text": share_text,
        "grade": grade_of(grades, link),
        "title": f"{by_id[start].title} → {by_id[end].title}: {shown} ({share_text})",
    }


def _sentence(nodes: Sequence[Mapping[str, Any]], links: Table, total: float) -> str:
    finals = [node for node in nodes if node["final"] and node["tone"] != "unallocated"]
    if not finals:
        return f"{with_unit(total, links.unit)} in total."
    largest = max(finals, key=lambda node: node["value"])
    part = f"{largest['text']} ({largest['share_text']})"
    return f"Of {with_unit(total, links.unit)}, the largest part ends with {largest['title']}: {part}."
