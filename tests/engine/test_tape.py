"""Trees become rows: order, sharing, powers, depth."""

from __future__ import annotations

import numpy as np

from creditor.engine.batch import bind, execute
from creditor.engine.loops import straight
from creditor.engine.registers import Packing
from creditor.engine.tape import BINARY, Tape, additive
from creditor.equations.expressions import Binary, Call, Cell, Negative, Number


def value(tree, *cells: float) -> float:
    tape = Tape(len(cells))
    result = tape.emit(tree)
    packing = Packing(tape, range(len(cells)))
    (rows,) = packing.region([straight(tape.take())], {result} - packing.place.keys())
    registers = np.zeros((packing.length, 1))
    registers[: len(cells), 0] = cells
    for register, number in packing.constants.items():
        registers[register] = number
    with np.errstate(all="ignore"):
        execute(bind(rows, registers))
    return float(registers[packing.place[result], 0])


def test_values_of_trees() -> None:
    x, y = Cell(0), Cell(1)
    assert value(Binary("-", Binary("*", x, y), Number(1.0)), 3.0, 4.0) == 11.0
    assert value(Binary("-", Number(1.0), Binary("*", x, y)), 3.0, 4.0) == -11.0
    assert value(Call("if", (Binary("<", x, y), x, Negative(y))), 3.0, 4.0) == 3.0
    assert value(Call("max", (x, y, Number(9.0))), 3.0, 4.0) == 9.0
    assert value(Binary("^", x, Negative(Number(2.0))), 4.0, 0.0) == 0.0625
    assert value(Binary("and", x, Binary("or", y, Number(0.0))), 1.0, 2.0) == 1.0


def test_the_same_is_computed_once_and_a_target_is_always_written() -> None:
    tape = Tape(3)
    square = Binary("*", Cell(0), Cell(0))
    tape.emit(Binary("+", square, square), 1)
    assert [row[0] for row in tape.rows] == [BINARY["*"], BINARY["+"]]
    tape.emit(square, 2)
    assert tape.rows[-1][4] == 2
    tape.emit(Cell(0), 2)
    assert tape.rows[-1][1] == 0 and tape.rows[-1][4] == 2


def test_a_small_whole_power_is_multiplications() -> None:
    tape = Tape(1)
    tape.emit(Binary("^", Cell(0), Number(5.0)))
    assert {row[0] for row in tape.take()} == {BINARY["*"]}
    tape.emit(Binary("^", Cell(0), Number(0.5)))
    assert [row[0] for row in tape.take()] == [BINARY["^"]]


def test_depth_does_not_matter() -> None:
    tree = Cell(0)
    for _ in range(5000):
        tree = Binary("+", tree, Cell(0))
    assert value(tree, 1.0) == 5001.0


def test_additive_terms() -> None:
    tree = Binary("-", Negative(Cell(0)), Binary("*", Cell(1), Binary("+", Cell(0), Cell(2))))
    assert [type(term).__name__ for term in additive(tree)] == ["Cell", "Binary"]
