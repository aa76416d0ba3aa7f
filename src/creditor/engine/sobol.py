"""Owns Sobol's points for draws: a dimension for each draw and period, a point for each path."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.draws import uniform
from creditor.errors import InputError, Trouble

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Whole = npt.NDArray[np.int64]

DIMENSIONS = 21_201  # of the direction numbers of Joe and Kuo (2008), which SciPy carries
BITS = 30
SHIFT = 0xFFFFFFFF  # the place of the number by which a dimension is shifted


class Points:
    """Points of some paths, each dimension shifted by digits that seed, name and period decide.

    Parameters
    ----------
    names : int
        How many numbers a period takes.
    periods : int
    paths : array of int
        Of which points are needed, mirrored pairs already taken together.

    Raises
    ------
    InputError
        S703 for more dimensions than there are, or paths from 2^30 on.

    Examples
    --------
    >>> points = Points(1, 2, np.arange(4))
    >>> numbers = points.of(0)((1, 2), np.arange(4), np.arange(1, 3), 0)
    >>> np.sort((numbers * 4).astype(int)).tolist()
    [[0, 1, 2, 3], [0, 1, 2, 3]]
    """

    def __init__(self, names: int, periods: int, paths: Whole) -> None:
        if names * periods > DIMENSIONS:
            what = f"{names} draws over {periods} periods are {names * periods:,} dimensions"
            mend = "draw fewer givens or run fewer periods, or leave sobol out"
            raise InputError(Trouble("S703", "sobol", what, f"Sobol's points have {DIMENSIONS:,}", mend))
        self.names, self.first = names, int(paths.min())
        count = int(paths.max()) - self.first + 1
        if self.first + count > 2**BITS:
            what = f"path {self.first + count - 1:,}"
            raise InputError(Trouble("S703", "sobol", what, "there are 2^30 points", "run fewer paths"))
        from scipy.stats import qmc

        engine = qmc.Sobol(names * periods, scramble=False, bits=BITS)
        if self.first:
            engine.fast_forward(self.first)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # about numbers of points that are no power of two
            drawn = engine.random(count)
        self.whole = np.rint(drawn * 2.0**BITS).astype(np.int64).T.reshape(periods, names, count)

    def of(self, position: int) -> Numbers:
        """The numbers of one draw, to be taken in the place of `creditor.engine.draws.uniform`."""
        return Numbers(self, position)


class Numbers:
    """One draw's numbers between 0 and 1: [period, path]."""

    def __init__(self, points: Points, position: int) -> None:
        self.points, self.position = points, position

    def __call__(self, key: tuple[int, int], paths: Whole, periods: Whole, index: int) -> Floats:
        """Numbers of some paths and periods; a point has one for a draw and period, so ``index`` is 0."""
        assert index == 0
        shifts = uniform(key, np.array([SHIFT]), periods, SHIFT)
        digits = (shifts * 2.0**BITS).astype(np.int64)
        whole = self.points.whole[periods - 1, self.position][:, paths - self.points.first] ^ digits
        found: Floats = (whole + 0.5) / 2.0**BITS
        return found
