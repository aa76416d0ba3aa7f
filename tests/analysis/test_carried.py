"""Six classes of an older table are brought to newer tables of the same debt."""

from __future__ import annotations

import pytest

from creditor.analysis.carried import carried
from creditor.analysis.common import basis, six_way
from creditor.analysis.residence import SIX
from creditor.opening.country import available, load_country
from creditor.opening.known import as_known
from creditor.opening.perimeter import periods_of


@pytest.mark.parametrize("code", [code for code in available() if six_way(load_country(code))])
def test_classes_add_up_and_hold_to_every_table(code):
    country = load_country(code)
    found = carried(country)
    assert tuple(found.shares) == SIX and sum(found.shares.values()) == pytest.approx(1, abs=1e-12)
    assert all(share >= 0 for share in found.shares.values())
    if found.period != six_way(country).period:
        keys = country.settings["perimeters"][found.perimeter]["carried"][1:]
        names = [name for name, one in country.settings["perimeters"].items() if one["sets"][0] in keys]
        tables = [(name, found.period) for name in names if found.period in periods_of(country, name)]
        newer = basis(country, *tables[0])
        assert found.origin.grade == "C" and set(newer.publishers) <= set(found.publishers)
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
