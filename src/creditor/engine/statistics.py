"""Owns the statistics of many paths: moments, quantiles and shares with their Monte Carlo errors."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.engine.grid import STEPS, Grid, exact_quantiles
from creditor.engine.reduce import (
    Moments,
    Shares,
    chunks,
    merge,
    merge_shares,
    moments,
    pairs,
    shares,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Statistics:
    """What many paths are like, each array [variable, period].

    Parameters
    ----------
    paths : int
    mean, deviation, low, high : arrays
        Mean, standard deviation over paths, smallest and largest value.
    quantiles : dict of share to array
    errors : dict of name to array
        Standard errors by Monte Carlo, of ``mean`` and of each quantile (``0.05``).
    within : dict of share to array
        By how much a quantile may be away from the exact one; empty where they are exact.
    shares, share_errors : arrays [condition, period]
        Share of the paths on which a condition holds; in the place of the opening that of any period.
    """

    paths: int
    mean: Floats
    deviation: Floats
    low: Floats
    high: Floats
    quantiles: Mapping[float, Floats]
    errors: Mapping[str, Floats]
    within: Mapping[float, Floats] = field(default_factory=dict)
    shares: Floats = field(default_factory=lambda: np.zeros((0, 1)))
    share_errors: Floats = field(default_factory=lambda: np.zeros((0, 1)))

    @property
    def method(self) -> str:
        """How quantiles were found."""
        return f"grid of {STEPS} steps" if self.within else "exact"


class Fold:
    """Paths added one chunk after the other.

    Parameters
    ----------
    shape : (int, int)
        Variables and periods, the opening among them.
    paired : bool
        Whether paths 2k and 2k + 1 mirror each other: errors are then those of the means of pairs.
    counted : bool
        Whether a grid counts for quantiles; otherwise `Fold.finish` is given the values.

    Examples
    --------
    >>> fold = Fold((1, 2))
    >>> fold.add(np.arange(6.0).reshape(1, 2, 3), np.zeros((0, 1, 3), dtype=bool))
    >>> fold.finish().mean
    array([[1., 4.]])
    """

    def __init__(self, shape: tuple[int, int], paired: bool = False, counted: bool = True) -> None:
        self.shape, self.paired, self.counted = shape, paired, counted
        self.moments: Moments | None = None
        self.pairs: Moments | None = None
        self.shares: Shares | None = None
        self.grid: Grid | None = None

    @property
    def paths(self) -> int:
        """How many were added."""
        return self.moments.count if self.moments else 0

    def add(self, values: Floats, flags: Flags) -> None:
        """Add the next paths.

        Parameters
        ----------
        values : array [variable, period, path]
            All but the last piece have a multiple of 1,024 paths.
        flags : array [condition, period, path] of bool
            From period 1 on.
        """
        cells = np.ascontiguousarray(values).reshape(-1, values.shape[2])
        for part in chunks(cells, self.paths):
            if self.grid is None and self.counted:
                self.grid = Grid.laid(part)
            self.moments = merge(self.moments, moments(part))
            if self.paired:
                self.pairs = merge(self.pairs, moments(pairs(part)))
        if self.grid is not None:
            self.grid.add(cells)
        ever = flags.any(axis=1, keepdims=True)
        both = np.concatenate([ever, flags], axis=1)
        self.shares = merge_shares(self.shares, shares(both.reshape(-1, flags.shape[2])))

    def finish(self, values: Floats | None = None) -> Statistics:
        """The statistics; quantiles are exact where the values [variable, period, path] are given."""
        found, counted = self.moments, self.shares
        if found is None or counted is None:
            raise ValueError("no path was added")
        base = self.pairs or found
        quantiles, errors, within = self._quantiles(found, values)
        mean_error = base.deviation / math.sqrt(base.count)
        conditions = len(counted.true) // self.shape[1]
        table = (conditions, self.shape[1])
        return Statistics(
            paths=found.count,
            mean=self._table(found.mean),
            deviation=self._table(found.deviation),
            low=self._table(found.low),
            high=self._table(found.high),
            quantiles={share: self._table(row) for share, row in quantiles.items()},
            errors={"mean": self._table(mean_error)} | {f"{q:g}": self._table(r) for q, r in errors.items()},
            within={share: self._table(row) for share, row in within.items()},
            shares=counted.share.reshape(table),
            share_errors=counted.error(self.paired).reshape(table),
        )

    def _quantiles(
        self, found: Moments, values: Floats | None
    ) -> tuple[dict[float, Floats], dict[float, Floats], dict[float, Floats]]:
        """Quantiles, their errors (Woodruff 1952: half of what lies between the shares one error away)."""
        sides = {q: _sides(q, found.count) for q in QUANTILES}
        asked = sorted({*QUANTILES, *(side for both in sides.values() for side in both)})
        within: dict[float, Floats] = {}
        if values is not None:
            cells = values.reshape(-1, values.shape[2])
            every = exact_quantiles(cells, asked)
        elif self.grid is not None:
            both = self.grid.quantiles(asked, found.low, found.high)
            every = {share: pair[0] for share, pair in both.items()}
            within = {share: both[share][1] for share in QUANTILES}
        else:
            raise ValueError("neither values nor a grid for quantiles")
        errors = {q: (every[high] - every[low]) / 2 for q, (low, high) in sides.items()}
        return {q: every[q] for q in QUANTILES}, errors, within

    def _table(self, row: Floats) -> Floats:
        return row.reshape(self.shape)

    def state(self) -> dict[str, Any]:
        """Everything as arrays, for a file; `Fold.restore` takes it back."""
        found: dict[str, Any] = {"count": np.array(self.paths)}
        for name, part in (("moments", self.moments), ("pairs", self.pairs)):
            if part is not None:
                found |= {f"{name}_{key}": array for key, array in part.arrays().items()}
                found[f"{name}_count"] = np.array(part.count)
        if self.shares is not None:
            found |= {"true": self.shares.true, "both": self.shares.both}
        if self.grid is not None:
            found |= {"base": self.grid.base, "width": self.grid.width, "steps": self.grid.counts}
        return found

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from a state.

        Raises
        ------
        KeyError, ValueError
            Where it is not one of this fold.
        """
        cells = self.shape[0] * self.shape[1]
        if not int(state["count"]):
            return
        self.moments = _moments(state, "moments", cells)
        self.pairs = _moments(state, "pairs", cells) if self.paired else None
        self.shares = Shares(int(state["count"]), state["true"], state["both"])
        if self.counted:
            self.grid = Grid(state["base"], state["width"], state["steps"])
            if self.grid.counts.shape != (cells, STEPS + 2):
                raise ValueError("the state is of another run")


