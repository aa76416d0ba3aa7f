"""Policy on the command line: interventions, targets, attribution, sweeps, with exit codes."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def model(call):
    return lambda *words: call("model", *words)


def test_interventions_and_targets_of_a_run(model) -> None:
    words = ("run", "sim", "--periods", 9, "--add", "purchases=2@3:5", "--fix", "taxes=25@6")
    payload = json.loads(model(*words, "--target", "wages=120@9 by public_spending", "--json").out)
    assert payload["variables"]["wages"][9] == pytest.approx(120) and payload["variables"]["taxes"][6] == 25
    assert payload["levers"][0]["lever"] == "public_spending"
    missed = model("run", "sim", "--target", "taxes=5@3 by spend_of_wealth@4")
    assert missed.code == 2 and "begins in period 4" in missed.err
    missed = model("run", "sim", "--periods", 3, "--target", "purchases=5@3 by tax_rate")
    assert missed.code == 4 and "S712" in missed.err and "the nearest is 20" in missed.err
    assert model("run", "sim", "--fix", "wages=5").code == 2
    assert model("run", "sim", "--target", "wages=5").code == 2


def test_attribution(model) -> None:
    words = (
        "compare",
        "sim",
        "none",
        "tax_rate=0.25;add purchases=5",
        "--attribute",
        "changes",
        "--of",
        "wages",
    )
    done = model(*words, "--at", 20)
    assert done.code == 0 and "add purchases" in done.out and "interaction" in done.out
    assert model(*words, "--csv").out.startswith("variable,part,t,alone,last\n")
    assert model(*words[:-2]).code == 2
    drawn = model(
        "compare", "sim", "none", "tax_rate=0.25", "--paths", 9, "--draw", "tax_rate=uniform(0,0.1)", "--json"
    )
    assert "quantiles" in json.loads(drawn.out)


def test_sweeps(model) -> None:
    done = model("sweep", "sim", "tax_rate=0.1:0.3:3", "--of", "wages", "--at", 10)
    assert done.code == 0 and "wages in period 10" in done.out
    assert (
        model("sweep", "sim", "tax_rate=0.1:0.3:3", "--of", "wages", "--csv").out.splitlines()[0]
        == "tax_rate,wages"
    )
    assert model("sweep", "sim", "--all", "--of", "wages").code == 0
    assert model("sweep", "sim", "tax_rate=0.1:0.3", "--of", "wages").code == 2


def test_fits(model, book) -> None:
    path = book("# schema 1\ntaxes,wages\n20,100\n21,104\n22,112\n26,128\n", "seen.csv")
    done = model("fit", "sim", "--series", path, "--free", "tax_rate")
    assert done.code == 0 and "0.200684" in done.out and "seen.csv" in done.out
    assert model("fit", "sim", "--series", path, "--free", "tax_rate", "--csv").out.startswith("name,value")
    assert model("fit", "sim", "--series", path, "--free", "spend_of_wealth").code == 2
    assert model("fit", "sim", "--series", "no.csv", "--free", "tax_rate").code == 2
