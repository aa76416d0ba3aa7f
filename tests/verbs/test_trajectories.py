"""Trajectories of a run: values by period, medians and quantiles over paths, CSV at full precision."""

from __future__ import annotations

import csv
import io
import warnings

import numpy as np
import pytest

from creditor.errors import InputError
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario
from creditor.verbs import trajectories as t


def run(**fields):
    return run_scenario(make_scenario(**{"model": "sim", "periods": 4, **fields}))


DRAW = {"name": "public_spending", "distribution": "normal", "parameters": [0, 1]}


def test_one_path_is_shown_as_it_is():
    found = run(set=[{"name": "public_spending", "value": 25}])
    values = t.trajectories(found)
    assert list(values) == [found.model.title(slot) for slot in found.model.variables]
    assert values["wages"] == [None, *found.result.series("wages")[1:, 0].tolist()]
    assert all(type(x) is float for x in values["money"])


def test_several_paths_are_shown_by_median_and_quantiles():
    found = run(paths=101, draw=[DRAW])
    paths = np.sort(found.result.series("wages"), axis=1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values, spread = t.trajectories(found), t.quantiles(found)
    assert values["wages"] == [None, *paths[1:, 50].tolist()]
    assert list(spread) == ["0.05", "0.25", "0.75", "0.95"]
    for name, place in zip(spread, (5, 25, 75, 95), strict=True):
        assert spread[name]["wages"][1:] == pytest.approx(paths[1:, place].tolist(), rel=1e-14)
        assert spread[name]["wages"][0] is None


def test_differences_are_medians_path_by_path():
    rise = [{"name": "public_spending", "value": 25}]
    one, other = run(paths=9, draw=[DRAW]), run(paths=9, draw=[DRAW], set=rise)
    apart = other.result.series("wages") - one.result.series("wages")
    found = t.differences(one, other)["wages"]
    assert found[1:] == pytest.approx(np.median(apart, axis=1)[1:].tolist(), rel=1e-14)
    assert apart[1:].std(axis=1).max() < 1e-9, "the draws are shared"
    with pytest.raises(InputError, match="4 periods on 1 paths against 5 periods on 1 paths"):
        t.differences(run(), run(periods=5))
    with pytest.raises(InputError, match="S702"):
        t.differences(run(), run(paths=2))


def test_shown_takes_what_moves_or_the_largest_and_leaves_out_the_derived():
    values = {f"v{i}": [None, float(i)] for i in range(9)} | {"net_worth[a]": [99.0], "saving[a]": [99.0]}
    assert t.shown(values) == ["v8", "v7", "v6", "v5", "v4", "v3"]
    assert t.shown({"a": [-5.0, -5.0], "b": [3.0, 3.0]}) == ["a", "b"]
    moving = run(set=[{"name": "public_spending", "value": 25, "from": 2}], periods=9)
    values, model = t.trajectories(moving), moving.model
    moved = ["purchases", "wages", "taxes", "disposable_income", "consumption", "money"]
    assert t.shown(values, model=model) == moved


def test_shown_finds_names_with_any_spaces_and_refuses_all_others_at_once():
    values = {"bills[N, households]": [1.0], "wages": [1.0]}
    assert t.shown(values, ["wages", "bills[N,households]", "wages"]) == ["wages", "bills[N, households]"]
    with pytest.raises(InputError) as caught:
        t.shown(values, ["wage", "bils[N, households]", "wages"])
    assert [trouble.code for trouble in caught.value.troubles] == ["S702", "S702"]
    assert "did you mean wages" in str(caught.value) and "bills[N, households]" in str(caught.value)


@pytest.mark.parametrize(
    ("periods", "heads"), [(1, [0, 1]), (2, [0, 1, 2]), (3, [0, 1, 2, 3]), (60, [0, 1, 2, 15, 30, 60])]
)
def test_ends_of_any_length(periods, heads):
    grid = t.ends({"a": [None, *range(1, periods + 1)]}, ["a"], periods)
    assert grid.columns == ("variable", *(f"period {head}" for head in heads))
    assert grid.rows[0][1] == "–" and grid.rows[0][-1] == str(periods)


def test_numbers_of_the_ends():
    grid = t.ends({"a": [-1234567.0, -1e-7], "b": [1e20, 0.1 + 0.2]}, ["a", "b"], 1)
    assert grid.rows == (("a", "−1.23457e+06", "−1e-07"), ("b", "1e+20", "0.3"))


def test_csv_has_every_digit_and_nothing_for_absent():
    numbers = [0.1, 1 / 3, 1e-300, -1e22, 5.0]
    text = t.values_csv({"a": [None, *numbers], "b[x, y]": [1.0] * 6})
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["t", "a", "b[x, y]"] and [row[0] for row in rows[1:]] == list("012345")
    assert rows[1][1] == "" and [float(row[1]) for row in rows[2:]] == numbers
    assert rows[2][1] == "0.1" and text.endswith("\n") and "\r" not in text


def test_a_picture_leaves_out_what_is_absent():
    spec = t.picture("T", "S", "x", {"a": [None, 1.0, 2.0], "b": [1.0, 1.0, 1.0]}, ["a"], 2)
    assert [entry["name"] for entry in spec["series"]] == ["a"]
    assert [point[0] for point in spec["series"][0]["points"]] == [1, 2]


def test_dates_stand_beside_the_periods():
    values, dates = {"a": [1.0, 2.0]}, ["2025Q4", "2026Q1"]
    assert t.values_csv(values, dates) == "t,date,a\n0,2025Q4,1.0\n1,2026Q1,2.0\n"
    assert t.ends(values, ["a"], 1, dates).columns == ("variable", "0 (2025Q4)", "1 (2026Q1)")
    assert t.picture("T", "S", "x", values, ["a"], 1, dates)["periods"] == dates


@pytest.mark.parametrize(("name", "dates"), [("t", ()), ("date", ["2025Q4"])])
def test_a_variable_with_the_name_of_a_counted_column_is_refused(name: str, dates: list[str]):
    with pytest.raises(InputError, match=f"a variable is called '{name}'"):
        t.values_csv({"a": [1.0], name: [2.0]}, dates)
    assert t.values_csv({"date": [2.0]}) == "t,date\n0,2.0\n"


def test_a_run_opened_with_figures_of_one_money_shows_it_and_any_other_the_units_of_the_model():
    opened = run_scenario(make_scenario(model="us_debt", periods=1, economies=["USA"]))
    kinds = t.units_of(opened.model)
    moneys = [name for name, kind in kinds.items() if kind == "money"]
    rates = [name for name, kind in kinds.items() if kind != "money"]
    assert str(t.unit_of(opened, moneys[:2])) == "USD bn"
    assert str(t.unit_of(opened, [*moneys[:1], *rates[:1]])) == "model units"
    plain_run = run_scenario(make_scenario(model="sim", periods=1))
    assert str(t.unit_of(plain_run, ["money"])) == "model units"
