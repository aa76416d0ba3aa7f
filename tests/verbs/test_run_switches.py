"""The answer of a run names regimes, verdicts and articles; without regimes it says nothing of them."""

from __future__ import annotations

from creditor.verbs.runs import model_run, model_scenarios


def test_the_answer_names_the_articles():
    answer = model_run("ceiling_with_leakage")
    (told,) = answer.payload["regimes"]
    assert (told["verdict"], told["value"], told["leakage"]) == ("prohibited", 0.3, 0.3)
    assert told["articles"] == ["31 U.S.C. 3101(b)"] and len(told["rules"]) == 16
    (grid,) = [grid for grid in answer.grids if grid.name == "regimes"]
    assert grid.rows[0][3] == "allowed_share = 0.3" and "not about the numbers of the run" in grid.note


def test_a_run_without_regimes():
    answer = model_run("sim", periods=2)
    assert "regimes" not in answer.payload and not [grid for grid in answer.grids if grid.name == "regimes"]


def test_regimes_by_name_come_after_those_of_the_file():
    more = [
        {"regime": "debt_ceiling_us", "given": "allowed_share", "facts": {"debt_subject_to_limit": 41500}}
    ]
    answer = model_run("ceiling_with_leakage", regime=more)
    assert [one["value"] for one in answer.payload["regimes"]] == [0.3, 0.0]


def test_the_schema_shows_them():
    made = model_scenarios(schema=True).payload
    assert {"regime", "given", "case", "facts", "granted", "leakage", "from", "to"} == set(
        made["$defs"]["RegimeChange"]["properties"]
    )
