"""Elimination with chosen pivots, with pivots by value, and what has no solution."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.batch import bind, execute
from creditor.engine.eliminate import Factors, eliminate
from creditor.engine.tape import Tape


def by_rows(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Solve by rows on a tape whose slots are the entries and the right side."""
    count = len(right)
    tape = Tape(count * (count + 1))
    entries = [{j: i * count + j for j in range(count) if matrix[i, j].any()} for i in range(count)]
    factors = Factors(tape, entries)
    assert not factors.singular
    answer = factors.solve(tape, list(range(count * count, count * count + count)))
    registers = np.zeros((tape.registers, matrix.shape[2]))
    registers[: count * count] = matrix.reshape(count * count, -1)
    registers[count * count : count * (count + 1)] = right
    execute(bind(tape.take(), registers))
    return registers[answer]


@pytest.mark.parametrize("count", [1, 2, 5, 12])
@pytest.mark.parametrize("share", [1.0, 0.3])
def test_both_solve_what_they_are_given(count: int, share: float) -> None:
    chance = np.random.default_rng(count)
    matrix = chance.standard_normal((count, count, 7)) * (chance.random((count, count, 1)) < share)
    matrix += 4 * np.eye(count)[:, :, None]
    right = chance.standard_normal((count, 7))
    exact = np.stack([np.linalg.solve(matrix[:, :, k], right[:, k]) for k in range(7)], axis=1)
    assert by_rows(matrix, right) == pytest.approx(exact, rel=1e-10)
    assert eliminate(matrix, right[:, None])[:, 0] == pytest.approx(exact, rel=1e-10)


def test_a_hub_is_eliminated_without_filling_in() -> None:
    count = 40
    tape = Tape(count * count)
    entries = [{i: i * count + i, count - 1: i * count + count - 1} for i in range(count - 1)]
    entries.append({j: (count - 1) * count + j for j in range(count)})
    Factors(tape, entries)
    assert len(tape.take()) == 3 * (count - 1)


def test_a_zero_on_the_diagonal_needs_a_pivot_by_value() -> None:
    matrix = np.array([[[0.0, 2.0], [1.0, 0.0]], [[1.0, 0.0], [0.0, 4.0]]])
    right = np.array([[[3.0, 2.0]], [[5.0, 8.0]]])
    assert eliminate(matrix, right)[:, 0].tolist() == [[5.0, 1.0], [3.0, 2.0]]


def test_a_pattern_without_a_solution_is_seen() -> None:
    assert Factors(Tape(4), [{0: 0, 1: 1}, {}]).singular
    assert Factors(Tape(9), [{0: 0}, {0: 1}, {0: 2, 1: 3, 2: 4}]).singular
