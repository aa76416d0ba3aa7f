"""The verbs that run: figures in the answer, scenarios by file and name, one path, what is kept, the schema."""

from __future__ import annotations

import json

import pytest

import creditor as cr
from creditor.errors import InputError, MissingError
from creditor.export.json import to_json
from creditor.export.text import to_text
from creditor.figures.svg import to_svg
from creditor.scenario.scenario import Scenario
from creditor.verbs.compare import model_compare
from creditor.verbs.runs import model_run, model_scenarios, run_csv

DRAW = {"name": "public_spending", "distribution": "normal", "parameters": [0, 1]}


@pytest.fixture
def file(tmp_path):
    def write(content, name="x.toml"):
        (tmp_path / name).write_text("schema = 1\n" + content, "utf-8")
        return str(tmp_path / name)

    return write


def test_published_figure_to_picture():
    answer = cr.model_run("us_debt", periods=10, economies=["USA"])
    rows = {row["name"]: row for row in answer.payload["figures"]}
    held = rows["bonds[foreigners]"]
    assert (held["value"], held["grade"], held["vintage"]) == (9248.9, "A", "2026-03-19")
    assert held["source"].startswith("Federal Reserve Board, Financial Accounts Z.1, table L.210")
    assert answer.payload["variables"]["bonds[foreigners]"][0] == 9248.9
    total = sum(row["value"] for name, row in rows.items() if name.startswith("bonds["))
    assert answer.payload["variables"]["debt"][0] == pytest.approx(total, rel=1e-15)
    assert rows["deposit_rate"]["filled"] is True and "filled" not in held
    assert all(row["grade"] in "ABC" and row["source"] for row in rows.values())
    assert (answer.payload["economies"], answer.payload["as_of"]) == (["USA"], "2025Q3")
    text = to_text(answer, 120)
    assert "bonds[foreigners]" in text and "9,248.9" in text and "vintage 2026-03-19" in text
    picture = to_svg(answer.figures[0])
    assert "figures of USA, 2025Q3" in picture and picture.startswith("<svg")
    json.loads(to_json(answer.payload))


def test_dates_of_the_figures():
    later = model_run("us_debt", periods=1, as_of="2025Q4")
    assert later.payload["variables"]["bonds[foreigners]"][0] == 9224.4
    with pytest.raises(InputError) as caught:
        model_run("us_debt", periods=1, as_of="2024Q4", known_at="2020")
    assert set(caught.value.codes) == {"F302"}
    with pytest.raises((InputError, MissingError)) as other:
        model_run("us_debt", periods=1, economies=["LUX"])
    assert "F303" in other.value.codes


def test_a_file_the_command_and_python_give_the_same_digits(file):
    text = 'model = "pc"\nperiods = 20\npaths = 3\nseed = 4\n[[set]]\nname = "tax_rate"\nvalue = 0.25\n'
    text += '[[draw]]\nname = "public_spending"\ndistribution = "normal"\nparameters = [0, 1]\n'
    filed = model_run(file(text))
    rise = [{"name": "tax_rate", "value": 0.25}]
    typed = model_run("pc", 20, rise, paths=3, seed=4, draws=[DRAW])
    assert filed.payload["variables"] == typed.payload["variables"]
    assert filed.provenance == typed.provenance
    assert filed.payload["scenario"] == "x" and "scenario" not in typed.payload


def test_words_of_the_call_come_after_those_of_the_file(file):
    path = file('model = "sim"\nperiods = 9\n[[set]]\nname = "tax_rate"\nvalue = 0.25\n[start]\nmoney = 50\n')
    assert model_run(path).payload["periods"] == 9
    shorter = model_run(path, periods=3, changes=[{"name": "tax_rate", "value": 0.5}], start={"wages": 1.0})
    assert shorter.payload["periods"] == 3
    assert shorter.payload["variables"]["money"][0] == 50
    taxes, wages = (shorter.payload["variables"][name] for name in ("taxes", "wages"))
    assert taxes[1] == pytest.approx(0.5 * wages[1], rel=1e-12)


def test_faults_of_a_file_have_their_line(file):
    with pytest.raises(InputError) as caught:
        model_run(file('model = "sim"\n[[set]]\nname = "tax_rte"\nvalue = 1\n[start]\nmony = 3\n'))
    places = [trouble.where for trouble in caught.value.troubles]
    assert places == ["x.toml:4: set tax_rte", "x.toml:7: start mony"]


def test_scenarios_by_name():
    answer = model_run("us_rate_shock")
    assert answer.payload["scenario"] == "us_rate_shock" and "two percentage points" in answer.story
    both = model_compare("us_debt", "us_baseline", "us_rate_shock")
    assert both.payload["periods"] == 10
    assert both.payload["difference"]["interest_bill"][1] > 150
    listed = {entry["name"]: entry for entry in model_scenarios().payload["scenarios"]}
    assert {"pc_rate_rise", "us_baseline"} <= set(listed) and listed["us_baseline"]["economies"] == ["USA"]
    with pytest.raises(InputError, match="S702"):
        model_compare("pc", "us_baseline", [])
    with pytest.raises(InputError, match="S705"):
        model_compare("pc", "pc_rate_ris", [])


