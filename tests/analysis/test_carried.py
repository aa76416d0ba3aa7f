"""Six classes of an older table are brought to newer tables of the same debt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from creditor.analysis.carried import carried, spread
from creditor.analysis.common import basis, six_way
from creditor.analysis.residence import SIX
from creditor.opening.country import available, load_country
from creditor.opening.known import as_known

OLDER = dict(zip(SIX, (0.2, 0.1, 0.1, 0.3, 0.1, 0.2), strict=True))


def test_what_is_told_is_taken_and_the_rest_keeps_its_proportions():
    found = spread({"central_bank": 0.3, "residents": 0.3, "foreigners": 0.4}, OLDER)
    assert found == pytest.approx(dict(zip(SIX, (0.3, 0.15, 0.15, 0.2, 0.4 / 6, 0.8 / 6), strict=True)))
    found = spread({"resident_nonbanks": 0.2, "residents": 0.4, "foreigners": 0.4}, OLDER)
    assert found["resident_nonbanks"] == pytest.approx(0.2 + 0.4 / 4)  # "other residents" may be nonbanks too
    found = spread({"foreign_official": 0.7, "unknown": 0.3}, OLDER)
    assert found["foreign_official"] == pytest.approx(0.7)
    assert found["central_bank"] == pytest.approx(0.3 * 0.2 / 0.7)
    found = spread({"residents": 0.5, "multilateral": 0.2, "bilateral": 0.1, "foreign_private": 0.2}, OLDER)
    assert found["foreign_official"] == pytest.approx(0.3) and found["foreign_banks"] == pytest.approx(
        0.2 / 3
    )


def test_classes_that_were_empty_are_divided_equally():
    empty = dict(zip(SIX, (0.0, 0.0, 0.0, 0.5, 0.25, 0.25), strict=True))
    assert spread({"residents": 0.3, "foreigners": 0.7}, empty)["resident_banks"] == pytest.approx(0.1)


@pytest.mark.parametrize("code", [code for code in available() if six_way(load_country(code))])
def test_classes_add_up_and_hold_to_every_table(code):
    country = load_country(code)
    found = carried(country)
    assert tuple(found.shares) == SIX and sum(found.shares.values()) == pytest.approx(1, abs=1e-12)
    assert all(share >= 0 for share in found.shares.values())
    if found.period != six_way(country).period:
        newer = basis(country, found.perimeter, found.period)
        assert found.origin.grade == "C" and newer.origin.source in found.origin.source
        assert newer.loop.resident - 1e-12 <= found.loop.resident <= newer.loop.most + 1e-12
        told = set(SIX) & set(newer.shares) - {"resident_nonbanks"}
        assert all(found.shares[name] == pytest.approx(newer.shares[name]) for name in told)


def test_each_year_has_the_table_nearest_to_it():
    sweden = load_country("SWE")
    assert [carried(sweden, year).period for year in ("2019", "2021", "2023", "2025")] == [
        "2019Q4",
        "2019Q4",
        "2025",
        "2025",
    ]
    assert carried(load_country("KEN")) is None


def test_a_table_published_later_is_not_used():
    assert carried(as_known(load_country("BEL"), "2025-10")).period == "2019Q4"


def test_a_table_of_other_debt_is_not_used():
    japan = load_country("JPN")  # its newest table is of central government bonds
    assert carried(japan).period == "2019Q4"
    belgium = load_country("BEL")
    claims = tuple(replace(claim, issuer="central_government") for claim in belgium.claims)
    assert six_way(belgium).period == carried(replace(belgium, claims=claims)).period
