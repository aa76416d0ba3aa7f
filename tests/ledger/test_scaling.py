"""Scaling to given sums: RAS, and Newton steps where RAS is slow."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.errors import NoSolutionError
from creditor.ledger import scaling
from creditor.ledger.scaling import scale_to


def test_few_rounds_suffice_inside_and_nothing_is_overwritten() -> None:
    start = np.array([[1.0, 2.0], [3.0, 4.0]])
    cells, rounds, gap = scale_to(start, np.array([3.0, 7.0]), np.array([4.0, 6.0]), 1e-12)
    assert cells == pytest.approx(start, rel=1e-12) and rounds == 1 and gap <= 1e-12
    assert start.tolist() == [[1.0, 2.0], [3.0, 4.0]]


@pytest.mark.parametrize("small", [1e-2, 1e-5, 1e-9])
def test_newton_ends_what_ras_would_take_ages_for(small) -> None:
    start = np.array([[0.0, 1.0], [1.0, 1.0]])
    cells, rounds, gap = scale_to(start, np.array([1.0, 1.0 + small]), np.array([1.0, 1.0 + small]), 1e-13)
    assert rounds < scaling.ROUNDS + 60 and gap <= 1e-13
    assert cells == pytest.approx(np.array([[0.0, 1.0], [1.0, small]]), abs=1e-12)


def test_sums_of_zero_and_sums_that_cannot_be_met() -> None:
    cells, *_ = scale_to(np.ones((2, 2)), np.array([1.0, 0.0]), np.array([1.0, 0.0]), 1e-13)
    assert cells.tolist() == [[1.0, 0.0], [0.0, 0.0]]
    assert scale_to(np.zeros((0, 0)), np.zeros(0), np.zeros(0), 1e-13)[2] == 0.0
    with pytest.raises(NoSolutionError) as error:
        scale_to(np.eye(2), np.array([1.0, 2.0]), np.array([2.0, 1.0]), 1e-13)
    assert error.value.codes == ("L406",) and "remains after" in error.value.troubles[0].what
