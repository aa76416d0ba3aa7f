"""The kernel of the race is the model on the same shocks, and the race of searches looks for all that it counts."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import debt_efforts as search  # type: ignore[import-not-found]
import debt_paths as race  # type: ignore[import-not-found]


@pytest.mark.parametrize("code", ["KOR", "RUS", "CHN"])
def test_the_kernel_is_the_model(code):
    assert race.check(code, 50) < 1e-12


def test_draws_have_the_spread_of_the_model():
    from creditor.sustainability.baseline import baseline
    from creditor.sustainability.path import SLOPE, case_of, stochastic

    base = baseline("KOR")
    case = case_of(base, base.opening + race.YEARS, SLOPE)
    model = stochastic(case, 20_000, 1, "normal", ["debt_ratio"])["debt_ratio"][-1]
    kernels = [race.numpy_paths, race.numba_paths()]
    for kernel in (k for k in kernels if k):
        found = kernel(race.plan("KOR"), 20_000, 1)[-1]
        assert found.std() == pytest.approx(model.std(), rel=0.03)
        assert np.median(found) == pytest.approx(np.median(model), abs=0.006)


def test_the_race_of_the_rules_looks_for_every_criterion_of_every_country():
    count, countries, seconds = search.replication()
    assert (count, countries) == (27 * 2 * 8, 27) and seconds > 0


def test_the_search_runs_both_readings_for_every_economy_of_the_framework():
    count, economies, seconds = search.searches()
    assert (
        economies == 9
        and count > 9 * 2 * (9 + 5)
        and set(seconds)
        == {
            "baselines",
            "bruegel_2024",
            "commission_2024",
        }
    )
