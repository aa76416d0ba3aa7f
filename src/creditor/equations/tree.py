"""Owns the tree of a variable: what it depends on, and what that depends on, to some depth."""

from __future__ import annotations

from creditor.equations.explain import equation_text
from creditor.equations.expressions import Cell, Expression
from creditor.equations.model import Model
from creditor.equations.order import cells_in
from creditor.terms.answer import Grid

DEPTH = 3


def tree_grid(model: Model, slot: int, depth: int = DEPTH) -> Grid:
    """What a variable depends on, a row for each thing read, indented below what reads it.

    Parameters
    ----------
    model : Model
    slot : int
        Of the variable at the root.
    depth : int
        How many steps to follow; what was read a period ago is named and not followed.

    Returns
    -------
    Grid
        Columns ``name`` and ``decided by``; what has its own rows further up is not followed again.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> tree_grid(model, model.slot("taxes"), 1).rows[1:]
    (('├─ tax_rate', 'given 0.2'), ('└─ wages', 'settled by the budgets'))
    """
    rows = [(model.title(slot), _decided(model, slot, True))]
    followed = {slot}

    def grow(parent: int, prefix: str, left: int) -> None:
        cells = _reads(model, parent)
        for number, cell in enumerate(cells, start=1):
            last = number == len(cells)
            title = model.read(cell)
            again = not cell.lag and cell.slot in followed and cell.slot in model.equations
            open_ = not cell.lag and not again and left > 1 and cell.slot in model.equations
            text = _decided(model, cell.slot, open_)
            if cell.lag:
                back = model.origin(cell.slot)[1] + cell.lag
                text = "a period ago" if back == 1 else f"{back} periods ago"
            elif again:
                text = "the root itself" if cell.slot == slot else "above"
            rows.append((f"{prefix}{'└─' if last else '├─'} {title}", text))
            if open_:
                followed.add(cell.slot)
                grow(cell.slot, prefix + ("   " if last else "│  "), left - 1)

    grow(slot, "", depth)
    return Grid("tree", f"What {model.title(slot)} depends on", ("name", "decided by"), tuple(rows))


def _reads(model: Model, slot: int) -> list[Cell]:
    """Cells that an equation reads, each once; a payment of today stands for what decides it."""
    equation = model.equations.get(slot)
    found: dict[tuple[int, int], Cell] = {}
    waiting: list[Expression] = [equation.tree] if equation else []
    seen: set[int] = set()
    while waiting:
        for cell in cells_in(waiting.pop(0)):
            if not cell.lag and model.slots[cell.slot][0].startswith("payment."):
                if cell.slot not in seen and cell.slot in model.equations:
                    seen.add(cell.slot)
                    waiting.append(model.equations[cell.slot].tree)
            else:
                found.setdefault((cell.slot, cell.lag), cell)
    return list(found.values())


def _decided(model: Model, slot: int, whole: bool) -> str:
    """The equation of a row that is followed; the kind of it, or the number, of another."""
    equation = model.equations.get(slot)
    if equation is None:
        return f"given {model.givens[slot]:g}" if slot in model.givens else "no equation"
    if not whole and equation.kind in ("settled", "find"):
        return {"settled": "settled by the budgets", "find": "found so that both sides agree"}[equation.kind]
    return equation_text(model, equation)
