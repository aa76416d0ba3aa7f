"""Owns joint draws: the factor of a covariance, and normal or t numbers that share it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from creditor.errors import InputError, Trouble

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

CLOSE = 1e-12  # of a variance: what rounding may leave where there is nothing


def factor(covariance: Sequence[Sequence[float]], names: Sequence[str], where: str = "covariance") -> Floats:
    """The lower triangle L with L L' the covariance (Cholesky), by our own elimination.

    Parameters
    ----------
    covariance : rows of numbers
    names : sequence of str
        Of the rows, for messages.
    where : str
        For messages.

    Returns
    -------
    array [name, name]
        A name that the ones before it decide has zero on the diagonal.

    Raises
    ------
    InputError
        S713 for a matrix of another shape, not symmetric or not positive semi-definite; it names where.

    Examples
    --------
    >>> factor([[4.0, 2.0], [2.0, 5.0]], ["a", "b"]).tolist()
    [[2.0, 0.0], [1.0, 2.0]]
    """
    matrix = [list(map(float, row)) for row in covariance]
    count = len(names)
    if len(matrix) != count or any(len(row) != count for row in matrix):
        what = f"{len(matrix)} rows of {', '.join(str(len(row)) for row in matrix)} numbers for {count} names"
        raise InputError(Trouble("S713", where, what, "", f"write {count} rows of {count} numbers"))
    for i in range(count):
        for j in range(i):
            size = max(abs(matrix[i][j]), abs(matrix[j][i]))
            if abs(matrix[i][j] - matrix[j][i]) > CLOSE * size:
                one, other = f"{names[i]} with {names[j]}", f"{names[j]} with {names[i]}"
                what = f"{one} is {matrix[i][j]:g}, {other} is {matrix[j][i]:g}"
                mend = "write one number for both"
                raise InputError(Trouble("S713", where, what, "a covariance is symmetric", mend))
    found = np.zeros((count, count))
    for j in range(count):
        left = matrix[j][j] - sum(float(found[j, k]) ** 2 for k in range(j))
        room = CLOSE * count * abs(matrix[j][j])
        if left < -room or matrix[j][j] < 0:
            why = f"given {', '.join(names[:j])} its variance would be {left:.3g}"
            raise _indefinite(matrix, names, where, j, why)
        found[j, j] = np.sqrt(left) if left > room else 0.0
        for i in range(j + 1, count):
            rest = matrix[i][j] - sum(float(found[i, k] * found[j, k]) for k in range(j))
            scale = np.sqrt(abs(matrix[i][i] * matrix[j][j]))
            if found[j, j] > 0:
                found[i, j] = rest / found[j, j]
            elif abs(rest) > 1e-9 * scale or (scale == 0 and rest):
                why = f"it moves with {names[j]}, which by itself does not move"
                raise _indefinite(matrix, names, where, i, why)
    return found


def _indefinite(
    matrix: Sequence[Sequence[float]], names: Sequence[str], where: str, row: int, why: str
) -> InputError:
    """What is said of a matrix that no random numbers can have."""
    if matrix[row][row] < 0:
        what = f"the variance of {names[row]} is {matrix[row][row]:g}"
        return InputError(Trouble("S713", where, what, "a variance is not negative", "correct it"))
    what = f"the covariance is not positive semi-definite, seen at {names[row]}"
    mend = "compute all entries from the same rows, or lower the covariances of that name"
    return InputError(Trouble("S713", where, what, why, mend))


def joined(lower: Floats, numbers: Sequence[Floats]) -> list[Floats]:
    """Numbers with a covariance from independent ones, one after the other, without a library's products.

    Parameters
    ----------
    lower : array [name, name]
        From `factor`.
    numbers : list of array [period, path]
        Independent, with variance one; one for each name.

    Examples
    --------
    >>> ones = [np.ones((1, 1)), np.ones((1, 1))]
    >>> [float(x[0, 0]) for x in joined(factor([[4.0, 2.0], [2.0, 5.0]], ["a", "b"]), ones)]
    [2.0, 3.0]
    """
    found = []
    for row in lower:
        total = np.zeros_like(numbers[0])
        for weight, column in zip(row, numbers, strict=True):
            if weight:
                total = total + weight * column
        found.append(total)
    return found
