"""Capacity to carry debt: published classes, marks by class, and fractions that are no months."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.sustainability.baseline import baseline
from creditor.sustainability.lic import (
    CUTS,
    ROWS,
    capacity,
    capacity_class,
    composite_indicator,
    indicator_span,
    low_income,
    world_growth,
)
from creditor.sustainability.published import newest

MARKS = {name: {"weak": 1.0, "medium": 1000.0} for name in ROWS}


def test_months_and_percent_are_refused_at_once():
    with pytest.raises(InputError) as wrong:
        composite_indicator(3.5, 5.0, 4.0, 4.0, 0.03)
    assert wrong.value.codes == ("U501",) * 3 and "months" in str(wrong.value)
    with pytest.raises(InputError):
        composite_indicator(3.5, 0.05, float("nan"), 0.04, 0.03)


def test_formula_and_cuts():
    terms = 0.385 * 3 + 2.719 * 0.04 + 4.052 * 0.25 - 3.99 * 0.0625 + 2.022 * 0.03 + 13.52 * 0.03
    assert composite_indicator(3, 0.04, 0.25, 0.03, 0.03) == pytest.approx(terms, abs=1e-12)
    assert [capacity_class(x) for x in (CUTS[0] - 0.01, *CUTS, CUTS[1] + 0.01)] == [
        "weak",
        "medium",
        "medium",
        "strong",
    ]


def test_published_class_agrees_with_the_published_indicator():
    for code in ("GHA", "ZMB"):
        score = newest(code, "composite_indicator").number
        assert capacity_class(score) == capacity(code)
        assert indicator_span(code).low < score < indicator_span(code).high
        told = low_income(baseline(code), MARKS)["composite_indicator"][-1].told
        assert "weak to medium; reserves" in told and capacity(code) in told
    assert 0.02 < world_growth() < 0.035


def test_marks_of_the_class_and_who_made_the_value():
    zambia, ghana = low_income(baseline("ZMB"), MARKS), low_income(baseline("GHA"), MARKS)
    assert all(r.threshold == 1.0 and r.margin < 0 for name in ROWS for r in zambia[name])
    assert all(r.threshold == 1000.0 and r.margin > 0 for name in ROWS for r in ghana[name])
    assert [r.basis for r in ghana["public_pv_gdp"]] == ["published", "computed"]
    assert all(r.source for name in ROWS for r in ghana[name])


def test_without_a_class_a_value_has_no_verdict():
    nigeria = low_income(baseline("NGA"), MARKS)
    assert nigeria["external_pv_exports"][0].value > 0 and nigeria["external_pv_exports"][0].margin is None
    assert low_income(baseline("ITA"), MARKS)["public_pv_gdp"] == []


def test_service_over_revenue_is_above_service_over_expenditure_in_deficit():
    found = low_income(baseline("KEN"), MARKS)["external_service_revenue"][-1]
    assert 19.06 < found.value < 30 and "not paid" in found.told
