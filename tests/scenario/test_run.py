"""The one way to run a model: names, periods and lengths resolved, every misfit at once, draws by address."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.draws import Draw
from creditor.equations.load import load_model
from creditor.errors import InputError, NoSolutionError
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

LABELS = """
dimension country = N, S
given rate[country] = 1, other[country] = 5, a = 2
given mixed[N] = 3
let mixed[S] = a
let level[country] = level(-1) + rate + other
let twice = 2 * a
let whole = sum(mixed over country)
start level = 0
"""


def run(model: str, **fields):
    return run_scenario(make_scenario(**{"model": model, "periods": 5, **fields}))


def series(result, name: str, *labels: str, path: int = 0) -> list[float]:
    return result.result.series(name, *labels)[1:, path].tolist()


def troubles(model: str, **fields):
    with pytest.raises(InputError) as caught:
        run(model, **fields)
    return caught.value.troubles


def test_a_change_holds_from_its_first_to_its_last_period(text):
    model = text("given a = 1 let b = a")
    assert series(run(model, set=[{"name": "a", "value": 2, "from": 2, "to": 3}]), "b") == [1, 2, 2, 1, 1]
    assert series(run(model, set=[{"name": "a", "value": 2, "from": 4}]), "b") == [1, 1, 1, 2, 2]
    assert series(run(model, set=[{"name": "a", "value": 2}]), "b") == [2] * 5
    assert series(run(model, set=[{"name": "a", "value": 2, "from": 5, "to": 99}]), "b") == [1, 1, 1, 1, 2]


def test_later_changes_rule_over_earlier_ones(text):
    model = text("given a = 1 let b = a")
    changes = [{"name": "a", "value": 2, "from": 2}, {"name": "a", "value": 3, "from": 3, "to": 4}]
    assert series(run(model, set=changes), "b") == [1, 2, 3, 3, 2]
    assert series(run(model, set=changes[::-1]), "b") == [1, 2, 2, 2, 2]


def test_the_texts_own_changes_come_first(text):
    model = text("given a = 1 let b = a set a = 7 from 2 to 4")
    assert series(run(model), "b") == [1, 7, 7, 7, 1]
    assert series(run(model, periods=1), "b") == [1]
    assert series(run(model, set=[{"name": "a", "value": 2, "from": 3, "to": 3}]), "b") == [1, 7, 2, 7, 1]
    assert series(run(model, series={"a": [1, 2, 3, 4, 5]}), "b") == [1, 2, 3, 4, 5]


def test_changes_stand_upon_series_and_draws_upon_both(text):
    model = text("given a = 1 let b = a")
    draw = {"name": "a", "distribution": "uniform", "parameters": [10, 10]}
    fields = {"series": {"a": [1, 2, 3, 4, 5, 6]}, "set": [{"name": "a", "value": 9, "from": 2, "to": 2}]}
    assert series(run(model, **fields), "b") == [1, 9, 3, 4, 5]
    assert series(run(model, **fields, draw=[draw]), "b") == [11, 19, 13, 14, 15]


def test_a_given_that_is_read_with_a_lag_opens_at_the_number_of_the_text(text):
    model = text("given a = 1 let b = a(-1)")
    assert series(run(model, series={"a": [5, 6, 7, 8, 9]}), "b") == [1, 5, 6, 7, 8]
    assert series(run(model, start={"a": 4}), "b") == [4, 1, 1, 1, 1]


def test_labels_on_the_left_narrow_a_change(text):
    model = text(LABELS)
    one = run(model, set=[{"name": "rate[N]", "value": 3}], periods=1)
    assert (series(one, "level", "N"), series(one, "level", "S")) == ([8.0], [6.0])
    both = run(model, set=[{"name": "rate[country]", "value": 3}], periods=1)
    assert (series(both, "level", "N"), series(both, "level", "S")) == ([8.0], [8.0])
    bare = run(model, series={"rate": [4]}, periods=1)
    assert (series(bare, "level", "N"), series(bare, "level", "S")) == ([9.0], [9.0])


def test_openings_by_cell_with_any_spaces(text):
    model = text(LABELS)
    found = run(model, start={"level[N]": 10, " level[ S ]": 20}, periods=1)
    assert (series(found, "level", "N"), series(found, "level", "S")) == ([16.0], [26.0])


def test_everything_that_does_not_fit_comes_at_once(text):
    found = troubles(
        text(LABELS),
        set=[
            {"name": "rat", "value": 1},
            {"name": "twice", "value": 1},
            {"name": "a", "value": 1, "from": 4, "to": 3},
            {"name": "a", "value": 1, "from": 6},
            {"name": "rate[X]", "value": 1},
            {"name": "rate[N, S]", "value": 1},
            {"name": "a + 1", "value": 1},
            {"name": "a(-1)", "value": 1},
            {"name": "(", "value": 1},
            {"name": "mixed[S]", "value": 1},
        ],
        series={"othr": [1] * 5, "a": [1, 2]},
        draw=[
            {"name": "twice", "distribution": "normal", "parameters": [0, 1]},
            {"name": "other", "distribution": "norm", "parameters": [0, 1]},
        ],
        start={"levl[N]": 1, "level": 1},
    )
    told = [(trouble.code, trouble.where, trouble.what, trouble.mend) for trouble in found]
    text_of = "\n".join(" | ".join(entry) for entry in told)
    for part in (
        "S702 | set rat | rat is not in the model | did you mean rate",
        "S702 | set twice | twice is decided by the model, not given",
        "S702 | set a | from 4 to 3",
        "S702 | set a | it begins in period 6, 5 are run",
        "no label 'X' of country",
        "rate[N, S] has 2 entries",
        "'a + 1' is no name",
        "'a(-1)' is no name",
        "S702 | set mixed[S] | mixed[S] is decided by the model",
        "S702 | series othr | othr is not in the model | did you mean other",
        "S702 | series a | 2 periods are given, 5 are run",
        "S702 | draw twice | twice is decided",
        "S703 | draw other[N] | no distribution 'norm'",
        "S702 | start levl[N] | no such cell | did you mean level[N]",
        "S702 | start level | no such cell",
    ):
        assert part in text_of, f"{part}\n{text_of}"
    assert len(found) == 16  # and the bracket that is not closed


def test_a_change_to_a_name_with_givens_and_definitions_reaches_the_givens(text):
    found = run(text(LABELS), set=[{"name": "mixed", "value": 10}], periods=1)
    assert series(found, "whole") == [12.0]


def test_a_claim_cannot_be_set():
    (found,) = troubles("pc", set=[{"name": "bills", "value": 1}])
    assert found.code == "S702" and "bills is decided by the model" in found.what


def test_an_opening_twice_is_refused(text):
    (found,) = troubles(text(LABELS), start={"level[N]": 1, "level[ N]": 2})
    assert "given twice" in found.what


def test_a_fault_in_the_texts_own_change_is_told_with_its_line(text):
    (found,) = troubles(text("given a = 1 let b = a\nset b = 3 from 2"))
    assert found.where == "small.model:2" and "decided by the model" in found.what


@pytest.mark.parametrize(
    "name", ["__import__('os')", "a; import os", "a\n", "$(true)", "a" * 5000, "", "*", "∞"]
)
def test_hostile_names_are_refused_by_name(text, name):
    model = text("given b = 1 let c = b")
    fields = [
        {"set": [{"name": name, "value": 1}]},
        {"series": {name: [1] * 5}},
        {"draw": [{"name": name, "distribution": "normal", "parameters": [0, 1]}]},
        {"start": {name: 1}},
    ]
    for entry in fields:
        assert all(len(trouble.what) < 6000 for trouble in troubles(model, **entry))


def test_unknown_models_come_with_the_nearest_names():
    (found,) = troubles("smi")
    assert found.code == "E618" and "sim" in found.mend


def test_a_run_that_would_not_fit_is_refused_before_it_begins():
    (found,) = troubles("sim", periods=100_000, paths=1_000_000)
    assert found.code == "S701" and "limit is 4 GB" in found.why


def test_draws_are_those_of_their_name_and_seed(text):
    model = text("given a = 1, b = 2 let c = a + b let d = a")
    draw = {"name": "a", "distribution": "normal", "parameters": [0, 0.5]}
    found = run(model, draw=[draw], paths=7, seed=3)
    numbers = Draw("a", "normal", (0, 0.5)).numbers(3, np.arange(7), np.arange(1, 6))
    assert np.array_equal(found.result.series("d")[1:], 1 + numbers)
    longer = run(model, draw=[draw], paths=90, periods=12, seed=3)
    assert np.array_equal(longer.result.series("d")[:6, :7], found.result.series("d"), equal_nan=True)
    assert np.array_equal(run(model, draw=[draw], seed=3).result.series("d")[1:, 0], 1 + numbers[:, 0])
    assert not np.isin(run(model, draw=[draw], paths=7, seed=4).result.series("d")[1:], 1 + numbers).any()


def test_a_draw_changes_no_other_draw(text):
    model = text("given a = 1, b = 2 let c = b let d = a")
    one = {"name": "a", "distribution": "normal", "parameters": [0, 0.5]}
    other = {"name": "b", "distribution": "t", "parameters": [4, 0, 1]}
    alone = run(model, draw=[one], paths=5).result.series("d")
    for draws in ([one, other], [other, one]):
        found = run(model, draw=draws, paths=5).result
        assert np.array_equal(found.series("d"), alone, equal_nan=True)
        assert len(np.unique(found.series("c")[1:])) == 25


def test_each_cell_draws_for_itself_and_once(text):
    draw = {"name": "rate", "distribution": "normal", "parameters": [0, 1]}
    model = text(LABELS)
    found = run(model, draw=[draw], paths=3).result
    assert not np.isin(found.series("level", "N")[1:], found.series("level", "S")).any()
    wide = run(model, draw=[draw | {"name": "rate[N]"}], paths=3).result
    assert np.array_equal(wide.series("level", "N"), found.series("level", "N"))
    (told,) = troubles(model, draw=[draw, draw | {"name": "rate[S]"}])
    assert told.code == "S703" and "rate[S] is drawn twice" in told.what


def test_provenance_names_scenario_model_and_seed_where_there_were_draws():
    plain = run("sim").provenance
    assert plain.seed is None and plain.model_hash == load_model("sim").digest
    assert plain.scenario_hash == run("sim").provenance.scenario_hash
    draw = {"name": "tax_rate", "distribution": "normal", "parameters": [0, 0.001]}
    assert run("sim", draw=[draw], seed=8).provenance.seed == 8
    assert run("sim", periods=6).provenance.scenario_hash != plain.scenario_hash


def test_division_by_zero_names_equation_period_and_path(text):
    model = text("given a = 1 let b = 1 / a let c = b + b(-1) start b = 1")
    with pytest.raises(NoSolutionError) as caught:
        run(model, set=[{"name": "a", "value": 0, "from": 3}])
    (found,) = caught.value.troubles
    assert found.code == "E621" and found.where == "small.model:1"
    assert "period 3, path 0" in found.what and "the equation for b" in found.what
    assert "a = 0" in found.why


def test_division_by_zero_on_one_path_names_that_path(text):
    model = text("given a = 2 let b = sqrt(a)")
    draw = {"name": "a", "distribution": "normal", "parameters": [0, 1]}
    numbers = Draw("a", "normal", (0, 1)).numbers(1, np.arange(200), np.arange(1, 6))
    period, path = (int(place[0]) for place in np.nonzero(2 + numbers < 0))
    with pytest.raises(NoSolutionError, match=f"period {period + 1}, path {path}"):
        run(model, draw=[draw], paths=200, seed=1)


def test_overflow_is_no_number(text):
    with pytest.raises(NoSolutionError, match=r"the equation for b .*inf"):
        run(text("given a = 1 let b = exp(a)"), set=[{"name": "a", "value": 1000, "from": 2}])


BOUNDED = """
given rate = 0.5 in 0 .. 1
let double = 2 * rate
"""


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"set": [{"name": "rate", "value": 1.5, "from": 2}]}, "rate = 1.5 lies outside 0 .. 1"),
        ({"series": {"rate": [0.1, 0.2, 3, 0.1, 0.1]}}, "rate = 3 lies outside 0 .. 1 in period 3"),
        (
            {"draw": [{"name": "rate", "distribution": "normal", "parameters": [0, 5]}], "paths": 3},
            "of path",
        ),
    ],
)
def test_a_scenario_keeps_the_bounds_of_the_text(text, fields, told) -> None:
    (trouble,) = troubles(text(BOUNDED), **fields)
    assert trouble.code == "E620" and told in trouble.what


def test_a_text_keeps_its_own_bounds_and_both_ends_are_inside(text) -> None:
    (trouble,) = troubles(text(BOUNDED + "set rate = -1 from 2 to 3\n"))
    assert trouble.code == "E620" and "rate = -1" in trouble.what and ":4" in trouble.where
    assert series(run(text(BOUNDED), set=[{"name": "rate", "value": 1, "from": 1}]), "double") == [2.0] * 5
