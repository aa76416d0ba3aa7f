"""Owns the program: a model's steps and its certificate laid out on one tape."""

from __future__ import annotations

from dataclasses import dataclass, field

from creditor.engine.blocks import Block, Draft, Section, following, scale_of, sides
from creditor.engine.loops import Loop, Packed, Piece, gather, runs, strips
from creditor.engine.registers import Packing
from creditor.engine.tape import BINARY, BOOKS, DIFFERS, FLAG, LARGER, RESIDUAL, WORSE, Tape
from creditor.equations.accounts import edges
from creditor.equations.expressions import Cell
from creditor.equations.model import Equation, Model, Party
from creditor.equations.order import cells_in, order

SPARE = 3  # registers at the end of the file, for a step of a block that is taken at once
GROUP = 16  # strips that are checked together


@dataclass(frozen=True)
class Check:
    """The residual of an unknown's equation: left less right, measured by the scale; by registers."""

    slot: int
    left: int
    right: int
    scale: int


@dataclass(frozen=True)
class Audit:
    """Rows to the sides and scales of some unknowns' equations, and from them to the largest residual."""

    checks: tuple[Check, ...]
    rows: Packed
    tops: Packed


@dataclass(frozen=True)
class Group:
    """Equations whose left side is computed: evaluated anew, with a flag where one does not hold."""

    slots: tuple[int, ...]
    rows: Packed


@dataclass(frozen=True)
class Program:
    """A model laid out on one tape.

    Parameters
    ----------
    sections : list of Section
    audits : list of Audit
        A check for each unknown of a block.
    groups : list of Group
        All other equations, in the order of solution.
    budgets : list of (Party, payments, signs)
        For each sector the registers of its payments and their signs.
    lagged : tuple of int
        Slots whose value of yesterday is kept, in registers after today's slots.
    constants : dict of register to float
    balance : Packed
        Rows to the largest gap of a budget.
    flag, residual, books : int
        Registers of the flags of groups, of the largest scaled residual and of the largest gap of a budget.
    registers : int
        Length of the register file; the last three are spare.
    """

    model: Model
    sections: list[Section]
    audits: list[Audit]
    groups: list[Group]
    budgets: list[tuple[Party, list[int], list[float]]]
    lagged: tuple[int, ...]
    constants: dict[int, float]
    balance: Packed
    flag: int
    residual: int
    books: int
    registers: int
    flat: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def slots(self) -> int:
        """How many slots the model has."""
        return len(self.model.slots)

    @property
    def checks(self) -> list[Check]:
        """One for each unknown of a block, in the order of the audits."""
        return [check for audit in self.audits for check in audit.checks]

    @property
    def loops(self) -> list[Loop]:
        """Every loop of the solution: equations of one statement that share form and order."""
        return [loop for section in self.sections for loop in section.loops]

    @property
    def rows(self) -> int:
        """How many rows a period takes where no block needs a second step."""
        solved = sum(len(s.rows) if s.block is None else _block_rows(s.block) for s in self.sections)
        parts: list[Audit | Group] = [*self.audits, *self.groups]
        return solved + sum(len(part.rows) for part in parts)

    @property
    def calls(self) -> int:
        """How many runs those rows make: for NumPy a call each."""
        blocks = [section.block for section in self.sections if section.block]
        parts: list[Section | Audit | Group] = [*self.sections, *self.audits, *self.groups]
        return sum(len(runs(part.rows)) for part in parts) + sum(_block_calls(block) for block in blocks)

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


def _block_calls(block: Block) -> int:
    once = (block.slopes, block.factors, block.condition, block.solution)
    return 2 * len(runs(block.values)) + sum(len(runs(rows)) for rows in once)


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
    drafted = drafts(tape, model)
    anew = [_anew(tape, strip) for draft in drafted for strip in strips(gather(draft.pieces))]
    read = {cell.slot for e in model.equations.values() for cell in cells_in(e.tree) if cell.lag}
    unknowns = sorted(s for draft in drafted if isinstance(draft, Draft) for s in draft.step.tears)
    lagged = sorted(read | set(unknowns))
    audited = [_Audited(tape, model.equations[slot]) for slot in unknowns]
    unsure = strips(gather(one.piece for one in audited))
    budgets = _budgets(model)
    closing = _closing(tape, budgets)
    packing = Packing(tape, lagged)
    sections = [draft.pack(packing) for draft in drafted]
    by_slot = {one.piece.slot: one for one in audited}
    audits = [_audit(packing, cut, by_slot) for cut in _grouped(unsure)]
    groups = [_group(packing, cut) for cut in _grouped(anew)]
    (balance,) = packing.region([[loop.members for loop in closing]])
    place = packing.place
    return Program(
        model=model,
        sections=sections,
        audits=audits,
        groups=groups,
        budgets=budgets,
        lagged=tuple(lagged),
        constants=packing.constants,
        balance=balance,
        flag=place[FLAG],
        residual=place[RESIDUAL],
        books=place[BOOKS],
        registers=packing.length + SPARE,
    )


