"""Block bootstrap: neighbouring rows in blocks, every row as often, the same for any subset of paths."""

from __future__ import annotations

import numpy as np

from creditor.engine.bootstrap import rows_drawn

PERIODS = np.arange(1, 31)


def test_blocks_are_neighbouring_rows_and_all_rows_come_up_alike() -> None:
    rows = rows_drawn("x", 5, 12, 4, np.arange(4000), PERIODS)
    steps = (np.diff(rows, axis=0) % 12).reshape(29, -1)
    inside = [n for n in range(29) if (n + 1) % 4]
    assert (steps[inside] == 1).all() and (steps[3] != 1).any()
    shares = np.bincount(rows.ravel(), minlength=12) / rows.size
    assert np.abs(shares - 1 / 12).max() < 0.005


def test_a_path_has_its_rows_whatever_else_is_drawn() -> None:
    everything = rows_drawn("x", 5, 12, 4, np.arange(100), PERIODS)
    assert np.array_equal(rows_drawn("x", 5, 12, 4, np.arange(40, 60), PERIODS), everything[:, 40:60])
    assert np.array_equal(rows_drawn("x", 5, 12, 4, np.arange(100), PERIODS[:7]), everything[:7])
    assert not np.array_equal(rows_drawn("y", 5, 12, 4, np.arange(100), PERIODS), everything)
    assert everything.min() >= 0 and everything.max() <= 11
