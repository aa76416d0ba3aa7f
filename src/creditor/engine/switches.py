"""Owns switches: which way each condition of an equation goes, and those that go back and forth."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from creditor.equations.evaluate import Read, scalar
from creditor.equations.expressions import Binary, Call, Expression, Negative
from creditor.equations.model import Model
from creditor.equations.readable import readable
from creditor.equations.show import to_text

COMPARISONS = ("==", "<>", "<", "<=", ">", ">=")
SWEEPS, LAST = 64, 16  # how long a block is followed, and the part of it that is looked at


def switches_in(tree: Expression) -> list[Binary | Call]:
    """Parts of a resolved tree that choose: comparisons, min, max and abs; without recursion.

    Examples
    --------
    >>> from creditor.equations.expressions import Cell, Number
    >>> len(switches_in(Call("max", (Cell(0), Number(0.0)))))
    1
    """
    found: list[Binary | Call] = []
    stack: list[Expression] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Negative):
            stack.append(node.operand)
        elif isinstance(node, Binary):
            stack += [node.right, node.left]
            if node.operator in COMPARISONS:
                found.append(node)
        elif isinstance(node, Call):
            stack += reversed(node.arguments)
            if node.function in ("min", "max", "abs"):
                found.append(node)
    return found


def choice(switch: Binary | Call, read: Read) -> int:
    """Which way a switch goes: whether a comparison is true, which argument is taken, which sign has a size.

    Examples
    --------
    >>> from creditor.equations.expressions import Cell, Number
    >>> choice(Call("max", (Cell(0), Number(0.0))), lambda slot, lag: -1.0)
    1
    """
    if isinstance(switch, Binary):
        return int(scalar(switch, read) or 0.0)
    values = [scalar(argument, read) for argument in switch.arguments]
    known = [math.nan if value is None else value for value in values]
    if switch.function == "abs":
        return int(known[0] > 0) - int(known[0] < 0)
    chosen = min(known) if switch.function == "min" else max(known)
    return known.index(chosen) if chosen in known else -1


def choices(model: Model, slots: Sequence[int], read: Read) -> dict[tuple[int, int], int]:
    """Which way every switch of some equations goes, by slot and position in the equation.

    Examples
    --------
    >>> from creditor.equations.draft import draft
    >>> from creditor.equations.elaborate import elaborate
    >>> from creditor.equations.parse import parse
    >>> model = elaborate(draft(parse("given a = 2 let b = max(a, 3)")))
    >>> list(choices(model, list(model.equations), lambda slot, lag: 2.0).values())
    [1]
    """
    return {
        (slot, position): choice(switch, read)
        for slot in slots
        for position, switch in enumerate(switches_in(model.equations[slot].tree))
    }


def restless(model: Model, slots: Sequence[int], read: Callable[[int, int], float]) -> list[str]:
    """Switches of a block that go back and forth when its equations follow each other.

    Parameters
    ----------
    model : Model
    slots : sequence of int
        Of the block, in order of solution.
    read : callable
        From slot and lag to the values that the block was left with.

    Returns
    -------
    list of str
        As ``y > 0.5 in x``; empty where no switch does, or where something is found and not defined.
    """
    if any(model.equations[slot].kind == "find" for slot in slots):
        return []
    now: dict[int, float] = {slot: read(slot, 0) for slot in slots}

    def here(slot: int, lag: int) -> float:
        return now[slot] if not lag and slot in now else read(slot, lag)

    seen: dict[tuple[int, int], set[int]] = {}
    for sweep in range(SWEEPS):
        for slot in slots:
            now[slot] = scalar(model.equations[slot].tree, here) or 0.0
            if sweep >= SWEEPS - LAST:
                for key, way in choices(model, [slot], here).items():
                    seen.setdefault(key, set()).add(way)
    return [_text(model, *key) for key, ways in seen.items() if len(ways) > 1]


def _text(model: Model, slot: int, position: int) -> str:
    switch = switches_in(model.equations[slot].tree)[position]
    return f"{to_text(readable(model, switch))} in {model.title(slot)}"
