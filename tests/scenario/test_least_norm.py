"""The smallest solution of linear equations, against LAPACK."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.scenario.least_norm import least_norm


@pytest.mark.parametrize("shape", [(1, 1), (3, 3), (2, 5), (5, 2)])
def test_the_smallest_step_is_that_of_lapack(shape) -> None:
    numbers = np.random.default_rng(sum(shape))
    matrix, right = numbers.normal(size=shape), numbers.normal(size=shape[0])
    wanted = np.linalg.lstsq(matrix, right, rcond=None)[0]
    assert least_norm(matrix.tolist(), right.tolist()) == pytest.approx(wanted, rel=1e-9)
    assert least_norm(np.zeros(shape).tolist(), right.tolist()) == [0.0] * shape[1]