def test_a_comparison_takes_the_economies_of_the_other_side():
    both = model_compare("us_debt", "us_baseline", [{"name": "purchases", "value": 500.0}])
    assert both.payload["difference"]["bonds[central_bank]"][:3] == pytest.approx([0.0, 500.0, 1000.0])
    assert both.payload["provenance"][0]["library_hash"] == both.payload["provenance"][1]["library_hash"]


def test_what_is_said_of_both_runs_is_said_once():
    both = model_compare("us_debt", [], [{"name": "purchases", "value": -2000.0}], 2)
    places = [finding.place for finding in both.findings]
    assert places[0] == "both: us_debt.bindings.toml" and len(set(places)) == len(places)
    assert "second: reserves" in places  # they fall below zero


def test_what_is_reported_shown_and_kept():
    reported = set(model_run("us_debt", periods=1).payload["variables"])
    assert "debt" in reported and "loans" not in reported
    more = model_run("us_debt", periods=1, variables=["loans"])
    assert set(more.payload["variables"]) == reported | {"loans"}
    few = model_run("us_debt", periods=1, keep=["debt", "loans"])
    assert set(few.payload["variables"]) == {"debt", "loans"}
    assert run_csv(few).splitlines()[0] == "t,date,loans,debt"
    assert "loan_interest" in model_run("us_debt", periods=1, keep=["all"]).payload["variables"]
    kept = model_compare("us_debt", [], [{"name": "purchases", "value": 1.0}], 2, keep=["loans"])
    assert list(kept.payload["difference"]) == ["loans"]
    with pytest.raises(InputError, match="did you mean"):
        model_run("us_debt", periods=1, variables=["lons"])


def test_one_path():
    fields = {"periods": 5, "paths": 9, "seed": 2, "draws": [DRAW]}
    alone = model_run("sim", path=4, **fields).payload
    assert alone["path"] == 4 and "quantiles" not in alone
    whole = model_run("sim", **fields).payload
    assert "quantiles" in whole and "path" not in whole
    values = sorted(model_run("sim", path=k, **fields).payload["variables"]["money"][5] for k in range(9))
    assert values[4] == whole["variables"]["money"][5]  # the median of nine


def test_the_schema_is_that_of_the_one_scenario():
    schema = model_scenarios(schema=True).payload
    assert schema == Scenario.model_json_schema(by_alias=True)
    assert {"schema", "model", "economies", "set", "draw", "keep"} <= set(schema["properties"])
    change = schema["$defs"]["SetChange"]["properties"]
    assert {"name", "value", "from", "to"} == set(change)
    json.dumps(schema)


# --- the other verbs of models start from the same figures
OPEN = "dimension country = from scenario\ngiven growth[country] = 0.5\n"
OPEN += "let output[country] = output(-1) * growth + 1\nstart output = 100\n"


@pytest.fixture
def world(tmp_path):
    path = tmp_path / "open.model"
    path.write_text(OPEN, "utf-8")
    return str(path)


def test_matrices_and_explanations_have_the_published_openings():
    shown = cr.model_show("us_debt", period=0).payload["balance-sheet"]
    row = next(row for row in shown["rows"] if row[0] == "bonds")
    assert row[shown["columns"].index("foreigners")] == 9248.9
    told = cr.model_explain("us_debt", "bonds[foreigners]").payload
    assert told["opens at"] == "9248.9"
    assert float(cr.model_explain("us_debt", "policy_rate").payload["given"].split()[0]) == 0.0422


def test_each_verb_takes_economies(world):
    economies = ["USA", "JPN"]
    assert cr.model_check(world, economies).exit_code == 0
    assert cr.model_check(world).payload["findings"][0]["code"] == "S704"
    rows = cr.model_show(world, economies=economies).payload["equations"]["rows"]
    assert {row[0] for row in rows} == {"output[USA]", "output[JPN]"}
    assert cr.model_explain(world, "output[JPN]", economies).payload["variable"] == "output[JPN]"
    rest = cr.model_steady(world, economies=economies).payload["variables"]
    assert rest["output[USA]"] == pytest.approx(2.0)
    change = [{"name": "growth[JPN]", "value": 0.25}]
    both = model_compare(world, [], change, 3, economies=economies).payload["difference"]
    assert both["output[JPN]"][1] == -25 and both["output[USA]"][1] == 0
    with pytest.raises(InputError, match="S704"):
        cr.model_show(world)


def test_the_steady_state_starts_from_the_figures():
    found = cr.model_steady("us_debt")
    assert found.payload["growth"]["debt"] == pytest.approx(0.0412, rel=1e-4)  # the market rate, above growth
    assert found.provenance.library_hash and any("stated" in f.sentence for f in found.findings)
