"""Owns the accounts: payments, budgets, settlement by a spanning tree, net worth; all derived, none typed."""

from __future__ import annotations

from dataclasses import dataclass

from creditor.equations.expressions import Binary, Cell, Expression, Negative, Number, Place
from creditor.equations.model import ClaimCell, Equation, Model, Party, PaymentCell
from creditor.errors import Troubles

Tree = Expression


@dataclass(frozen=True, slots=True)
class Edge:
    """A payment between two sectors, in the common unit: what ``payer`` pays ``payee``."""

    payment: int
    payer: Party
    payee: Party
    cell: ClaimCell | PaymentCell


def edges(model: Model) -> list[Edge]:
    """Every payment of a model: holders pay issuers for claims, payers pay payees.

    Parameters
    ----------
    model : Model

    Returns
    -------
    list of Edge
    """
    found = [Edge(cell.payment, cell.holder, cell.issuer, cell) for cell in model.claims]
    return found + [Edge(cell.payment, cell.payer, cell.payee, cell) for cell in model.payments]


def settle(model: Model, troubles: Troubles) -> None:
    """Write the equation of every payment, of every settled cell, and of net worth and saving.

    Parameters
    ----------
    model : Model
        With the equations that its text states.
    troubles : Troubles
        E612 for cells that form a circle, E613 for sectors that nothing settles.

    Notes
    -----
    Cells without an equation are edges between sectors and must form one spanning tree for each connected
    part of the declared graph. Take one out: its tree falls in two, and its payment is minus the sum of all
    other payments that cross the cut.
    """
    everything = edges(model)
    open_edges = [edge for edge in everything if edge.cell.slot not in model.equations]
    _check_tree(model, everything, open_edges, troubles)
    troubles.raise_if_any()
    decided = [edge for edge in everything if edge.cell.slot in model.equations]
    for edge in decided:
        _write(model, edge.payment, _payment(edge.cell), "payment")
    touching, beside = _touching(everything), _beside(open_edges)
    for edge in open_edges:
        side = _side(edge, beside)
        _write(model, edge.payment, _crossing(edge, side, everything, touching), "payment")
        _write(model, edge.cell.slot, _settled(edge.cell), "settled")
        model.settled[edge.cell.slot] = model.title(edge.cell.slot)
    _net_worth(model, everything, touching)


def _write(model: Model, slot: int, tree: Tree, kind: str) -> None:
    model.equations[slot] = Equation(slot, tree, kind, model.spaces[model.slots[slot][0]].place, 0)


def _payment(cell: ClaimCell | PaymentCell) -> Tree:
    """What is paid, in the common unit, where the amount is decided."""
    if isinstance(cell, PaymentCell):
        return _times(Cell(cell.slot), cell.worth)
    bought: Tree = Binary("-", Cell(cell.slot), Cell(cell.slot, 1))
    if cell.written_off is not None:
        bought = Binary("+", bought, Cell(cell.written_off))
    if cell.redeemed is None:
        return _times(_times(bought, cell.price), cell.worth)
    bought = Binary("+", bought, Cell(cell.redeemed))
    paid = Binary("-", _times(bought, cell.price), _redemption(cell))
    return _times(paid, cell.worth)


def _redemption(cell: ClaimCell) -> Tree:
    """What is paid for the quantity that is redeemed, in the issuer's money."""
    assert cell.redeemed is not None and cell.redemption_price is not None
    return Binary("*", Cell(cell.redeemed), Cell(cell.redemption_price))


def _settled(cell: ClaimCell | PaymentCell) -> Tree:
    """The amount of a settled cell from its payment."""
    if isinstance(cell, PaymentCell):
        return _over(Cell(cell.payment), cell.worth)
    spent = _over(Cell(cell.payment), cell.worth)
    before: Tree = Cell(cell.slot, 1)
    if cell.written_off is not None:
        before = Binary("-", before, Cell(cell.written_off))
    if cell.redeemed is not None:
        before = Binary("-", before, Cell(cell.redeemed))
        spent = Binary("+", spent, _redemption(cell))
    quantity = _over(spent, cell.price)
    return Binary("+", before, quantity)


