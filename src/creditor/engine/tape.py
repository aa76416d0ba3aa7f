"""Owns the tape: equations as rows of operation, operands and result over one file of registers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import cast

from creditor.equations.expressions import Binary, Call, Cell, Expression, Negative, Number

BINARY = {"+": 0, "-": 1, "*": 2, "/": 3, "^": 4, "==": 5, "<>": 6, "<": 7, "<=": 8, ">": 9, ">=": 10}
BINARY |= {"and": 11, "or": 12}
CALLS = {"min": 13, "max": 14, "abs": 15, "sqrt": 16, "log": 17, "exp": 18, "if": 19}
NEGATIVE, COPY, LARGER, WORSE, DIFFERS = 20, 21, 22, 23, 33
OPERANDS = {
    **dict.fromkeys(range(15), 2),
    **dict.fromkeys(range(15, 22), 1),
    19: 3,
    LARGER: 2,
    WORSE: 3,
    DIFFERS: 2,
}
FLAG = -1  # the register in which ``DIFFERS`` notes paths
RESIDUAL, BOOKS = -2, -3  # registers of the largest scaled residual, and of the largest gap of a budget
REPEATED = 64
Row = tuple[int, int, int, int, int]  # operation, three operands, result
Tree = Expression


@dataclass
class Tape:
    """Hands out registers and turns trees into rows.

    Registers are numbered today's slots first, then yesterday's, then constants and intermediate results as
    they come; `creditor.engine.registers` packs them closely afterwards.

    Parameters
    ----------
    slots : int
        How many slots the model has.
    rows : list of Row
        What has been emitted since `take`.
    constants : dict of (value, sign) to register

    Notes
    -----
    ``LARGER`` is the larger of a and the size of b, ``WORSE`` of a and the size of b over c with 0 / 0 = 0;
    both hand on not-a-number. ``DIFFERS`` adds the size of a - b to its result.
    """

    slots: int
    rows: list[Row] = field(default_factory=list)
    constants: dict[tuple[float, float], int] = field(default_factory=dict)
    registers: int = 0

    def __post_init__(self) -> None:
        self.registers = max(self.registers, 2 * self.slots)
        self.known: dict[tuple[int, int, int, int], int] = {}
        self.values: dict[int, float] = {}

    def constant(self, value: float) -> int:
        """Register of a constant; the sign of zero counts."""
        key = (value, math.copysign(1.0, value))
        if key not in self.constants:
            self.constants[key] = self.registers
            self.values[self.registers] = value
            self.registers += 1
        return self.constants[key]

    def take(self) -> list[Row]:
        """Rows emitted since the last call."""
        rows, self.rows = self.rows, []
        return rows

    def forget(self) -> None:
        """What was computed before is not used again."""
        self.known = {}

    def row(self, code: int, a: int, b: int = 0, c: int = 0, target: int | None = None) -> int:
        """Append one row, or find the register in which the same has just been computed."""
        key = (code, a, b, c)
        found = self.known.get(key)
        if found is not None and target is None:
            return found
        if target is None:
            target = self.registers
            self.registers += 1
        self.known[key] = target
        self.rows.append((code, a, b, c, target))
        return target

    def emit(self, tree: Tree, target: int | None = None) -> int:
        """Append the rows of a tree and return the register of its value; without recursion.

        Examples
        --------
        >>> tape = Tape(1)
        >>> tape.emit(Binary("+", Cell(0), Number(2.0)), 0)
        0
        >>> tape.rows
        [(0, 0, 2, 0, 0)]
        """
        todo: list[tuple[Tree, bool]] = [(tree, False)]
        done: list[int] = []
        while todo:
            node, ready = todo.pop()
            if isinstance(node, Cell):
                done.append(node.slot + (self.slots if node.lag else 0))
            elif isinstance(node, Number):
                done.append(self.constant(node.value))
            elif not ready:
                todo.append((node, True))
                todo += [(part, False) for part in reversed(_parts(node))]
            else:
                count = len(_parts(node))
                operands = done[-count:]
                del done[-count:]
                done.append(self._operation(node, operands, None if todo else target))
        source = done[0]
        if target is None or source == target:
            return source
        return self.row(COPY, source, target=target)

    def _operation(self, node: Tree, operands: list[int], target: int | None) -> int:
        if isinstance(node, Binary):
            if node.operator == "^":
                return self._power(operands[0], operands[1], target)
            return self.row(BINARY[node.operator], operands[0], operands[1], 0, target)
        if isinstance(node, Negative):
            if operands[0] in self.values:
                return self.constant(-self.values[operands[0]])
            return self.row(NEGATIVE, operands[0], target=target)
        call = cast(Call, node)
        code = CALLS[call.function]
        if call.function not in ("min", "max"):
            return self.row(code, *[*operands, 0, 0][:3], target=target)  # type: ignore[misc]
        value = operands[0]
        for number, other in enumerate(operands[1:], start=2):
            value = self.row(code, value, other, 0, target if number == len(operands) else None)
        return value

    def _power(self, base: int, exponent: int, target: int | None) -> int:
        """A power; with a small whole constant the multiplications of `creditor.engine.functions.power`."""
        number = self.values.get(exponent)
        if number is None or number != math.floor(number) or not 0 < abs(number) <= REPEATED:
            return self.row(BINARY["^"], base, exponent, 0, target)
        count, product, square = int(abs(number)), -1, base
        while count:
            if count & 1:
                product = square if product < 0 else self.row(BINARY["*"], product, square)
            count >>= 1
            if count:
                square = self.row(BINARY["*"], square, square)
        return product if number > 0 else self.row(BINARY["/"], self.constant(1.0), product, 0, target)


def _parts(node: Tree) -> tuple[Tree, ...]:
    if isinstance(node, Binary):
        return (node.left, node.right)
    if isinstance(node, Negative):
        return (node.operand,)
    if isinstance(node, Call):
        return node.arguments
    raise TypeError(f"{type(node).__name__} is not resolved")


def additive(tree: Tree) -> list[Tree]:
    """Terms of a tree that are added or subtracted at its top.

    Examples
    --------
    >>> len(additive(Binary("-", Cell(0), Binary("+", Cell(1), Cell(2)))))  # type: ignore[arg-type]
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