def drafts(tape: Tape, model: Model) -> list[Recursive | Draft]:
    """Blocks, and between them equations that need no solution; before their registers are packed."""
    found: list[Recursive | Draft] = []
    waiting: list[int] = []
    for step in order(model):
        if not step.is_block:
            waiting += step.slots
            continue
        if waiting:
            found.append(Recursive(tape, model, waiting))
        waiting = []
        found.append(Draft(tape, model, step))
    if waiting:
        found.append(Recursive(tape, model, waiting))
    return found


class Recursive:
    """Neighbouring equations that need no solution, before their registers are packed."""

    def __init__(self, tape: Tape, model: Model, slots: list[int]) -> None:
        self.tape = tape
        self.pieces = following(tape, model, slots)
        self.loops = gather(self.pieces)

    def pack(self, packing: Packing) -> Section:
        """The section with packed registers."""
        cut = strips(self.loops)
        (rows,) = packing.region([[strip.members for strip in cut]])
        return Section(tuple(slot for strip in cut for slot in strip.slots), rows, self.loops)


def _anew(tape: Tape, strip: Loop) -> Loop:
    """Equations evaluated once more: the rows of the solution, the last result put elsewhere and compared."""
    members = []
    for slot, (*head, (code, a, b, c, _)) in zip(strip.slots, strip.members, strict=True):
        value, tape.registers = tape.registers, tape.registers + 1
        members.append([*head, (code, a, b, c, value), (DIFFERS, slot, value, 0, FLAG)])
    return Loop(strip.slots, members)


def _group(packing: Packing, cut: list[Loop]) -> Group:
    """Strips that are checked together."""
    (rows,) = packing.region([[strip.members for strip in cut]])
    return Group(tuple(slot for strip in cut for slot in strip.slots), rows)


def _grouped(cut: list[Loop]) -> list[list[Loop]]:
    """Some strips at a time, so that their intermediate results take few registers."""
    return [cut[first : first + GROUP] for first in range(0, len(cut), GROUP)]


class _Audited:
    """A check before its registers are packed."""

    def __init__(self, tape: Tape, equation: Equation) -> None:
        tape.forget()
        left, right = sides(equation)
        self.left, self.right = tape.emit(left), tape.emit(right)
        self.scale = scale_of(tape, left, right)
        self.piece = Piece(equation.slot, (equation.kind, equation.statement), 0, tape.take())
        gap = tape.row(BINARY["-"], self.left, self.right)
        tape.row(WORSE, RESIDUAL, gap, self.scale, target=RESIDUAL)
        finite = tape.row(
            BINARY["*"], equation.slot, tape.constant(0.0)
        )  # not a number where the slot is none
        tape.row(BINARY["+"], RESIDUAL, finite, target=RESIDUAL)
        self.tops = tape.take()


def _audit(packing: Packing, cut: list[Loop], by_slot: dict[int, _Audited]) -> Audit:
    """Checks of some strips, with packed registers."""
    own = [by_slot[slot] for strip in cut for slot in strip.slots]
    pinned = {x for one in own for x in (one.left, one.right, one.scale) if x not in packing.place}
    tops = [[one.tops] for one in own]
    rows, last = packing.region([[strip.members for strip in cut], tops], pinned)
    place = packing.place
    checks = (Check(o.piece.slot, place[o.left], place[o.right], place[o.scale]) for o in own)
    return Audit(tuple(checks), rows, last)


def _budgets(model: Model) -> list[tuple[Party, list[int], list[float]]]:
    own: dict[Party, tuple[list[int], list[float]]] = {party: ([], []) for party in model.sectors}
    for edge in edges(model):
        if edge.payer != edge.payee:
            for party, sign in ((edge.payer, -1.0), (edge.payee, 1.0)):
                own[party][0].append(edge.payment)
                own[party][1].append(sign)
    return [(party, payments, signs) for party, (payments, signs) in own.items() if payments]


def _closing(tape: Tape, budgets: list[tuple[Party, list[int], list[float]]]) -> list[Loop]:
    """Rows from the payments of each budget to the largest gap, added up in the order of the budget."""
    pieces = []
    for number, (party, payments, signs) in enumerate(budgets):
        tape.forget()
        total = largest = tape.constant(0.0)
        for payment, sign in zip(payments, signs, strict=True):
            total = tape.row(BINARY["+" if sign > 0 else "-"], total, payment)
        for payment in payments:
            largest = tape.row(LARGER, largest, payment)
        tape.row(WORSE, BOOKS, total, largest, target=BOOKS)
        pieces.append(Piece(number, party[0], 0, tape.take()))
    return gather(pieces)
