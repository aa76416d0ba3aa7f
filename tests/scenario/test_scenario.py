"""Scenario: every fault at once with field and nearest name, a stable digest, and the file form."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.scenario.scenario import Scenario, make_scenario


def faults(**fields):
    with pytest.raises(InputError) as caught:
        make_scenario(**fields)
    assert set(caught.value.codes) == {"S701"}
    return {trouble.where.removeprefix("scenario, "): trouble for trouble in caught.value.troubles}


def test_defaults():
    scenario = make_scenario(model="sim")
    assert (scenario.periods, scenario.paths, scenario.seed) == (100, 1, 0)
    assert scenario.set == scenario.draw == () and scenario.start == scenario.series == {}


def test_every_fault_comes_at_once():
    found = faults(
        perods=3,
        periods=0,
        paths="many",
        seed=-1,
        set=[{"nam": "x", "value": 1}, {"name": "x", "value": "a", "from": 0, "to": 0}],
        draw=[{"name": "x", "parameters": [0, 1]}],
        start={"money": "much"},
        series={"x": [1, "b"]},
    )
    places = {"model", "perods", "periods", "paths", "seed", "set.0.name", "set.0.nam", "set.1.value"}
    places |= {"set.1.from", "set.1.to", "draw.0.distribution", "start.money", "series.x.1"}
    assert set(found) == places
    assert found["model"].what == "model is missing" and found["model"].mend == "give model"
    assert found["perods"].mend.startswith("did you mean periods")
    assert found["set.0.nam"].mend == "did you mean name?"
    assert "'many'" in found["paths"].what and "integer" in found["paths"].what


def test_nearest_names_are_those_of_the_place():
    assert "did you mean value?" in faults(model="x", set=[{"name": "a", "valu": 1}])["set.0.valu"].mend
    assert (
        "did you mean distribution?"
        in faults(model="x", draw=[{"distributon": "t"}])["draw.0.distributon"].mend
    )
    assert (
        faults(model="x", set=[{"name": "a", "value": 1, "frm": 2}])["set.0.frm"].mend == "did you mean from?"
    )


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_are_finite(number):
    found = faults(
        model="sim",
        set=[{"name": "x", "value": number}],
        draw=[{"name": "x", "distribution": "normal", "parameters": [0, number]}],
        start={"money": number},
        series={"x": [1.0, number]},
    )
    assert set(found) == {"set.0.value", "draw.0.parameters.1", "start.money", "series.x.1"}
    assert all("finite" in trouble.what for trouble in found.values())


@pytest.mark.parametrize(
    ("field", "number"),
    [("periods", 100_001), ("paths", 1_000_000_001), ("seed", 2**64), ("periods", 1.5), ("periods", None)],
)
def test_bounds(field, number):
    assert set(faults(**{"model": "sim", field: number})) == {field}


def test_a_long_wrong_value_is_cut():
    assert len(faults(model="sim", periods="9" * 100_000)["periods"].what) < 200


def test_hostile_values_stay_texts():
    name = "__import__('os').system('true')"
    assert make_scenario(model=name, set=[{"name": name, "value": 1}]).set[0].name == name


def test_a_scenario_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        make_scenario(model="sim").periods = 3


def test_digest_is_stable_and_does_not_see_the_path_of_the_model():
    fields = {"periods": 5, "set": [{"name": "a", "value": 1, "from": 2}], "start": {"x": 1.0, "y": 2.0}}
    one = make_scenario(model="sim", **fields).digest("abc")
    fields["start"] = {"y": 2, "x": 1}
    assert make_scenario(model="elsewhere/sim.model", **fields).digest("abc") == one
    assert len(one) == 16 and int(one, 16) >= 0
    assert make_scenario(model="sim").digest("0123456789abcdef") == "ef17d748ffbdfbc9"


@pytest.mark.parametrize(
    "change",
    [
        {"periods": 6},
        {"paths": 2},
        {"seed": 1},
        {"antithetic": True},
        {"economies": ["USA"]},
        {"known_at": "2025"},
        {"set": [{"name": "a", "value": 1, "from": 3}]},
        {"set": [{"name": "a", "value": 1, "from": 2, "to": 5}]},
        {"set": [{"name": "a", "value": 1.0000000000000002, "from": 2}]},
        {"draw": [{"name": "a", "distribution": "normal", "parameters": [0, 1]}]},
        {"start": {"x": 1}},
        {"series": {"a": [1, 2, 3, 4, 5]}},
    ],
)
def test_digest_differs_with_every_field(change):
    fields = {"model": "sim", "periods": 5, "set": [{"name": "a", "value": 1, "from": 2}]}
    assert make_scenario(**fields | change).digest("abc") != make_scenario(**fields).digest("abc")


def test_digest_differs_with_the_text_of_the_model():
    scenario = make_scenario(model="sim")
    assert scenario.digest("abc") != scenario.digest("abd")


def test_both_spellings_of_a_period_are_read():
    one = make_scenario(model="sim", set=[{"name": "a", "value": 1, "first": 2, "last": 3}])
    other = make_scenario(model="sim", set=[{"name": "a", "value": 1, "from": 2, "to": 3}])
    assert one == other


def test_every_field_says_what_it_is():
    for field in Scenario.model_fields.values():
        assert field.title and field.description
