"""Owns missing openings: a claim cell that a stated total or net worth leaves alone to be found."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from creditor.equations.expressions import Binary, Cell, Expression, Negative, Number, walk
from creditor.equations.model import Model, ResolvedCheck
from creditor.equations.order import cells_in

DECIDED = ("find", "payment", "settled", "saving")


@dataclass(frozen=True, slots=True)
class Missing:
    """A cell without an opening of its own, what it opens with, and the statement from which that follows."""

    slot: int
    tree: Expression
    stated: ResolvedCheck


def missing_openings(model: Model, known: Iterable[int]) -> dict[int, Missing]:
    """Cells of claims that open with what a stated total, or a stated net worth, leaves for them.

    Parameters
    ----------
    model : Model
    known : iterable of slots
        That have an opening.

    Returns
    -------
    dict of slot to Missing
        Of each statement that has a single unknown cell, in the order of the text; a cell found by one may
        make another the single one. Where two or more are unknown nothing is computed.

    Examples
    --------
    >>> from creditor.equations.draft import draft
    >>> from creditor.equations.elaborate import elaborate
    >>> from creditor.equations.parse import parse
    >>> text = "sector a, b, c claim m: a owes b, c transaction t: b -> c = 1 start total m = 9, m[b] = 4"
    >>> model = elaborate(draft(parse(text)))
    >>> [model.title(slot) for slot in missing_openings(model, model.starts)]
    ['m[c]']
    """
    found: dict[int, Missing] = {}
    claims = {cell.slot for cell in model.claims}
    while model.stated:
        have = {*known, *found}
        have |= resolvable(opening_trees(model, have), have).keys()
        one = next((one for stated in model.stated if (one := _alone(model, stated, have, claims))), None)
        if one is None:
            break
        found[one.slot] = one
    return found


def opening_trees(model: Model, known: Container[int]) -> dict[int, Expression]:
    """What may decide the opening of each slot that has none yet: definitions, and net worth by stocks."""
    return {
        slot: model.openings.get(slot, equation.tree)
        for slot, equation in model.equations.items()
        if slot not in known and equation.kind not in DECIDED
    }


def resolvable(trees: Mapping[int, Expression], known: Container[int]) -> dict[int, list[int]]:
    """Slots whose definitions have only known parts of the same period, in order, with what each reads.

    Examples
    --------
    >>> resolvable({1: Cell(2), 2: Cell(3), 4: Cell(3, 1)}, {3})
    {2: [3], 1: [2]}
    """
    reads: dict[int, list[int]] = {}
    waiting: dict[int, list[int]] = {}
    missing: dict[int, int] = {}
    ready = []
    for slot, tree in trees.items():
        cells = cells_in(tree)
        if any(cell.lag for cell in cells):
            continue
        reads[slot] = list(dict.fromkeys(cell.slot for cell in cells))
        open_ones = [other for other in reads[slot] if other not in known]
        missing[slot] = len(open_ones)
        for other in open_ones:
            waiting.setdefault(other, []).append(slot)
        if not open_ones:
            ready.append(slot)
    found: dict[int, list[int]] = {}
    while ready:
        slot = ready.pop()
        found[slot] = reads[slot]
        for other in waiting.get(slot, ()):
            missing[other] -= 1
            if not missing[other]:
                ready.append(other)
    return found


def _alone(model: Model, stated: ResolvedCheck, have: set[int], claims: set[int]) -> Missing | None:
    """The single unknown of a statement, if it is the cell of a claim."""
    left, target = stated.left, stated.right
    if isinstance(left, Cell):  # net worth: the balance sheet, in the sector's own money
        sheet = left = model.openings.get(left.slot, left)
        if isinstance(sheet, Binary) and sheet.operator == "/":
            left, target = sheet.left, Binary("*", target, sheet.right)
    unknown = {cell.slot for cell in cells_in(left)} - have
    if len(unknown) != 1 or not unknown <= claims or {cell.slot for cell in cells_in(target)} - have:
        return None
    (slot,) = unknown
    return Missing(slot, _solved(left, target, slot), stated)


def _solved(left: Expression, target: Expression, slot: int) -> Expression:
    """The cell for which a sum is what it should be: target less all other terms, over what it is times."""
    rest, times = target, None
    for sign, term in _terms(left):
        if all(cell.slot != slot for cell in cells_in(term)):
            if not isinstance(term, Number):
                rest = Binary("-" if sign > 0 else "+", rest, term)
            continue
        times = _without(term, slot) if sign > 0 else Negative(_without(term, slot))
    assert times is not None
    if times == Number(1.0):
        return rest
    return Negative(rest) if times == Negative(Number(1.0)) else Binary("/", rest, times)


def _terms(tree: Expression) -> list[tuple[int, Expression]]:
    """What a tree adds up and takes away, with signs, in order; without recursion."""
    found: list[tuple[int, Expression]] = []
    waiting = [(1, tree)]
    while waiting:
        sign, node = waiting.pop()
        if isinstance(node, Negative):
            waiting.append((-sign, node.operand))
        elif isinstance(node, Binary) and node.operator in ("+", "-"):
            waiting += [(sign if node.operator == "+" else -sign, node.right), (sign, node.left)]
        else:
            found.append((sign, node))
    return found


def _without(term: Expression, slot: int) -> Expression:
    """What a cell is multiplied by: price times the value of the money."""
    if isinstance(term, Cell):
        return Number(1.0)
    assert isinstance(term, Binary) and term.operator == "*"
    inside = any(isinstance(node, Cell) and node.slot == slot for node in walk(term.left))
    factor, other = (term.left, term.right) if inside else (term.right, term.left)
    left = _without(factor, slot)
    return other if left == Number(1.0) else Binary("*", left, other)
