"""Owns blocks: a simultaneous block laid out as rows to its residuals, Jacobian, factors and step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from creditor.engine.eliminate import Factors
from creditor.engine.loops import Loop, Packed, Part, Piece, gather, straight, strips
from creditor.engine.registers import Packing
from creditor.engine.slopes import Differ
from creditor.engine.tape import BINARY, CALLS, LARGER, NEGATIVE, OPERANDS, WORSE, Row, Tape, Tree, additive
from creditor.equations.expressions import Binary, Cell
from creditor.equations.model import Equation, Model
from creditor.equations.order import Step, cells_in
from creditor.errors import InputError, Trouble

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
        From the tears to every other slot, the residuals and their size; to the Jacobian; to its factors; to
        the estimated condition; to the steps.
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
    values: Packed
    slopes: list[Row]
    factors: list[Row]
    condition: list[Row]
    solution: Packed
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
    """Rows that are run as they stand, or a block that is solved.

    Parameters
    ----------
    slots : tuple of int
        Decided here.
    rows : list of Row
        Packed; empty for a block.
    loops : list of Loop
        What the rows, or a block's values, were woven from; with the registers of the tape.
    block : Block, optional
    """

    slots: tuple[int, ...]
    rows: Packed
    loops: list[Loop]
    block: Block | None = None


class Draft:
    """A block before its registers are packed."""

    def __init__(self, tape: Tape, model: Model, step: Step) -> None:
        self.tape, self.model = tape, model
        self.step = step = _with_hubs(model, step)
        self._values()
        tape.forget()
        differ = Differ(tape, step.tears)
        rows = [row for loop in self.values for member in loop for row in member]
        differ.follow(_leading_to(rows, self.residuals))
        matrix = [differ.slopes.get(register, {}) for register in self.residuals]
        self.slopes = tape.take()
        factors = Factors(tape, matrix)
        self.factors = tape.take()
        if factors.singular:
            self._refuse()
        self.entries = [
            (i, j, register) for i, row in enumerate(matrix) for j, register in sorted(row.items())
        ]
        self.linear = differ.linear
        tape.forget()
        self.kappa = self._condition(factors)
        self.condition = tape.take()
        tape.forget()
        self.steps = factors.solve(tape, [tape.row(NEGATIVE, r) for r in self.residuals])
        self.solution = tape.take()

    def _values(self) -> None:
        """Rows to all slots of the block, to the residuals and to their size."""
        tape, model, equations = self.tape, self.model, self.model.equations
        self.pieces = following(tape, model, self.step.slots)
        top = 1 + max((piece.level for piece in self.pieces), default=0)
        unknown = []
        pairs = []
        for slot in self.step.tears:
            tape.forget()
            pairs.append(_residual(tape, equations[slot]))
            unknown.append(Piece(slot, ("residual", equations[slot].statement), top, tape.take()))
        self.residuals, self.scales = [p[0] for p in pairs], [p[1] for p in pairs]
        size = tape.constant(0.0)
        for residual, scale in pairs:
            size = tape.row(WORSE, size, residual, scale)
        self.size, self.loops = size, gather([*self.pieces, *unknown])
        self.values: Part = [*(strip.members for strip in strips(self.loops)), [tape.take()]]

    def _refuse(self) -> None:
        names = ", ".join(self.model.title(slot) for slot in self.step.tears[:6])
        place = self.model.equations[self.step.tears[0]].place
        what = f"the equations for {names} cannot decide them"
        why = "left and right change in the same way, or not at all, when the unknown does"
        raise InputError(
            Trouble("E617", str(place), what, why, "let the equation depend on what it is to decide")
        )

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
                absent = tape.row(BINARY["*"], answer, zero)  # not a number where the answer is none
                worst = tape.row(LARGER, worst, tape.row(CALLS["if"], nothing, absent, ratio))
        return worst

    def pack(self, packing: Packing) -> Section:
        """The block with packed registers."""
        made = {row[4] for row in (*self.slopes, *self.factors)}
        read = {x for row in (*self.condition, *self.solution) for x in row[1:4]}
        pinned = {self.size, self.kappa, *self.residuals, *self.scales, *self.steps}
        pinned |= {register for _, _, register in self.entries}
        pinned = {x for x in pinned | (made & read) if x not in packing.place}
        others = (self.slopes, self.factors, self.condition, self.solution)
        parts = [self.values, *(straight(rows) for rows in others)]
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
        return Section((*self.step.slots, *self.step.tears), Packed([], []), self.loops, block)


def following(tape: Tape, model: Model, slots: Sequence[int]) -> list[Piece]:
    """Equations that are evaluated one after the other, each as a piece with its level.

    Parameters
    ----------
    tape : Tape
    model : Model
    slots : sequence of int
        In an order in which each reads earlier ones only.

    Returns
    -------
    list of Piece
        An equation stands one level above the highest that it reads.
    """
    levels: dict[int, int] = {}
    found = []
    for slot in slots:
        equation = model.equations[slot]
        read = [cell.slot for cell in cells_in(equation.tree) if not cell.lag]
        levels[slot] = 1 + max((levels[other] for other in read if other in levels), default=-1)
        tape.forget()
        tape.emit(equation.tree, slot)
        found.append(Piece(slot, (equation.kind, equation.statement), levels[slot], tape.take()))
    return found


def _leading_to(rows: list[Row], wanted: list[int]) -> list[Row]:
    """Rows on which some registers depend."""
    needed, found = set(wanted), []
    for row in reversed(rows):
        if row[4] in needed:
            needed.update(row[1 : 1 + OPERANDS[row[0]]])
            found.append(row)
    return found[::-1]


def _with_hubs(model: Model, step: Step) -> Step:
    """Also iterate on slots through which many tears reach many others; it saves more than it costs."""
    slots, tears = list(step.slots), list(step.tears)
    reads = {
        slot: {cell.slot for cell in cells_in(model.equations[slot].tree) if not cell.lag}
        for slot in (*slots, *tears)
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


def sides(equation: Equation) -> tuple[Tree, Tree]:
    """Left and right of an equation."""
    if equation.kind == "find":
        assert isinstance(equation.tree, Binary)
        return equation.tree.left, equation.tree.right
    return Cell(equation.slot), equation.tree


def scale_of(tape: Tape, left: Tree, right: Tree) -> int:
    """The largest of the left side and the additive terms of both."""
    scale = tape.row(CALLS["abs"], tape.emit(left))
    for term in [*additive(left), *additive(right)]:
        if term is not left:
            scale = tape.row(LARGER, scale, tape.emit(term))
    return scale


def _residual(tape: Tape, equation: Equation) -> tuple[int, int]:
    """Rows for left less right of an equation, and for what that is measured by."""
    left, right = sides(equation)
    return tape.row(BINARY["-"], tape.emit(left), tape.emit(right)), scale_of(tape, left, right)
