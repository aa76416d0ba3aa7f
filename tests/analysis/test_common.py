"""Economies are compared on one definition: the six classes where they exist, else the split by creditor."""

from __future__ import annotations

import pytest

from creditor.analysis.common import basis, creditor_split, six_way
from creditor.analysis.residence import SIX
from creditor.opening.country import available, load_country

SPLITS = {"EGY", "GHA", "KEN", "LKA", "NGA", "PAK", "ZMB"}


def test_twenty_six_economies_have_six_classes():
    found = {code: six_way(load_country(code)) for code in available()}
    named = {code for code, one in found.items() if one is not None}
    assert len(named) == 26 and not named & {"GHA", "KEN", "LKA", "NGA", "PAK", "SAU", "ZMB", "XLI", "ROW"}
    for one in found.values():
        if one is not None:
            assert (one.perimeter, one.period, tuple(one.shares)) == ("investor-base", "2019Q4", SIX)
            assert sum(one.shares.values()) == pytest.approx(1) and one.origin.grade == "B"


@pytest.mark.parametrize("code", sorted(SPLITS))
def test_the_split_by_creditor_adds_up(code):
    found = creditor_split(load_country(code))
    assert found is not None and sum(found.shares.values()) == pytest.approx(1)
    assert {"multilateral", "bilateral", "residents"} <= set(found.shares)
    assert found.loop.unknown == 0


def test_others_have_no_split_by_creditor():
    assert {code for code in available() if creditor_split(load_country(code))} == SPLITS


def test_the_headline_stands_for_an_economy_where_nothing_is_named():
    italy = basis(load_country("ITA"))
    assert (italy.perimeter, italy.period) == ("general-government", "2025-08")
    assert italy.loop.foreign == pytest.approx(0.338, abs=1e-4) and "Banca d'Italia" in italy.origin.source
    assert italy.stock == "debt of general government"
    assert basis(load_country("SAU")).loop.unknown == 1
