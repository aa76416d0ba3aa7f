"""Scenarios of the library against headline numbers that `verify/scenarios.py` computed without our engine."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import creditor as cr
from creditor.equations.load import model_names
from creditor.scenario.files import find_scenario, read_scenario, scenario_names
from creditor.scenario.run import Run, run_scenario

HERE = Path(__file__).parent
CLOSE = 1e-9  # of a number


def run(name: str, **more) -> Run:
    return run_scenario(read_scenario(find_scenario(name)).scenario(**more))


@pytest.mark.parametrize("name", scenario_names())
def test_a_scenario_gives_its_headline_numbers(name: str) -> None:
    twin = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))
    found = run(name, keep=["all"])
    slots = {found.model.title(slot): slot for slot in found.model.variables}
    assert twin["expect"] and twin["source"]
    for entry in twin["expect"]:
        values = found.result.values[slots[entry["name"]], entry["periods"], 0]
        assert values.tolist() == pytest.approx(entry["values"], rel=CLOSE), entry["name"]


@pytest.mark.parametrize("name", scenario_names())
def test_a_scenario_says_what_it_is_about(name: str) -> None:
    scenario = read_scenario(find_scenario(name)).scenario()
    assert scenario.name == name and scenario.model in model_names()
    assert len(scenario.title) > 20 and not scenario.title.endswith(".")


def test_the_interest_of_the_first_year_is_near_the_projection_that_is_no_input() -> None:
    """Congressional Budget Office, February 2026 baseline: net interest of FY2026 is 1,038.976 USD bn."""
    found = run("us_baseline")
    bill = float(found.result.series("interest_bill")[1, 0])
    assert abs(bill / 1038.976 - 1) < 0.02
    deficit = float(found.result.series("debt")[1, 0] - found.result.series("debt")[0, 0])
    assert abs(deficit / 1859.16 - 1) < 0.02  # and of the deficit 1,859.16


def test_a_sell_off_moves_the_debt_to_households_and_leaves_it_as_large() -> None:
    answer = cr.model_compare("us_debt", "us_baseline", "us_sell_off")
    change = answer.payload["difference"]
    assert change["debt"][1] == 0 and abs(change["debt"][10]) < 1e-6
    assert change["bonds[foreigners]"][3] == pytest.approx(-change["bonds[households]"][3], rel=1e-12)
    assert change["bonds[foreigners]"][3] < -2000
