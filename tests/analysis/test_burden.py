"""Ratios are those of their two figures, ranks follow them, and groups of economies are not ranked."""

from __future__ import annotations

import pytest

from creditor.analysis.burden import (
    AGGREGATES,
    MEASURES,
    beside,
    measure_named,
    newest_year,
    of_aggregate,
    ranked,
    ratio,
)
from creditor.errors import InputError, MissingError
from creditor.opening.country import available, load_country

ALL = [load_country(code) for code in available()]


def figure(country, indicator, year, perimeter="general-government"):
    found = [f for f in country.facts if f.labels == (indicator, perimeter) and f.period == year]
    return float(found[0].value) if found else None


def test_interest_over_revenue_is_recomputed_from_balances():
    for country in ALL:
        made = ratio(country, measure_named("revenue"), "2024")
        balances = [figure(country, f"{kind}_balance_gdp", "2024") for kind in ("primary", "overall")]
        revenue = figure(country, "revenue_gdp", "2024")
        if country.code in AGGREGATES:
            assert made is None
            continue
        assert made is not None and made.origin.grade == "B" and not made.projection
        assert made.value == pytest.approx(100 * (balances[0] - balances[1]) / revenue, abs=1e-9)


def test_the_ratio_agrees_with_the_published_one():
    for country in ALL:
        published = figure(country, "net_interest_revenue", "2024")
        if published is not None:
            assert ratio(country, measure_named("revenue"), "2024").value == pytest.approx(
                published, abs=0.02
            )


def test_the_newest_year_is_no_projection():
    for measure in MEASURES:
        year = newest_year(ALL, measure)
        assert year == "2024"
        assert not any(value.projection for value in ranked(ALL, measure, year).values())
    late = ranked(ALL, measure_named("gdp"), "2028")
    assert late and all(value.projection for value in late.values())


def test_ranks_go_down_and_count_those_with_a_figure():
    sizes = {measure.key: len(ranked(ALL, measure, "2024")) for measure in MEASURES}
    assert sizes["revenue"] == sizes["gdp"] == 33 and sizes["gross-gdp"] == 3 and sizes["exports"] == 14
    values = [value.value for value in ranked(ALL, measure_named("revenue"), "2024").values()]
    assert values == sorted(values, reverse=True) and values[-1] < 0


def test_gross_and_net_are_two_concepts():
    usa = load_country("USA")
    net, gross = (ratio(usa, measure_named(key), "2024") for key in ("gdp", "gross-gdp"))
    assert (round(net.value, 3), gross.value) == (3.698, 4.7)
    assert {m.concept.partition(":")[0] for m in MEASURES if "revenue" in m.key} == {"net", "gross"}


def test_spending_is_of_the_same_government_and_year():
    found, absent = beside(load_country("USA"))
    assert {(row.perimeter, row.period) for row in found} == {("federal", "FY2025")}
    assert {row.spending for row in found} >= {"defence", "Medicare", "Medicaid"}
    assert absent == ["education", "health"]
    assert beside(load_country("JPN")) == ([], ["education", "health", "defence"])


def test_groups_of_economies_have_their_own_figures():
    facts = of_aggregate(load_country("XLI"))
    assert {fact.labels[0] for fact in facts} == {
        "net_interest_gdp",
        "revenue_gdp",
        "external_interest_exports",
    }
    assert of_aggregate(load_country("ROW")) == []


def test_what_does_not_exist_is_refused():
    with pytest.raises(InputError) as caught:
        measure_named("revenu")
    assert caught.value.codes == ("U501",) and "revenue" in str(caught.value)
    with pytest.raises(MissingError):
        newest_year([load_country("ROW")], measure_named("revenue"))
