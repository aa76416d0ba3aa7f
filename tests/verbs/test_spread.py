"""The spread of paths: statistics, errors and shares in JSON, tables and a fan."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.scenario.long import run_any
from creditor.scenario.run import Run
from creditor.scenario.scenario import make_scenario
from creditor.verbs.spread import spread_figure, spread_grids, spread_payload

DRAW = {"name": "public_spending", "distribution": "normal", "parameters": (0.0, 2.0)}


@pytest.fixture(scope="module")
def run() -> Run:
    scenario = make_scenario(model="sim", periods=6, paths=400, keep=["wages", "money"], draw=[DRAW])
    return run_any(scenario, asked=["wages > 100", "money < 70"])


def test_statistics_are_those_of_the_paths(run: Run) -> None:
    found, wages = spread_payload(run), run.result.series("wages")
    assert found["statistics"]["paths"] == 400 and found["statistics"]["quantiles"] == "exact"
    assert found["statistics"]["mean"]["wages"][0] is None
    assert found["statistics"]["mean"]["wages"][6] == pytest.approx(wages[6].mean())
    assert found["statistics"]["standard_deviation"]["wages"][6] == pytest.approx(wages[6].std(ddof=1))
    assert found["monte_carlo_errors"]["mean"]["wages"][6] == pytest.approx(wages[6].std(ddof=1) / 20)
    assert set(found["monte_carlo_errors"]) == {"mean", "0.05", "0.25", "0.5", "0.75", "0.95"}
    assert found["quantiles_within"] is None


def test_shares_have_errors_and_any_period(run: Run) -> None:
    first, second = spread_payload(run)["shares"]
    wages = run.result.series("wages")[1:]
    assert first["condition"] == "wages > 100" and first["share"][0] is None
    assert first["share"][1:] == pytest.approx((wages > 100).mean(axis=1))
    assert first["any_period"] == pytest.approx((wages > 100).any(axis=0).mean())
    assert first["any_period_error"] > 0 and second["condition"] == "money < 70"


def test_tables_show_the_last_period_and_the_shares(run: Run) -> None:
    paths, shares = spread_grids(run, ["wages", "money"])
    assert paths.columns[:4] == ("variable", "mean", "its error", "5%") and len(paths.rows) == 2
    assert paths.values[0][1] == pytest.approx(run.result.series("wages")[6].mean())
    assert shares.rows[0][0] == "wages > 100" and len(shares.rows[0]) == len(shares.columns)


def test_a_fan_has_the_quantiles(run: Run) -> None:
    figure = spread_figure(run, ["wages"], "model x", [])
    place, values, _ = figure["fans"][0]["points"][-1]
    wanted = np.quantile(run.result.series("wages")[6], [0.05, 0.25, 0.5, 0.75, 0.95])
    assert place == 6 and values == pytest.approx(wanted.tolist())


def test_one_path_has_no_spread() -> None:
    alone = run_any(make_scenario(model="sim", periods=2))
    assert spread_payload(alone) == {} and spread_grids(alone, ["money"]) == ()
    assert spread_figure(alone, ["money"], "", []) is None


def test_mirrored_paths_say_so() -> None:
    scenario = make_scenario(model="sim", periods=2, paths=64, antithetic=True, draw=[DRAW])
    (grid,) = spread_grids(run_any(scenario), ["wages"])
    assert "pairs" in grid.note and grid.values[0][2] < 1e-9  # sim is linear: pairs cancel


def test_points_of_sobol_say_that_errors_are_too_large() -> None:
    scenario = make_scenario(model="sim", periods=2, paths=64, sobol=True, draw=[DRAW])
    (grid,) = spread_grids(run_any(scenario), ["wages"])
    assert "Sobol" in grid.note
