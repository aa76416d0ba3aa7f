"""Debt indicators are recomputed from the published figures by hand; one without figures is absent."""

from __future__ import annotations

import dataclasses

import pytest

from creditor.analysis.indicators import NAMES, Indication, indications, lacking
from creditor.opening.country import available, load_country


def found(code: str) -> dict[str, Indication]:
    return {one.indicator: one for one in indications(load_country(code), "2024")}


def fact(code: str, indicator: str, period: str) -> float:
    rows = [f for f in load_country(code).facts if f.labels[0] == indicator and f.period == period]
    return float(max(rows, key=lambda row: row.origin.vintage).value)


def test_interest_over_revenue() -> None:
    one = found("EGY")["interest_revenue"]
    assert one.value == pytest.approx(
        100 * fact("EGY", "net_interest_gdp", "2024") / fact("EGY", "revenue_gdp", "2024")
    )
    assert one.origin.grade == "B" and one.text == "55.8 %"


def test_rate_less_growth() -> None:
    growth = fact("MEX", "gdp_lcu", "2024") / fact("MEX", "gdp_lcu", "2023") - 1
    one = found("MEX")["rate_less_growth"]
    assert one.value == pytest.approx(fact("MEX", "effective_rate_net", "2024") - 100 * growth)


def test_gross_financing_need_is_an_assumption() -> None:
    scale = fact("USA", "gdp_lcu", "2023") / fact("USA", "gdp_lcu", "2024")
    maturing = fact("USA", "debt_gdp", "2023") / fact("USA", "avg_maturity", "2020Q4") * scale
    one = found("USA")["gross_financing_need"]
    assert one.value == pytest.approx(maturing - fact("USA", "overall_balance_gdp", "2024"))
    assert one.origin.grade == "C" and "average maturity 5.3 years" in one.evidence


def test_holders() -> None:
    greece = found("GRC")
    assert greece["largest_class_share"].value == pytest.approx(73)
    assert "foreign official" in greece["largest_class_share"].evidence
    assert greece["not_allocated_share"].value == 0  # 27 percent have holders by an assumption
    assert greece["not_allocated_share"].origin.grade == "C"
    canada = found("CAN")
    assert canada["largest_class_share"].value == pytest.approx(53.1, abs=0.05)
    assert canada["non_resident_share"].value < canada["largest_class_share"].value
    assert canada["not_allocated_share"].value == 0


def test_classes_that_are_not_told_apart_are_no_class_of_holders() -> None:
    """France publishes foreigners as a whole: the largest class of holders that is told is another one."""
    france = found("FRA")
    assert france["largest_class_share"].value < france["non_resident_share"].value


def test_what_is_not_known_is_absent() -> None:
    arabia = found("SAU")
    assert arabia["not_allocated_share"].value == 100
    assert "largest_class_share" not in arabia and "non_resident_share" not in arabia
    assert set(lacking(list(arabia.values()))) >= {"largest_class_share", "non_resident_share"}


def test_without_a_figure_there_is_no_number() -> None:
    country = load_country("USA")
    without = tuple(f for f in country.facts if f.labels[0] != "avg_maturity")
    names = {one.indicator for one in indications(dataclasses.replace(country, facts=without), "2024")}
    assert "gross_financing_need" not in names and "interest_revenue" in names
    assert not {one.indicator for one in indications(country, "1900")} & {
        "interest_revenue",
        "rate_less_growth",
    }


@pytest.mark.parametrize("code", available())
def test_every_economy_has_numbers_with_source_and_grade(code: str) -> None:
    for one in indications(load_country(code), "2024"):
        assert one.indicator in NAMES and one.origin.source and one.origin.grade in "ABC"
        assert one.evidence and one.value == one.value
