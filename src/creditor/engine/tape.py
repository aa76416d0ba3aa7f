"""Owns the tape: the ordered equations of a model as rows of operation, operands and result."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from creditor.equations.expressions import Binary, Call, Expression, Negative, Number
from creditor.equations.model import Cell

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

BINARY = {"+": 0, "-": 1, "*": 2, "/": 3, "^": 4, "==": 5, "<>": 6, "<": 7, "<=": 8, ">": 9, ">=": 10, "and": 11, "or": 12}
CALLS = {"min": 13, "max": 14, "abs": 15, "sqrt": 16, "log": 17, "exp": 18, "if": 19}
NEGATIVE = 20
NAMES = {code: name for name, code in {**BINARY, **CALLS, "negative": NEGATIVE}.items()}
Row = tuple[int, int, int, int, int]  # operation, three operands, result


@dataclass
class Tape:
    """Rows over one file of registers: today's slots, yesterday's slots, constants, then intermediate results.

    Parameters
    ----------
    slots : int
        How many slots the model has.
    rows : list of Row
    constants : dict of (value, sign) to register
    registers : int
        Length of the register file so far.
    """

    slots: int
    rows: list[Row] = field(default_factory=list)
    constants: dict[tuple[float, float], int] = field(default_factory=dict)
    registers: int = 0

    def __post_init__(self) -> None:
        self.registers = max(self.registers, 2 * self.slots)

    def constant(self, value: float) -> int:
        """Register of a constant; the sign of zero counts."""
        key = (value, math.copysign(1.0, value))
        if key not in self.constants:
            self.constants[key] = self.fresh()
        return self.constants[key]

    def fresh(self) -> int:
        """A new register."""
        self.registers += 1
        return self.registers - 1

    def emit(self, tree: Expression | Cell, target: int | None = None) -> int:
        """Append the rows of a tree and return the register of its value."""
        if isinstance(tree, Cell):
            source = tree.slot + (self.slots if tree.lag else 0)
        elif isinstance(tree, Number):
            source = self.constant(tree.value)
        else:
            return self._operation(tree, target)
        if target is None or target == source:
            return source
        self.rows.append((BINARY["+"], source, self.constant(-0.0), 0, target))  # x + -0 is x, bit for bit
        return target

    def _operation(self, tree: Expression, target: int | None) -> int:
        if isinstance(tree, Binary):
            left, right = self.emit(tree.left), self.emit(tree.right)
            return self._row(BINARY[tree.operator], left, right, 0, target)
        if isinstance(tree, Negative):
            return self._row(NEGATIVE, self.emit(tree.operand), 0, 0, target)
        assert isinstance(tree, Call)
        operands = [self.emit(argument) for argument in tree.arguments]
        code = CALLS[tree.function]
        if tree.function in ("min", "max"):
            value = operands[0]
            for number, other in enumerate(operands[1:], start=2):
                value = self._row(code, value, other, 0, target if number == len(operands) else None)
            return value
        return self._row(code, *(operands + [0, 0])[:3], target)

    def _row(self, code: int, a: int, b: int, c: int, target: int | None) -> int:
        result = self.fresh() if target is None else target
        self.rows.append((code, a, b, c, result))
        return result

    def file(self, paths: int) -> Floats:
        """A register file for some paths, constants filled in, all else not-a-number."""
        registers = np.full((self.registers, paths), np.nan)
        for (value, _), register in self.constants.items():
            registers[register] = value
        return registers


def execute(rows: list[Row], registers: Floats) -> None:
    """Run rows over all paths at once.

    Parameters
    ----------
    rows : list of Row
    registers : array [register, path]
        Changed in place.

    Examples
    --------
    >>> tape = Tape(1)
    >>> register = tape.emit(Binary("+", Cell(0), Number(2.0)))
    >>> registers = tape.file(3)
    >>> registers[0] = [1, 2, 3]
    >>> execute(tape.rows, registers)
    >>> registers[register]
    array([3., 4., 5.])
    """
    for code, a, b, c, result in rows:
        if code <= 4 or code in (13, 14):
            _ARITHMETIC[code](registers[a], registers[b], registers[result])
        elif code <= 12:
            registers[result] = _COMPARE[code](registers[a], registers[b])
        elif code == CALLS["if"]:
            registers[result] = np.where(registers[a] != 0, registers[b], registers[c])
        else:
            _UNARY[code](registers[a], registers[result])


_ARITHMETIC: dict[int, Callable[..., object]] = {
    0: np.add,
    1: np.subtract,
    2: np.multiply,
    3: np.divide,
    4: np.power,
    13: np.minimum,
    14: np.maximum,
}
_UNARY: dict[int, Callable[..., object]] = {15: np.abs, 16: np.sqrt, 17: np.log, 18: np.exp, NEGATIVE: np.negative}
_COMPARE: dict[int, Callable[..., Floats]] = {
    5: np.equal,
    6: np.not_equal,
    7: np.less,
    8: np.less_equal,
    9: np.greater,
    10: np.greater_equal,
    11: lambda a, b: (a != 0) & (b != 0),
    12: lambda a, b: (a != 0) | (b != 0),
}


def differentiate(rows: list[Row], registers: Floats, tangents: dict[int, Floats]) -> None:
    """Run rows and carry derivatives along (forward mode).

    Parameters
    ----------
    rows : list of Row
    registers : array [register, path]
    tangents : dict of register to array [unknown, path]
        Derivatives of registers by the unknowns; a register without an entry does not depend on them.

    Examples
    --------
    >>> tape = Tape(1)
    >>> register = tape.emit(Binary("*", Cell(0), Cell(0)))
    >>> registers, tangents = tape.file(1), {0: np.ones((1, 1))}
    >>> registers[0] = 3.0
    >>> differentiate(tape.rows, registers, tangents)
    >>> tangents[register]
    array([[6.]])
    """
    for row in rows:
        code, a, b, c, result = row
        execute([row], registers)
        derivative = _derivative(code, a, b, c, result, registers, tangents)
        if derivative is None:
            tangents.pop(result, None)
        else:
            tangents[result] = derivative


def _derivative(
    code: int, a: int, b: int, c: int, result: int, registers: Floats, tangents: dict[int, Floats]
) -> Floats | None:
    name = NAMES[code]
    if name in ("==", "<>", "<", "<=", ">", ">=", "and", "or"):
        return None
    if name == "if":
        then, other = tangents.get(b), tangents.get(c)
        if then is None and other is None:
            return None
        zero = np.zeros_like(then if then is not None else other)
        return np.where(registers[a] != 0, zero if then is None else then, zero if other is None else other)
    if name in ("negative", "abs", "sqrt", "log", "exp"):
        inner = tangents.get(a)
        return None if inner is None else inner * _slope(name, registers[a], registers[result])
    left, right = tangents.get(a), tangents.get(b)
    if left is None and right is None:
        return None
    by_left, by_right = _slopes(name, registers[a], registers[b], registers[result])
    total = 0.0 if left is None else left * by_left
    return total if right is None else total + right * by_right  # type: ignore[return-value]


def _slope(name: str, x: Floats, value: Floats) -> Floats:
    if name == "negative":
        return np.full_like(x, -1.0)
    if name == "abs":
        return np.sign(x)
    if name == "sqrt":
        return 0.5 / value
    return 1.0 / x if name == "log" else value


def _slopes(name: str, x: Floats, y: Floats, value: Floats) -> tuple[Floats, Floats]:
    one = np.ones_like(x)
    if name == "+":
        return one, one
    if name == "-":
        return one, -one
    if name == "*":
        return y, x
    if name == "/":
        return 1.0 / y, -value / y
    if name == "^":
        with np.errstate(all="ignore"):
            by_exponent = np.where(x > 0, value * np.log(np.where(x > 0, x, 1.0)), 0.0)
        return y * np.power(x, y - 1.0), by_exponent
    smaller = x <= y if name == "min" else x >= y
    return smaller.astype(float), (~smaller).astype(float)
