"""Scenarios and published figures on the command line: files by suffix, economies, what is kept, one path."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def model(call):
    return lambda *words: call("model", *words)


def test_a_scenario_file_is_run_by_its_suffix(model, book):
    content = 'schema = 1\nmodel = "sim"\nperiods = 7\n[[set]]\nname = "tax_rate"\nvalue = 0.25\n'
    path = book(content, "more_tax.toml")
    filed, typed = (
        json.loads(model("run", *words, "--json").out)
        for words in ((path,), ("sim", "--periods", 7, "--set", "tax_rate=0.25"))
    )
    assert filed.pop("scenario") == "more_tax" and filed == typed
    shorter = json.loads(model("run", path, "--periods", 3, "--set", "tax_rate=0.5@2", "--json").out)
    assert shorter["periods"] == 3 and shorter["variables"]["taxes"][1] == filed["variables"]["taxes"][1]
    assert shorter["variables"]["taxes"][2] != filed["variables"]["taxes"][2]
    done = model("run", book(content.replace("tax_rate", "tax_rat"), "x.toml"))
    assert done.code == 2 and "x.toml:5: set tax_rat" in done.err and "did you mean tax_rate" in done.err
    assert model("run", "no.toml").code == 2 and model("run", "us_basline").code == 2


def test_published_figures_on_the_command_line(model):
    words = ("run", "us_debt", "--economy", "USA", "--periods", 2)
    done = model(*words)
    assert done.code == 0 and "Federal Reserve Board, Financial Accounts Z.1" in done.out
    assert "bonds[foreigners]" in done.out and "9,248.9" in done.out and "C*" in done.out
    payload = json.loads(model(*words, "--json").out)
    assert payload["economies"] == ["USA"] and payload["provenance"]["library_hash"]
    later = json.loads(model(*words, "--as-of", "2025Q4", "--json").out)
    assert later["variables"]["bonds[foreigners]"][0] == 9224.4
    assert later["provenance"]["scenario_hash"] != payload["provenance"]["scenario_hash"]
    assert "[F302]" in model(*words, "--known-at", "2020").err
    assert "[T201]" in model("run", "us_debt", "--economy", "UAS").err
    assert "[T204]" in model("run", "us_debt", "--as-of", "soon").err


def test_what_is_kept_and_one_path(model):
    table = model("run", "us_debt", "--periods", 1, "--keep", "debt; bonds", "--csv").out
    assert table.splitlines()[0].startswith("t,date,bonds[central_bank]") and "deposits" not in table
    draws = ("--paths", 5, "--draw", "public_spending=normal(0,1)", "--periods", 3, "--json")
    alone = json.loads(model("run", "sim", *draws, "--path", 3).out)
    assert alone["path"] == 3 and "quantiles" not in alone
    assert "use 0 to 4" in model("run", "sim", *draws, "--path", 5).err


def test_scenarios_and_their_schema(model):
    assert "us_rate_shock" in model("scenarios").out
    schema = json.loads(model("scenarios", "--schema").out)
    assert schema["title"] == "Scenario" and "economies" in schema["properties"]
    done = model("compare", "us_debt", "us_baseline", "us_sell_off", "--json")
    assert json.loads(done.out)["periods"] == 10
