"""Owns the fill of unknown cells: the non-negative claims nearest to a prior that meet the published totals."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from creditor.errors import NoSolutionError, Trouble

Cell = tuple[str, str]
ROUNDS = 20_000
CLOSE = 1e-13  # relative to the sum of all totals


@dataclass(frozen=True)
class Fill:
    """Cells that meet the totals.

    Parameters
    ----------
    cells : mapping of (row, column) to float
        Fixed and filled cells.
    filled : tuple of (row, column)
        The cells that were unknown.
    rounds : int
        Rounds of scaling that were needed.
    gap : float
        Largest gap to a total that remains.
    """

    cells: dict[Cell, float]
    filled: tuple[Cell, ...]
    rounds: int
    gap: float


def fill(
    rows: Mapping[str, float],
    columns: Mapping[str, float],
    fixed: Mapping[Cell, float] | None = None,
    forbidden: Collection[Cell] = (),
    prior: Mapping[Cell, float] | None = None,
) -> Fill:
    """Fill the free cells by the least Kullback-Leibler divergence from a prior.

    Parameters
    ----------
    rows, columns : mapping of name to float
        Totals, by holder and by issuer.
    fixed : mapping of (row, column) to float
        Published cells; they are taken out of the totals first.
    forbidden : collection of (row, column)
        Cells that are zero by definition.
    prior : mapping of (row, column) to float
        Positive; by default the product of the totals.

    Returns
    -------
    Fill
        ``X[h, i] = a[h] b[i] prior[h, i]`` on free cells (RAS; Deming and Stephan 1940), never negative.

    Raises
    ------
    NoSolutionError
        L406 where no non-negative cells meet the totals, with the smallest L1 violation and where it sits.

    Examples
    --------
    >>> result = fill({"a": 3.0, "b": 1.0}, {"x": 2.0, "y": 2.0})
    >>> round(result.cells["a", "x"], 12)
    1.5
    """
    known = dict(fixed or {})
    names_r, names_c = list(rows), list(columns)
    free = np.array([[(r, c) not in known and (r, c) not in forbidden for c in names_c] for r in names_r])
    left_r = np.array([rows[r] - sum(known.get((r, c), 0.0) for c in names_c) for r in names_r], dtype=float)
    left_c = np.array([columns[c] - sum(known.get((r, c), 0.0) for r in names_r) for c in names_c], dtype=float)
    scale = max(sum(abs(value) for value in rows.values()), 1e-300)
    left_r[np.abs(left_r) < CLOSE * scale] = 0.0
    left_c[np.abs(left_c) < CLOSE * scale] = 0.0
    _check_feasible(free, left_r, left_c, names_r, names_c, scale)
    start = np.where(free, np.outer(left_r, left_c) if prior is None else _prior(prior, names_r, names_c), 0.0)
    start[left_r == 0, :] = 0.0
    start[:, left_c == 0] = 0.0
    cells, rounds, gap = _scale(start, left_r, left_c, scale)
    result = {(r, c): float(known.get((r, c), cells[i, j])) for i, r in enumerate(names_r) for j, c in enumerate(names_c)}
    filled = tuple((r, c) for i, r in enumerate(names_r) for j, c in enumerate(names_c) if free[i, j])
    return Fill({cell: value for cell, value in result.items() if cell not in forbidden}, filled, rounds, gap)


def _scale(start: np.ndarray, left_r: np.ndarray, left_c: np.ndarray, scale: float) -> tuple[np.ndarray, int, float]:
    cells = start.copy()
    gap = np.inf
    for rounds in range(1, ROUNDS + 1):
        sums = cells.sum(axis=1)
        cells *= np.divide(left_r, sums, out=np.zeros_like(sums), where=sums > 0)[:, None]
        sums = cells.sum(axis=0)
        cells *= np.divide(left_c, sums, out=np.zeros_like(sums), where=sums > 0)[None, :]
        gap = float(np.abs(cells.sum(axis=1) - left_r).max() + np.abs(cells.sum(axis=0) - left_c).max())
        if gap <= CLOSE * scale:
            return cells, rounds, gap
    mend = "the totals leave some cells no room but zero: forbid those cells, or correct the totals"
    what = f"a gap of {gap:.3g} remains after {ROUNDS} rounds"
    raise NoSolutionError(Trouble("L406", "fill", what, "the totals are only met at the edge", mend))


def _check_feasible(
    free: np.ndarray, left_r: np.ndarray, left_c: np.ndarray, names_r: list[str], names_c: list[str], scale: float
) -> None:
    """Find the smallest L1 violation of the totals over all non-negative cells; raise if there is one."""
    from scipy.optimize import linprog

    cells = np.argwhere(free)
    count, height, width = len(cells), len(names_r), len(names_c)
    equalities = np.zeros((height + width, count + 2 * (height + width)))
    equalities[cells[:, 0], np.arange(count)] = 1.0
    equalities[height + cells[:, 1], np.arange(count)] = 1.0
    slack = np.arange(height + width)
    equalities[slack, count + slack] = 1.0
    equalities[slack, count + height + width + slack] = -1.0
    cost = np.r_[np.zeros(count), np.ones(2 * (height + width))]
    solved = linprog(cost, A_eq=equalities, b_eq=np.r_[left_r, left_c], bounds=(0, None), method="highs")
    if solved.fun is None or solved.fun <= 1e-9 * scale:
        return
    slacks = solved.x[count : count + height + width] - solved.x[count + height + width :]
    names = [f"total of holder {name}" for name in names_r] + [f"total of issuer {name}" for name in names_c]
    places = [f"{name} by {slacks[i]:+.6g}" for i, name in enumerate(names) if abs(slacks[i]) > 1e-9 * scale]
    what = f"no non-negative cells meet the totals; the smallest violation is {solved.fun:.6g}"
    mend = "correct a total, free a fixed cell or allow a forbidden one"
    raise NoSolutionError(Trouble("L406", "fill", what, "it sits at " + ", ".join(places), mend))


def _prior(prior: Mapping[Cell, float], names_r: list[str], names_c: list[str]) -> np.ndarray:
    return np.array([[prior.get((r, c), 0.0) for c in names_c] for r in names_r], dtype=float)
