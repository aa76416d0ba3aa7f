"""The four rules: what each group of households would pay of the interest of one year."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from creditor.analysis.incidence import RULES, group_taxes, person_taxes
from creditor.analysis.lines import counts_of, interest_of
from creditor.analysis.person import read_person
from creditor.opening.country import load_country

USA = load_country("USA")
COUNTS = counts_of(USA, "wealth")
EVERYONE = math.fsum(COUNTS.values())
INTEREST, ORIGIN = interest_of(USA)


def taxes(group):
    lines, _ = group_taxes(USA, INTEREST, ORIGIN, group, COUNTS[group], EVERYONE)
    return {line.key: line for line in lines}


def test_per_head_is_the_same_for_all_and_pays_the_whole():
    paid = {group: taxes(group)["per head"].amount for group in COUNTS}
    assert len({round(amount, 6) for amount in paid.values()}) == 1
    assert math.fsum(paid[group] * COUNTS[group] for group in COUNTS) == pytest.approx(INTEREST * 1e9)


def test_all_taxes_lie_between_per_head_and_the_income_tax():
    for group in COUNTS:
        lines = taxes(group)
        head, income, every = (lines[rule] for rule in RULES[:3])
        low, high = sorted((head.low, income.low))[0], sorted((head.high, income.high))[1]
        assert low - 1e-9 <= every.low <= every.high <= high + 1e-9
        assert every.amount is None and every.origin.grade == "C"


def test_income_groups_stand_for_wealth_groups_and_the_grade_says_so():
    line = taxes("bottom_50")["income tax"]
    assert line.amount == pytest.approx(0.03 * INTEREST * 1e9 / COUNTS["bottom_50"])
    assert line.origin.grade == "C" and "groups by income stand for groups by wealth" in line.origin.source


def test_a_group_without_figures_has_two_rules_and_says_which_are_absent():
    ages = counts_of(USA, "age")
    lines, absent = group_taxes(USA, INTEREST, ORIGIN, "age_55_69", ages["age_55_69"], EVERYONE)
    assert [line.key for line in lines] == ["per head", "future cohorts"]
    assert "no shares of this group" in absent[0]


def test_a_person_whose_taxes_are_not_told():
    person = replace(read_person("teacher_california"), income_tax=None)
    lines, absent = person_taxes(USA, person, INTEREST, ORIGIN, EVERYONE)
    assert [line.key for line in lines] == ["per head", "all taxes", "future cohorts"]
    assert absent == ["the rule income tax: the file does not say what this person pays"]
