"""Sweeps and elasticities: closed forms, bounds, points without a solution."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.analysis.sweep import Axis, axis_of, elasticities, sweep
from creditor.errors import InputError
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario


@pytest.fixture
def scenario(tmp_path):
    def make(text: str, **fields):
        path = tmp_path / "small.model"
        path.write_text(text, "utf-8")
        return make_scenario(**{"model": str(path), "periods": 2, **fields})

    return make


def test_a_grid_has_the_digits_of_runs_alone() -> None:
    axes = [Axis("tax_rate", (0.1, 0.2, 0.3)), Axis("public_spending", (15.0, 25.0))]
    found = sweep(make_scenario(model="sim", periods=7), axes, "wages", 5)
    assert found.values.shape == (3, 2) and found.period == 5
    for i, tax in enumerate(axes[0].values):
        for j, spending in enumerate(axes[1].values):
            changes = [{"name": "tax_rate", "value": tax}, {"name": "public_spending", "value": spending}]
            alone = run_scenario(make_scenario(model="sim", periods=5, set=changes))
            assert found.values[i, j] == alone.result.series("wages")[5, 0]


def test_points_without_a_solution_are_absent_and_told(scenario) -> None:
    found = sweep(scenario("given a = 1 let b = 1 / a"), [Axis("a", (-1.0, 0.0, 1.0))], "b")
    assert found.values[[0, 2], 0].tolist() == [-1.0, 1.0] and np.isnan(found.values[1, 0])
    assert list(found.causes) == [(0.0,)] and "no valid value" in found.causes[(0.0,)]


def test_elasticities_of_a_power_law(scenario) -> None:
    text = "given a = 2, b = 3, c = 0, d = 5 let x = a ^ 2 * b ^ (-1.5) + c"
    found, level, _, period = elasticities(scenario(text), "x")
    by = {e.given: e for e in found}
    assert level == pytest.approx(4 * 3**-1.5) and period == 2
    assert by["a"].elasticity == pytest.approx(2, rel=1e-5) and by["b"].elasticity == pytest.approx(
        -1.5, rel=1e-5
    )
    assert by["c"].elasticity is None and by["c"].slope == pytest.approx(1)
    assert by["d"].elasticity == 0 and [e.given for e in found[:2]] == ["a", "b"]


def test_a_given_at_its_bound_moves_to_one_side(scenario) -> None:
    found, *_ = elasticities(scenario("given a = 1 in 0 .. 1 given b = 2 let x = 3 * a * b"), "x")
    by = {e.given: e for e in found}
    assert by["a"].one_sided and not by["b"].one_sided
    assert by["a"].elasticity == pytest.approx(1) and by["a"].slope == pytest.approx(6)


def test_draws_are_common_and_the_median_is_taken() -> None:
    draw = {"name": "public_spending", "distribution": "normal", "parameters": [0, 2]}
    drawn = make_scenario(model="sim", periods=4, paths=25, draw=[draw])
    found = sweep(drawn, [Axis("spend_of_wealth", (0.4, 0.4000001))], "wages")
    alone = run_scenario(drawn).result.series("wages")[4]
    assert found.values[0, 0] == np.median(alone) and abs(found.values[1, 0] - found.values[0, 0]) < 1e-3


def test_a_given_that_is_drawn_keeps_its_draws() -> None:
    draw = {"name": "public_spending", "distribution": "normal", "parameters": [0, 2]}
    drawn = make_scenario(model="sim", periods=4, paths=25, draw=[draw])
    found = sweep(drawn, [Axis("public_spending", (20.0, 30.0))], "wages")
    more = drawn.model_copy(
        update={"set": make_scenario(model="sim", set=[{"name": "public_spending", "value": 30.0}]).set}
    )
    medians = [np.median(run_scenario(one).result.series("wages")[4]) for one in (drawn, more)]
    assert found.values[:, 0].tolist() == medians


def test_what_cannot_be_swept(scenario) -> None:
    small = scenario("dimension d = N, S given a = 1 in 0 .. 2 given g[d] = 1 let x[d] = a * g")
    for axes, of, at, words in (
        ([Axis("a", (1.0, 3.0))], "x[N]", None, "lies outside"),
        ([Axis("q", (1.0, 2.0))], "x[N]", None, "not in the model"),
        ([Axis("g", (1.0, 2.0)), Axis("g[N]", (1.0, 2.0))], "x[N]", None, "swept twice"),
        ([Axis("a", (1.0, 2.0))], "x", None, "has 2 cells"),
        ([Axis("a", (1.0, 2.0))], "x[N]", 9, "no period 9"),
        (
            [Axis("a", tuple(np.linspace(0, 1, 200))), Axis("g", tuple(np.linspace(0, 1, 200)))],
            "x[N]",
            1,
            "40,000",
        ),
    ):
        with pytest.raises(InputError, match=words):
            sweep(small, axes, of, at)


def test_ranges_as_they_are_written() -> None:
    assert axis_of(" rate[N, S] = -1 : 1 : 3") == Axis("rate[N, S]", (-1.0, 0.0, 1.0))
    for text in ("a=1:2", "a=1:2:1", "a=1:1:3", "a=x:2:3", "=1:2:3", "a=1:2:3:4", "a=nan:2:3", "a", ""):
        assert axis_of(text) is None, text
