"""The verbs of models: payloads, grids, findings and exit codes of list, check, run, compare."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import creditor
from creditor.equations.load import model_names
from creditor.errors import InputError, NoSolutionError
from creditor.export.json import to_json
from creditor.verbs.compare import model_compare
from creditor.verbs.models import model_check, model_list
from creditor.verbs.runs import model_run, run_csv

RISE = [{"name": "public_spending", "value": 25.0, "from": 2}]
DRAW = [{"name": "public_spending", "distribution": "normal", "parameters": [0, 1]}]


@pytest.fixture
def text(tmp_path: Path):
    def write(content: str, name: str = "small.model") -> str:
        (tmp_path / name).write_text(content, "utf-8")
        return str(tmp_path / name)

    return write


def named(grid) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in grid.rows}


# --- list
def test_list_has_every_model():
    answer = model_list()
    entries = {entry["name"]: entry for entry in answer.payload["models"]}
    assert list(entries) == model_names() and {"sim", "country", "three_economies"} <= set(entries)
    sim = entries["sim"]
    assert set(sim) == {"name", "title", "sectors", "equations", "blocks"}
    assert (sim["sectors"], sim["equations"], sim["blocks"]) == (3, 12, [6])
    assert sim["title"] == "Model SIM: the simplest model with government money."
    assert named(answer.grids[0])["sim"] == (sim["title"], "3", "12", "6")
    assert all(entry["title"].endswith(".") and entry["equations"] > 0 for entry in entries.values())
    json.loads(to_json(answer.payload))


# --- check
def test_check_of_a_good_text():
    answer = model_check("pc")
    assert (answer.exit_code, answer.payload["faults"], answer.payload["path"]) == (0, 0, "pc.model")
    assert "the books balance" in answer.story


def test_check_names_every_unknown_name_at_once(text):
    answer = model_check(
        text("given rate = 1\nlet a = ratee\nlet b = other_thing + rate\nlet c = max(rat, 1)\n")
    )
    assert answer.exit_code == 1 and answer.payload["faults"] == 3
    assert answer.story == "small.model: 3 faults."
    assert [(f.place, f.code, f.severity) for f in answer.findings] == [
        (f"small.model:{line}", "E610", "fault") for line in (2, 3, 4)
    ]
    assert "did you mean rate" in answer.findings[0].mend and "'other_thing'" in answer.findings[1].sentence


def test_check_names_every_slip_of_the_pen_at_once(text):
    content = "given = 1\nlet a = (2\nlett b = 3\nlet c = 4 +\nlet d = 1 $ 2\nlet e = max(1)\n"
    answer = model_check(text(content))
    lines = {finding.place for finding in answer.findings}
    assert answer.exit_code == 1 and len(lines) >= 4
    assert lines <= {f"small.model:{line}" for line in range(1, 7)}
    assert model_check(text("let a = b")).story == "small.model: 1 fault."


def test_check_says_what_is_not_solved(text):
    answer = model_check(text("given a = 0 let b = 1 / a"))
    assert answer.exit_code == 1 and answer.findings[0].code == "E621"


def test_check_of_what_is_not_there_is_bad_input():
    with pytest.raises(InputError) as caught:
        model_check("smi")
    assert caught.value.codes == ("E618",) and "sim" in str(caught.value)


def test_check_tells_what_an_extension_replaced_and_slips(text):
    text("given a = 1, unread = 2 let b = a let c = b check b = 1", "base.model")
    answer = model_check(text("extends base\nlet b = 2 * a"))
    told = "\n".join(f"{f.severity}: {f.sentence}" for f in answer.findings)
    assert answer.exit_code == 0
    assert "note: Replaced: b" in told and "unread is read by nobody" in told
    assert "warning: check b = 1 fails from period 1" in told
    assert len(answer.payload["findings"]) == len(answer.findings)


def test_check_tells_moneys_that_are_added(text):
    found = [f for f in model_check("openflex").findings if f.severity == "warning"]
    assert found == []


# --- run
def test_run_payload():
    answer = model_run("sim", periods=5, changes=RISE)
    payload = answer.payload
    assert list(payload) == ["model", "periods", "variables", "certificate", "findings", "provenance"]
    assert (payload["model"], payload["periods"]) == ("sim", 5)
    assert all(len(values) == 6 for values in payload["variables"].values())
    assert payload["variables"]["money"][:2] == [80.0, 80.0] and payload["variables"]["wages"][0] is None
    assert payload["variables"]["purchases"][1:3] == [20.0, 25.0]
    assert set(payload["certificate"]) >= {"residual", "books", "period", "path"}
    assert payload["provenance"]["model_hash"] and "seed" not in payload["provenance"]
    assert answer.exit_code == 0 and answer.figures[0]["kind"] == "lines"
    json.loads(to_json(payload))


def test_a_run_with_dates_carries_them(tmp_path):
    path = tmp_path / "m.model"
    path.write_text("frequency quarterly from 2025Q4 given rate = 1 let x = rate + x(-1) start x = 0")
    changes = [{"name": "rate", "value": 3.0, "from": "2026Q2"}]
    answer = model_run(str(path), periods=2, changes=changes)
    assert answer.payload["dates"] == ["2025Q4", "2026Q1", "2026Q2"]
    assert answer.payload["variables"]["x"] == [0.0, 1.0, 4.0]
    assert run_csv(answer).splitlines()[:2] == ["t,date,x", "0,2025Q4,0.0"]
    assert model_compare(str(path), [], changes, 2).payload["dates"] == ["2025Q4", "2026Q1", "2026Q2"]
    assert "dates" not in model_run("sim", periods=1).payload


def test_run_of_one_period_and_of_several_paths():
    assert len(model_run("sim", periods=1).payload["variables"]["money"]) == 2
    answer = model_run("sim", periods=3, paths=20, draws=DRAW, seed=4)
    assert list(answer.payload["quantiles"]) == ["0.05", "0.25", "0.75", "0.95"]
    low, high = (answer.payload["quantiles"][q]["wages"] for q in ("0.05", "0.95"))
    middle = answer.payload["variables"]["wages"]
    assert all(a < b < c for a, b, c in zip(low[1:], middle[1:], high[1:], strict=True))
    assert answer.payload["provenance"]["seed"] == 4 and "3 periods on 20 paths" in answer.story
    json.loads(to_json(answer.payload))


def test_run_shows_what_is_asked_for():
    answer = model_run("pc", periods=3, variables=["bill_rate", "bills[households]"][1:])
    assert [row[0] for row in answer.grids[0].rows] == ["bills[households]"]
    assert [entry["name"] for entry in answer.figures[0]["series"]] == ["bills[households]"]
    with pytest.raises(InputError, match="did you mean"):
        model_run("pc", periods=3, variables=["bils"])


def test_findings_of_a_run_are_shown(text):
    answer = model_run(text("given a = 1 let b = a check b = 2"), periods=2)
    assert [finding.place for finding in answer.findings] == ["small.model:1"]
    assert answer.payload["findings"][0]["sentence"] == answer.findings[0].sentence


def test_the_certificate_is_said_in_words_without_empty_places():
    assert model_run("sim", periods=2).certificate["largest_residual"].startswith("0.0e+00")
    shown = model_run("country", periods=12).certificate
    assert "period" in shown["largest_residual"] and "(" in shown["books"]


def test_run_faults_are_errors(text):
    with pytest.raises(InputError) as caught:
        model_run("sim", 5, changes=[{"name": "taxrate", "value": 1}], start={"mony": 1}, series={"x": [1.0]})
    assert len(caught.value.troubles) == 4  # a series of one period besides its unknown name
    with pytest.raises(NoSolutionError, match=r"period 2, path 0"):
        model_run(text("given a = 1 let b = 1 / a"), 3, changes=[{"name": "a", "value": 0, "from": 2}])


def test_run_is_a_pure_function_of_its_inputs(text):
    content = Path(creditor.__file__).parent.joinpath("library/models/sim.model").read_text("utf-8")
    elsewhere = model_run(text(content, "sim.model"), periods=4, changes=RISE)
    assert to_json(elsewhere.payload) == to_json(model_run("sim", periods=4, changes=RISE).payload)


# --- compare
def test_compare_is_second_less_first():
    answer = model_compare("sim", [], RISE, 40)
    payload = answer.payload
    keys = ["model", "periods", "first", "second", "difference", "certificates", "findings", "provenance"]
    assert list(payload) == keys and len(payload["certificates"]) == 2
    one, two = payload["first"]["wages"], payload["second"]["wages"]
    assert payload["difference"]["wages"][1:] == [b - a for a, b in zip(one[1:], two[1:], strict=True)]
    assert payload["difference"]["wages"][0] is None and payload["difference"]["wages"][1] == 0.0
    assert len({entry["scenario_hash"] for entry in payload["provenance"]}) == 2
    assert answer.title == "Model sim: second less first"


def test_compare_takes_the_fields_of_a_scenario():
    fields = {"set": RISE, "start": {"money": 70.0}}
    assert model_compare("sim", [], fields, 5).payload["difference"]["money"][0] == -10.0
    same = model_compare("sim", fields, {**fields, "model": "sim", "periods": 5}, 5).payload["difference"]
    assert set(same["money"]) == {0.0}


def test_compared_runs_share_their_draws():
    first = {"draw": DRAW, "paths": 30, "seed": 2}
    second = {**first, "set": [{"name": "public_spending", "value": 25.0}]}
    found = model_compare("sim", first, second, 5).payload["difference"]["purchases"]
    assert found[1:] == pytest.approx([5.0] * 5, rel=1e-12)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"model": "pc"}, "'sim' is compared"),
        ({"periods": 7}, "5 is compared"),
        ({"sett": []}, "did you mean set"),
        ({"set": [{"name": "x", "value": 1}]}, "x is not in the model"),
        ({"paths": 2}, "on 1 paths against"),
    ],
)
def test_scenarios_that_cannot_be_compared(fields, told):
    with pytest.raises(InputError) as caught:
        model_compare("sim", [], fields, 5)
    assert told in str(caught.value)


def test_findings_of_both_sides_are_told_apart(text):
    model = text("given a = 1 let b = a check b = 2")
    answer = model_compare(model, [], [{"name": "a", "value": 2}], 3)
    assert [finding.place for finding in answer.findings] == ["first: small.model:1"]


# --- CSV
def test_csv_of_a_run_and_of_a_comparison():
    rows = run_csv(model_run("sim", periods=2)).splitlines()
    assert rows[0].startswith("t,money,purchases") and rows[1].startswith("0,80.0,20.0,,") and len(rows) == 4
    rows = run_csv(model_compare("sim", [], RISE, 2)).splitlines()
    assert (
        rows[0].startswith("t,money") and rows[2].startswith("1,0.0,0.0,") and rows[3].split(",")[2] == "5.0"
    )


@pytest.mark.parametrize("verb", [model_check, model_run])
@pytest.mark.parametrize(
    "name", ["__import__('os').system('x')", "../sim", "/", "", "sim\0", "a" * 9000, "~", "con"]
)
def test_hostile_names_are_no_models(verb, name):
    with pytest.raises(InputError) as caught:
        verb(name)
    assert caught.value.codes[0] in ("E618", "C101")
