"""Owns the block bootstrap: past values drawn in blocks of neighbouring rows, the same rows for all names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.draws import mirrored, name_key, uniform

if TYPE_CHECKING:
    import numpy.typing as npt

    from creditor.engine.draws import Source

    Floats = npt.NDArray[np.float64]
    Whole = npt.NDArray[np.int64]


def rows_drawn(
    name: str,
    seed: int,
    rows: int,
    block: int,
    paths: Whole,
    periods: Whole,
    antithetic: bool = False,
    source: Source | None = None,
) -> Whole:
    """Which past row each period of each path takes.

    Parameters
    ----------
    name : str
        Part of the key.
    seed : int
    rows : int
        How many there are; after the last comes the first again (Politis and Romano 1992).
    block : int
        How many periods take neighbouring rows before another begins.
    paths, periods : arrays of int
    antithetic, source
        As in `creditor.engine.draws.Draw.numbers`.

    Returns
    -------
    array of int [period, path]

    Examples
    --------
    >>> rows = rows_drawn("x", 0, 10, 3, np.arange(1), np.arange(1, 7))[:, 0]
    >>> ((rows[1:3] - rows[:2]) % 10).tolist(), ((rows[4:] - rows[3:5]) % 10).tolist()
    ([1, 1], [1, 1])
    """
    number, within = (periods - 1) // block, (periods - 1) % block
    begins = number * block + 1
    numbers = mirrored(source or uniform, (seed, name_key(name)), paths, begins, antithetic)
    first = np.minimum((numbers * rows).astype(np.int64), rows - 1)
    found: Whole = (first + within[:, None]) % rows
    return found
