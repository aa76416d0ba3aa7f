"""A statement divides what households are owed, charges the whole interest, and never nets."""

from __future__ import annotations

import math

import pytest

from creditor.analysis.incidence import RULES
from creditor.analysis.person import read_person
from creditor.analysis.statement import group_name, group_statement, person_statement
from creditor.errors import InputError
from creditor.opening.country import NUMBER, load_country
from creditor.verbs.who import who

USA = load_country("USA")
WEALTH = ["top_0.1", "next_0.9", "next_9", "next_40", "bottom_50"]
AGE = ["age_70_plus", "age_55_69", "age_40_54", "age_under_40"]
INTEREST = 969.938e9


def number(by, group):
    return next(float(r.value) for r in USA.groups if r.labels == (by, group, NUMBER))


@pytest.mark.parametrize(("by", "names"), [("wealth", WEALTH), ("age", AGE)])
def test_groups_add_up_to_what_households_have(by, names):
    made = {name: group_statement(USA, by, name) for name in names}
    for view, of in (("owed_to", lambda s: s.total), ("borne_by", lambda s: s.borne)):
        payload = who(
            "USA", owed_to=view == "owed_to", borne_by=view == "borne_by", perimeter="public"
        ).payload
        whole = payload["summary"]["households"]
        parts = [of(made[name]).amount * number(by, name) / 1e9 for name in names]
        assert math.fsum(parts) == pytest.approx(whole, rel=1e-9)
    for statement in made.values():
        assert math.fsum(line.amount for line in statement.owed) == pytest.approx(statement.total.amount)
        assert statement.total.low <= statement.total.amount <= statement.total.high


def test_each_rule_charges_the_whole_interest():
    made = {name: group_statement(USA, "wealth", name) for name in WEALTH}
    for rule in ("per head", "income tax"):
        low = high = 0.0
        for name in WEALTH:
            line = next(tax for tax in made[name].taxes if tax.key == rule)
            low += line.low * number("wealth", name)
            high += line.high * number("wealth", name)
        assert low - 1 <= INTEREST <= high + 1, rule
    assert all(tax.amount == 0 for s in made.values() for tax in s.taxes if tax.key == "future cohorts")


def test_interest_is_the_groups_part_of_the_interest_paid():
    made = group_statement(USA, "wealth", "next_40")
    public = who("USA", perimeter="public").payload["total"] * 1e9
    assert made.interest.amount == pytest.approx(made.total.amount * INTEREST / public)


def test_the_rules_decide_who_gains():
    assert group_statement(USA, "wealth", "bottom_50").signs["per head"] == "more"
    assert group_statement(USA, "wealth", "top_0.1").signs["per head"] == "less"
    for name in WEALTH:
        signs = group_statement(USA, "wealth", name).signs
        assert list(signs) == list(RULES) and signs["future cohorts"] == "less"


def test_the_top_of_the_tax_figures_is_bounded_not_split():
    top, rest = (group_statement(USA, "wealth", name) for name in ("top_0.1", "next_0.9"))
    lines = [next(tax for tax in s.taxes if tax.key == "income tax") for s in (top, rest)]
    assert [line.amount for line in lines] == [None, None]
    whole = 0.404 * INTEREST
    assert lines[0].high * number("wealth", "top_0.1") == pytest.approx(whole)
    assert lines[1].low == 0
    ends = lines[0].low * number("wealth", "top_0.1") + lines[1].high * number("wealth", "next_0.9")
    assert ends == pytest.approx(whole)


def test_what_no_source_tells_is_named_and_absent():
    made = group_statement(USA, "age", "age_55_69")
    assert [tax.key for tax in made.taxes] == ["per head", "future cohorts"]
    told = " ".join(made.absent)
    for part in ("income tax", "public capital", "number of persons"):
        assert part in told


def test_promises_are_the_balances_of_the_funds_and_are_in_no_other_line():
    made = group_statement(USA, "wealth", "next_40")
    everyone = sum(number("wealth", name) for name in WEALTH)
    first = next(line for line in made.promises if line.key == "fund_social_security")
    assert first.amount == pytest.approx(2600e9 / everyone) and first.origin.grade == "C"
    assert not {line.key for line in made.promises} & {line.key for line in made.owed}


def test_the_teacher_is_owed_and_bears_nothing_first():
    made = person_statement(USA, read_person("teacher_california"))
    assert made.total.low == 0 and made.total.high == pytest.approx(1032178.3 * 0.2176, rel=1e-6)
    assert (made.borne.amount, made.borne.low, made.borne.high) == (0, 0, 0)
    assert "taxpayers" in made.notes[0][1]
    rules = {tax.key: tax.amount for tax in made.taxes}
    assert rules["income tax"] == pytest.approx(INTEREST * 10000 / 2.1e12)
    assert rules["all taxes"] == pytest.approx(INTEREST * 11466 / 5234.616e9)


@pytest.mark.parametrize(
    ("by", "text", "name"),
    [("wealth", "next40", "next_40"), ("wealth", "Top 0.1", "top_0.1"), ("wealth", "bottom-50", "bottom_50"),
     ("age", "70+", "age_70_plus"), ("age", "age_under_40", "age_under_40"), ("age", "40-54", "age_40_54")],
)  # fmt: skip
def test_groups_are_found_however_they_are_written(by, text, name):
    assert group_name(by, text) == name


@pytest.mark.parametrize(("by", "text"), [("wealth", "next41"), ("age", "55"), ("age", "next40")])
def test_a_group_that_is_none_is_refused(by, text):
    with pytest.raises(InputError) as caught:
        group_name(by, text)
    assert caught.value.codes == ("U501",) and caught.value.troubles[0].mend
