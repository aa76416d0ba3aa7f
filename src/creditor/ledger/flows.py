"""Owns the linear solve of the look-through: how much of a debt passes through each intermediary.

With A = diag(T) - X, where X[k, l] is what intermediary k holds of intermediary l and T[l] all liabilities of
l, the amount per unit of liabilities z solves A z = W, and T z is the amount that passes through each
intermediary. The shares S of the final owners in each intermediary solve A' S = F, with F[k, j] the
liabilities of k held by j.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.errors import NoSolutionError, Trouble
from creditor.ledger.elimination import eliminate

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

SMALL = 32  # intermediaries up to which elimination without subtraction is used at once
SPARSE_FROM = 1000  # intermediaries from which a sparse factorisation is tried
SPARSE_DENSITY = 0.05
DENSE_UP_TO = (
    12_000  # intermediaries up to which a dense array is made where the sparse factorisation is inexact
)
CONSERVED = 1e-13  # relative gap between what enters and what leaves that a factorisation may show
LOSS = 100.0  # liabilities over pivot from which too many digits have cancelled
ACCEPTED = 1e-12


@dataclass(frozen=True, slots=True)
class Flows:
    """Solution of the look-through equations.

    Parameters
    ----------
    per_unit : array over intermediaries
        Amount of the debt per unit of the intermediary's liabilities, z.
    method : str
        ``lapack``, ``superlu`` or ``elimination``; ``none`` where nothing enters.
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
        What intermediaries hold of each other; non-negative; the diagonal is zero. Column-major is quickest.
    leaving : array over intermediaries
        Liabilities held by final holders, the unallocated among them; each intermediary must reach a positive
        one.
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
    A is a column diagonally dominant M-matrix whose column sums are `leaving`. In its LU factors without row
    exchanges only the pivots are differences; everything else is a sum of terms of one sign. So digits are
    lost exactly where a pivot is small beside the liabilities it is left of (nearly closed cycles). Where
    that happens, or where what leaves is not what enters, `creditor.ledger.elimination` takes over.

    Examples
    --------
    >>> cross = np.array([[0.0, 1.0], [1.0, 0.0]])
    >>> solve(cross, np.array([1.0, 1.0]), np.array([3.0, 0.0])).per_unit
    array([2., 1.])
    """
    total = float(_ones(len(entering)).dot(entering))
    if total == 0:
        return Flows(np.zeros(len(entering)), "none", 0.0)
    dense = isinstance(cross, np.ndarray)
    method, per_unit = "", None
    if not dense:
        method, per_unit = "superlu", _superlu(cross, leaving, entering, "N")
    elif len(entering) > SMALL:
        method, per_unit = "lapack", _lapack(cross, leaving, entering)
    if per_unit is not None:
        gap = abs(float(leaving.dot(per_unit)) - total)
        if gap <= CONSERVED * total:
            return Flows(per_unit, method, gap / total)
    per_unit = eliminate(_dense(cross), leaving).flows(entering)
    gap = abs(float(leaving.dot(per_unit)) - total) / total
    _check(gap)
    return Flows(per_unit, "elimination", gap)


def shares(cross: Any, leaving: Floats, owned: Floats) -> Floats:
    """Solve A' S = F: the shares of the final owners in each intermediary, behind all layers.

    Parameters
    ----------
    cross, leaving : array
        As in `solve`.
    owned : array, [intermediary, owner]
        Liabilities of each intermediary held by each final owner; its rows add up to `leaving`.

    Returns
    -------
    array, [intermediary, owner]
        Each row adds up to one.

    Raises
    ------
    NoSolutionError
        L407 where a row does not, to 1e-12.

    Examples
    --------
    >>> cross = np.array([[0.0, 1.0], [1.0, 0.0]])
    >>> shares(cross, np.array([1.0, 1.0]), np.array([[1.0, 0.0], [0.0, 1.0]])).round(12)[0].tolist()
    [0.666666666667, 0.333333333333]
    """
    if len(leaving) == 0:
        return np.zeros(owned.shape)
    found = None
    if not isinstance(cross, np.ndarray):
        found = _superlu(cross, leaving, owned, "T")
    elif len(leaving) > SMALL:
        found = _lapack_shares(cross, leaving, owned)
    if found is None or not np.abs(found.sum(axis=1) - 1.0).max() <= CONSERVED:
        found = eliminate(_dense(cross), leaving).shares(owned)
    _check(float(np.abs(found.sum(axis=1) - 1.0).max()))
    return found


def _check(gap: float) -> None:
    if not gap <= ACCEPTED:
        mend = "check for amounts that differ by more than 300 decimal orders"
        raise NoSolutionError(
            Trouble("L407", "look-through", f"a relative gap of {gap:.1e} remains", "", mend)
        )


def _dense(cross: Any) -> Floats:
    if isinstance(cross, np.ndarray):
        return cross
    if cross.shape[0] > DENSE_UP_TO:
        what = f"{cross.shape[0]} intermediaries, some of them almost without final owners"
        mend = "sum intermediaries that own each other, or leave out those that the debt does not reach"
        raise NoSolutionError(Trouble("L407", "look-through", what, "the sparse factors lose digits", mend))
    dense: Floats = cross.toarray(order="F")
    return dense


@lru_cache(maxsize=1)
def _lapack_routines() -> Any:
    import scipy.linalg.lapack

    return scipy.linalg.lapack


@lru_cache(maxsize=4)
def _ones(count: int) -> Floats:
    """Ones to multiply with: for small arrays a sum by BLAS takes half the time of `numpy.sum`."""
    ones = np.ones(count)
    ones.setflags(write=False)
    return ones


def _keeps_digits(pivots: Floats, liabilities: Floats) -> bool:
    """Whether no pivot is far below what it started from; after a row exchange a pivot is negative."""
    return int(np.count_nonzero(pivots * LOSS >= liabilities)) == len(pivots)


def _system(cross: Floats, leaving: Floats) -> tuple[Floats, Floats]:
    system = np.array(cross, dtype=np.float64, order="F")
    diagonal = system.T.ravel()[:: len(leaving) + 1]
    diagonal[:] = 0.0  # what one holds of itself leaves and returns at once
    liabilities: Floats = _ones(len(leaving)).dot(system)
    liabilities += leaving
    np.negative(system, out=system)
    diagonal[:] = liabilities
    return system, liabilities


def _lapack(cross: Floats, leaving: Floats, entering: Floats) -> Floats | None:
    """One solve; None where the pivots have lost digits (a row exchange makes a pivot negative)."""
    system, liabilities = _system(cross, leaving)
    factors, _, per_unit, _ = _lapack_routines().dgesv(system, entering, overwrite_a=1)
    return per_unit if _keeps_digits(factors.diagonal(), liabilities) else None


def _lapack_shares(cross: Floats, leaving: Floats, owned: Floats) -> Floats | None:
    system, liabilities = _system(cross, leaving)
    factors, pivots, _ = _lapack_routines().dgetrf(system, overwrite_a=1)
    if not _keeps_digits(factors.diagonal(), liabilities):
        return None
    found: Floats = _lapack_routines().dgetrs(factors, pivots, owned, trans=1)[0]
    return found


def _superlu(cross: Any, leaving: Floats, right: Floats, transposed: str) -> Floats | None:
    """Factors with the pivots kept on the diagonal, in an order that keeps them sparse."""
    import scipy.sparse
    import scipy.sparse.linalg

    held = cross - scipy.sparse.diags_array(cross.diagonal())
    liabilities = leaving + np.asarray(held.sum(axis=0)).ravel()
    system = (scipy.sparse.diags_array(liabilities) - held).tocsc()
    keep = {"SymmetricMode": True}
    try:
        factors = scipy.sparse.linalg.splu(
            system, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=keep
        )
    except RuntimeError:
        return None
    if not _keeps_digits(factors.U.diagonal()[factors.perm_c], liabilities):
        return None
    found: Floats = factors.solve(np.asfortranarray(right), transposed)
    return found
