"""One text and one bindings file for many economies: debt by its own law, from each country folder."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from creditor.opening.country import available
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario
from creditor.terms.library import ROOT

MODEL = str(Path(__file__).parents[2] / "docs" / "examples" / "debt_paths.model")
WANTED = ("debt_gdp", "net_interest_gdp", "primary_balance_gdp", "real_growth", "inflation")


def facts(code: str) -> dict[str, float]:
    """The figures of 2030, read without the program."""
    lines = (ROOT / "countries" / code / "facts.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    found = {row["indicator"]: float(row["value"]) for row in rows if row["period"] == "2030"}
    return {name: found[name] / 100 for name in WANTED if name in found}


COMPLETE = [code for code in available() if len(facts(code)) == len(WANTED)]


def test_every_economy_with_projections_follows_the_law_of_debt():
    assert len(COMPLETE) >= 30
    run = run_scenario(make_scenario(model=MODEL, periods=15, economies=COMPLETE))
    for code in COMPLETE:
        f = facts(code)
        debt, growth = f["debt_gdp"], (1 + f["real_growth"]) * (1 + f["inflation"])
        path = run.result.series("debt", code)[:, 0]
        for year in range(16):
            assert path[year] == pytest.approx(debt, rel=1e-12), (code, year)
            debt = (debt / growth - f["primary_balance_gdp"]) / (1 - f["net_interest_gdp"] / f["debt_gdp"])
    assert run.bound is not None and len(run.bound.values) == 5 * len(COMPLETE)
    assert {value.origin.grade for value in run.bound.values} == {"A", "B", "C"}


def test_the_holding_balance_holds_the_debt():
    first = run_scenario(make_scenario(model=MODEL, periods=1, economies=["ITA"]))
    balance = float(first.result.series("holding_balance", "ITA")[1, 0])
    change = [{"name": "primary_balance", "value": balance}]
    held = run_scenario(make_scenario(model=MODEL, periods=9, economies=["ITA"], set=change))
    assert held.result.series("debt", "ITA")[9, 0] == pytest.approx(facts("ITA")["debt_gdp"], rel=1e-12)


def test_an_economy_without_projections_is_refused_by_name():
    with pytest.raises(Exception, match=r"LKA has no figure of real_growth/economy at 2030 \[F302\]"):
        run_scenario(make_scenario(model=MODEL, periods=1, economies=["USA", "LKA"]))
