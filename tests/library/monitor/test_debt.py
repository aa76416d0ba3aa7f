"""Thresholds of debt indicators are those of their sources; an assumption has grade C and says so."""

from __future__ import annotations

import pytest

from creditor.analysis.thresholds import read_thresholds
from creditor.opening.country import available, load_country

PUBLISHED = [  # indicator, group, value, grade
    ("interest_revenue", "advanced", 10, "A"),
    ("gross_financing_need", "emerging and developing", 15, "B"),
    ("gross_financing_need", "advanced", 20, "B"),
    ("non_resident_share", "emerging and developing", 45, "B"),
    ("non_resident_share", "advanced", 45, "C"),
    ("foreign_currency_share", "emerging and developing", 20, "B"),
    ("rate_less_growth", "advanced", 0, "B"),
]


@pytest.mark.parametrize(("name", "group", "value", "grade"), PUBLISHED)
def test_values(name: str, group: str, value: float, grade: str) -> None:
    threshold = read_thresholds()[name].threshold_for([group])
    assert threshold is not None and (threshold.value, threshold.origin.grade) == (value, grade)


def test_an_assumption_is_graded_as_one() -> None:
    for watched in read_thresholds().values():
        for threshold in watched.thresholds:
            guessed = any(word in threshold.origin.source for word in ("assumption", "recalled"))
            assert guessed == (threshold.origin.grade == "C")


def test_groups_are_those_of_the_economies() -> None:
    known = {group for code in available() for group in load_country(code).settings["groups"]} | {"all"}
    for watched in read_thresholds().values():
        assert {group for threshold in watched.thresholds for group in threshold.groups} <= known
