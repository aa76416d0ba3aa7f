"""Projections: the federal table closes, and what is held after it follows from its last year."""

from __future__ import annotations

import pytest

from creditor.opening.country import load_country
from creditor.sustainability.history import FEDERAL, history
from creditor.sustainability.projection import PUBLISHED, held_after, projected


@pytest.mark.parametrize(("code", "perimeter"), [("ITA", "general-government"), ("USA", FEDERAL)])
def test_what_is_held_is_the_last_published_year(code, perimeter):
    country = load_country(code)
    found = projected(country, perimeter)
    held = held_after(country, found, 0.0, [])
    assert tuple(found.series) == PUBLISHED
    for name in ("real_growth", "deflator", "primary_balance"):
        assert held[name] == found.series[name][-1]
    growth = (1 + held["real_growth"]) * (1 + held["deflator"])
    assert held["rate"] * found.series["debt"][-2] == pytest.approx(found.series["interest"][-1] * growth)


def test_a_projection_without_debt_is_followed_by_the_identity():
    zambia, told = load_country("ZMB"), []
    found = projected(zambia)
    assert not len(found.series["debt"]) and len(found.series["interest"]) == 6
    without, half = (held_after(zambia, found, share, told)["rate"] for share in (0.0, 0.5))
    assert half < without  # foreign money gets dearer, so that debt is higher and its rate lower
    assert [finding.place for finding in told] == ["projection"] * 2


def test_without_any_projection_medians_of_the_past_are_held():
    lanka, told = load_country("LKA"), []
    found = projected(lanka)
    held = held_after(lanka, found, 0.0, told)
    real = history(lanka, "real_growth", "economy")
    assert held["real_growth"] == pytest.approx(sum(sorted(real[y] for y in range(2015, 2025))[4:6]) / 200)
    assert told[0].severity == "warning" and not len(found.series["real_growth"])
