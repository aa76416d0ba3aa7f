"""The medium-term indices: weights agree with every published table, and tell one that was left out."""

from __future__ import annotations

import math

import pytest

from creditor.sustainability.published import Span
from creditor.sustainability.srdsf import (
    HALF,
    INDICES,
    cases,
    index,
    institutions,
    medium_term,
    ranges,
    weights,
)

TABLES = [name for name, table in cases().items() if "fanchart_index" in table]


def _parts(name, which):
    table = cases()[name]
    return {c: Span(table[c].value - HALF, table[c].value + HALF) for c in INDICES[which]}


def test_one_weight_fits_all_tables():
    assert len(TABLES) == 5
    for component, span in weights().items():
        assert 0 < span.low < span.high, component
        assert span.high / span.low < (1.5 if component.endswith("index") else 1.15)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("which", ["fanchart_index", "financeability_index"])
def test_a_table_that_is_left_out_is_told(name, which):
    found, printed = index(which, _parts(name, which), name), cases()[name][which].value
    assert found.low <= printed + HALF and found.high >= printed - HALF
    assert abs(found.middle - printed) < 0.2


def test_medium_term_index_of_four_tables():
    for name in TABLES:
        if "medium_term_index" in cases()[name]:
            found = index("medium_term_index", _parts(name, "medium_term_index"), name)
            assert found.low - HALF <= cases()[name]["medium_term_index"].value <= found.high + HALF


def test_argentina_is_exact():
    known = {"financing_mean": 8.9, "bank_claims": 15.0, "claims_change": 22.7}
    found = index("financeability_index", {k: Span(v, v) for k, v in known.items()})
    assert found.low < 15.5 < found.high and found.middle == pytest.approx(15.5, abs=0.1)


def test_the_index_is_no_simple_mean():
    table = cases()["USA 2024"]
    mean = sum(table[c].value for c in INDICES["financeability_index"]) / 3
    assert round(mean, 1) == 15.6 and table["financeability_index"].value == 15.8


def test_what_is_missing_has_no_upper_end():
    found = index("financeability_index", {"financing_mean": Span(60, 60)})
    assert found.low > 17.9 and math.isinf(found.high)


def test_institutions():
    best, worst = institutions("CHE"), institutions("NGA")
    assert best.high < worst.low and best.low >= 0 and worst.high <= 1 and institutions("ROW") is None
    assert ranges("fan_width")[:2] == (13.2, 82.8)


def test_an_index_beyond_the_published_tables_is_called_an_extrapolation():
    known = {"fan_width": 50.2, "not_stabilising_level": 60.0, "not_stabilising_balance": 0.0}
    known |= {"financing_mean": 20.0}
    marks = {"fanchart_low": 1.13, "financeability_low": 7.6}
    for debt, said in ((137.7, True), (40.0, False)):
        found = medium_term("ITA", {**known, "terminal_debt": debt}, marks)
        assert ("extrapolated" in found["fanchart_low"][-1].told) is said
        assert "extrapolated" not in found["financeability_low"][-1].told
