"""Owns the fill of unknown cells: the non-negative claims nearest to a prior that meet published totals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from creditor.errors import NoSolutionError, Trouble, Troubles
from creditor.ledger.scaling import scale_to
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Bools = npt.NDArray[np.bool_]

Cell = tuple[str, str]
CLOSE = 1e-13  # gap to a total, relative to the sum of all totals
SHORT = 1e-11  # violation of the totals, relative to their sum, from which they cannot be met


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
    zero : tuple of (row, column)
        Unknown cells that the totals leave no room but zero.
    """

    cells: dict[Cell, float]
    filled: tuple[Cell, ...]
    rounds: int
    gap: float
    zero: tuple[Cell, ...] = ()


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
        Not negative; a cell without one is zero. By default the product of the totals.

    Returns
    -------
    Fill
        ``X[h, i] = a[h] b[i] prior[h, i]`` on free cells (RAS; Deming and Stephan 1940), never negative. Free
        cells that are zero in all ledgers that meet the totals are zero, the limit of the divergence there.

    Raises
    ------
    InputError
        L402 for a fixed cell outside the totals, C109 for a negative prior.
    NoSolutionError
        L406 where no non-negative cells meet the totals, with the smallest L1 violation and where it sits.

    Examples
    --------
    >>> result = fill({"a": 3.0, "b": 1.0}, {"x": 2.0, "y": 2.0})
    >>> round(result.cells["a", "x"], 12)
    1.5
    >>> fill({"a": 3.0, "b": 1.0}, {"x": 2.0, "y": 2.0}, {("a", "x"): 1.0}).zero
    (('b', 'y'),)
    """
    known = dict(fixed or {})
    names = list(rows), list(columns)
    _check_names(*names, known, prior or {})
    barred = set(forbidden) - set(known)
    free = _over(*names, lambda cell: float(cell not in known and cell not in barred)) > 0
    fixed_cells = _over(*names, lambda cell: known.get(cell, 0.0))
    start = np.where(free, 1.0 if prior is None else _over(*names, lambda cell: prior.get(cell, 0.0)), 0.0)
    totals = np.array(list(rows.values())), np.array(list(columns.values()))
    scale = max(float(np.abs(totals[0]).sum()), float(np.abs(totals[1]).sum()), 1e-300)
    left = _left(totals[0], fixed_cells.sum(axis=1), scale), _left(totals[1], fixed_cells.sum(axis=0), scale)
    met = _feasible(start > 0, *left, *names, scale)
    room = (start > 0) & _can_be_positive(start > 0, met)
    scaled, rounds, gap = scale_to(np.where(room, start, 0.0), *left, CLOSE * scale)
    result = dict(zip(product(*names), np.where(free, scaled, fixed_cells).ravel().tolist(), strict=True))
    cells = {cell: amount for cell, amount in result.items() if cell not in barred}
    return Fill(cells, _cells_where(free, *names), rounds, gap, _cells_where(free & ~room, *names))


def _over(names_r: list[str], names_c: list[str], value: Callable[[Cell], float]) -> Floats:
    values = [value(cell) for cell in product(names_r, names_c)]
    return np.array(values, dtype=np.float64).reshape(len(names_r), len(names_c))


def _cells_where(chosen: Bools, names_r: list[str], names_c: list[str]) -> tuple[Cell, ...]:
    return tuple((names_r[i], names_c[j]) for i, j in np.argwhere(chosen).tolist())


def _left(totals: Floats, fixed: Floats, scale: float) -> Floats:
    left = totals.astype(np.float64) - fixed
    left[np.abs(left) < CLOSE * scale] = 0.0
    return left


def _check_names(
    names_r: list[str], names_c: list[str], known: Mapping[Cell, float], prior: Mapping[Cell, float]
) -> None:
    troubles = Troubles()
    for row, column in known:
        for name, names, of in ((row, names_r, "holder"), (column, names_c, "issuer")):
            if name not in names:
                what = f"the fixed cell {row!r}, {column!r} is of a {of} without a total"
                troubles.add(
                    "L402", "fill", what, "it could not be taken out of the total", mend_with(name, names)
                )
    for cell, value in prior.items():
        if not value >= 0:
            troubles.add(
                "C109", "fill", f"the prior of {cell[0]!r}, {cell[1]!r} is {value:g}", "", "correct it"
            )
    troubles.raise_if_any()


def _feasible(
    free: Bools, left_r: Floats, left_c: Floats, names_r: list[str], names_c: list[str], scale: float
) -> Floats:
    """Cells that meet the totals; raise with the smallest L1 violation where there are none."""
    import scipy.sparse
    from scipy.optimize import linprog

    cells = np.argwhere(free)
    count, height, width = len(cells), len(names_r), len(names_c)
    if height + width == 0:
        return np.zeros(free.shape)
    rows = np.r_[cells[:, 0], height + cells[:, 1]]
    meets = scipy.sparse.coo_array(
        (np.ones(2 * count), (rows, np.r_[0:count, 0:count])), shape=(height + width, count)
    )
    slack = scipy.sparse.eye_array(height + width)
    cost = np.r_[np.zeros(count), np.ones(2 * (height + width))]
    unit = scale / 1e6  # the tolerances of the solver are absolute
    equalities = scipy.sparse.hstack([meets, slack, -slack]).tocsr()
    solved = linprog(
        cost, A_eq=equalities, b_eq=np.r_[left_r, left_c] / unit, bounds=(0, None), method="highs"
    )
    if solved.fun is None:
        raise NoSolutionError(
            Trouble("L406", "fill", f"no linear program: {solved.message}", "", "check the totals")
        )
    violation = float(solved.fun) * unit
    if violation <= SHORT * scale:
        found = np.zeros(free.shape)
        found[cells[:, 0], cells[:, 1]] = solved.x[:count] * unit
        return np.where(found > CLOSE * scale, found, 0.0)
    slacks = (solved.x[count : count + height + width] - solved.x[count + height + width :]) * unit
    names = [f"total of holder {name}" for name in names_r] + [f"total of issuer {name}" for name in names_c]
    places = [f"{name} by {slacks[i]:+.6g}" for i, name in enumerate(names) if abs(slacks[i]) > SHORT * scale]
    what = f"no non-negative cells meet the totals; the smallest violation is {violation:.6g}"
    mend = "correct a total, free a fixed cell or allow a forbidden one"
    raise NoSolutionError(Trouble("L406", "fill", what, "it sits at " + ", ".join(places), mend))


def _can_be_positive(free: Bools, met: Floats) -> Bools:
    """Free cells that are positive in some cells that meet the totals, from one such solution.

    A free cell can grow iff others can give way along a cycle: up in free cells, down in positive ones. So it
    can be positive iff it is positive already, or its row and column are in one strongly connected component.
    """
    import scipy.sparse
    from scipy.sparse.csgraph import connected_components

    height, width = free.shape
    up, down = np.argwhere(free), np.argwhere(met > 0)
    here = np.r_[up[:, 0], height + down[:, 1]]
    there = np.r_[height + up[:, 1], down[:, 0]]
    graph = scipy.sparse.coo_array((np.ones(len(here)), (here, there)), shape=(height + width,) * 2).tocsr()
    labels = connected_components(graph, connection="strong")[1]
    together: Bools = labels[:height, None] == labels[None, height:]
    return together | (met > 0)
