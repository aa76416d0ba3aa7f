"""Rows by NumPy: every operation on special values."""

from __future__ import annotations

import numpy as np

from creditor.engine.batch import bind, execute
from creditor.engine.tape import BINARY, CALLS, LARGER, WORSE

X = np.array([1.0, -2.0, 0.0, -0.0, np.nan, np.inf])
Y = np.array([0.0, -2.0, -0.0, 0.0, 1.0, np.inf])


def result(code: int, z: float = 1.0) -> np.ndarray:
    registers = np.stack([X, Y, np.full(6, z), np.zeros(6)])
    with np.errstate(all="ignore"):
        execute(bind([(code, 0, 1, 2, 3)], registers))
    return registers[3]


def test_comparisons_are_ones_and_zeros() -> None:
    assert result(BINARY["=="]).tolist() == [0, 1, 1, 1, 0, 1]
    assert result(BINARY["<"]).tolist() == [0, 0, 0, 0, 0, 0]
    assert result(BINARY["and"]).tolist() == [0, 1, 0, 0, 1, 1]
    assert result(BINARY["or"]).tolist() == [1, 1, 0, 0, 1, 1]


def test_of_equal_ones_the_first_wins_and_not_a_number_is_handed_on() -> None:
    smallest, largest = result(CALLS["min"]), result(CALLS["max"])
    assert np.signbit(smallest[2:4]).tolist() == [False, True]
    assert np.signbit(largest[2:4]).tolist() == [False, True]
    assert np.isnan(smallest[4]) and np.isnan(largest[4])


def test_a_ratio_of_nothing_to_nothing_is_nothing() -> None:
    assert result(WORSE, 0.0)[[0, 2]].tolist() == [1.0, 0.0]
    assert result(LARGER)[1] == 2.0
