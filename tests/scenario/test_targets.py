"""Targets: met exactly, shared among levers, kept in bounds, by name where they cannot be met."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.errors import NoSolutionError
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

BOUNDED = """
given a = 2 in 0 .. 5
given quiet = 1
let b = a ^ 2
let c = 3 + 0 * quiet
let hill = 4 - (a - 3) ^ 2
"""


def run(model="sim", periods=20, **fields):
    return run_scenario(make_scenario(model=model, periods=periods, **fields))


def aim(name: str, value: float, first: int, *by: str, **more):
    return {"name": name, "value": value, "from": first, "by": by, **more}


def test_a_level_in_closed_form() -> None:
    """SIM's stationary wages are spending over the tax rate."""
    done = run(periods=400, target=[aim("wages", 125, 400, "public_spending")])
    assert done.moved[0].after == pytest.approx(25, rel=1e-8)
    assert done.result.series("wages")[400, 0] == pytest.approx(125, rel=1e-10)


def test_two_targets_with_two_levers_at_once() -> None:
    goals = [aim("wages", 110, 20, "public_spending"), aim("money", 90, 20, "spend_of_wealth")]
    done = run(target=goals)
    assert done.result.series("wages")[20, 0] == pytest.approx(110, rel=1e-10)
    assert done.result.series("money")[20, 0] == pytest.approx(90, rel=1e-10)
    assert [moved.title for moved in done.moved] == ["public_spending", "spend_of_wealth"]


def test_a_path_has_a_lever_of_its_own_in_each_period() -> None:
    done = run(target=[aim("wages", 105, 3, "add consumption", to=6)])
    assert done.result.series("wages")[3:7, 0] == pytest.approx([105] * 4, rel=1e-10)
    assert [(m.first, m.last) for m in done.moved] == [(3, 3), (4, 4), (5, 5), (6, 6)]
    assert done.result.certificate.books <= 1e-12


def test_levers_share_a_target_by_their_sizes(text) -> None:
    model = text("given a = 10, b = 30 let c = a + b")
    done = run(model, 1, target=[aim("c", 50, 1, "a", "b")])
    assert [moved.change for moved in done.moved] == pytest.approx([1, 9]), "squared moves over sizes: 1 to 9"


def test_a_target_is_on_top_of_what_a_scenario_sets(text) -> None:
    model = text("given a = 10 let b = 2 * a")
    change = {"name": "a", "value": 20, "from": 3}
    done = run(model, 5, set=[change], target=[aim("b", 50, 4, "a")])
    assert done.result.series("b")[1:, 0] == pytest.approx([30, 30, 50, 50, 50])
    assert (done.moved[0].before, done.moved[0].after) == (10, pytest.approx(15))


def test_the_median_of_the_paths_meets_a_target_and_one_path_is_its_path() -> None:
    draw = {"name": "public_spending", "distribution": "normal", "parameters": [0, 1]}
    fields = {"draw": [draw], "paths": 101, "target": [aim("wages", 110, 10, "tax_rate")]}
    done = run(**fields)
    wages = done.result.series("wages")[10]
    assert np.median(wages) == pytest.approx(110, rel=1e-9) and wages.std() > 1
    alone = run_scenario(make_scenario(model="sim", periods=20, **fields), path=7)
    assert alone.result.series("wages")[10, 0] == wages[7] and alone.moved == done.moved


def test_a_lever_goes_to_its_bound_and_the_others_do_the_rest(text) -> None:
    model = text("given a = 2 in 0 .. 5, b = 1 let c = a + b")
    done = run(model, 1, target=[aim("c", 20, 1, "a", "b")])
    assert [moved.after for moved in done.moved] == pytest.approx([5, 15])


@pytest.mark.parametrize(
    ("goal", "nearest"),
    [
        (aim("b", 100, 1, "a"), "the nearest is 25, with a = 5, its bound"),
        (aim("b", -3, 1, "a"), "the nearest is 0"),
        (aim("c", 4, 1, "quiet"), "the nearest is 3, with quiet = 1"),
        (aim("hill", 5, 1, "a"), "the nearest is 4"),
    ],
)
def test_what_no_lever_reaches_is_told_with_the_nearest(text, goal, nearest: str) -> None:
    with pytest.raises(NoSolutionError) as caught:
        run(text(BOUNDED), 2, target=[goal])
    (trouble,) = caught.value.troubles
    assert trouble.code == "S712" and trouble.where == f"target {goal['name']}"
    assert f"does not reach {goal['value']:g} in period 1" in trouble.what
    assert nearest in trouble.why or nearest in trouble.why.replace("e-", "")


def test_a_target_behind_a_hill_is_found(text) -> None:
    """From a = 0 the slope at the start points away from the bounds' other side."""
    model = text("given a = 0.5 in 0 .. 9 let b = a * (a - 4) ^ 2")
    done = run(model, 1, target=[aim("b", 100, 1, "a")])
    assert done.result.series("b")[1, 0] == pytest.approx(100, rel=1e-9)


def test_lever_values_without_a_solution_are_passed_over(text) -> None:
    model = text("given a = 4 let b = log(a)")
    done = run(model, 1, target=[aim("b", -3, 1, "a")])
    assert done.moved[0].after == pytest.approx(np.exp(-3), rel=1e-8)


def test_a_target_near_a_pole_is_reached_by_short_steps() -> None:
    wanted = 1e6  # money = 48 + 0.4 (1 - t) wages, wages = 52 / (0.4 + 0.6 t): a whole step passes the pole at -2/3
    aim = {"name": "money", "value": wanted, "from": 1, "by": ["tax_rate"]}
    found = run_scenario(make_scenario(model="sim", periods=2, target=[aim]))
    rate = (20.8 - 0.4 * (wanted - 48)) / (20.8 + 0.6 * (wanted - 48))
    assert found.moved[0].after == pytest.approx(rate, rel=1e-9)
