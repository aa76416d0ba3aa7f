"""Owns the ranges of unknown cells: the least and the most in all non-negative ledgers that meet the totals.

Each unknown cell is in one total of its holder and one of its issuer (a transportation polytope). Where every
holder with unknown cells has one for every issuer with unknown cells, the ends have a closed form (Frechet);
otherwise each end is a linear program (HiGHS).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.ledger.complete import left_of, places_of
from creditor.ledger.readclaims import Case

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Places = npt.NDArray[np.intp]

PROGRAMS = (
    400  # unknown cells up to which linear programs are solved; beyond, wider ends from the totals alone
)
SLACK = 1e-9  # relative to the largest total: what rounding may cost


def unknown_ranges(case: Case) -> dict[str, tuple[float, float]]:
    """The range of each unknown cell of a case.

    Parameters
    ----------
    case : Case
        With `blanks`, and totals that some non-negative cells meet.

    Returns
    -------
    dict of file and line to (low, high)
        By the place of the cell. Each end is reached by some ledger, except beyond `PROGRAMS` cells, where
        the range may be wider.

    Raises
    ------
    MissingError
        L409 as in `creditor.ledger.complete.complete`.

    Examples
    --------
    >>> from fractions import Fraction as F
    >>> from creditor.ledger.claims import Claim, Ledger
    >>> cells = [Claim(h, i, F(0), where=f"{h}{i}") for h in "ab" for i in "xy"]
    >>> totals = {("x", ""): F(4), ("y", ""): F(6)}, {("a", ""): F(7), ("b", ""): F(3)}
    >>> unknown_ranges(Case(Ledger(()), {}, {}, *totals, tuple(cells)))["ax"]
    (1.0, 4.0)
    """
    if not case.blanks:
        return {}
    places = places_of(case)
    known = list(case.ledger)
    rows = list(dict.fromkeys(row for row, _ in places))
    columns = list(dict.fromkeys(column for _, column in places))
    of_rows = [float(left_of(key, case.by_holder, ((c.holder, c) for c in known))) for key in rows]
    of_columns = [float(left_of(key, case.by_issuer, ((c.issuer, c) for c in known))) for key in columns]
    at = np.array([(rows.index(row), columns.index(column)) for row, column in places], dtype=np.intp)
    low, high = cell_ranges(at, np.array(of_rows), np.array(of_columns))
    ends = zip(low.tolist(), high.tolist(), strict=True)
    return {claim.where: pair for claim, pair in zip(case.blanks, ends, strict=True)}


def cell_ranges(cells: Places, rows: Floats, columns: Floats) -> tuple[Floats, Floats]:
    """The least and the most of each free cell, with the totals of rows and columns given.

    Parameters
    ----------
    cells : array of int, [cell, 2]
        Row and column of each free cell, each pair once.
    rows, columns : array
        What is left of the totals for the free cells; both add up to the same.

    Returns
    -------
    low, high : array over cells

    Examples
    --------
    >>> cells = np.array([(0, 0), (0, 1), (1, 1)])
    >>> low, high = cell_ranges(cells, np.array([5.0, 2.0]), np.array([3.0, 4.0]))
    >>> low.round(9).tolist(), high.round(9).tolist()
    ([3.0, 2.0, 2.0], [3.0, 2.0, 2.0])
    """
    mine, own = rows[cells[:, 0]], columns[cells[:, 1]]
    if len(cells) == len(rows) * len(columns):
        return np.maximum(0.0, mine + own - rows.sum()), np.minimum(mine, own)
    reach_r, reach_c = _reach(cells, rows, columns)
    low = np.maximum(0.0, np.maximum(mine - (reach_r - own), own - (reach_c - mine)))
    high = np.minimum(mine, own)
    open_cells = np.flatnonzero(high - low > SLACK * max(float(rows.sum()), 1e-300))
    if len(cells) <= PROGRAMS and len(open_cells):
        solved = _programs(cells, rows, columns, open_cells.tolist())
        low[open_cells], high[open_cells] = solved[0], solved[1]
    return low, high


def _reach(cells: Places, rows: Floats, columns: Floats) -> tuple[Floats, Floats]:
    """For each cell all that the columns of its row could take, and the rows of its column."""
    of_row, of_column = np.zeros(len(rows)), np.zeros(len(columns))
    np.add.at(of_row, cells[:, 0], columns[cells[:, 1]])
    np.add.at(of_column, cells[:, 1], rows[cells[:, 0]])
    return of_row[cells[:, 0]], of_column[cells[:, 1]]


def _programs(cells: Places, rows: Floats, columns: Floats, wanted: Sequence[int]) -> tuple[Floats, Floats]:
    """Both ends of the wanted cells by linear programs over all cells that meet the totals."""
    import scipy.sparse
    from scipy.optimize import linprog

    count, unit = len(cells), max(float(rows.sum()), 1e-300) / 1e6  # the solver's tolerances are absolute
    at = np.r_[cells[:, 0], len(rows) + cells[:, 1]]
    shape = (len(rows) + len(columns), count)
    meets = scipy.sparse.coo_array((np.ones(2 * count), (at, np.r_[0:count, 0:count])), shape=shape).tocsr()
    right = np.r_[rows, columns] / unit
    found = np.zeros((2, len(wanted)))
    for position, cell in enumerate(wanted):
        for side, sign in ((0, 1.0), (1, -1.0)):
            cost = np.zeros(count)
            cost[cell] = sign
            solved: Any = linprog(cost, A_eq=meets, b_eq=right, bounds=(0, None), method="highs")
            if solved.x is None:  # the totals meet to rounding only: the wider range stands
                found[side, position] = (
                    0.0 if side == 0 else min(rows[cells[cell, 0]], columns[cells[cell, 1]])
                )
            else:
                found[side, position] = solved.x[cell] * unit
    return found[0], found[1]
