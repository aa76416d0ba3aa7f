"""Projections of others: what the figures are, that parts add up, and that what is not given is never zero."""

from __future__ import annotations

import csv

import pytest

from creditor.opening.country import load_country
from creditor.sustainability.baseline import baseline
from creditor.sustainability.beside import OURS, ROUNDED, Comparison, comparisons
from creditor.sustainability.history import FEDERAL, GENERAL, economies_with_path, history
from creditor.sustainability.path import case_of, simulate
from creditor.sustainability.publications import (
    FLOW,
    GROWTH,
    INFLATION,
    INTEREST,
    NOMINAL,
    PRIMARY,
    publications,
)
from creditor.terms.library import ROOT

EC = ["BEL", "DEU", "ESP", "FRA", "GBR", "GRC", "ITA", "NLD", "PRT", "SWE", "USA"]


def beside(code: str, perimeter: str = GENERAL, horizon: int = 2055) -> dict[str, Comparison]:
    base = baseline(code, perimeter)
    found = comparisons(base, simulate(case_of(base, horizon)))
    return {one.publication.name: one for one in found}


def rows_of(code: str) -> list[dict[str, str]]:
    with (ROOT / "debt" / "beside.csv").open(encoding="utf-8") as file:
        rows = [line for line in file if not line.startswith("#")]
    return [row for row in csv.DictReader(rows) if row["economy"] == code]


def test_who_stands_beside_whom():
    codes = economies_with_path()
    assert [c for c in codes if any(p.name == "ec_2025_spring" for p in publications(c))] == EC
    assert [p.name for p in publications("USA", FEDERAL)] == ["cbo_2026_02", "cbo_2025_03"]
    with_others = [code for code in codes if publications(code)]
    assert with_others == sorted([*EC, "BRA", "KOR", "ZAF"])
    for code in codes:
        assert "weo_2026_04" in beside(code, horizon=2035)


@pytest.mark.parametrize("code", EC)
def test_figures_of_the_commission_obey_the_law_of_motion(code):
    one = beside(code)["ec_2025_spring"]
    assert set(one.parts) == {INTEREST, GROWTH, INFLATION, PRIMARY, FLOW} and not one.missing
    theirs = sum(other for _, other in one.parts.values())
    assert theirs == pytest.approx(one.theirs[-1] - one.theirs[0], abs=3e-5)
    assert abs(one.rest) < 3e-5 and one.rest_told == ROUNDED


def test_one_attribution_is_recomputed_from_the_two_sets_of_figures():
    one = beside("ITA")["ec_2025_spring"]
    named = [row for row in rows_of("ITA") if "Spring" in row["source"]]
    ec = {(row["indicator"], int(row["period"])): float(row["value"]) for row in named}
    country = load_country("ITA")
    gdp, real = history(country, "gdp_lcu", "economy"), history(country, "real_growth", "economy")
    debt, paid = history(country, "debt_gdp"), history(country, "net_interest_gdp")
    balance = history(country, "primary_balance_gdp")
    wanted = dict.fromkeys((INTEREST, GROWTH, INFLATION, PRIMARY), (0.0, 0.0))

    def add(name: str, ours: float, theirs: float) -> None:
        wanted[name] = wanted[name][0] + ours, wanted[name][1] + theirs

    for year in (2025, 2026):
        add(INTEREST, paid[year], ec["primary_balance_gdp", year] - ec["balance_gdp", year])
        add(PRIMARY, -balance[year], -ec["primary_balance_gdp", year])
        grown, theirs = gdp[year] / gdp[year - 1], ec["gdp", year] / ec["gdp", year - 1]
        volume = ec["real_gdp", year] / ec["real_gdp", year - 1] - 1
        before = ec["debt_gdp", year - 1]
        add(GROWTH, -debt[year - 1] * real[year] / 100 / grown, -before * volume / theirs)
        ours = -debt[year - 1] * (grown - 1 - real[year] / 100) / grown
        add(INFLATION, ours, -before * (theirs - 1 - volume) / theirs)
    flow = sum(ec["stock_flow", year] / ec["gdp", year] for year in (2025, 2026))
    left = debt[2026] - debt[2024] - sum(ours for ours, _ in wanted.values())
    wanted[FLOW] = left, 100 * flow
    for name, pair in wanted.items():
        # coupons in foreign money at another rate of exchange are stock-flow here, interest in the figures
        near = 1e-3 if name in (INTEREST, FLOW) else 1e-9
        assert 100 * one.parts[name][0] == pytest.approx(pair[0], abs=near), name
        assert 100 * one.parts[name][1] == pytest.approx(pair[1], abs=1e-9), name
    both = sum(100 * one.parts[name][0] for name in (INTEREST, FLOW))
    assert both == pytest.approx(wanted[INTEREST][0] + left, abs=1e-9)
    gap = debt[2026] - debt[2024] - (ec["debt_gdp", 2026] - ec["debt_gdp", 2024])
    assert 100 * one.gaps[-1] == pytest.approx(gap, abs=1e-9)


