"""Sobol's points: even in every dimension, better than luck, the same for any subset, limits by name."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from creditor.engine.draws import name_key, normal, uniform
from creditor.engine.sobol import DIMENSIONS, Points
from creditor.errors import InputError

WHEN = np.arange(1, 6)


def test_each_dimension_has_one_point_in_each_of_its_parts() -> None:
    paths = np.arange(256)
    points = Points(3, 5, paths)
    for position in range(3):
        numbers = points.of(position)((7, name_key(f"x{position}")), paths, WHEN, 0)
        assert ((numbers > 0) & (numbers < 1)).all()
        assert (np.sort((numbers * 256).astype(int), axis=1) == np.arange(256)).all()


def test_points_are_those_of_scipy_with_shifted_digits() -> None:
    plain = np.rint(qmc.Sobol(10, scramble=False, bits=30).random(16) * 2.0**30).astype(np.int64)
    points = Points(2, 5, np.arange(16))
    mine = [points.of(p)((3, 9), np.arange(16), WHEN, 0) * 2.0**30 - 0.5 for p in (0, 1)]
    for t in range(5):
        for position in (0, 1):
            digits = mine[position][t].astype(np.int64) ^ plain[:, 2 * t + position]
            assert len(set(digits.tolist())) == 1, "one shift for the whole dimension"


def test_any_subset_has_the_same_digits_and_a_seed_moves_all() -> None:
    everything = Points(2, 5, np.arange(200)).of(1)((1, 2), np.arange(200), WHEN, 0)
    some = np.arange(130, 170)
    assert np.array_equal(Points(2, 5, some).of(1)((1, 2), some, WHEN, 0), everything[:, 130:170])
    assert not np.array_equal(Points(2, 5, some).of(1)((2, 2), some, WHEN, 0), everything[:, 130:170])


def test_a_mean_over_five_periods_is_closer_than_by_luck() -> None:
    paths = np.arange(1024)
    points = Points(1, 5, paths)
    even = np.exp(0.2 * normal(points.of(0)((5, 5), paths, WHEN, 0)).sum(axis=0)).mean()
    luck = np.exp(0.2 * normal(uniform((5, 5), paths, WHEN, 0)).sum(axis=0)).mean()
    exact = np.exp(0.02 * 5)
    assert abs(even - exact) < 0.002 < abs(luck - exact)


def test_limits_are_told() -> None:
    with pytest.raises(InputError, match="21,201") as caught:
        Points(3, DIMENSIONS // 3 + 1, np.arange(2))
    assert caught.value.codes == ("S703",)
    with pytest.raises(InputError, match=r"2\^30"):
        Points(1, 1, np.array([2**30]))
