"""The choice of variables for a picture: reported ones first, else those that move, of one unit and apart."""

from __future__ import annotations

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.load import load_model
from creditor.equations.parse import parse
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario
from creditor.verbs.choice import MOST, SMALL, choose, reported, units_of
from creditor.verbs.trajectories import trajectories


def test_what_moves_most_for_its_size_comes_first():
    values = {"a": [9.0, 100.0, 101.0], "b": [9.0, 50.0, 60.0], "c": [9.0, 70.0, 70.0]}
    assert choose(values) == ["b", "a", "c"]
    assert choose(values, by_size=True) == ["a", "c", "b"]


def test_the_opening_does_not_count_as_a_move():
    assert choose({"a": [0.0, 5.0, 5.0], "b": [None, 4.0, 4.4]}) == ["b", "a"]


def test_lines_that_coincide_are_shown_once():
    values = {"a": [None, 1.0, 2.0], "b": [5.0, 1.0, 2.0 + 1e-12], "c": [None, 1.0, 2.1]}
    assert choose(values) == ["c", "a"]
    assert choose({"a": [1.0], "b": [None]}) == ["a"]


def test_small_ones_would_lie_on_the_axis():
    values = {"a": [0.0, 100.0, 120.0], "b": [0.0, 1.0, 2.0], "c": [0.0, 100 * SMALL * 1.3, 7.0]}
    assert choose(values) == ["a", "c"]


def test_one_unit_in_a_picture():
    values = {"a": [0.0, 1.0, 2.0], "r": [0.0, 0.1, 0.9], "b": [0.0, 2.0, 3.0], "x": [0.0, 1.0, 9.0]}
    units = {"a": "money", "b": "money", "r": "pure number"}
    assert choose(values, units) == ["a", "b"]
    flat = {**values, "a": [1.0] * 3, "b": [2.0] * 3}
    assert choose(flat, units) == ["r"]
    assert choose({"x": [0.0, 1.0, 2.0], "a": [3.0, 3.0, 3.0]}, units) == ["x"]


def test_where_nothing_moves_the_largest_are_shown():
    values = {f"v{i}": [None, float(i), float(i)] for i in range(1, 10)}
    values |= {"net_worth[a]": [99.0, 99.0, 99.0]}
    assert choose(values) == ["v9", "v8", "v7", "v6", "v5", "v4"]
    assert choose({"net_worth[a]": [1.0, 1.0], "saving[a]": [2.0, 2.0]}) == ["saving[a]", "net_worth[a]"]
    assert choose({}) == [] and choose({"a": [None, None]}) == ["a"]


def test_reported_variables_come_first_in_their_order():
    text = "dimension d = N, S given g = 2 let x[d] = g let y = g let z = 3 * g report z, y, x[S] report x"
    model = elaborate(draft(parse(text)))
    values = {"x[N]": [1.0, 1.5], "x[S]": [1.0, 2.5], "y": [2.0, 2.6], "z": [3.0, 6.0], "other": [1.0, 9.0]}
    assert reported(model, values) == ["z", "y", "x[S]", "x[N]"]
    assert choose(values, {}, reported(model, values)) == ["z", "y", "x[S]", "x[N]"]
    assert choose(values, {"y": "money"}, ["z", "y"]) == ["z"]
    assert choose(values, {}, ["not there"]) == choose(values)


@pytest.mark.parametrize("name", ["sim", "pc", "growth", "openflex", "country", "us_debt", "three_economies"])
def test_pictures_of_the_library(name):
    run = run_scenario(make_scenario(model=name, periods=40))
    values, units = trajectories(run), units_of(run.model)
    found = choose(values, units, reported(run.model, values))
    assert found == choose(trajectories(run), units_of(load_model(name)), reported(run.model, values))
    assert 0 < len(found) <= MOST and len({units.get(title, "") for title in found}) == 1
    last = [values[title][-1] for title in found]
    assert len({f"{value:.9g}" for value in last}) == len(last)
