"""Owns the program: a model's steps and its certificate laid out on one tape."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from creditor.engine.eliminate import Factors
from creditor.engine.registers import Packing
from creditor.engine.slopes import Differ
from creditor.engine.tape import BINARY, CALLS, DIFFERS, FLAG, LARGER, NEGATIVE, OPERANDS, WORSE, Row, Tape, Tree, additive
from creditor.equations.accounts import edges
from creditor.equations.expressions import Binary, Number
from creditor.equations.model import Cell, Equation, Model, Party
from creditor.equations.order import Step, cells_in, order
from creditor.errors import InputError, Trouble

GROUP = 64
HUB = 4  # a slot is iterated on when its ways through are so many times its ways in and out


@dataclass(frozen=True)
class Block:
    """A simultaneous block: Newton on its tears.

    Parameters
    ----------
    tears : tuple of int
        Slots of the unknowns.
    guesses, steps : tuple of int
        Registers of yesterday's value and of the Newton step of each.
    values, slopes, factors, condition, solution : list of Row
        From the tears to every other slot, the residuals and their size; to the Jacobian; to its factors; to the
        estimated condition; to the steps.
    size, kappa : int
        Registers of the largest scaled residual and of the estimated condition.
    residuals, scales : tuple of int
    entries : list of (row, column, register)
        Of the Jacobian, once ``slopes`` have run and before ``factors``.
    linear : bool
        Whether the Jacobian is the same wherever the tears are.
    found : tuple of bool
        Which tears are decided by ``find``.
    """

    tears: tuple[int, ...]
    guesses: tuple[int, ...]
    steps: tuple[int, ...]
    values: list[Row]
    slopes: list[Row]
    factors: list[Row]
    condition: list[Row]
    solution: list[Row]
    size: int
    kappa: int
    residuals: tuple[int, ...]
    scales: tuple[int, ...]
    entries: list[tuple[int, int, int]]
    linear: bool
    found: tuple[bool, ...]

    @property
    def is_market(self) -> bool:
        """Whether one unknown clears it."""
        return self.found == (True,)


@dataclass(frozen=True)
class Section:
    """Rows that are run as they stand, or a block that is solved; ``slots`` are decided here."""

    slots: tuple[int, ...]
    rows: list[Row]
    block: Block | None = None


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
    """Equations whose left side is computed: all evaluated anew, a flag raised for any path where one does not hold."""

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
        return solved + sum(len(part.rows) for part in (*self.checks, *self.groups))

    def register(self, cell: Cell) -> int:
        """Where a cell is kept during a run."""
        return self.slots + self.lagged.index(cell.slot) if cell.lag else cell.slot


def _block_rows(block: Block) -> int:
    return 2 * len(block.values) + len(block.slopes) + len(block.factors) + len(block.condition) + len(block.solution)


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
    drafts: list[_Recursive | _Draft] = []
    anew: list[tuple[int, list[Row]]] = []
    for step in order(model):
        if step.is_block:
            drafts.append(_Draft(tape, model, step))
            anew += [_anew(tape, model.equations[slot]) for slot in drafts[-1].step.slots]
            continue
        if not drafts or isinstance(drafts[-1], _Draft):
            drafts.append(_Recursive([], []))
        slot = step.slots[0]
        tape.forget()
        tape.emit(model.equations[slot].tree, slot)
        rows = tape.take()
        drafts[-1].add(slot, rows)
        anew.append(_with_flag(tape, slot, rows))
    read = {cell.slot for e in model.equations.values() for cell in cells_in(e.tree) if cell.lag}
    blocks = [draft for draft in drafts if isinstance(draft, _Draft)]
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


class _Draft:
    """A block before its registers are packed."""

    def __init__(self, tape: Tape, model: Model, step: Step) -> None:
        self.tape, self.model = tape, model
        tape.forget()
        self.step = step = _with_hubs(model, step)
        for slot in step.slots:
            tape.emit(model.equations[slot].tree, slot)
        pairs = [_residual(tape, model.equations[slot]) for slot in step.tears]
        self.residuals, self.scales = [p[0] for p in pairs], [p[1] for p in pairs]
        size = tape.constant(0.0)
        for residual, scale in pairs:
            size = tape.row(WORSE, size, residual, scale)
        self.size = size
        self.values = tape.take()
        differ = Differ(tape, step.tears)
        differ.follow(_leading_to(self.values, self.residuals))
        matrix = [differ.slopes.get(register, {}) for register in self.residuals]
        self.slopes = tape.take()
        factors = Factors(tape, matrix)
        self.factors = tape.take()
        if factors.singular:
            self._refuse()
        self.entries = [(i, j, register) for i, row in enumerate(matrix) for j, register in sorted(row.items())]
        self.linear = differ.linear
        tape.forget()
        self.kappa = self._condition(factors)
        self.condition = tape.take()
        tape.forget()
        self.steps = factors.solve(tape, [tape.row(NEGATIVE, r) for r in self.residuals])
        self.solution = tape.take()

    def _refuse(self) -> None:
        names = ", ".join(self.model.title(slot) for slot in self.step.tears[:6])
        place = self.model.equations[self.step.tears[0]].place
        what = f"the equations for {names} cannot decide them"
        why = "left and right change in the same way, or not at all, when the unknown does"
        raise InputError(Trouble("E617", str(place), what, why, "let the equation depend on what it is to decide"))

    def _condition(self, factors: Factors) -> int:
        """How much larger than the equations' own errors those of the unknowns can be."""
        tape, zero = self.tape, self.tape.constant(0.0)
        sides = [list(self.scales)]
        if len(self.scales) > 1:
            sides.append([s if n % 2 == 0 else tape.row(NEGATIVE, s) for n, s in enumerate(self.scales)])
        worst = zero
        for side in sides:
            for position, answer in enumerate(factors.solve(tape, side)):
                slot = self.step.tears[position]
                found = self.model.equations[slot].kind == "find"
                own = tape.row(CALLS["abs"], slot) if found else self.scales[position]
                ratio = tape.row(BINARY["/"], answer, own)
                nothing = tape.row(BINARY["=="], own, zero)
                worst = tape.row(LARGER, worst, tape.row(CALLS["if"], nothing, zero, ratio))
        return worst

    def pack(self, packing: Packing) -> Section:
        """The block with packed registers."""
        parts = [self.values, self.slopes, self.factors, self.condition, self.solution]
        made = {row[4] for part in parts[1:3] for row in part}
        read = {x for part in parts[3:] for row in part for x in row[1:4]}
        pinned = {self.size, self.kappa, *self.residuals, *self.scales, *self.steps}
        pinned |= {register for _, _, register in self.entries}
        pinned = {x for x in pinned | (made & read) if x not in packing.place}
        values, slopes, factors, condition, solution = packing.region(parts, pinned)
        place = packing.place
        block = Block(
            self.step.tears,
            tuple(place[self.tape.slots + slot] for slot in self.step.tears),
            tuple(place[register] for register in self.steps),
            values,
            slopes,
            factors,
            condition,
            solution,
            place[self.size],
            place[self.kappa],
            tuple(place[register] for register in self.residuals),
            tuple(place[register] for register in self.scales),
            [(i, j, place[register]) for i, j, register in self.entries],
            self.linear,
            tuple(self.model.equations[slot].kind == "find" for slot in self.step.tears),
        )
        return Section((*self.step.slots, *self.step.tears), [], block)


