"""Owns the flow picture of direct holders: from the debtor over residence to each holder."""

from __future__ import annotations

import math
from typing import Any

from creditor.analysis.residence import CLASSES, class_of
from creditor.figures.sankey import sankey
from creditor.figures.specification import Node
from creditor.terms.numbers import format_number
from creditor.terms.table import matrix
from creditor.terms.units import SHARE, Unit
from creditor.terms.vocabulary import title_of
from creditor.verbs.who_found import Who

LAYERS = ("Debtor", "At home or abroad", "Direct holders")
PLACES = {
    "resident": ("Own residents", "neutral"),
    "foreign": ("Foreigners", "foreign"),
    "unknown": ("Residence not told", "unallocated"),
}


def flow(found: Who, unit: Unit, source: str, tones: dict[str, str]) -> dict[str, Any]:
    """The debt of an economy over the residence of its holders to each of them.

    Parameters
    ----------
    found : Who
        An answer without look-through.
    unit : Unit
    source : str
        The line of sources.
    tones : dict of holder to tone
    """
    debtor = f"0:{found.opening.debtor}"
    links: dict[tuple[str, str], float] = {}
    nodes = {debtor: Node(debtor, title_of(found.opening.debtor), 0, "state")}
    sums: dict[str, list[float]] = {}
    grades: dict[tuple[str, str], str] = {}
    for holding in found.holdings:
        place = CLASSES[class_of(holding.name.partition("/")[0])][1]
        end = f"2:{holding.name}"
        nodes[end] = Node(end, holding.title, 2, tones[holding.name])
        links[f"1:{place}", end] = holding.amount
        grades[f"1:{place}", end] = holding.origin.grade
        sums.setdefault(place, []).append(holding.amount)
    for place, amounts in sums.items():
        title, tone = PLACES[place]
        nodes[f"1:{place}"] = Node(f"1:{place}", title, 1, tone)
        links[debtor, f"1:{place}"] = math.fsum(amounts)
    places = list(PLACES)

    def rank(name: str) -> tuple[str, int, float]:
        return name[0], places.index(_place(name, links)), -_size(name, links)

    ordered = sorted(nodes, key=rank)
    table = matrix("amount", ("from", "to"), ordered, ordered, links, unit)
    told = ", ".join(
        f"{PLACES[place][0].lower()} {format_number(math.fsum(sums[place]) / found.total, SHARE)}"
        for place in PLACES
        if place in sums
    )
    where = f"{found.opening.perimeter}, {found.opening.period}"
    title = f"Who holds the debt of {found.opening.country.called}? {where}"
    sentence = f"By residence of the holder: {told}."
    return sankey(title, sentence, source, [nodes[n] for n in ordered], table, grades, layers=list(LAYERS))


def _place(name: str, links: dict[tuple[str, str], float]) -> str:
    """The residence that a node belongs to; that of the debtor does not matter."""
    if name.startswith("1:"):
        return name[2:]
    starts = [start[2:] for start, end in links if end == name]
    return starts[0] if starts else "resident"


def _size(name: str, links: dict[tuple[str, str], float]) -> float:
    return math.fsum(amount for pair, amount in links.items() if name in pair)
