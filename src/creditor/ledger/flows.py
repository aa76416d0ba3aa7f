"""Owns the linear solve of the look-through: how much of a debt passes through each intermediary.

With A = diag(T) - X, where X[k, l] is what intermediary k holds of intermediary l and T[l] all liabilities of l,
the amount per unit of liabilities z solves A z = W, and T z is the amount that passes through each intermediary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.errors import NoSolutionError, Trouble

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

SPARSE_FROM = 1000  # intermediaries from which a sparse factorisation is tried
SPARSE_DENSITY = 0.05
CONSERVED = 1e-13  # relative gap between what enters and what leaves that LAPACK may show
DEEPEST = 500.0  # layers per dollar above which elimination without subtraction is used
ACCEPTED = 1e-12


@dataclass(frozen=True)
class Flows:
    """Solution of the look-through equations.

    Parameters
    ----------
    per_unit : array over intermediaries
        Amount of the debt per unit of the intermediary's liabilities, z.
    method : str
        ``lapack``, ``superlu`` or ``elimination``.
    conservation : float
        |what leaves - what enters| / what enters.
    """

    per_unit: Floats
    method: str
    conservation: float


def solve(cross: Any, leaving: Floats, entering: Floats) -> Flows:
    """Solve A z = W exactly, never by a truncated series.

    Parameters
    ----------
    cross : array or scipy sparse array, [holder, issuer] over intermediaries
        What intermediaries hold of each other; non-negative.
    leaving : array over intermediaries
        Liabilities held by final holders, the unallocated among them; each intermediary must reach a positive one.
    entering : array over intermediaries
        The debt that each holds directly.

    Returns
    -------
    Flows

    Raises
    ------
    NoSolutionError
        L407 where what leaves does not equal what enters to 1e-12.

    Notes
    -----
    A is a column diagonally dominant M-matrix whose column sums are `leaving`. LAPACK loses digits where `leaving`
    is tiny beside the diagonal (nearly closed cycles); the loss shows as a conservation gap or as very many layers
    per dollar, and then Gaussian elimination in the form of Grassmann, Taksar and Heyman (1985) is used, which
    forms the diagonal from sums only and so keeps every entry to full relative accuracy.

    Examples
    --------
    >>> cross = np.array([[0.0, 1.0], [1.0, 0.0]])
    >>> solve(cross, np.array([1.0, 1.0]), np.array([3.0, 0.0])).per_unit
    array([2., 1.])
    """
    total = float(entering.sum())
    count = len(entering)
    if count == 0 or total == 0:
        return Flows(np.zeros(count), "none", 0.0)
    sparse = not isinstance(cross, np.ndarray)
    if sparse:
        per_unit, liabilities = _superlu(cross, leaving, entering)
        method = "superlu"
    else:
        liabilities = leaving + cross.sum(axis=0)
        per_unit = _lapack(cross, liabilities, entering)
        method = "lapack"
    gap = abs(float(leaving @ per_unit) - total) / total
    if not gap <= CONSERVED or float(liabilities @ per_unit) > DEEPEST * total:
        dense = cross.toarray() if sparse else cross
        per_unit = _eliminate(dense, leaving, entering)
        method = "elimination"
        gap = abs(float(leaving @ per_unit) - total) / total
    if not gap <= ACCEPTED:
        mend = "check for amounts that differ by more than 300 decimal orders"
        raise NoSolutionError(Trouble("L407", "look-through", f"a relative gap of {gap:.1e} remains", "", mend))
    return Flows(per_unit, method, gap)


def _lapack(cross: Floats, liabilities: Floats, entering: Floats) -> Floats:
    system = np.negative(cross)
    system.flat[:: len(entering) + 1] += liabilities
    try:
        return np.linalg.solve(system, entering)
    except np.linalg.LinAlgError:
        return np.full(len(entering), np.nan)


def _superlu(cross: Any, leaving: Floats, entering: Floats) -> tuple[Floats, Floats]:
    import scipy.sparse
    import scipy.sparse.linalg

    liabilities = leaving + np.asarray(cross.sum(axis=0)).ravel()
    system = (scipy.sparse.diags_array(liabilities) - cross).tocsc()
    try:
        factors = scipy.sparse.linalg.splu(system, permc_spec="COLAMD")
    except RuntimeError:
        return np.full(len(entering), np.nan), liabilities
    return factors.solve(entering), liabilities


def _eliminate(cross: Floats, leaving: Floats, entering: Floats) -> Floats:
    """Gaussian elimination without subtraction; overwrites copies only."""
    held = np.array(cross, dtype=np.float64)
    np.fill_diagonal(held, 0.0)  # what one holds of itself leaves and returns at once
    out = np.array(leaving, dtype=np.float64)
    inflow = np.array(entering, dtype=np.float64)
    count = len(inflow)
    pivots = np.empty(count)
    for k in range(count - 1, -1, -1):
        pivots[k] = out[k] + held[:k, k].sum()
        share = held[:k, k] / pivots[k]
        held[:k, :k] += np.outer(share, held[k, :k])
        np.fill_diagonal(held[:k, :k], 0.0)
        out[:k] += held[k, :k] * (out[k] / pivots[k])
        inflow[:k] += share * inflow[k]
    per_unit = np.empty(count)
    for k in range(count):
        per_unit[k] = (inflow[k] + held[k, :k] @ per_unit[:k]) / pivots[k]
    return per_unit