def _moments(state: Mapping[str, Any], name: str, cells: int) -> Moments:
    arrays = [state[f"{name}_{key}"] for key in ("mean", "squares", "low", "high")]
    if any(array.shape != (cells,) for array in arrays):
        raise ValueError("the state is of another run")
    return Moments(int(state[f"{name}_count"]), *arrays)


def _sides(share: float, count: int) -> tuple[float, float]:
    """Shares one standard error of the empirical distribution below and above."""
    error = math.sqrt(share * (1 - share) / count)
    return max(share - error, 0.0), min(share + error, 1.0)


def statistics_of(
    values: Floats,
    flags: Callable[[Floats], Flags] | None = None,
    paired: bool = False,
    rows: Sequence[int] | None = None,
) -> Statistics:
    """Statistics of paths that are all there.

    Parameters
    ----------
    values : array [slot, period, path]
    flags : callable, optional
        From those values to conditions [condition, period from 1, path].
    paired : bool
    rows : sequence of int, optional
        Which of the slots are meant.

    Examples
    --------
    >>> statistics_of(np.arange(10.0).reshape(1, 1, 10)).quantiles[0.5]
    array([[4.5]])
    """
    chosen = values if rows is None else values[list(rows)]
    fold = Fold((chosen.shape[0], chosen.shape[1]), paired, counted=False)
    none = np.zeros((0, values.shape[1] - 1, values.shape[2]), dtype=np.bool_)
    fold.add(chosen, flags(values) if flags else none)
    return fold.finish(chosen)
