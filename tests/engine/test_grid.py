"""Quantiles by a grid: within the stated distance of the exact ones, whatever the distribution."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.grid import Grid, exact_quantiles
from creditor.engine.reduce import CHUNK

SHARES = [0.0, 0.01, 0.05, 0.5, 0.95, 0.999, 1.0]


def drawn(kind: str, paths: int) -> np.ndarray:
    chance = np.random.default_rng(3)
    made = {
        "normal": chance.normal(5.0, 2.0, (3, paths)),
        "heavy": chance.standard_t(2, (3, paths)),
        "skewed": np.exp(3 * chance.normal(size=(3, paths))),
        "two values": chance.integers(0, 2, (3, paths)).astype(float),
        "rare": (chance.random((3, paths)) < 1e-4).astype(float),
        "drifting": chance.normal(size=(3, paths)) + np.linspace(0, 50, paths),
        "large": 1e15 + chance.normal(size=(3, paths)),
        "one value": np.full((3, paths), 0.1),
        "tiny": 5e-324 * chance.integers(0, 9, (3, paths)),
        "wide": np.where(chance.random((3, paths)) < 0.5, -1.7e308, 1.7e308),
    }
    return made[kind]


@pytest.mark.parametrize(
    "kind",
    [
        *("normal", "heavy", "skewed", "two values", "rare"),
        *("drifting", "large", "one value", "tiny", "wide"),
    ],
)
def test_a_quantile_is_within_its_stated_distance(kind: str) -> None:
    values = drawn(kind, 20_000)
    grid = Grid.laid(values[:, :CHUNK])
    for first in range(0, values.shape[1], 3000):
        grid.add(values[:, first : first + 3000])
    with np.errstate(all="ignore"):
        exact = exact_quantiles(values, SHARES)
        found = grid.quantiles(SHARES, values.min(axis=1), values.max(axis=1))
    for share in SHARES:
        value, within = found[share]
        with np.errstate(all="ignore"):
            assert (np.abs(value - exact[share]) <= within * (1 + 1e-12) + 1e-300).all(), share


def test_the_grid_is_fine_where_the_paths_are() -> None:
    values = drawn("normal", 100_000)
    grid = Grid.laid(values[:, :CHUNK])
    grid.add(values)
    for share, (value, within) in grid.quantiles([0.05, 0.5], values.min(axis=1), values.max(axis=1)).items():
        assert (within < 0.01).all()
        assert np.abs(value - np.quantile(values, share, axis=1)).max() < 1e-3


def test_what_is_not_known_has_no_quantile() -> None:
    values = np.array([[np.nan] * 4, [1.0, 2.0, 3.0, 4.0]])
    grid = Grid.laid(values)
    grid.add(values)
    value, _ = grid.quantiles([0.5], values.min(axis=1), values.max(axis=1))[0.5]
    assert np.isnan(value[0]) and value[1] == pytest.approx(2.5, abs=2e-3)


def test_any_order_and_any_pieces_count_the_same() -> None:
    values = drawn("heavy", 5000)
    grids = [Grid.laid(values[:, :CHUNK]) for _ in range(2)]
    grids[0].add(values)
    for first in (2500, 0):
        grids[1].add(values[:, first : first + 2500])
    assert np.array_equal(grids[0].counts, grids[1].counts)
