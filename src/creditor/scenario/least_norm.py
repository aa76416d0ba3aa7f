"""Owns the smallest solution of a few linear equations, without a library, so that its digits stay."""

from __future__ import annotations

import math
from collections.abc import Sequence


def least_norm(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The smallest solution of equations, or what comes nearest to one.

    Parameters
    ----------
    matrix : rows of numbers, [equation][unknown]
    right : sequence of float

    Examples
    --------
    >>> [round(x, 9) for x in least_norm([[1.0, 2.0]], [5.0])]
    [1.0, 2.0]
    >>> [round(x, 9) for x in least_norm([[1.0], [1.0]], [1.0, 3.0])]
    [2.0]
    """
    columns = [list(column) for column in zip(*matrix, strict=True)]
    wide = len(columns) >= len(matrix)
    rows = [list(row) for row in matrix] if wide else columns
    square = [[math.fsum(a * b for a, b in zip(x, y, strict=True)) for y in rows] for x in rows]
    little = 1e-14 * max((square[i][i] for i in range(len(square))), default=0.0)
    if not little:
        return [0.0] * len(columns)
    for i in range(len(square)):
        square[i][i] += little
    side = right if wide else [math.fsum(a * b for a, b in zip(row, right, strict=True)) for row in columns]
    answer = _eliminated(square, list(side))
    if not wide:
        return answer
    return [math.fsum(a * b for a, b in zip(column, answer, strict=True)) for column in columns]


def _eliminated(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gaussian elimination with row pivoting."""
    count = len(right)
    for column in range(count):
        pivot = max(range(column, count), key=lambda row: abs(matrix[row][column]))
        matrix[column], matrix[pivot] = matrix[pivot], matrix[column]
        right[column], right[pivot] = right[pivot], right[column]
        for row in range(column + 1, count):
            factor = matrix[row][column] / matrix[column][column]
            for k in range(column, count):
                matrix[row][k] -= factor * matrix[column][k]
            right[row] -= factor * right[column]
    answer = [0.0] * count
    for row in range(count - 1, -1, -1):
        known = math.fsum(matrix[row][k] * answer[k] for k in range(row + 1, count))
        answer[row] = (right[row] - known) / matrix[row][row]
    return answer
