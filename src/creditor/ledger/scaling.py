"""Owns the scaling of a matrix to given row and column sums: rounds of RAS, then Newton steps on its dual."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from creditor.errors import NoSolutionError, Trouble

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

ROUNDS = 500  # of RAS, each linear in the gap
STEPS = 200  # of Newton, where RAS is slow because some cells are nearly zero


def scale_to(start: Floats, rows: Floats, columns: Floats, close: float) -> tuple[Floats, int, float]:
    """Find ``a[i] b[j] start[i, j]`` with the given sums.

    Parameters
    ----------
    start : array, [row, column]
        Non-negative; some matrix that is positive on the same cells has the given sums.
    rows, columns : array
        Sums, non-negative.
    close : float
        Largest gap that may remain.

    Returns
    -------
    cells : array, [row, column]
    rounds : int
        Rounds and steps that were needed.
    gap : float
        What remains, summed over the largest in rows and in columns.

    Raises
    ------
    NoSolutionError
        L406 where the sums are not met.

    Examples
    --------
    >>> scale_to(np.ones((2, 2)), np.array([3.0, 1.0]), np.array([2.0, 2.0]), 1e-12)[0]
    array([[1.5, 1.5],
           [0.5, 0.5]])
    """
    cells = np.where((rows > 0)[:, None] & (columns > 0)[None, :], start, 0.0)
    for rounds in range(1, ROUNDS + 1):
        cells = _one_round(cells, rows, columns)
        gap = _gap(cells, rows, columns)
        if gap <= close:
            return cells, rounds, gap
    for rounds in range(ROUNDS + 1, ROUNDS + STEPS + 1):
        cells = _one_round(_newton(cells, rows, columns), rows, columns)
        gap = _gap(cells, rows, columns)
        if gap <= close:
            return cells, rounds, gap
    mend = "correct the totals, or forbid the cells that should be zero"
    what = f"a gap of {gap:.3g} remains after {rounds} rounds"
    raise NoSolutionError(Trouble("L406", "fill", what, "the totals are only met at the edge", mend))


def _gap(cells: Floats, rows: Floats, columns: Floats) -> float:
    if not cells.size:
        return float(np.abs(rows).sum() + np.abs(columns).sum())
    return float(np.abs(cells.sum(axis=1) - rows).max() + np.abs(cells.sum(axis=0) - columns).max())


def _one_round(cells: Floats, rows: Floats, columns: Floats) -> Floats:
    for axis, sums in ((1, rows), (0, columns)):
        found = cells.sum(axis=axis)
        factors = np.divide(sums, found, out=np.zeros_like(found), where=found > 0)
        cells = cells * np.expand_dims(factors, axis)
    return cells


def _newton(cells: Floats, rows: Floats, columns: Floats) -> Floats:
    """One damped step on the dual: minimise sum(cells exp(u + v)) - rows u - columns v."""
    height = len(rows)
    down, across = cells.sum(axis=1), cells.sum(axis=0)
    slope = np.r_[down - rows, across - columns]
    curvature = np.block([[np.diag(down), cells], [cells.T, np.diag(across)]])
    step = -np.linalg.lstsq(curvature, slope, rcond=None)[0]
    length = 1.0
    while length > 1e-6:
        lines, stands = length * step[:height], length * step[height:]
        with np.errstate(over="ignore", invalid="ignore"):
            tried = cells * np.exp(lines[:, None] + stands[None, :])
            fall = float(tried.sum() - cells.sum() - rows @ lines - columns @ stands)
        if fall <= 1e-4 * length * float(slope @ step):
            found: Floats = tried
            return found
        length /= 2
    return cells
