"""Owns the pictures of the verb who: layered Sankey, bars of holders, matrix of owners and channels."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from creditor.analysis.creditors import SEPARATOR, holding_title, is_state
from creditor.figures.bars import bars
from creditor.figures.matrix import matrix as matrix_figure
from creditor.figures.sankey import sankey
from creditor.figures.specification import Node
from creditor.ledger.claims import UNALLOCATED
from creditor.ledger.lookthrough import DIRECT, layered
from creditor.opening.opening import Opening
from creditor.terms.numbers import format_number
from creditor.terms.table import column, matrix
from creditor.terms.units import SHARE, Unit
from creditor.terms.vocabulary import sectors, title_of
from creditor.verbs.who_flow import flow
from creditor.verbs.who_found import OWNERS, Who

SMALL = 0.004  # share of the debt below which a second intermediary is not drawn as a node of its own
FUNDS = "intragovernmental_funds"
TONES = {"aggregate": "unallocated", "contingent": "state", "resident": "neutral", "mixed": "neutral"}
KIND_TONES = {
    "households": "household",
    "rest of the world": "foreign",
    "the state itself": "state",
    "state and local government": "state",
    "nonfinancial firms": "firm",
    "not allocated": "unallocated",
}
LAYERS = ("Debtor", "Direct holders", "Through", "Final owners")


def figures(
    found: Who, unit: Unit, sides: Mapping[str, Sequence[Mapping[str, Any]]] | None = None
) -> tuple[Mapping[str, Any], ...]:
    """The pictures of an answer, the most important first; both sides where they are known."""
    if found.result is None:
        tones = {holding.name: _tone(holding.name, found.opening) for holding in found.holdings}
        return (_bars(found, unit), flow(found, unit, source_line(found), tones))
    drawn = [_sankey(found, unit), _bars(found, unit), _matrix(found, unit)]
    return (*drawn, sides_figure(found, sides)) if sides else tuple(drawn)


def sides_figure(found: Who, sides: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """Bars of each kind of owner: what it is owed, and below it what it bears of a loss."""
    kinds = list(dict.fromkeys(row["owner"] for rows in sides.values() for row in rows))
    kinds.sort(key=lambda kind: (kind == "not allocated", -_share(sides["owed_to"], kind, "share")))
    values: dict[str, dict[str, float]] = {end: {} for end in ("share", "lo", "hi")}
    titles, tones = {}, {}
    for kind in kinds:
        for view, words in (("owed_to", "Owed"), ("borne_by", "Loss borne")):
            key = f"{view} {kind}"
            for end, shares in values.items():
                shares[key] = _share(sides[view], kind, end)
            titles[key] = f"{words}: {kind}"
            tones[key] = KIND_TONES.get(kind, "neutral")
    points = column("share", "owner", values["share"], SHARE, {}, titles)
    low, high = (column(end, "owner", values[end], SHARE) for end in ("lo", "hi"))
    title = f"Who is owed the debt of {found.opening.country.called}, and who bears a loss on it"
    sentence = "A pension fund owes its members, but a loss falls on the sponsor of a defined benefit; "
    sentence += "a bank owes its depositors, but a loss falls first on its shareholders."
    return bars(title, sentence, source_line(found), points, tones, {}, low, high)


def _share(rows: Sequence[Mapping[str, Any]], kind: str, end: str) -> float:
    """A share or one end of its interval; zero where the side has no such owner."""
    for row in rows:
        if row["owner"] == kind:
            total = row["amount"] / row["share"] if row["share"] else 1.0
            return float(row["share"] if end == "share" else row[end] / total)
    return 0.0


def _bars(found: Who, unit: Unit) -> dict[str, Any]:
    amounts = {holding.name: holding.amount for holding in found.holdings}
    titles = {holding.name: holding.title for holding in found.holdings}
    origins = {holding.name: holding.origin for holding in found.holdings}
    kind = "Direct holders" if found.result is None else OWNERS[found.opening.view]
    first = found.holdings[0]
    share = format_number(first.amount / found.total, SHARE)
    what = "on the debt" if kind == OWNERS["borne_by"] else "of the debt"
    sentence = f"{kind} {what}; the largest is {first.title} with {share}."
    tones = {name: _tone(name, found.opening) for name in amounts}
    grades = {holding.name: holding.origin.grade for holding in found.holdings}
    table = column("amount", "holder", amounts, unit, origins, titles)
    low, high = (
        column(end, "holder", {name: _end(found, name, end) for name in amounts}, unit)
        for end in ("low", "high")
    )
    title = f"{kind}, {found.opening.period}"
    return bars(title, sentence, source_line(found), table, tones, grades, low, high)


def _end(found: Who, name: str, end: str) -> float:
    """One end of an interval; absent where both are the same."""
    interval = found.intervals[name]
    apart = interval.high - interval.low > 1e-9 * found.total
    return float(getattr(interval, end)) if apart else float("nan")


def _matrix(found: Who, unit: Unit) -> dict[str, Any]:
    cells: dict[tuple[str, str], list[float]] = {}
    for part in found.parts:
        owner = "The state itself" if is_state(part.owner, found.opening) else title_of(part.owner)
        channel = "held directly" if part.last == DIRECT else title_of(part.last)
        cells.setdefault((channel, owner), []).append(part.amount)
    sums = {key: math.fsum(values) for key, values in cells.items()}
    rows = _ordered({channel for channel, _ in sums}, sums, 0)
    columns = _ordered({owner for _, owner in sums}, sums, 1)
    table = matrix("amount", ("channel", "owner"), rows, columns, sums, unit)
    sentence = "Each final owner's part by the last intermediary through which it is held."
    return matrix_figure("Who is owed through whom", sentence, source_line(found), table)


def _ordered(names: set[str], sums: dict[tuple[str, str], float], axis: int) -> list[str]:
    size = {name: math.fsum(v for key, v in sums.items() if key[axis] == name) for name in sorted(names)}
    return sorted(size, key=lambda name: (name == title_of(UNALLOCATED), -size[name]))


def _sankey(found: Who, unit: Unit) -> dict[str, Any]:
    links = _links(found)
    nodes: dict[str, Node] = {}
    for start, end in links:
        for name in (start, end):
            nodes.setdefault(name, _node(name, found))
    size = {name: math.fsum(v for (a, b), v in links.items() if name in (a, b)) for name in nodes}
    ordered = sorted(nodes.values(), key=lambda n: (n.layer, n.tone == "unallocated", -size[n.id]))
    names = [node.id for node in ordered]
    table = matrix("amount", ("from", "to"), names, names, links, unit)
    grades = _grades(found)
    called, place = found.opening.country.called, f"{found.opening.perimeter}, {found.opening.period}"
    question = {"owed_to": "Who is the creditor of", "borne_by": "Who bears a loss on the debt of"}
    title = f"{question[found.opening.view]} {called}? {place}"
    owned = [part for part in found.parts if part.owner in found.opening.households]
    households = math.fsum(part.amount for part in owned)
    directly = math.fsum(part.amount for part in owned if part.last == DIRECT)
    share, own = format_number(households / found.total, SHARE), format_number(directly / found.total, SHARE)
    told = {
        "owed_to": f"Households are owed {share} of the debt in the end",
        "borne_by": f"Households bear {share} of a loss on the debt",
    }
    sentence = (
        f"{told[found.opening.view]}: {own} directly, the rest through funds, banks, insurers and pensions."
    )
    layers = [*LAYERS[:-1], OWNERS[found.opening.view]]
    if found.by in ("wealth", "age", "instrument") and any(
        SEPARATOR in holding.name for holding in found.holdings
    ):
        layers.append(f"Households by {found.by}")
    return sankey(title, sentence, source_line(found), ordered, table, grades, layers=layers)


def _links(found: Who) -> dict[tuple[str, str], float]:
    """Links between nodes named ``layer:name``."""
    assert found.result is not None
    opening, smallest = found.opening, SMALL * found.total
    routes = layered(found.result)
    second: dict[str, float] = {}
    for (_, middle, _), amount in routes.items():
        second[middle] = second.get(middle, 0.0) + amount
    links: dict[tuple[str, str], list[float]] = {}

    def add(start: str, end: str, amount: float) -> None:
        links.setdefault((start, end), []).append(amount)

    debtor = f"0:{opening.debtor}"
    for (first, middle, owner), amount in routes.items():
        last = f"3:{_state(owner, opening)}"
        if first == DIRECT:
            add(debtor, last, amount)
            continue
        add(debtor, f"1:{first}", amount)
        if middle == DIRECT:
            add(f"1:{first}", last, amount)
        else:
            through = f"2:{middle}" if second[middle] >= smallest else "2:other intermediaries"
            add(f"1:{first}", through, amount)
            add(through, last, amount)
    if found.by in ("wealth", "age", "instrument"):
        for holding in found.holdings:
            owner, _, part = holding.name.partition(SEPARATOR)
            if part and owner in opening.households:
                add(f"3:{owner}", f"4:{holding.name}", holding.amount)
    return {key: math.fsum(values) for key, values in links.items()}


def _state(owner: str, opening: Opening) -> str:
    return "the state itself" if is_state(owner, opening) else owner


def _node(name: str, found: Who) -> Node:
    layer, _, sector = name.partition(":")
    title = holding_title(sector, found.opening) if layer in "34" else title_of(sector)
    if layer == "4":
        title = title.removeprefix("Households, ").removeprefix("Households: ")
        title = title[:1].upper() + title[1:]
    if sector in ("the state itself", "other intermediaries"):
        title = sector[:1].upper() + sector[1:]
    return Node(name, title, int(layer), _tone(sector, found.opening))


def _tone(name: str, opening: Opening) -> str:
    owner = name.partition(SEPARATOR)[0]
    if owner == "the state itself" or (is_state(owner, opening) and owner != "central_bank"):
        return "state"
    if owner == "other intermediaries":
        return "intermediary"
    role = sectors()[owner].role if owner in sectors() else "neutral"
    return TONES.get(role, role)


def _grades(found: Who) -> dict[tuple[str, str], str]:
    """Links that rest on one grade C cell: between a first intermediary and the holder of its liabilities."""
    grades: dict[tuple[str, str], str] = {}
    by_cell: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for claim in found.opening.ledger:
        by_cell.setdefault((claim.issuer, claim.holder), []).append((float(claim.amount), claim.grade))
    for (issuer, holder), cells in by_cell.items():
        total = math.fsum(amount for amount, _ in cells)
        published = issuer == found.opening.debtor and is_state(
            holder, found.opening
        )  # only divided by assumption
        if not published and math.fsum(amount for amount, grade in cells if grade == "C") > total / 2:
            layer = "0" if issuer == found.opening.debtor else "1"
            for target in (f"2:{holder}", f"3:{_state(holder, found.opening)}"):
                grades[f"{layer}:{issuer}", target] = "C"
    return grades


def source_line(found: Who) -> str:
    """Sources of the figure in one line."""
    vintages = sorted({piece for h in found.holdings for piece in h.origin.vintage.split("; ") if piece})
    used = " ".join(holding.origin.source for holding in found.holdings)
    known = dict.fromkeys(source.publisher for source in found.opening.country.sources.values())
    publishers = [name for name in known if name in used]
    words = [", ".join(publishers[:2]) + (" and others" if len(publishers) > 2 else "")]
    if vintages:
        span = f"releases {vintages[0]} to {vintages[-1]}" if len(vintages) > 1 else f"release {vintages[0]}"
        words.append(span)
    return "; ".join([*words, f"treatment {found.opening.treatment}"])
