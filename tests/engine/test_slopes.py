"""Derivatives along the tape against differences."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.batch import bind, execute
from creditor.engine.loops import straight
from creditor.engine.registers import Packing
from creditor.engine.slopes import Differ
from creditor.engine.tape import Tape
from creditor.equations.expressions import Binary, Call, Cell, Negative, Number

X, Y = Cell(0), Cell(1)
TREES = {
    "x * y - x / y": Binary("-", Binary("*", X, Y), Binary("/", X, Y)),
    "-(x ^ 3)": Negative(Binary("^", X, Number(3.0))),
    "x ^ y": Binary("^", X, Y),
    "x ^ 1.5": Binary("^", X, Number(1.5)),
    "2 ^ x": Binary("^", Number(2.0), X),
    "exp(-x) log(y)": Binary("*", Call("exp", (Negative(X),)), Call("log", (Y,))),
    "sqrt(x + y)": Call("sqrt", (Binary("+", X, Y),)),
    "abs(x - 3 y)": Call("abs", (Binary("-", X, Binary("*", Number(3.0), Y)),)),
    "min(x, y) + max(x y, 2)": Binary(
        "+", Call("min", (X, Y)), Call("max", (Binary("*", X, Y), Number(2.0)))
    ),
    "if(x > y, x x, y)": Call("if", (Binary(">", X, Y), Binary("*", X, X), Y)),
    "y / (1 + x)": Binary("/", Y, Binary("+", Number(1.0), X)),
}


@pytest.mark.parametrize("name", TREES)
def test_slopes_are_those_of_small_differences(name: str) -> None:
    tape = Tape(2)
    result = tape.emit(TREES[name])
    values = tape.take()
    differ = Differ(tape, (0, 1))
    differ.follow(values)
    slopes = differ.slopes[result]
    packing = Packing(tape, ())
    wanted = {result, *slopes.values()} - packing.place.keys()
    rows = [row for part in packing.region([straight(values), straight(tape.take())], wanted) for row in part]
    at = np.array([[1.3, 0.7, 2.2], [0.8, 1.9, 1.1]])

    def run(point: np.ndarray) -> np.ndarray:
        registers = np.zeros((packing.length, 3))
        registers[:2] = point
        for register, number in packing.constants.items():
            registers[register] = number
        execute(bind(rows, registers))
        return registers

    found = run(at)
    for unknown in range(2):
        step = np.zeros((2, 3))
        step[unknown] = 1e-6
        up, down = (run(at + sign * step)[packing.place[result]] for sign in (1, -1))
        slope = found[packing.place[slopes[unknown]]] if unknown in slopes else np.zeros(3)
        assert slope == pytest.approx((up - down) / 2e-6, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize(
    ("tree", "linear"),
    [
        (Binary("+", Binary("*", Cell(2), X), Binary("/", Y, Cell(2))), True),
        (Call("if", (Binary(">", Cell(2), Number(1.0)), X, Y)), True),
        (Call("if", (Binary(">", X, Number(1.0)), X, Y)), False),
        (Binary("*", X, Y), False),
        (Binary("/", Cell(2), X), False),
        (Call("max", (X, Cell(2))), False),
    ],
)
def test_linear_blocks_are_recognised(tree, linear: bool) -> None:
    tape = Tape(3)
    tape.emit(tree)
    differ = Differ(tape, (0, 1))
    differ.follow(tape.take())
    assert differ.linear is linear
