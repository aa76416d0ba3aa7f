"""Lines are made from the newest figures, with their sources joined and the worst grade kept."""

from __future__ import annotations

import pytest

from creditor.analysis.lines import counts_of, fact_of, interest_of, merged
from creditor.errors import MissingError
from creditor.opening.country import load_country
from creditor.terms.provenance import Origin

USA = load_country("USA")


def test_the_newest_figure_or_that_of_a_period():
    assert fact_of(USA, "revenue", "federal").period == "FY2025"
    assert float(fact_of(USA, "revenue", "federal", "FY2022").value) == 4897.339
    assert fact_of(USA, "revenue", "of nobody") is None


def test_interest_is_that_of_the_newest_year():
    amount, origin = interest_of(USA)
    assert amount == 969.938 and origin.source.endswith("FY2025")


def test_an_economy_without_the_figure_is_refused():
    with pytest.raises(MissingError) as caught:
        interest_of(load_country("ROW"))
    assert caught.value.codes == ("F303",)


def test_counts_of_households():
    counts = counts_of(USA, "wealth")
    assert counts["bottom_50"] == 67573814 and len(counts) == 5
    assert counts_of(USA, "height") == {}


def test_joined_origins():
    joined = merged([Origin("a; b", "2025", "A"), Origin("b", "2024; 2025", "C")])
    assert joined == Origin("a; b", "2025; 2024", "C")
    assert merged([Origin("a", "", "A")]).grade == "B"