def _touching(everything: list[Edge]) -> dict[Party, list[int]]:
    """For each sector where its payments to and from others stand, in order."""
    found: dict[Party, list[int]] = {}
    for position, edge in enumerate(everything):
        if edge.payer != edge.payee:
            found.setdefault(edge.payer, []).append(position)
            found.setdefault(edge.payee, []).append(position)
    return found


def _crossing(edge: Edge, side: set[Party], everything: list[Edge], touching: dict[Party, list[int]]) -> Tree:
    """Minus the sum of all other payments that leave the side on which the payer stands."""
    fewer = side if 2 * len(side) <= len(touching) else touching.keys() - side
    total: Tree | None = None
    for position in sorted({position for party in fewer for position in touching.get(party, ())}):
        other = everything[position]
        if other.payment == edge.payment or (other.payer in side) == (other.payee in side):
            continue
        sign = "-" if other.payer in side else "+"
        total = _add(total, sign, Cell(other.payment))
    return total if total is not None else Number(0.0)


def _beside(tree: list[Edge]) -> dict[Party, list[tuple[int, Party]]]:
    """For each sector its neighbours in the tree, each with the payment between them."""
    found: dict[Party, list[tuple[int, Party]]] = {}
    for edge in tree:
        found.setdefault(edge.payer, []).append((edge.payment, edge.payee))
        found.setdefault(edge.payee, []).append((edge.payment, edge.payer))
    return found


def _side(edge: Edge, beside: dict[Party, list[tuple[int, Party]]]) -> set[Party]:
    """Sectors on the payer's side of the tree once the edge is taken out."""
    seen, todo = {edge.payer}, [edge.payer]
    while todo:
        for payment, party in beside.get(todo.pop(), ()):
            if payment != edge.payment and party not in seen:
                seen.add(party)
                todo.append(party)
    return seen


def _check_tree(model: Model, everything: list[Edge], open_edges: list[Edge], troubles: Troubles) -> None:
    group = {party: party for party in model.sectors}

    def root(party: Party) -> Party:
        while group[party] != party:
            group[party] = group[group[party]]
            party = group[party]
        return party

    taken: list[Edge] = []
    for edge in open_edges:
        if root(edge.payer) == root(edge.payee):
            circle = _path(edge, taken)
            names = ", ".join(model.title(other.cell.slot) for other in (*circle, edge))
            ring = " - ".join(
                dict.fromkeys(show(p) for other in (*circle, edge) for p in (other.payer, other.payee))
            )
            what = f"the budgets cannot tell these apart: {names}"
            why = f"each is left to be settled and together they form a circle ({ring}): "
            why += "money could run round it in any amount"
            mend = "give one of them an equation (hold ... by ... = ...)"
            troubles.add("E612", _file(model), what, why, mend)
            continue
        group[root(edge.payer)] = root(edge.payee)
        taken.append(edge)
    settled = {party: root(party) for party in model.sectors}
    for edge in everything:
        group[root(edge.payer)] = root(edge.payee)
    whole: dict[Party, dict[Party, list[Party]]] = {}
    for party in model.sectors:
        whole.setdefault(root(party), {}).setdefault(settled[party], []).append(party)
    for parts in whole.values():
        largest = max(parts.values(), key=len)
        _unsettled(model, everything, [part for part in parts.values() if part is not largest], troubles)


def _file(model: Model) -> str:
    """Where a trouble of the model as a whole is: its text."""
    files = [sector.place.file for sector in model.draft.sectors.values()]
    return f"{model.name}.model" if any(file.endswith(".model") for file in files) else model.name


def _unsettled(model: Model, everything: list[Edge], parts: list[list[Party]], troubles: Troubles) -> None:
    """Parts that something declared joins to the largest part, and that nothing settles."""
    for part in sorted(parts, key=len):
        inside = set(part)
        across = [edge for edge in everything if (edge.payer in inside) != (edge.payee in inside)]
        others = dict.fromkeys(
            show(p) for edge in across for p in (edge.payer, edge.payee) if p not in inside
        )
        crossing = ", ".join(dict.fromkeys(model.title(edge.cell.slot) for edge in across))
        count = f"{len(part)} sector" if len(part) == 1 else f"{len(part)} sectors"
        names = ", ".join(show(party) for party in part)
        it = "it" if len(part) == 1 else "them"
        what = f"{count} unsettled. {names}: nothing settles between {it} and {', '.join(others)}"
        why = f"everything that crosses has an equation: {crossing}"
        mend = "take the equation from one of these, or declare a claim in which the surplus is held"
        troubles.add("E613", _file(model), what, why, mend)


