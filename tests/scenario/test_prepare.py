"""The model of a scenario: labels of economies, dropped lines, published figures, what has no effect."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.scenario.prepare import prepare
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

WORLD = """
dimension country = from scenario
dimension partner as country
given growth[country] = 0.02, growth[JPN] = 0.01
given growth[ITA] = 0.005
let output[country] = output[country](-1) * (1 + growth[country])
let world = sum(output over country)
let share[country] = output / world
start output = 100, output[JPN] = 50
check output[ITA] >= 0
set growth[USA] = 0.5 from 2 to 2
"""


def world(text, *economies, **fields):
    return make_scenario(model=text(WORLD), economies=economies, periods=2, **fields)


def test_labels_come_from_the_scenario(text):
    run = run_scenario(world(text, "USA", "JPN"))
    assert run.result.series("output", "JPN")[:, 0].tolist() == [50, 50.5, 50.5 * 1.01]
    assert run.result.series("output", "USA")[2, 0] == 102 * 1.5
    assert run.model.draft.dims.of("partner") == ("USA", "JPN")
    one = run_scenario(world(text, "ITA"))
    assert (
        one.result.series("world")[1, 0] == 100 * (1 + 0.005) and one.result.series("share", "ITA")[2, 0] == 1
    )


def test_lines_about_absent_economies_are_dropped_and_named(text):
    found = run_scenario(world(text, "USA", "JPN")).findings
    assert [(f.severity, f.place) for f in found] == [("note", "small.model:5"), ("note", "small.model:10")]
    assert "ITA is not in the scenario" in found[0].sentence
    places = {f.place for f in run_scenario(world(text, "ITA")).findings}
    assert places == {"small.model:4", "small.model:9", "small.model:11"}


def test_other_wrong_labels_stay_errors(text):
    for line in ("given growth[JPX] = 1", "given growth[contry] = 1", "start output[N] = 3"):
        model = text(WORLD + line, "other")
        with pytest.raises(InputError) as caught:
            prepare(make_scenario(model=model, economies=["USA", "JPN"]))
        assert caught.value.troubles[0].where == "other.model:12"


def test_without_a_scenario_the_text_says_how_to_give_labels(text):
    with pytest.raises(InputError) as caught:
        prepare(make_scenario(model=text(WORLD)))
    (trouble,) = caught.value.troubles
    assert (trouble.code, trouble.where) == ("S704", "small.model:2")
    assert "--economy USA" in trouble.mend and 'economies = ["USA", "JPN"]' in trouble.mend


def test_labels_come_from_nothing_but_a_scenario(text):
    with pytest.raises(InputError) as caught:
        prepare(make_scenario(model=text("dimension a = from somewhere let b = 1"), economies=["USA"]))
    assert caught.value.codes == ("E602",) and "from scenario" in caught.value.troubles[0].mend


def test_what_the_model_has_no_use_for_is_said():
    (found,) = prepare(make_scenario(model="sim", economies=["USA"], known_at="2026")).findings
    assert found.severity == "warning" and "economies and known_at" in found.sentence


def test_published_figures_go_into_givens_openings_and_what_is_made_of_them(text, tmp_path):
    text("given rate = 0.5, twice = 2 * rate let a = a(-1) * (1 + twice) start a = 1", "own")
    lines = '[[given]]\nname = "rate"\nindicator = "policy_rate"\nperimeter = "federal funds"\n'
    lines += 'unit = "share per year"\n[[start]]\nname = "a"\nfill = 3\nunit = "count"\n'
    (tmp_path / "own.bindings.toml").write_text(f'schema = 1\neconomy = "USA"\n{lines}')
    run = run_scenario(make_scenario(model=str(tmp_path / "own.model"), periods=1))
    assert run.result.series("a")[:, 0].tolist() == [3, pytest.approx(3 * 1.0844, rel=1e-15)]
    assert run.provenance.library_hash and run.provenance.data_vintage == "2026-07"
    rise = [{"name": "rate", "value": 0.1, "from": 2}]
    changed = run_scenario(make_scenario(model=str(tmp_path / "own.model"), periods=2, set=rise))
    assert changed.result.series("a")[1, 0] == run.result.series("a")[1, 0]


def test_the_economy_of_the_bindings_is_the_label_where_nobody_says(text, tmp_path):
    text("dimension country = from scenario given rate[country] = 0.5 let a[country] = rate", "own")
    lines = 'name = "rate[country]"\nindicator = "debt_gdp"\nperimeter = "general-government"\n'
    lines += 'period = "2024"\nunit = "share of GDP"\n'
    (tmp_path / "own.bindings.toml").write_text(f'schema = 1\neconomy = "ITA"\n[[given]]\n{lines}')
    alone = run_scenario(make_scenario(model=str(tmp_path / "own.model"), periods=1))
    assert [alone.model.title(slot) for slot in alone.shown] == ["a[ITA]"]
    assert 1.2 < alone.result.series("a", "ITA")[1, 0] < 1.5  # the debt of Italy is 135 % of its GDP
    both = run_scenario(make_scenario(model=str(tmp_path / "own.model"), periods=1, economies=["JPN", "ITA"]))
    assert both.result.series("a", "ITA")[1, 0] == alone.result.series("a", "ITA")[1, 0]
    assert both.result.series("a", "JPN")[1, 0] > 2


def test_a_figure_out_of_the_bounds_of_the_text_is_refused(text, tmp_path):
    text("given rate = 0.5 in 0.4 .. 1 let a = rate", "own")
    lines = 'name = "rate"\nindicator = "policy_rate"\nperimeter = "federal funds"\nunit = "share per year"\n'
    (tmp_path / "own.bindings.toml").write_text(f'schema = 1\neconomy = "USA"\n[[given]]\n{lines}')
    with pytest.raises(InputError) as caught:
        prepare(make_scenario(model=str(tmp_path / "own.model")))
    assert caught.value.codes == ("E620",)


def test_hashes_tell_data_and_scenarios_apart(tmp_path, text):
    one = run_scenario(make_scenario(model="us_debt", periods=1)).provenance
    same = run_scenario(make_scenario(model="us_debt", periods=1, economies=["usa"], as_of="2025Q3"))
    assert same.provenance == one  # said or not, these are the figures
    other = run_scenario(make_scenario(model="us_debt", periods=1, as_of="2025Q4")).provenance
    assert other.model_hash == one.model_hash and other.scenario_hash != one.scenario_hash
