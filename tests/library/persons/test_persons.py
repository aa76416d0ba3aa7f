"""Each person of the library gives what its twin works out by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from creditor.analysis.person import available_persons, read_person
from creditor.verbs.statement import statement

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", available_persons())
def test_a_person_gives_what_its_twin_says(name):
    twin = tomllib.loads((HERE / f"{name}.toml").read_text())
    person = read_person(name)
    assert person.benefit is not None
    assert person.benefit.factor(person.benefit.from_age, person.service) == pytest.approx(twin["factor"])
    assert person.pension == pytest.approx(twin["pension"])
    assert person.claim == pytest.approx((twin["least"], twin["most"]), abs=0.1)
    assert person.debt_share == pytest.approx((0, twin["debt_most"]))
    payload = statement(person.economy, person=name).payload
    assert (payload["borne"]["lo"], payload["borne"]["hi"]) == (0, twin["borne"])
    assert [rule for rule, sign in payload["signs"].items() if sign == "undecided"] == twin["undecided"]
    assert person.origin.grade == "C" and person.plan_origin.vintage


def test_the_worth_of_a_pension_by_the_annuity_formula():
    person = read_person("teacher_california")
    for rate, worth in zip((0.07, 0.03), person.claim, strict=True):
        annuity = (1 - (1 + rate) ** -25) / rate * (1 + rate)
        assert worth == pytest.approx(person.pension * annuity / (1 + rate) ** 5)
