"""The debts of all economies add up in one money and year, and what the published total leaves is named."""

from __future__ import annotations

import csv
import math

import pytest

from creditor.analysis.world import world_of
from creditor.opening.country import available, load_country
from creditor.opening.known import as_known
from creditor.terms.library import ROOT

COUNTRIES = [load_country(code) for code in available()]


def figures(code: str) -> dict[tuple[str, str], float]:
    """Figures of a folder by series and year, from the file alone."""
    lines = (ROOT / "countries" / code / "figures.csv").read_text("utf-8").splitlines()
    return {(row["id"], row["period"]): float(row["value"]) for row in csv.DictReader(lines[1:])}


def test_the_sum_is_that_of_the_files():
    found = world_of(COUNTRIES, "2024")
    total = 0.0
    for code in set(available()) - {"ROW", "XLI"}:
        told = figures(code)
        total += told["debt_gdp_2026_04", "2024"] * told["gdp_usd_2026_04", "2024"] / 100
    total += figures("XLI")["debt_gdp", "2024"] * figures("XLI")["gdp_usd", "2024"] / 100
    assert found.listed == pytest.approx(total) and not found.absent
    assert found.rest == pytest.approx(102_000 - total) and found.total == pytest.approx(102_000)


def test_every_debt_is_divided_to_the_last_part():
    found = world_of(COUNTRIES, "2024")
    for debtor in found.debtors:
        assert math.fsum(debtor.classes.values()) == pytest.approx(debtor.debt)
        assert math.fsum((debtor.loop.resident, debtor.loop.foreign, debtor.loop.unknown)) == pytest.approx(1)
    assert math.fsum(found.classes.values()) == pytest.approx(found.total)


def test_holders_of_another_year_are_an_assumption():
    grades = {d.country.code: d.origin.grade for d in world_of(COUNTRIES, "2024").debtors}
    assert (grades["JPN"], grades["KEN"], grades["SAU"], grades["XLI"]) == ("C", "B", "B", "C")
    grades = {d.country.code: d.origin.grade for d in world_of(COUNTRIES, "2019").debtors}
    assert (grades["JPN"], grades["KEN"]) == ("B", "C")


def test_a_year_without_a_published_total_has_no_rest():
    found = world_of(COUNTRIES, "2019")
    assert found.published is None and found.rest is None and found.total == found.listed
    assert "XLI" in found.absent


def test_the_vintage_decides_the_debt():
    old = [as_known(country, "2025-06-30") for country in COUNTRIES if country.code in ("JPN", "ITA")]
    japan = next(d for d in world_of(old, "2024").debtors if d.country.code == "JPN")
    told = figures("JPN")
    assert japan.debt == pytest.approx(told["debt_gdp", "2024"] * told["gdp_usd", "2024"] / 100)
