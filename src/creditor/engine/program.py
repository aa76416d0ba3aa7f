"""Owns the program: a model's steps and its certificate laid out on one tape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from creditor.engine.blocks import Block, Draft, Section, scale_of, sides
from creditor.engine.registers import Packing
from creditor.engine.tape import DIFFERS, FLAG, Row, Tape
from creditor.equations.accounts import edges
from creditor.equations.expressions import Cell
from creditor.equations.model import Equation, Model, Party
from creditor.equations.order import cells_in, order

GROUP = 64


@dataclass(frozen=True)
class Check:
    """The residual of an unknown's equation: left less right, measured by the scale."""

    slot: int
    left: int
    right: int
    scale: int
    rows: list[Row]
    found: bool


@dataclass(frozen=True)
class Group:
    """Equations whose left side is computed: evaluated anew, with a flag where one does not hold."""

    slots: tuple[int, ...]
    rows: list[Row]


@dataclass(frozen=True)
class Program:
    """A model laid out on one tape.

    Parameters
    ----------
    sections : list of Section
    checks : list of Check
        One for each unknown of a block.
    groups : list of Group
        All other equations, in the order of solution.
    budgets : list of (Party, payments, signs)
        For each sector the registers of its payments and their signs.
    lagged : tuple of int
        Slots whose value of yesterday is kept, in registers after today's slots.
    constants : dict of register to float
    flag : int
        Register of the flags of groups.
    registers : int
        Length of the register file.
    """

    model: Model
    sections: list[Section]
    checks: list[Check]
    groups: list[Group]
    budgets: list[tuple[Party, list[int], list[float]]]
    lagged: tuple[int, ...]
    constants: dict[int, float]
    flag: int
    registers: int
    flat: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def slots(self) -> int:
        """How many slots the model has."""
        return len(self.model.slots)

    @property
    def rows(self) -> int:
        """How many rows a period takes where no block needs a second step."""
        solved = sum(len(s.rows) if s.block is None else _block_rows(s.block) for s in self.sections)
        parts: list[Check | Group] = [*self.checks, *self.groups]
        return solved + sum(len(part.rows) for part in parts)

    def register(self, cell: Cell) -> int:
        """Where a cell is kept during a run."""
        return self.slots + self.lagged.index(cell.slot) if cell.lag else cell.slot


def _block_rows(block: Block) -> int:
    return (
        2 * len(block.values)
        + len(block.slopes)
        + len(block.factors)
        + len(block.condition)
        + len(block.solution)
    )


def compile_model(model: Model) -> Program:
    """Lay a model out.

    Parameters
    ----------
    model : Model

    Returns
    -------
    Program

    Raises
    ------
    InputError
        E617 for a block whose equations cannot decide its unknowns, whatever the numbers.

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
    drafts: list[_Recursive | Draft] = []
    anew: list[tuple[int, list[Row]]] = []
    for step in order(model):
        if step.is_block:
            block = Draft(tape, model, step)
            drafts.append(block)
            anew += [_anew(tape, model.equations[slot]) for slot in block.step.slots]
            continue
        if not drafts or isinstance(drafts[-1], Draft):
            drafts.append(_Recursive([], []))
        recursive = cast(_Recursive, drafts[-1])
        slot = step.slots[0]
        tape.forget()
        tape.emit(model.equations[slot].tree, slot)
        rows = tape.take()
        recursive.add(slot, rows)
        anew.append(_with_flag(tape, slot, rows))
    read = {cell.slot for e in model.equations.values() for cell in cells_in(e.tree) if cell.lag}
    blocks = [draft for draft in drafts if isinstance(draft, Draft)]
    unknowns = sorted(slot for draft in blocks for slot in draft.step.tears)
    lagged = sorted(read | set(unknowns))
    audited = [_Audited(tape, model.equations[slot]) for slot in unknowns]
    packing = Packing(tape, lagged)
    sections = [draft.pack(packing) for draft in drafts]
    checks = [check.pack(packing) for check in audited]
    groups = []
    for first in range(0, len(anew), GROUP):
        some = anew[first : first + GROUP]
        (rows,) = packing.region([[row for _, part in some for row in part]])
        groups.append(Group(tuple(slot for slot, _ in some), rows))
    budgets, constants = _budgets(model), packing.constants
    flag = packing.place[FLAG]
    return Program(model, sections, checks, groups, budgets, tuple(lagged), constants, flag, packing.length)


@dataclass
class _Recursive:
    """Neighbouring equations that need no solution, before their registers are packed."""

    slots: list[int]
    rows: list[Row]

    def add(self, slot: int, rows: list[Row]) -> None:
        """Append one equation."""
        self.slots.append(slot)
        self.rows.extend(rows)

    def pack(self, packing: Packing) -> Section:
        """The section with packed registers."""
        return Section(tuple(self.slots), packing.region([self.rows])[0])


def _anew(tape: Tape, equation: Equation) -> tuple[int, list[Row]]:
    """Rows that evaluate an equation once more and compare."""
    tape.forget()
    value = tape.emit(equation.tree)
    return equation.slot, [*tape.take(), (DIFFERS, equation.slot, value, 0, FLAG)]


def _with_flag(tape: Tape, slot: int, rows: list[Row]) -> tuple[int, list[Row]]:
    """The same from the rows that the solution takes, their last result put elsewhere."""
    *head, (code, a, b, c, _) = rows
    tape.registers += 1
    value = tape.registers - 1
    return slot, [*head, (code, a, b, c, value), (DIFFERS, slot, value, 0, FLAG)]


class _Audited:
    """A check before its registers are packed."""

    def __init__(self, tape: Tape, equation: Equation) -> None:
        tape.forget()
        self.slot, self.found = equation.slot, equation.kind == "find"
        left, right = sides(equation)
        self.left, self.right = tape.emit(left), tape.emit(right)
        self.scale = scale_of(tape, left, right)
        self.rows = tape.take()

    def pack(self, packing: Packing) -> Check:
        """The check with packed registers."""
        pinned = {x for x in (self.left, self.right, self.scale) if x not in packing.place}
        (rows,) = packing.region([self.rows], pinned)
        left, right, scale = (packing.place[x] for x in (self.left, self.right, self.scale))
        return Check(self.slot, left, right, scale, rows, self.found)


def _budgets(model: Model) -> list[tuple[Party, list[int], list[float]]]:
    own: dict[Party, tuple[list[int], list[float]]] = {party: ([], []) for party in model.sectors}
    for edge in edges(model):
        if edge.payer != edge.payee:
            for party, sign in ((edge.payer, -1.0), (edge.payee, 1.0)):
                own[party][0].append(edge.payment)
                own[party][1].append(sign)
    return [(party, payments, signs) for party, (payments, signs) in own.items() if payments]
