"""Statistics of paths: pieces, a stop and a later start change no digit; errors are what repetition shows."""

from __future__ import annotations

import math

import numpy as np
import pytest

from creditor.engine.statistics import QUANTILES, Fold, Statistics, statistics_of


def some(paths: int, seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    values = np.random.default_rng(seed).normal(2.0, 1.0, (2, 4, paths))
    values[1, 0] = np.nan
    return values, values[:1, 1:] > 2.5


def same(one: Statistics, other: Statistics) -> bool:
    parts = [
        *((one.mean, other.mean), (one.deviation, other.deviation), (one.low, other.low)),
        *((one.high, other.high), (one.shares, other.shares), (one.share_errors, other.share_errors)),
        *((one.quantiles[q], other.quantiles[q]) for q in QUANTILES),
        *((one.errors[name], other.errors[name]) for name in one.errors),
    ]
    return all(np.array_equal(a, b, equal_nan=True) for a, b in parts)


@pytest.mark.parametrize("paired", [False, True])
def test_pieces_and_a_state_on_the_way_change_no_digit(paired: bool) -> None:
    values, flags = some(5000)
    whole = Fold((2, 4), paired)
    whole.add(values, flags)
    first = Fold((2, 4), paired)
    first.add(values[:, :, :2048], flags[:, :, :2048])
    later = Fold((2, 4), paired)
    later.restore(first.state())
    assert later.paths == 2048
    later.add(values[:, :, 2048:4096], flags[:, :, 2048:4096])
    later.add(values[:, :, 4096:], flags[:, :, 4096:])
    assert same(whole.finish(), later.finish())


def test_a_state_of_another_run_is_refused() -> None:
    fold = Fold((2, 4))
    fold.add(*some(10))
    with pytest.raises(ValueError, match="another run"):
        Fold((3, 4)).restore(fold.state())
    with pytest.raises(KeyError):
        Fold((2, 4), paired=True).restore(fold.state())


def test_exact_statistics_are_those_of_numpy() -> None:
    values, _ = some(3000)
    found = statistics_of(values, lambda v: v[:1, 1:] > 2.5)
    assert found.method == "exact" and not found.within and found.paths == 3000
    for share in QUANTILES:
        expected = np.quantile(values, share, axis=2)
        assert np.array_equal(found.quantiles[share], expected, equal_nan=True)
    assert found.mean[0] == pytest.approx(values[0].mean(axis=1))
    assert np.isnan(found.mean[1, 0])
    assert found.shares[0, 1:] == pytest.approx((values[0, 1:] > 2.5).mean(axis=1))
    assert found.shares[0, 0] == pytest.approx((values[0, 1:] > 2.5).any(axis=0).mean())
    assert found.share_errors[0, 1] == pytest.approx(math.sqrt(0.31 * 0.69 / 3000), rel=0.05)


def test_a_grid_agrees_with_exact_quantiles_and_says_how_far() -> None:
    values, flags = some(5000)
    fold = Fold((2, 4))
    fold.add(values, flags)
    found, exact = fold.finish(), fold.finish(values)
    assert found.method == "grid of 4096 steps"
    for share in QUANTILES:
        away = np.abs(found.quantiles[share] - exact.quantiles[share])
        assert (away <= found.within[share])[~np.isnan(away)].all()


def test_errors_are_what_repetition_shows() -> None:
    rows = [statistics_of(some(500, seed)[0]) for seed in range(60)]
    for name, of in (
        ("mean", lambda s: s.mean),
        ("0.05", lambda s: s.quantiles[0.05]),
        ("0.5", lambda s: s.quantiles[0.5]),
    ):
        spread = np.std([of(row)[0, 1] for row in rows])
        stated = np.mean([row.errors[name][0, 1] for row in rows])
        assert stated == pytest.approx(spread, rel=0.3), name


def test_nothing_gives_no_statistics() -> None:
    with pytest.raises(ValueError, match="no path"):
        Fold((1, 1)).finish()
