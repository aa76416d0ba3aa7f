"""The verb effort: the binding test with its error, rules in their order, a plan by year, faults at once."""

from __future__ import annotations

import json

import numpy as np
import pytest

from creditor.errors import InputError
from creditor.export.json import to_json
from creditor.export.text import to_text
from creditor.verbs.effort import effort


def test_effort_names_what_binds_and_what_each_rule_makes_of_it():
    answer = effort("FRA", years=7, paths=100)
    payload = json.loads(to_json(answer.payload))
    assert payload["binding"]["total"] == max(row["total"] for row in payload["efforts"])
    assert payload["first_year"] == 2026 and "France" in payload["story"]
    rules = {row["rule"]: row for row in payload["rules"]}
    assert list(rules) == ["tests", "deficit_procedure", "debt_safeguard", "deficit_resilience"]
    assert (
        rules["deficit_resilience"]["total"] == payload["total"] == pytest.approx(7 * payload["yearly_step"])
    )
    assert "excessive deficit procedure" in payload["story"]


def test_the_plan_by_year_has_its_steps_floors_and_spending():
    payload = effort("FRA", years=7, paths=100).payload
    plan = {row["year"]: row for row in payload["plan"]}
    assert min(plan) == 2025 and max(plan) == 2042
    steps = [plan[year]["step"] for year in range(2026, 2033)]
    assert sum(steps) == pytest.approx(payload["total"])
    assert plan[2032]["structural_primary_balance"] == pytest.approx(payload["start"] + payload["total"])
    assert plan[2026]["floor"] == 0.005 and "floor" not in plan[2033] and "step" not in plan[2025]
    for year in range(2026, 2033):
        growth = plan[year]["net_expenditure_growth"] + plan[year]["step"] / 0.551114
        assert 0.0 < growth < 0.05


def test_the_plan_is_run_again_by_debt_model():
    for criterion in ("eu2024", "commission_2024", "debt"):
        assert effort("ITA", criterion, paths=50).certificate["model"] < 1e-12


def test_prior_guidance_is_stricter_on_chances():
    totals = []
    for criterion, test in (("eu2024", "stochastic"), ("eu2024_prior_guidance", "stochastic_decline")):
        rows = effort("DEU", criterion, paths=200).payload["efforts"]
        totals += [row["total"] for row in rows if row["test"] == test]
    assert totals[1] >= totals[0] - 1e-9


def test_faults_at_once():
    with pytest.raises(InputError) as wrong:
        effort("ITA", "eu", years=0, paths=1)
    assert wrong.value.codes == ("U501",) * 3


def test_two_readings_have_the_names_of_who_reads_them():
    for name, known in (("bruegel_2024", "eu2024"), ("commission_2024", "eu2024_prior_guidance")):
        assert effort("DEU", name, paths=50).payload["criterion"] == known
    with pytest.raises(InputError) as wrong:
        effort("DEU", "comission_2024", paths=50)
    assert "commission_2024" in str(wrong.value)


def test_the_commission_rounds_the_yearly_step_up():
    payload = effort("FRA", "commission_2024", paths=50).payload
    steps = [row["step"] for row in payload["plan"] if "step" in row]
    exact = payload["binding"]["total"] / 4
    assert 0 <= min(steps) - exact < 1e-4 and round(1e4 * min(steps), 6) % 1 == 0
    assert payload["reading"] == "reference trajectory"
    assert "reading" not in effort("FRA", "bruegel_2024", paths=50).payload


def test_inputs_have_source_vintage_and_grade_and_what_is_assumed_is_said():
    answer = effort("BRA", "holding")
    inputs = answer.payload["inputs"]
    assert inputs["semi_elasticity"]["grade"] == "C" and inputs["primary_expenditure"]["grade"] == "B"
    text = to_text(answer, 110)
    assert "output gap is not in the figures" in text and "Mourre" not in text
    italy = effort("ITA", "debt")
    assert italy.payload["inputs"]["semi_elasticity"]["source"].startswith("European Commission")
    assert "Mourre" in to_text(italy, 110) and not np.isnan(italy.payload["start"])


def test_a_rate_below_growth_is_said_to_be_no_safety():
    answer = effort("JPN", "holding", paths=50)
    assert any("no safety" in finding.sentence for finding in answer.findings)


def test_an_effort_is_larger_where_ageing_costs():
    for criterion in ("debt", "eu2024"):
        aged, plain = (effort("ESP", criterion, 7, 50, ageing=kind) for kind in ("published", "none"))
        totals = [{e["test"]: e["total"] for e in a.payload["efforts"]} for a in (aged, plain)]
        assert totals[0]["main"] > totals[1]["main"] + 0.005
    places = [[f.severity for f in a.findings if f.place == "ageing"] for a in (aged, plain)]
    assert places == [["note"], ["warning"]]
    with pytest.raises(InputError):
        effort("ESP", "debt", ageing="some")


def test_both_chances_stand_beside_the_plan():
    answer = effort("FRA", "stochastic", paths=300)
    chances = answer.payload["chances"]
    assert chances["method"] <= 0.3 < chances["own"]
    (note,) = [f.sentence for f in answer.findings if f.place == "chance"]
    assert f"{100 * chances['own']:.0f} %" in note


def test_federal_debt_has_no_growth_of_spending_and_says_that_the_rules_are_of_others():
    answer = effort("USA", paths=50, perimeter="federal")
    assert all("net_expenditure_growth" not in row for row in answer.payload["plan"])
    text = " ".join(to_text(answer, 110).split())
    assert "Spending without interest is not in the figures" in text and "not under these rules" in text


def test_an_effort_that_a_rule_sets_has_no_noise_of_a_chance():
    germany = effort("DEU", paths=100)
    assert germany.payload["rules"][2]["state"] == "binds" and "\N{PLUS-MINUS SIGN}" not in germany.story


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(InputError) as caught:
        effort("ITA", "nothing", 0, perimeter="federal", ageing="some")
    places = [trouble.where for trouble in caught.value.troubles]
    assert places == ["--perimeter", "--years", "--criterion", "--ageing"]
