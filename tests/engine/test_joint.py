"""Joint draws: the factor of a covariance, degenerate ones, and those that no numbers can have."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.joint import factor, joined
from creditor.errors import InputError


@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_the_factor_is_that_of_lapack(count: int) -> None:
    plain = np.random.default_rng(count).normal(size=(count, count + 2))
    matrix = plain @ plain.T
    found = factor(matrix.tolist(), [f"x{n}" for n in range(count)])
    assert found == pytest.approx(np.linalg.cholesky(matrix), rel=1e-11, abs=1e-12)


def test_what_others_decide_has_nothing_of_its_own() -> None:
    wide = np.array([[1.0, 2.0], [3.0, 1.0], [4.0, 3.0]])  # the third is the sum of the others
    matrix = wide @ wide.T
    found = factor(matrix.tolist(), ["a", "b", "c"])
    assert found @ found.T == pytest.approx(matrix, rel=1e-12) and found[2, 2] == 0
    nothing = factor([[0.0, 0.0], [0.0, 2.0]], ["a", "b"])
    assert nothing.tolist() == [[0, 0], [0, 2**0.5]]


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        ([[1.0, 2.0], [2.0, 1.0]], "seen at b .*\n.*given a its variance would be -3"),
        ([[1.0, 0.9, 0.9], [0.9, 1.0, -0.9], [0.9, -0.9, 1.0]], "seen at c .*\n.*given a, b its"),
        ([[1.0, 0.0], [0.0, -1.0]], "the variance of b is -1"),
        ([[0.0, 1.0], [1.0, 2.0]], "seen at b .*\n.*moves with a, which by itself does not move"),
        ([[1.0, 0.5], [0.4, 1.0]], "a covariance is symmetric"),
        ([[1.0, 0.5]], "1 rows of 2 numbers for 2 names"),
    ],
)
def test_what_is_no_covariance_is_named(matrix, words: str) -> None:
    names = ["a", "b", "c"][: max(len(matrix), 2)]
    with pytest.raises(InputError, match=words) as caught:
        factor(matrix, names)
    assert caught.value.codes == ("S713",)


def test_joined_numbers_have_the_covariance() -> None:
    lower = factor([[4.0, 1.0], [1.0, 9.0]], ["a", "b"])
    plain = list(np.random.default_rng(0).normal(size=(2, 50, 4000)))
    found = np.cov([column.ravel() for column in joined(lower, plain)])
    assert found == pytest.approx(np.array([[4.0, 1.0], [1.0, 9.0]]), abs=0.1)
