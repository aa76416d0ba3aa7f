"""Owns the tree of a variable: what it depends on, and what that depends on, to some depth."""

from __future__ import annotations

from dataclasses import dataclass

from creditor.equations.model import Model
from creditor.equations.readable import equation_text, reads
from creditor.terms.answer import Grid

DEPTH = 3


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One thing read: how deep, its name, what decides it, and of what kind that is.

    Kinds are ``equation``, ``given``, ``before`` (of an earlier period), ``again`` (its rows stand above).
    """

    depth: int
    title: str
    decided: str
    kind: str
    last: bool = True


def tree_rows(model: Model, slot: int, depth: int = DEPTH) -> list[TreeRow]:
    """What a variable depends on, a row for each thing read, below what reads it.

    Parameters
    ----------
    model : Model
    slot : int
        Of the variable at the root.
    depth : int
        How many steps to follow; what was read a period ago is named and not followed.

    Returns
    -------
    list of TreeRow
        The root first; what has its own rows further up is not followed again.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> [row.title for row in tree_rows(model, model.slot("taxes"), 1)]
    ['taxes', 'tax_rate', 'wages']
    """
    rows = [TreeRow(0, model.title(slot), _decided(model, slot, True), _kind(model, slot))]
    followed = {slot}

    def grow(parent: int, level: int) -> None:
        cells = reads(model, parent)
        for number, cell in enumerate(cells, start=1):
            title, kind = model.read(cell), _kind(model, cell.slot)
            last = number == len(cells)
            if cell.lag:
                back = model.origin(cell.slot)[1] + cell.lag
                when = "a period ago" if back == 1 else f"{back} periods ago"
                rows.append(TreeRow(level, title, when, "before", last))
            elif cell.slot in followed and cell.slot in model.equations:
                text = "the root itself" if cell.slot == slot else "above"
                rows.append(TreeRow(level, title, text, "again", last))
            else:
                further = level < depth and cell.slot in model.equations
                rows.append(TreeRow(level, title, _decided(model, cell.slot, further), kind, last))
                if further:
                    followed.add(cell.slot)
                    grow(cell.slot, level + 1)

    if depth:
        grow(slot, 1)
    return rows


def tree_grid(model: Model, slot: int, depth: int = DEPTH) -> Grid:
    """The rows of `tree_rows` as a table, joined by lines.

    Returns
    -------
    Grid
        Columns ``name`` and ``decided by``.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> tree_grid(model, model.slot("taxes"), 1).rows[1:]
    (('├─ tax_rate', 'given 0.2'), ('└─ wages', 'settled by the budgets'))
    """
    rows, open_ = [], [False] * (depth + 2)
    for row in tree_rows(model, slot, depth):
        stems = "".join("│  " if open_[level] else "   " for level in range(1, row.depth))
        mark = ("└─ " if row.last else "├─ ") if row.depth else ""
        open_[row.depth] = not row.last
        rows.append((f"{stems}{mark}{row.title}", row.decided))
    return Grid("tree", f"What {model.title(slot)} depends on", ("name", "decided by"), tuple(rows))


def _kind(model: Model, slot: int) -> str:
    return "equation" if slot in model.equations else "given"


def _decided(model: Model, slot: int, whole: bool) -> str:
    """The equation of a row that is followed; the kind of it, or the number, of another."""
    equation = model.equations.get(slot)
    if equation is None:
        return f"given {model.givens[slot]:g}" if slot in model.givens else "no equation"
    if not whole and equation.kind in ("settled", "find"):
        return {"settled": "settled by the budgets", "find": "found so that both sides agree"}[equation.kind]
    return equation_text(model, equation)
