"""Owns the solution of one simultaneous block: Newton on its tears, each path on its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.tape import Row, differentiate, execute

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

STEPS, HALVINGS = 50, 8
CLOSE, ACCEPTED = 1e-13, 1e-10


@dataclass(frozen=True)
class Block:
    """A simultaneous block on the tape.

    Parameters
    ----------
    tears : tuple of int
        Registers of the unknowns.
    rows : list of Row
        From the tears to every other slot of the block and to the residuals.
    residuals, scales : tuple of int
        Registers of what must be zero, and of what each is measured by.
    """

    tears: tuple[int, ...]
    rows: list[Row]
    residuals: tuple[int, ...]
    scales: tuple[int, ...]


def solve_block(block: Block, registers: Floats) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Solve a block in place.

    Parameters
    ----------
    block : Block
    registers : array [register, path]
        With a first guess in the tears.

    Returns
    -------
    left : array over paths
        The largest scaled residual that remains.
    steps : array over paths
        Newton steps taken.

    Notes
    -----
    Newton with derivatives carried along the tape; a step that makes the residual larger is halved, at most 8 times.
    A path stops when its residual is at most 1e-13, or when two steps no longer reduce it and it is at most 1e-10.
    """
    paths = registers.shape[1]
    active = np.ones(paths, dtype=bool)
    steps = np.zeros(paths, dtype=np.int64)
    stale = np.zeros(paths, dtype=np.int64)
    tears = list(block.tears)
    with np.errstate(all="ignore"):
        execute(block.rows, registers)
        best = _size(block, registers)
        kept = registers[tears].copy()
        for _ in range(STEPS):
            active &= ~(best <= CLOSE) & ~((stale >= 2) & (best <= ACCEPTED))
            if not active.any():
                break
            step = _newton(block, registers)
            steps[active] += 1
            best, kept, stale = _move(block, registers, kept, step, active, best, stale)
        registers[tears] = kept
        execute(block.rows, registers)
    return best, steps


def _size(block: Block, registers: Floats) -> Floats:
    """Largest scaled residual of each path; not-a-number where something is not finite."""
    sizes = np.abs(registers[list(block.residuals)])
    scales = np.abs(registers[list(block.scales)])
    return np.where(sizes == 0, 0.0, sizes / scales).max(axis=0)


def _newton(block: Block, registers: Floats) -> Floats:
    """Newton step of every path: the solution of J step = -residual by our own elimination."""
    count, paths = len(block.tears), registers.shape[1]
    tangents = {}
    for position, register in enumerate(block.tears):
        seed = np.zeros((count, paths))
        seed[position] = 1.0
        tangents[register] = seed
    differentiate(block.rows, registers, tangents)
    jacobian = np.zeros((count, count, paths))
    for row, register in enumerate(block.residuals):
        if register in tangents:
            jacobian[row] = tangents[register]
    return eliminate(jacobian, -registers[list(block.residuals)])


def eliminate(matrix: Floats, right: Floats) -> Floats:
    """Solve one small system for each path: elimination with row pivoting, the same order of operations for all.

    Parameters
    ----------
    matrix : array [row, column, path]
    right : array [row, path]

    Returns
    -------
    array [column, path]
        Not-a-number where a matrix is singular.

    Examples
    --------
    >>> eliminate(np.array([[[2.0]]]), np.array([[4.0]]))
    array([[2.]])
    """
    work, answer = matrix.copy(), right.copy()
    count, paths = answer.shape
    every = np.arange(paths)
    for column in range(count):
        pivot = column + np.abs(work[column:, column]).argmax(axis=0)
        swap = work[pivot, :, every].T.copy()
        work[pivot, :, every] = work[column].T
        work[column] = swap
        value = answer[pivot, every].copy()
        answer[pivot, every] = answer[column]
        answer[column] = value
        for row in range(column + 1, count):
            factor = work[row, column] / work[column, column]
            work[row, column:] -= factor * work[column, column:]
            answer[row] -= factor * answer[column]
    for column in range(count - 1, -1, -1):
        for later in range(column + 1, count):
            answer[column] -= work[column, later] * answer[later]
        answer[column] /= work[column, column]
    return answer


def _move(
    block: Block, registers: Floats, kept: Floats, step: Floats, active: Floats, best: Floats, stale: Floats
) -> tuple[Floats, Floats, Floats]:
    """Try the step, then halves of it, on each active path; keep what is better."""
    tears = list(block.tears)
    waiting = active.copy()
    factor = 1.0
    best, kept, stale = best.copy(), kept.copy(), stale.copy()
    for _ in range(HALVINGS + 1):
        registers[tears] = np.where(waiting, kept + factor * step, kept)
        execute(block.rows, registers)
        size = _size(block, registers)
        better = waiting & (np.isnan(best) | (size < best)) & ~np.isnan(size)
        kept[:, better] = registers[tears][:, better]
        best[better] = size[better]
        stale[better] = 0
        waiting &= ~better
        if not waiting.any():
            break
        factor *= 0.5
    stale[waiting] += 1
    registers[tears] = kept
    execute(block.rows, registers)
    return best, kept, stale
