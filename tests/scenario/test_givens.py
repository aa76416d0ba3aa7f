"""Givens and openings of a scenario: only what changes, and any part of the paths with the same digits."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.equations.load import load_model
from creditor.errors import InputError, Troubles
from creditor.scenario.givens import givens_of, resolve_givens, resolve_starts, starts_of
from creditor.scenario.scenario import make_scenario

DRAW = {"name": "tax_rate", "distribution": "normal", "parameters": (0.0, 0.01), "ar": 0.5}


def test_givens_of_gives_only_what_changes():
    model = load_model("sim")
    assert givens_of(model, make_scenario(model="sim", periods=3)) == {}
    found = givens_of(model, make_scenario(model="sim", periods=3, set=[{"name": "tax_rate", "value": 0.3}]))
    assert {model.title(slot): numbers.tolist() for slot, numbers in found.items()} == {"tax_rate": [0.3] * 3}
    with pytest.raises(InputError, match="S702"):
        givens_of(model, make_scenario(model="sim", set=[{"name": "tax", "value": 1}]))


def test_some_paths_have_the_digits_that_they_have_among_all():
    model = load_model("sim")
    scenario = make_scenario(model="sim", periods=4, paths=10, draw=[DRAW])
    make = resolve_givens(model, scenario, Troubles(), range(10))
    (whole,) = make().values()
    (part,) = make(range(3, 7)).values()
    assert np.array_equal(part, whole[:, 3:7])
    (again,) = make().values()
    assert np.array_equal(again, whole)


def test_a_draw_out_of_bounds_names_the_path_of_the_whole_run(tmp_path):
    text = tmp_path / "bounded.model"
    text.write_text("given rate = 0.5 in 0 .. 1\nlet double = 2 * rate\n", "utf-8")
    wide = {"name": "rate", "distribution": "uniform", "parameters": (5.0, 6.0)}
    scenario = make_scenario(model=str(text), periods=2, paths=2000, draw=[wide])
    make = resolve_givens(load_model(str(text)), scenario, Troubles(), range(2000))
    with pytest.raises(InputError, match="period 1 of path 1024") as caught:
        make(range(1024, 1030))
    assert caught.value.codes == ("E620",)


def test_openings_by_slot():
    model = load_model("sim")
    assert starts_of(model, make_scenario(model="sim", start={"money": 3})) == {model.slot("money"): 3.0}
    troubles = Troubles()
    resolve_starts(model, make_scenario(model="sim", start={"mony": 3}), troubles)
    assert [trouble.code for trouble in troubles.items] == ["S702"]
