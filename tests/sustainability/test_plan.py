"""Plans: equal steps add up to their total, and an outcome of many candidates has each of them."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.sustainability.plan import AFTER, Outcome, equal_steps, periods_needed


def test_a_path_reaches_ten_years_beyond_the_last_step():
    for years in (4, 7):
        assert (
            periods_needed(years) == 1 + years + AFTER
        )  # one year of the projection stands before the first


def test_equal_steps_add_up():
    steps = equal_steps(np.array([0.04, -0.021]), 7)
    assert steps.shape == (7, 2) and np.ptp(steps, axis=0).tolist() == [0.0, 0.0]
    assert steps.sum(axis=0) == pytest.approx([0.04, -0.021])


def test_one_candidate_of_an_outcome():
    parts = np.arange(36.0).reshape(6, 3, 2)
    one = Outcome(*parts).one(1)
    fields = (one.debt, one.balance, one.primary, one.structural, one.interest, one.growth)
    assert np.array_equal(np.stack(fields), parts[:, :, 1:])
