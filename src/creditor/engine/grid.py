"""Owns quantiles over paths: exact ones, and a grid that counts paths where they do not fit in memory.

The grid of a cell has 4,096 steps of one width. The first chunk of paths lays it: from half its range below
its smallest value to half its range above its largest. Counts are whole numbers, so any order of counting
gives the same. A quantile is found by straight lines within steps, and how far it may be away from the exact
one is known: it lies in the same steps. Outside the grid the smallest and the largest value are the bounds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

STEPS = 4096
CELLS = 64  # looked at at once


class Grid:
    """Counts of paths by cell and step.

    Parameters
    ----------
    base, width : arrays [cell]
        Where the grid begins, and the width of a step; zero where the first chunk has one value only.
    counts : array [cell, step] of int
        Below the grid, its steps, above it.

    Examples
    --------
    >>> grid = Grid.laid(np.array([[0.0, 1.0]]))
    >>> grid.add(np.array([[0.0, 0.25, 0.5, 0.75, 1.0]]))
    >>> value, within = grid.quantiles([0.5], np.zeros(1), np.ones(1))[0.5]
    >>> bool(abs(value[0] - 0.5) <= within[0] <= 2 / 4096)
    True
    """

    def __init__(self, base: Floats, width: Floats, counts: npt.NDArray[np.uint32]) -> None:
        self.base, self.width, self.counts = base, width, counts

    @classmethod
    def laid(cls, values: Floats) -> Grid:
        """An empty grid for values like these [cell, path]."""
        with np.errstate(all="ignore"):
            low, high = values.min(axis=1), values.max(axis=1)
            span = high - low
            width = 2 * span / STEPS
            level = ~np.isfinite(1 / width) | ~np.isfinite(span)
        width[level] = 0.0
        base = np.where(level, low, low - span / 2)
        return cls(base, width, np.zeros((len(values), STEPS + 2), dtype=np.uint32))

    def add(self, values: Floats) -> None:
        """Count paths: array [cell, path]. What is not a number is not counted."""
        for first in range(0, len(values), CELLS):
            part = slice(first, first + CELLS)
            places = self._places(values[part], self.base[part, None], self.width[part, None])
            for cell, row in enumerate(places, first):
                self.counts[cell] += np.bincount(row, minlength=STEPS + 2).astype(np.uint32)

    @staticmethod
    def _places(values: Floats, base: Floats, width: Floats) -> npt.NDArray[np.int64]:
        with np.errstate(all="ignore"):
            away = values - base
            steps = np.where(width > 0, away / width, np.where(away > 0, np.inf, away))
        steps = np.clip(np.nan_to_num(steps, nan=-1.0, posinf=STEPS, neginf=-1.0), -1.0, STEPS)
        steps += 1.0
        steps[steps < 1.0] = 0.0
        return steps.astype(np.int64)

    def quantiles(
        self, shares: Sequence[float], low: Floats, high: Floats
    ) -> dict[float, tuple[Floats, Floats]]:
        """Quantiles of each cell, and by how much they may be away from the exact ones.

        Parameters
        ----------
        shares : sequence of float
        low, high : arrays [cell]
            Smallest and largest value; not-a-number where a value is not known.
        """
        found = {share: (np.full(len(low), np.nan), np.full(len(low), np.nan)) for share in shares}
        for cell in np.flatnonzero(np.isfinite(low) & np.isfinite(high)):
            sums = np.cumsum(self.counts[cell].astype(np.int64))
            for share, (values, within) in found.items():
                place = share * (int(sums[-1]) - 1)
                values[cell], within[cell] = self._at(
                    int(cell), sums, place, float(low[cell]), float(high[cell])
                )
        return found

    def _at(
        self, cell: int, sums: npt.NDArray[np.int64], place: float, low: float, high: float
    ) -> tuple[float, float]:
        """The value at a place in the order of the paths, counted from 0, and how far it may be away."""
        part = place - math.floor(place)
        lower, bottom, _ = self._ordered(cell, sums, math.floor(place), low, high)
        upper, _, top = self._ordered(cell, sums, math.ceil(place), low, high)
        value = lower * (1 - part) + upper * part
        return value, max(value - bottom, top - value)

    def _ordered(
        self, cell: int, sums: npt.NDArray[np.int64], number: int, low: float, high: float
    ) -> tuple[float, float, float]:
        """The value with a number in the order of the paths, and the ends of its step."""
        step = int(np.searchsorted(sums, number, side="right"))
        bottom, top = self._ends(cell, step, low, high)
        before = int(sums[step - 1]) if step else 0
        share = (number + 0.5 - before) / (int(sums[step]) - before)
        return bottom * (1 - share) + top * share, bottom, top

    def _ends(self, cell: int, step: int, low: float, high: float) -> tuple[float, float]:
        """Smallest and largest value that a path in a step may have."""
        base, width = float(self.base[cell]), float(self.width[cell])
        roof = base + STEPS * width
        if step == 0:
            return low, min(base, high)
        if step == STEPS + 1:
            return max(roof, low), high
        return max(base + (step - 1) * width, low), min(base + step * width, high)


def exact_quantiles(values: Floats, shares: Sequence[float]) -> dict[float, Floats]:
    """Quantiles over paths, by a straight line between neighbouring values.

    Parameters
    ----------
    values : array [cell, path]
    shares : sequence of float

    Examples
    --------
    >>> exact_quantiles(np.array([[4.0, 1.0, 2.0]]), [0.5, 0.75])[0.75]
    array([3.])
    """
    parts = [
        np.quantile(values[first : first + CELLS], shares, axis=1) for first in range(0, len(values), CELLS)
    ]
    rows = np.concatenate(parts, axis=1) if parts else np.zeros((len(shares), 0))
    return dict(zip(shares, rows, strict=True))
