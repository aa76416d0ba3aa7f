"""Reductions: right against NumPy, and the same digits however the paths come in."""

from __future__ import annotations

import math

import numpy as np
import pytest

from creditor.engine.reduce import CHUNK, chunks, merge, merge_shares, moments, pairs, shares


def some(paths: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(1e6, 1.0, (5, paths))


def folded(values: np.ndarray):
    found = None
    for part in chunks(values):
        found = merge(found, moments(part))
    return found


@pytest.mark.parametrize("paths", [1, 2, 7, CHUNK, CHUNK + 1, 5000])
def test_moments_are_those_of_numpy_where_much_cancels(paths: int) -> None:
    values = some(paths)
    found = folded(values)
    assert found.count == paths
    assert found.mean == pytest.approx(values.mean(axis=1), rel=1e-15)
    assert np.array_equal(found.low, values.min(axis=1)) and np.array_equal(found.high, values.max(axis=1))
    if paths > 1:
        assert found.deviation == pytest.approx(values.std(axis=1, ddof=1), rel=1e-9)
    else:
        assert np.isnan(found.deviation).all()


def test_a_mean_of_equal_numbers_is_that_number() -> None:
    found = folded(np.full((1, 3001), 0.1))
    assert found.mean[0] == 0.1 and found.deviation[0] == 0.0


def test_what_is_not_known_stays_unknown() -> None:
    values = some(10)
    values[2] = np.nan
    found = moments(values)
    assert np.isnan(found.mean).tolist() == [False, False, True, False, False]


def test_a_chunk_begins_at_a_multiple_and_has_a_limit() -> None:
    with pytest.raises(ValueError, match="path 5 begins no chunk"):
        list(chunks(some(3), 5))
    with pytest.raises(ValueError, match="1 to 1024 paths"):
        moments(some(CHUNK + 1))


def test_mirrored_pairs_have_the_error_of_their_means() -> None:
    chance = np.random.default_rng(2).normal(size=2000)
    values = np.empty((1, 4000))
    values[0, 0::2], values[0, 1::2] = chance, -chance
    assert np.all(pairs(values) == 0)
    flags = values > 0
    found = shares(flags)
    assert found.share[0] == 0.5 and found.error(paired=True)[0] == 0.0
    assert found.error()[0] == pytest.approx(math.sqrt(0.25 / 4000))


def test_shares_add_up_over_pieces() -> None:
    flags = some(3000) > 1e6
    whole = shares(flags)
    found = None
    for first in (0, 1024, 2048):
        found = merge_shares(found, shares(flags[:, first : first + 1024]))
    assert found.count == 3000
    assert np.array_equal(found.true, whole.true) and np.array_equal(found.both, whole.both)
    assert whole.share == pytest.approx(flags.mean(axis=1))


def test_what_was_never_seen_is_not_certain() -> None:
    never = shares(np.zeros((1, 400), dtype=bool))
    for paired in (False, True):
        assert 0.5 / 400 < never.error(paired)[0] < 1 / 400
    assert shares(np.ones((1, 400), dtype=bool)).error()[0] == pytest.approx(never.error()[0])