def _path(edge: Edge, tree: list[Edge]) -> list[Edge]:
    """Edges of the tree between the ends of an edge."""
    came: dict[Party, Edge | None] = {edge.payer: None}
    todo = [edge.payer]
    while todo:
        here = todo.pop()
        for other in tree:
            for start, end in ((other.payer, other.payee), (other.payee, other.payer)):
                if start == here and end not in came:
                    came[end] = other
                    todo.append(end)
    found, here = [], edge.payee
    while came.get(here) is not None:
        step = came[here]
        assert step is not None
        found.append(step)
        here = step.payer if step.payee == here else step.payee
    return found


def show(party: Party) -> str:
    """A sector as it is written.

    Examples
    --------
    >>> show(("firms", ("N",)))
    'firms[N]'
    """
    return f"{party[0]}[{', '.join(party[1])}]" if party[1] else party[0]


def _net_worth(model: Model, everything: list[Edge], touching: dict[Party, list[int]]) -> None:
    """Net worth by flows: old quantities at new prices, receipts, assets; saving is the receipts."""
    for party in model.sectors:
        own = model.worth[party]
        edges_here = [everything[position] for position in touching.get(party, ())]
        claims = [edge.cell for edge in edges_here if isinstance(edge.cell, ClaimCell)]
        receipts: Tree | None = None
        for edge in edges_here:
            if isinstance(edge.cell, PaymentCell):
                receipts = _add(receipts, "+" if edge.payee == party else "-", Cell(edge.payment))
        stocks = receipts
        for cell in claims:
            stocks = _add(stocks, "+" if cell.holder == party else "-", _kept(cell))
        for asset in model.assets:
            if asset.owner == party:
                stocks = _add(stocks, "+", _times(_times(Cell(asset.slot), asset.price), own))
        slot = model.slot_of[f"net_worth.{party[0]}", party[1]]
        model.openings[slot] = _over(_by_stocks(model, party, claims), own)
        for name, tree in (("saving", receipts), ("net_worth", stocks)):
            slot = model.slot_of[f"{name}.{party[0]}", party[1]]
            _write(model, slot, _over(tree if tree is not None else Number(0.0), own), name.replace("_", " "))


def _by_stocks(model: Model, party: Party, claims: list[ClaimCell]) -> Tree:
    """Assets less liabilities of a sector, in the common unit."""
    total: Tree | None = None
    for cell in claims:
        total = _add(total, "+" if cell.holder == party else "-", value_of(cell))
    for asset in model.assets:
        if asset.owner == party:
            own = model.worth[party]
            total = _add(total, "+", _times(_times(Cell(asset.slot), asset.price), own))
    return total if total is not None else Number(0.0)


def _kept(cell: ClaimCell) -> Tree:
    """Old quantity less what is written off, at today's price and exchange rate."""
    kept: Tree = Cell(cell.slot, 1)
    if cell.written_off is not None:
        kept = Binary("-", kept, Cell(cell.written_off))
    if cell.redeemed is None:
        return _times(_times(kept, cell.price), cell.worth)
    left = Binary("-", kept, Cell(cell.redeemed))
    value = Binary("+", _times(left, cell.price), _redemption(cell))
    return _times(value, cell.worth)


def value_of(cell: ClaimCell) -> Tree:
    """Value of a claim in the common unit: quantity, price and the issuer's money."""
    return _times(_times(Cell(cell.slot), cell.price), cell.worth)


def _times(tree: Tree, slot: int | None) -> Tree:
    return tree if slot is None else Binary("*", tree, Cell(slot))


def _over(tree: Tree, slot: int | None) -> Tree:
    return tree if slot is None else Binary("/", tree, Cell(slot))


def _add(total: Tree | None, sign: str, term: Tree) -> Tree:
    if total is None:
        return term if sign == "+" else Negative(term, Place())
    return Binary(sign, total, term)