def _leading_to(rows: list[Row], wanted: list[int]) -> list[Row]:
    """Rows on which some registers depend."""
    needed, found = set(wanted), []
    for row in reversed(rows):
        if row[4] in needed:
            needed.update(row[1 : 1 + OPERANDS[row[0]]])
            found.append(row)
    return found[::-1]


def _with_hubs(model: Model, step: Step) -> Step:
    """Also iterate on slots through which many tears reach many others: one more unknown, and far fewer slopes."""
    slots, tears = list(step.slots), list(step.tears)
    reads = {
        slot: {cell.slot for cell in cells_in(model.equations[slot].tree) if not cell.lag} for slot in (*slots, *tears)
    }
    while True:
        into: dict[int, int] = {tear: 1 << number for number, tear in enumerate(tears)}
        for slot in slots:
            into[slot] = reduce(or_, (into[s] for s in reads[slot] if s in into), 0)
        out = dict.fromkeys((*slots, *tears), 0)
        for number, tear in enumerate(tears):
            for s in reads[tear] & out.keys():
                out[s] |= 1 << number
        for slot in reversed(slots):
            for s in reads[slot] & out.keys():
                out[s] |= out[slot]
        ways = {slot: (into[slot].bit_count(), out[slot].bit_count()) for slot in slots}
        hub = max(slots, key=lambda slot: ways[slot][0] * ways[slot][1], default=None)
        if hub is None or ways[hub][0] * ways[hub][1] <= HUB * sum(ways[hub]):
            return Step(tuple(slots), tuple(tears))
        slots.remove(hub)
        tears.append(hub)


class _Audited:
    """A check before its registers are packed."""

    def __init__(self, tape: Tape, equation: Equation) -> None:
        tape.forget()
        self.slot, self.found = equation.slot, equation.kind == "find"
        left, right = _sides(equation)
        self.left, self.right = tape.emit(left), tape.emit(right)
        self.scale = _scale(tape, left, right)
        self.rows = tape.take()

    def pack(self, packing: Packing) -> Check:
        """The check with packed registers."""
        pinned = {x for x in (self.left, self.right, self.scale) if x not in packing.place}
        (rows,) = packing.region([self.rows], pinned)
        left, right, scale = (packing.place[x] for x in (self.left, self.right, self.scale))
        return Check(self.slot, left, right, scale, rows, self.found)


def _sides(equation: Equation) -> tuple[Tree, Tree]:
    if equation.kind == "find":
        assert isinstance(equation.tree, Binary)
        return equation.tree.left, equation.tree.right
    return Cell(equation.slot), equation.tree


def _scale(tape: Tape, left: Tree, right: Tree) -> int:
    """The largest of the left side and the additive terms of both."""
    scale = tape.row(CALLS["abs"], tape.emit(left))
    for term in [*additive(left), *additive(right)]:
        if term is not left:
            scale = tape.row(LARGER, scale, tape.emit(term))
    return scale


def _residual(tape: Tape, equation: Equation) -> tuple[int, int]:
    """Rows for left less right of an equation, and for what that is measured by."""
    left, right = _sides(equation)
    return tape.row(BINARY["-"], tape.emit(left), tape.emit(right)), _scale(tape, left, right)


def _budgets(model: Model) -> list[tuple[Party, list[int], list[float]]]:
    own: dict[Party, tuple[list[int], list[float]]] = {party: ([], []) for party in model.sectors}
    for edge in edges(model):
        if edge.payer != edge.payee:
            for party, sign in ((edge.payer, -1.0), (edge.payee, 1.0)):
                own[party][0].append(edge.payment)
                own[party][1].append(sign)
    return [(party, payments, signs) for party, (payments, signs) in own.items() if payments]
