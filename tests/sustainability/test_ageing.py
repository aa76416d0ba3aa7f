"""The cost of ageing in a path: where it begins to count, what is assumed, and what is said of it."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.errors import InputError
from creditor.sustainability.ageing import NONE, PUBLISHED, ageing, assumed, told
from creditor.sustainability.ageing_published import projection
from creditor.sustainability.baseline import baseline
from creditor.sustainability.history import economies_with_path

EUROPE = ["BEL", "DEU", "ESP", "FRA", "GRC", "ITA", "NLD", "PRT", "SWE"]
WITH = sorted([*EUROPE, "AUS", "BRA", "CHE", "CHN", "GBR", "JPN", "KOR", "USA"])


def test_seventeen_economies_have_one_and_the_others_say_so():
    assert sorted(code for code in economies_with_path() if projection(code)) == WITH
    for code in economies_with_path():
        base, found = baseline(code), ageing(code)
        assert found.kind == (PUBLISHED if code in WITH else NONE)
        severities = [(f.severity, f.place) for f in told(base, found, 2055)]
        assert severities[0] == ("note" if code in WITH else "warning", "ageing")
        if code not in WITH:
            assert not found.costs(base, 40).any()
            assert "65 and older per 100" in told(base, found, 2055)[0].evidence


@pytest.mark.parametrize(("code", "perimeter"), [("ITA", "general-government"), ("USA", "federal")])
def test_nothing_counts_twice_and_after_the_last_year_it_is_held(code, perimeter):
    base, found = baseline(code, perimeter), ageing(code)
    costs = found.costs(base, 76)
    assert not costs[: base.anchored].any() and costs[base.anchored] != 0
    last = found.projection.published[-1]
    place = last - base.opening - 1
    level = found.projection.net([base.last_published, last])
    assert costs[place:].tolist() == pytest.approx([level[1] - level[0]] * (76 - place))
    assert [found.projection.origin(year).grade for year in (last, last + 1)] == ["A", "C"]


def test_years_between_published_ones_are_joined_and_graded():
    korea = projection("KOR")
    assert korea.grade == "B" and korea.joined and korea.published == [2024, 2065]
    assert 100 * korea.net([2044])[0] == pytest.approx(10.1 + 12.4 * 20 / 41)
    grades = [korea.origin(year).grade for year in (2024, 2040, 2065, 2070)]
    assert grades == ["A", "B", "A", "C"]
    assert projection("CHE").grade == "C" and projection("FRA").grade == "A"
    doubts = told(baseline("KOR"), ageing("KOR"), 2080)[1].sentence
    for words in ("contributions", "2024, 2065", "held to 2080"):
        assert words.lower() in doubts.lower()


def test_the_rule_of_the_union_counts_ten_years_from_the_end_of_the_adjustment():
    base, found = baseline("ESP"), ageing("ESP")
    early, late = found.costs_of_rule(base, 46, 2029), found.costs_of_rule(base, 46, 2032)
    years = np.arange(2025, 2071)
    inside = (years >= 2029) & (years <= 2039)
    level = found.projection.net(years[inside])
    assert early[inside] == pytest.approx(level - level[0]) and not early[years <= 2029].any()
    assert early[years > 2039] == pytest.approx(early[years == 2039][0])
    assert not late[years <= 2032].any()
    level = found.projection.net([2032, 2042])
    assert late[years >= 2042] == pytest.approx(level[1] - level[0])
    own_cost = ageing("ESP", 2.0)
    own = own_cost.costs(base, 20)
    assert own_cost.costs_of_rule(base, 20, 2029)[:15] == pytest.approx(own[:15])
    assert own_cost.costs_of_rule(base, 20, 2032)[7:18] == pytest.approx(own[7:18] - own[7])
    assert own_cost.costs_of_rule(base, 20, 2029)[15:] == pytest.approx(np.full(5, own[14]))


def test_an_own_assumption_starts_after_the_projection_and_is_held():
    base = baseline("ITA")
    costs = assumed(base, 20, 2040, 0.02)
    assert costs[:6].tolist() == [0.0] * 6 and costs[15:].tolist() == pytest.approx([0.02] * 5)
    assert not assumed(base, 20, 2030, 0.02).any()
    assert "assumed" in told(base, ageing("ITA", 2), 2040)[0].sentence


@pytest.mark.parametrize("asked", ["publisched", "nan", "inf", "1000", ""])
def test_another_word_is_refused_with_the_nearest(asked):
    with pytest.raises(InputError) as wrong:
        ageing("ITA", asked)
    assert wrong.value.codes == ("U501",) and "points of GDP" in str(wrong.value)


def test_left_out_as_asked_is_a_warning_with_its_mend():
    (finding,) = told(baseline("ITA"), ageing("ITA", "none"), 2055)
    assert (
        finding.severity == "warning"
        and "as asked" in finding.sentence
        and "--ageing published" in finding.mend
    )


def test_the_newest_vintage_is_that_of_what_is_used():
    assert ageing("GBR").newest("2025-04") == "2026-07" and ageing("ITA").newest("2025-04") == "2025-04"
    assert ageing("GBR", "none").newest("2025-04") == ageing("GBR", 2).newest("2025-04") == "2025-04"
