"""Dates of a scenario become numbers of periods; what does not fit the model is named, all at once."""

from __future__ import annotations

import pytest

from creditor.equations.calendar import Calendar, read_calendar
from creditor.errors import InputError, Troubles
from creditor.scenario.dated import in_numbers
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

QUARTERS = read_calendar("quarterly", "2025Q4")
TEXT = """
frequency quarterly from 2025Q4
given rate = 0.03 in 0 .. 0.1, spending = 20
let cost = rate * spending
set spending = 30 from 2026Q2 to 2026Q3
check cost <= 0.8
"""


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "m.model"
    path.write_text(TEXT)
    return str(path)


def numbers(**fields):
    troubles = Troubles()
    return in_numbers(make_scenario(model="sim", **fields), QUARTERS, troubles), troubles.items


def test_dates_become_numbers_and_numbers_stay():
    changes = [
        {"name": "a", "value": 1, "from": "2026Q1", "to": "2026q4"},
        {"name": "b", "value": 1, "from": 3},
        {"name": "c", "value": 1, "from": "5", "to": 6.0},
    ]
    scenario, troubles = numbers(set=changes, series={"x": [1.0]}, series_from="2026Q1")
    assert [(entry.first, entry.last) for entry in scenario.set] == [(1, 4), (3, None), (5, 6)]
    assert scenario.series_from == 1 and troubles == []


def test_what_does_not_fit_is_named_all_at_once():
    changes = [
        {"name": name, "value": 1, "from": date}
        for name, date in (("a", "2025Q3"), ("b", "2026"), ("c", "2026-01"))
    ]
    scenario, troubles = numbers(set=changes, series={"x": [1.0]}, series_from="2026Q2")
    assert [(entry.name, entry.first) for entry in scenario.set] == [("b", 2026)]
    assert [(t.code, t.where) for t in troubles] == [("E623", "set a"), ("E623", "set c"), ("S702", "series")]


def test_a_model_without_dates_refuses_them():
    troubles = Troubles()
    entry = {"name": "tax_rate", "value": 0.3, "from": "2026Q1"}
    assert in_numbers(make_scenario(model="sim", set=[entry]), Calendar(), troubles).set == ()
    assert [t.code for t in troubles.items] == ["E623"]


@pytest.mark.parametrize("wrong", ["soon", "2026Q9", True, [1], {}, None, 0, -1, 1.5, "0"])
def test_what_is_no_period_is_refused_by_the_scenario(wrong):
    with pytest.raises(InputError, match=r"scenario, set.0.from") as caught:
        make_scenario(model="sim", set=[{"name": "a", "value": 1, "from": wrong}])
    assert caught.value.codes == ("S701",)


def test_a_run_changes_at_its_dates_and_says_them(model):
    entry = {"name": "rate", "value": 0.02, "from": "2026Q3", "to": "2026Q3"}
    run = run_scenario(make_scenario(model=model, periods=4, set=[entry]))
    assert run.result.series("cost")[1:, 0].tolist() == pytest.approx([0.6, 0.9, 0.6, 0.6])
    assert [finding.sentence for finding in run.findings] == [
        "check cost <= 0.8 fails from period 2 (2026Q2) on path 0."
    ]


def test_errors_say_the_date(model):
    changes = [
        {"name": "rate", "value": 0.02, "from": "2027Q4"},
        {"name": "rate", "value": 1, "from": "2026Q4", "to": "2026Q1"},
    ]
    with pytest.raises(InputError) as caught:
        run_scenario(
            make_scenario(model=model, periods=4, set=changes, series={"rate": [0.01, 0.02, 0.3, 0.01]})
        )
    said = str(caught.value)
    assert "rate = 0.3 lies outside 0 .. 0.1 in period 3 (2026Q3)" in said
    assert "it begins in period 8 (2027Q4), 4 are run" in said
    assert "from 2026Q4 to 2026Q1" in said
