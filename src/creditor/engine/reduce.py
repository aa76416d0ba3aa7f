"""Owns reductions over paths: means, spreads, extremes and shares, in fixed chunks merged from left to right.

A chunk has 1,024 paths, the last one what is left. Inside a chunk numbers are added by halves, and chunks are
merged in the order of the paths, element by element. So neither threads nor the sizes of pieces change a
digit, nor does a stop and a later start, nor the width of the machine's vectors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]
    Counts = npt.NDArray[np.int64]

CHUNK = 1024  # paths; a power of two
CELLS = 32  # added up at once, so that they stay near


@dataclass(frozen=True)
class Moments:
    """What is known of some paths.

    Parameters
    ----------
    count : int
        Number of paths.
    mean, squares : arrays [cell]
        Mean, and sum of squared deviations from it.
    low, high : arrays [cell]
        Smallest and largest value; not-a-number where a value is not known.
    """

    count: int
    mean: Floats
    squares: Floats
    low: Floats
    high: Floats

    @property
    def deviation(self) -> Floats:
        """Standard deviation over paths, with one degree of freedom less; not-a-number for one path."""
        if self.count < 2:
            return np.full_like(self.mean, np.nan)
        return np.sqrt(self.squares / (self.count - 1))

    def arrays(self) -> dict[str, Floats]:
        """The arrays by name, for a file."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "count"}


def moments(values: Floats) -> Moments:
    """Moments of at most one chunk.

    Parameters
    ----------
    values : array [cell, path]
        From 1 to `CHUNK` paths.

    Examples
    --------
    >>> found = moments(np.array([[1.0, 2.0, 3.0]]))
    >>> found.mean, found.deviation
    (array([2.]), array([1.]))
    """
    count = values.shape[1]
    if not 1 <= count <= CHUNK:
        raise ValueError(f"a chunk has 1 to {CHUNK} paths, not {count}")
    low, high = values.min(axis=1), values.max(axis=1)
    mean = _total(values) / count
    mean = np.minimum(np.maximum(mean, low), high)  # rounding never puts a mean outside its values
    away = values - mean[:, None]
    return Moments(count, mean, _total(away * away), low, high)


def merge(one: Moments | None, other: Moments) -> Moments:
    """Moments of the paths of both, the first ones on the left (Chan, Golub and LeVeque 1983).

    Examples
    --------
    >>> both = merge(moments(np.array([[1.0, 2.0]])), moments(np.array([[6.0]])))
    >>> both.count, both.mean, both.squares
    (3, array([3.]), array([14.]))
    """
    if one is None:
        return other
    count = one.count + other.count
    away = other.mean - one.mean
    mean = one.mean + away * (other.count / count)
    squares = one.squares + other.squares + away * away * (one.count * other.count / count)
    return Moments(count, mean, squares, np.minimum(one.low, other.low), np.maximum(one.high, other.high))


def chunks(values: Floats, begun: int = 0) -> Iterator[Floats]:
    """Paths in chunks; each begins at a multiple of `CHUNK` in the whole run.

    Parameters
    ----------
    values : array [cell, path]
    begun : int
        Number of the first path; a multiple of `CHUNK`.

    Examples
    --------
    >>> [part.shape[1] for part in chunks(np.zeros((1, 2500)))]
    [1024, 1024, 452]
    """
    if begun % CHUNK:
        raise ValueError(f"path {begun} begins no chunk of {CHUNK}")
    for first in range(0, values.shape[1], CHUNK):
        yield values[:, first : first + CHUNK]


def pairs(values: Floats) -> Floats:
    """Means of neighbouring paths, which mirror each other; the last of an odd number stands alone.

    Examples
    --------
    >>> pairs(np.array([[1.0, 3.0, 5.0]]))
    array([[2., 5.]])
    """
    even, odd = values[:, 0::2], values[:, 1::2]
    found = even.copy()
    found[:, : odd.shape[1]] = (found[:, : odd.shape[1]] + odd) / 2
    return found


@dataclass(frozen=True)
class Shares:
    """On how many paths conditions hold.

    Parameters
    ----------
    count : int
        Number of paths.
    true : array [cell] of int
        Paths on which each holds.
    both : array [cell] of int
        Pairs of neighbouring paths 2k and 2k + 1 on which it holds twice.
    """

    count: int
    true: Counts
    both: Counts

    @property
    def share(self) -> Floats:
        """Share of the paths."""
        return self.true / self.count

    def error(self, paired: bool = False) -> Floats:
        """Standard error of the shares; ``paired`` where neighbouring paths mirror each other.

        Half a path more on either side (Jeffreys), so that what was never seen is not taken for impossible.
        """
        if self.count < 2:
            return np.full(self.true.shape, np.nan)
        near = (self.true + 0.5) / (self.count + 1)
        plain = np.sqrt(near * (1 - near) / self.count)
        if not paired:
            return plain
        share, count = self.share, -(-self.count // 2)
        squares = (self.both + (self.true - 2 * self.both) / 4) / count
        found = np.sqrt(np.maximum(squares - share * share, 0.0) / count)
        return np.where((self.true == 0) | (self.true == self.count), plain, found)


def shares(flags: Flags) -> Shares:
    """Shares of paths.

    Parameters
    ----------
    flags : array [cell, path] of bool
        Beginning with an even path.

    Examples
    --------
    >>> shares(np.array([[True, True, False, True]])).share
    array([0.75])
    """
    odd = flags[:, 1::2]
    both = (flags[:, 0::2][:, : odd.shape[1]] & odd).sum(axis=1)
    return Shares(flags.shape[1], flags.sum(axis=1), both)


def merge_shares(one: Shares | None, other: Shares) -> Shares:
    """Shares over the paths of both.

    Examples
    --------
    >>> merge_shares(shares(np.array([[True]])), shares(np.array([[False]]))).share
    array([0.5])
    """
    if one is None:
        return other
    return Shares(one.count + other.count, one.true + other.true, one.both + other.both)


def _total(values: Floats) -> Floats:
    """Sum over paths, by halves of `CHUNK`; what is missing there counts as zero."""
    if not len(values):
        return np.zeros(0)
    return np.concatenate([_halved(values[first : first + CELLS]) for first in range(0, len(values), CELLS)])


def _halved(values: Floats) -> Floats:
    if values.shape[1] < CHUNK:
        padded = np.zeros((values.shape[0], CHUNK))
        padded[:, : values.shape[1]] = values
        values = padded
    width = CHUNK
    while width > 1:
        width //= 2
        values = values[:, :width] + values[:, width : 2 * width]
    return values[:, 0]