def test_levels_are_compared_where_the_debt_is_the_same_and_changes_where_it_is_not():
    level = beside("JPN")["weo_2026_04"]
    assert level.gaps[0] == level.opening == pytest.approx(0.2216) and level.rest != 0
    change = beside("GBR")["obr_2026_03"]
    assert change.gaps[0] == 0 and change.opening == pytest.approx(0.0807, abs=1e-3)
    assert change.gaps[-1] == pytest.approx(
        change.ours[-1] - change.ours[0] - (change.theirs[-1] - change.theirs[0]), abs=1e-12
    )
    for one in (level, change):
        opening = one.opening if one.publication.same else 0.0
        known = sum(ours - theirs for ours, theirs in one.parts.values())
        assert opening + known + one.rest == pytest.approx(one.gaps[-1], abs=1e-12)


def test_what_is_not_given_is_one_remainder_and_never_zero():
    one = beside("ESP")["ec_dsm_2024"]
    assert one.years == (2024, 2025, 2027, 2034, 2035) and not one.parts
    assert one.rest == one.gaps[-1] < -0.1
    assert one.rest_told.startswith("not given: interest, real growth, inflation, primary balance")
    half = beside("USA", FEDERAL)["cbo_2025_03"]
    assert set(half.parts) == {INTEREST, PRIMARY} and half.missing == [GROWTH, INFLATION, FLOW]
    assert half.parts[INTEREST][1] == pytest.approx(30 * 0.043)
    assert half.parts[PRIMARY][1] == pytest.approx(30 * 0.02)


def test_an_adjustment_is_derived_where_everything_else_is_given():
    one = beside("USA", FEDERAL)["cbo_2026_02"]
    assert (one.years[0], one.years[-1]) == (2025, 2055) and set(one.parts) == {
        INTEREST,
        NOMINAL,
        PRIMARY,
        FLOW,
    }
    assert one.rest == 0 and not one.missing and abs(one.parts[FLOW][1]) < 0.01
    series = one.publication.series
    for year in range(2026, 2057):
        parts = one.publication.parts(year - 1, year)
        assert abs(parts[FLOW]) < 0.005, year  # other means of financing, and shifts of payments
        assert series["debt"][year] - series["debt"][year - 1] == pytest.approx(
            sum(parts.values()), abs=1e-12
        )


def test_the_outlook_of_a_year_later_has_its_primary_balances_and_no_other_part():
    for code in economies_with_path():
        one = beside(code, horizon=2035)["weo_2026_04"]
        assert one.publication.same and one.publication.origin.vintage == "2026-04"
        last = one.years[-1]
        if code == "LKA":  # nothing is projected
            assert last == 2024 and not one.parts and one.rest == 0
            continue
        named = [row for row in rows_of(code) if "Fiscal Monitor" in row["source"]]
        assert [int(row["period"]) for row in named] == list(range(2025, 2032))
        balance = sum(float(row["value"]) for row in named if int(row["period"]) <= last) / 100
        assert list(one.parts) == [PRIMARY] and one.missing == [INTEREST, GROWTH, INFLATION, FLOW]
        assert one.parts[PRIMARY][1] == pytest.approx(-balance)


def test_growth_follows_from_debt_and_its_ratio():
    one = beside("ZAF")["zaf_treasury_2025_03"]
    assert set(one.parts) == {NOMINAL} and one.missing == [INTEREST, PRIMARY, FLOW]
    grown = (6094.2 / 76.2) / (5693.6 / 76.1) - 1
    assert one.publication.series[NOMINAL][2025] == pytest.approx(grown)


def test_our_parts_are_the_model_s_and_a_short_horizon_cuts():
    base = baseline("ITA")
    run = simulate(case_of(base, 2030))
    one = next(c for c in comparisons(base, run) if c.publication.name == "ec_2024_country_report")
    assert one.years == (2024, 2025)
    one = next(c for c in comparisons(base, run) if c.publication.name == "ec_2025_spring")
    for name, (ours, _) in one.parts.items():
        assert ours == pytest.approx(sum(run.one(part)[1:3].sum() for part in OURS[name]))
    base = baseline("KOR")
    names = [c.publication.name for c in comparisons(base, simulate(case_of(base, 2035)))]
    assert names == ["weo_2026_04"]
