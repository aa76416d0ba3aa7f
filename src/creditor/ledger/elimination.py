"""Owns elimination without subtraction: full relative accuracy also for nearly closed cycles of owners.

Gaussian elimination in the form of Grassmann, Taksar and Heyman (1985): the intermediaries are taken out one
by one, each leaving what it held to those who held it; what is left over on the diagonal is formed from sums
only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

BLOCK = 48  # intermediaries taken out together, so that most of the work is one matrix product


@dataclass(frozen=True, slots=True)
class Eliminated:
    """Factors of A = diag(T) - X, all of them non-negative.

    Parameters
    ----------
    held : array, [holder, issuer] over intermediaries
        What k and those before it held of each other when k was taken out: row k and column k up to k.
    pivots : array over intermediaries
        Liabilities of k that did not return to k.
    """

    held: Floats
    pivots: Floats

    def flows(self, entering: Floats) -> Floats:
        """Solve A z = entering.

        Examples
        --------
        >>> eliminate(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([1.0, 1.0])).flows(np.array([3.0, 0.0]))
        array([2., 1.])
        """
        found = np.array(entering, dtype=np.float64)
        for k in range(len(found) - 1, 0, -1):
            found[:k] += self.held[:k, k] * (found[k] / self.pivots[k])
        for k in range(len(found)):
            found[k] = (found[k] + self.held[k, :k].dot(found[:k])) / self.pivots[k]
        return found

    def shares(self, owned: Floats) -> Floats:
        """Solve A' S = owned, one column per owner."""
        found = np.array(owned, dtype=np.float64)
        for k in range(len(found) - 1, 0, -1):
            found[:k] += np.outer(self.held[k, :k], found[k] / self.pivots[k])
        for k in range(len(found)):
            found[k] = (found[k] + self.held[:k, k].dot(found[:k])) / self.pivots[k]
        return found


def eliminate(cross: Floats, leaving: Floats) -> Eliminated:
    """Take out all intermediaries, the last one first.

    Parameters
    ----------
    cross : array, [holder, issuer] over intermediaries
        What they hold of each other, non-negative; the diagonal is not read.
    leaving : array over intermediaries
        Their liabilities held by final owners; each must reach a positive one.

    Returns
    -------
    Eliminated

    Examples
    --------
    >>> eliminate(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([1.0, 1.0])).pivots
    array([1.5, 2. ])
    """
    held = np.array(cross, dtype=np.float64, order="F")
    out = np.array(leaving, dtype=np.float64)
    pivots = np.empty(
        len(out)
    )  # the diagonal is never read: what returns to its own issuer leaves again at once
    for end in range(len(out), 0, -BLOCK):
        start = max(0, end - BLOCK)
        share = np.zeros((end, end - start), order="F")
        for k in range(end - 1, start - 1, -1):
            column = held[:k, k]
            pivots[k] = out[k] + column.sum()
            share[:k, k - start] = behind = column / pivots[k]
            held[:k, start:k] += np.outer(behind, held[k, start:k])
            held[start:k, :start] += np.outer(behind[start:], held[k, :start])
            out[:k] += held[k, :k] * (out[k] / pivots[k])
        held[:start, :start] += share[:start] @ held[start:end, :start]
    return Eliminated(held, pivots)
