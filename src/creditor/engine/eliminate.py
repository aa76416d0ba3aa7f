"""Owns elimination: a sparse system as rows with pivots chosen once, a dense one with pivots by path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.slopes import Slopes
from creditor.engine.tape import BINARY, NEGATIVE, Tape

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

SUB, MUL, DIV = (BINARY[sign] for sign in "-*/")


class Factors:
    """Elimination of a sparse matrix, emitted as rows.

    The order of the pivots is chosen from the pattern alone (fewest new entries, the diagonal first), so
    that the rows are the same for every path; whoever runs them must look at the result, and pivot by value
    where it is poor.

    Parameters
    ----------
    tape : Tape
        The rows of the elimination are emitted here.
    matrix : list of Slopes
        For each row the registers of its entries.

    Examples
    --------
    >>> tape = Tape(2)
    >>> factors = Factors(tape, [{0: 0}])
    >>> solution = factors.solve(tape, [1])
    >>> tape.take() == [(DIV, 1, 0, 0, solution[0])]
    True
    """

    def __init__(self, tape: Tape, matrix: list[Slopes]) -> None:
        self.rows = [dict(row) for row in matrix]
        self.pivots: list[tuple[int, int]] = []
        self.below: list[list[tuple[int, int]]] = []
        rows, columns = set(range(len(matrix))), set(range(len(matrix)))
        while rows:
            pivot = self._choose(rows, columns)
            if pivot is None:
                break
            rows.discard(pivot[0])
            columns.discard(pivot[1])
            self._clear(tape, pivot, rows)
        self.singular = bool(rows)

    def _choose(self, rows: set[int], columns: set[int]) -> tuple[int, int] | None:
        """The entry that fills in least, one of the diagonal before all others."""
        in_row = {i: sum(j in columns for j in self.rows[i]) for i in rows}
        in_column = dict.fromkeys(columns, 0)
        for i in rows:
            for j in self.rows[i]:
                if j in columns:
                    in_column[j] += 1
        entries = [(i, i) for i in rows if i in columns and i in self.rows[i]]
        entries = entries or [(i, j) for i in rows for j in self.rows[i] if j in columns]
        if not entries or 0 in in_row.values() or 0 in in_column.values():
            return None
        return min(entries, key=lambda e: ((in_row[e[0]] - 1) * (in_column[e[1]] - 1), e))

    def _clear(self, tape: Tape, pivot: tuple[int, int], rows: set[int]) -> None:
        own, column = pivot
        used = {j for _, j in self.pivots} | {column}
        below = []
        for i in sorted(rows):
            if column not in self.rows[i]:
                continue
            factor = tape.row(DIV, self.rows[i].pop(column), self.rows[own][column])
            below.append((i, factor))
            for j, entry in self.rows[own].items():
                if j in used:
                    continue
                product = tape.row(MUL, factor, entry)
                here = self.rows[i].get(j)
                self.rows[i][j] = (
                    tape.row(NEGATIVE, product) if here is None else tape.row(SUB, here, product)
                )
        self.pivots.append(pivot)
        self.below.append(below)

    def solve(self, tape: Tape, right: list[int]) -> list[int]:
        """Emit the solution for one right side, as registers."""
        known = list(right)
        for (own, _), below in zip(self.pivots, self.below, strict=True):
            for i, factor in below:
                known[i] = tape.row(SUB, known[i], tape.row(MUL, factor, known[own]))
        answer: dict[int, int] = {}
        for own, column in reversed(self.pivots):
            value = known[own]
            for j in sorted(self.rows[own]):
                if j in answer:
                    value = tape.row(SUB, value, tape.row(MUL, self.rows[own][j], answer[j]))
            answer[column] = tape.row(DIV, value, self.rows[own][column])
        return [answer[j] for j in range(len(right))]


def eliminate(matrix: Floats, right: Floats) -> Floats:
    """Solve one small system for each path: elimination with row pivoting, in the same order for all.

    Parameters
    ----------
    matrix : array [row, column, path]
    right : array [row, side, path]

    Returns
    -------
    array [column, side, path]
        Not-a-number or infinite where a matrix is singular.

    Examples
    --------
    >>> eliminate(np.array([[[2.0]]]), np.array([[[4.0]]]))
    array([[[2.]]])
    """
    work, answer = matrix.copy(), right.copy()
    count, _, paths = answer.shape
    every = np.arange(paths)
    for column in range(count):
        pivot = column + np.abs(work[column:, column]).argmax(axis=0)
        swap = work[pivot, :, every].T.copy()
        work[pivot, :, every] = work[column].T
        work[column] = swap
        swap = answer[pivot, :, every].T.copy()
        answer[pivot, :, every] = answer[column].T
        answer[column] = swap
        for row in range(column + 1, count):
            factor = work[row, column] / work[column, column]
            work[row, column:] -= factor * work[column, column:]
            answer[row] -= factor * answer[column]
    for column in range(count - 1, -1, -1):
        for later in range(column + 1, count):
            answer[column] -= work[column, later] * answer[later]
        answer[column] /= work[column, column]
    return answer
