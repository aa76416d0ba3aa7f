"""Elimination without subtraction, against exact fractions, over the edges of its blocks."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from creditor.ledger import elimination
from creditor.ledger.elimination import eliminate


def made_up(count: int, outlet: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draw = np.random.default_rng(count)
    cross = np.where(draw.random((count, count)) < 0.4, draw.integers(1, 2**40, (count, count)), 0).astype(
        float
    )
    np.fill_diagonal(cross, 0.0)
    for k in range(count):
        cross[k, (k + 1) % count] += 1.0  # all hold each other in one ring at least
    return cross, np.where(np.arange(count) % 3 == 0, outlet, 0.0), draw.integers(0, 9, count).astype(float)


@pytest.mark.parametrize("outlet", [1.0, 1e-14])
@pytest.mark.parametrize("block", [1, 3, 7, 48])
@pytest.mark.parametrize("count", [2, 7, 14])
def test_each_entry_keeps_its_digits(monkeypatch, exact_solve, count, block, outlet) -> None:
    monkeypatch.setattr(elimination, "BLOCK", block)
    cross, leaving, entering = made_up(count, outlet)
    np.fill_diagonal(cross, 0.0)
    held = [[Fraction(float(v)) for v in row] for row in cross]
    out = [Fraction(float(v)) for v in leaving]
    system = [
        [(out[k] + sum(row[k] for row in held) if i == k else -held[i][k]) for k in range(count)]
        for i in range(count)
    ]
    wanted = exact_solve(system, [Fraction(float(v)) for v in entering])
    factors = eliminate(cross, leaving)
    assert factors.flows(entering).tolist() == pytest.approx([float(v) for v in wanted], rel=1e-13, abs=0)
    owned = np.outer(leaving, [0.25, 0.75])
    transposed = [list(row) for row in zip(*system, strict=True)]
    for column in range(2):
        right = [Fraction(float(v)) for v in owned[:, column]]
        wanted = exact_solve(transposed, right)
        found = factors.shares(owned)[:, column].tolist()
        assert found == pytest.approx([float(v) for v in wanted], rel=1e-13, abs=0)


def test_inputs_are_left_alone_and_the_diagonal_is_not_read() -> None:
    cross, leaving, entering = made_up(60, 1.0)
    same = eliminate(cross, leaving).flows(entering)
    held = cross.copy()
    np.fill_diagonal(held, 1e30)
    given = held.copy()
    assert (eliminate(held, leaving).flows(entering) == same).all()
    assert (held == given).all() and float(leaving @ same) == pytest.approx(entering.sum(), rel=1e-13)
