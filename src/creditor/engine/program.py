"""Owns the program: a model's steps and its certificate laid out on one tape."""

from __future__ import annotations

from dataclasses import dataclass

from creditor.engine.solve import Block
from creditor.engine.tape import Row, Tape
from creditor.equations.accounts import edges
from creditor.equations.expressions import Binary, Call, Expression, Negative, Number
from creditor.equations.model import Cell, Equation, Model, Party
from creditor.equations.order import order

Tree = Expression | Cell


@dataclass(frozen=True)
class Section:
    """Rows that are run as they stand, or a block that is solved; ``slots`` are decided here."""

    slots: tuple[int, ...]
    rows: list[Row]
    block: Block | None = None


@dataclass(frozen=True)
class Audit:
    """Rows of the certificate.

    Parameters
    ----------
    rows : list of Row
    residuals, scales : list of int
        Registers, one pair for each equation of `slots`.
    slots : list of int
    budgets : list of (Party, list of registers, list of int)
        For each sector its payments and their signs.
    """

    rows: list[Row]
    residuals: list[int]
    scales: list[int]
    slots: list[int]
    budgets: list[tuple[Party, list[int], list[float]]]


@dataclass(frozen=True)
class Program:
    """A model laid out on one tape."""

    model: Model
    tape: Tape
    sections: list[Section]
    audit: Audit
    lagged: tuple[int, ...]


def compile_model(model: Model) -> Program:
    """Lay a model out.

    Parameters
    ----------
    model : Model

    Returns
    -------
    Program

    Examples
    --------
    >>> from creditor.equations.draft import draft
    >>> from creditor.equations.elaborate import elaborate
    >>> from creditor.equations.parse import parse
    >>> program = compile_model(elaborate(draft(parse("given a = 2 let b = a + b(-1) start b = 1"))))
    >>> len(program.sections)
    1
    """
    tape = Tape(len(model.slots))
    sections: list[Section] = []
    for step in order(model):
        first = len(tape.rows)
        for slot in step.slots:
            tape.emit(model.equations[slot].tree, slot)
        if not step.is_block:
            sections.append(Section(step.slots, tape.rows[first:]))
            continue
        pairs = [_residual(tape, model.equations[slot]) for slot in step.tears]
        block = Block(step.tears, tape.rows[first:], tuple(p[0] for p in pairs), tuple(p[1] for p in pairs))
        sections.append(Section((*step.slots, *step.tears), [], block))
    audit = _audit(tape, model)
    lagged = sorted({cell.slot for e in model.equations.values() for cell in _lagged(e.tree)})
    return Program(model, tape, _merged(sections), audit, tuple(lagged))


def _merged(sections: list[Section]) -> list[Section]:
    """Join neighbouring recursive sections into one."""
    joined: list[Section] = []
    for section in sections:
        if section.block is None and joined and joined[-1].block is None:
            before = joined[-1]
            joined[-1] = Section(before.slots + section.slots, before.rows + section.rows)
        else:
            joined.append(section)
    return joined


def _residual(tape: Tape, equation: Equation) -> tuple[int, int]:
    """Rows for left less right of an equation, and for the largest of its additive terms."""
    if equation.kind == "find":
        assert isinstance(equation.tree, Binary)
        left, right = equation.tree.left, equation.tree.right
    else:
        left, right = Cell(equation.slot), equation.tree  # type: ignore[assignment]
    value = tape.emit(Binary("-", left, right))
    scale = tape.emit(Call("abs", (left,)))
    for term in [*additive(left), *additive(right)]:
        scale = tape._row(14, scale, tape.emit(Call("abs", (term,))), 0, None)  # type: ignore[arg-type]
    return value, scale


def additive(tree: Tree) -> list[Tree]:
    """Terms of a tree that are added or subtracted at its top.

    Examples
    --------
    >>> len(additive(Binary("-", Cell(0), Binary("+", Cell(1), Cell(2)))))
    3
    """
    found: list[Tree] = []
    stack: list[Tree] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Binary) and node.operator in "+-":
            stack += [node.right, node.left]
        elif isinstance(node, Negative):
            stack.append(node.operand)
        else:
            found.append(node)
    return found


def _lagged(tree: Tree) -> list[Cell]:
    from creditor.equations.order import cells_in

    return [cell for cell in cells_in(tree) if cell.lag]


def _audit(tape: Tape, model: Model) -> Audit:
    first = len(tape.rows)
    residuals, scales, slots = [], [], []
    for slot, equation in sorted(model.equations.items()):
        if isinstance(equation.tree, Number):
            continue
        value, scale = _residual(tape, equation)
        residuals.append(value)
        scales.append(scale)
        slots.append(slot)
    everything = edges(model)
    budgets = []
    for party in model.sectors:
        own = [edge for edge in everything if edge.payer != edge.payee and party in (edge.payer, edge.payee)]
        if own:
            budgets.append((party, [e.payment for e in own], [1.0 if e.payee == party else -1.0 for e in own]))
    return Audit(tape.rows[first:], residuals, scales, slots, budgets)
