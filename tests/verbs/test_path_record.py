"""Every number of the JSON of a path has a unit and an origin, and debt is the sum of its instruments."""

from __future__ import annotations

import math

import pytest

from creditor.verbs.path import path
from creditor.verbs.path_record import BY_INSTRUMENT, units_of


@pytest.mark.parametrize(("code", "grade"), [("ITA", "B"), ("EGY", "C"), ("CHN", "C"), ("LKA", "C")])
def test_every_number_has_a_unit_and_an_origin(code, grade):
    found = path(code, paths=20, holders=True).payload
    names = {
        *found["paths"]["rising_rate"],
        "outstanding",
        "fan",
        "fan_errors",
        "stress",
        "chances",
        "gaps",
        "holders",
    }
    assert names <= set(found["units"])
    for name in names:
        covered = [row for row in found["origins"] if name in row["of"]]
        years = {year for row in covered for year in range(row["first"], row["last"] + 1)}
        assert years >= set(found["years"][1:]), name
        assert all(row["source"] and row["grade"] in "ABC" and row["first"] <= row["last"] for row in covered)
    split = [row["grade"] for row in found["origins"] if row["of"] == list(BY_INSTRUMENT)]
    assert split == ([grade] if found["last_published"] > 2024 else [])


def test_debt_is_the_sum_of_its_instruments():
    found = path("ZAF", paths=20, stress="none").payload
    for name, run in found["paths"].items():
        for year, debt in enumerate(run["debt"]):
            assert math.fsum(series[year] for series in found["outstanding"][name].values()) == pytest.approx(
                debt, rel=1e-12
            )
    assert sorted(found["outstanding"]["rising_rate"]) == sorted(
        row["instrument"] for row in found["instruments"] if row["instrument"] != "other"
    )


def test_units_are_words_of_the_economy():
    assert units_of("JPY")["outstanding"] == "JPY bn" and units_of("JPY")["growth"] == "share per year"
