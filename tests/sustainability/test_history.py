"""Published series keep to one vintage."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.opening.country import load_country
from creditor.sustainability.history import economies_with_path, history, projections, whole


def test_one_vintage():
    japan = history(load_country("JPN"), "debt_gdp")
    assert japan[2024] == 236.66 and max(japan) == 2030 and min(japan) == 2005
    assert history(load_country("ROW"), "debt_gdp") == {}


def test_economies_and_projections():
    assert len(economies_with_path()) == 33
    table = projections("USA", "federal")
    assert (
        set(table) >= {"gdp", "debt", "net_interest", "primary_balance"}
        and projections("ITA", "federal") == {}
    )


def test_shares_that_are_no_whole_are_refused():
    for shares in ([0.5, 0.4], [1.2, -0.2]):
        with pytest.raises(InputError) as wrong:
            whole(shares, "holders")
        assert wrong.value.codes == ("F304",)
