"""A perimeter and a period exist or are refused with those that do, and the bridge adds up."""

from __future__ import annotations

from fractions import Fraction

import pytest

from creditor.errors import InputError, MissingError
from creditor.ledger.treatments import Treatment
from creditor.opening.country import load_country
from creditor.opening.opening import open_economy
from creditor.opening.perimeter import bridge, choose_perimeter, choose_period, direct_claims, periods_of

USA = load_country("USA")


def test_the_headline_is_what_is_left_out():
    assert choose_perimeter(USA, "") == "federal-gross"
    assert choose_period(USA, "public", "") == "2025Q3"
    assert choose_perimeter(USA, "public") == "public"


@pytest.mark.parametrize("text", ["2025Q3", "2025q3", "2025-09-30", "2025-09", "FY2025"])
def test_every_way_to_write_the_same_last_day_is_the_same_period(text):
    assert choose_period(USA, "public", text) == "2025Q3"


def test_a_wrong_perimeter_or_period_is_bad_input():
    with pytest.raises(InputError) as caught:
        choose_perimeter(USA, "federal gros")
    assert "federal-gross" in caught.value.troubles[0].mend
    for text in ("2025Q5", "2025-13", "soon"):
        with pytest.raises(InputError) as caught:
            choose_period(USA, "public", text)
        assert caught.value.codes == ("T204",)


def test_a_period_without_figures_is_missing_data_and_those_with_some_are_named():
    with pytest.raises(MissingError) as caught:
        choose_period(USA, "federal-gross", "2024Q4")
    assert caught.value.codes == ("F302",)
    mend = caught.value.troubles[0].mend
    assert mend.startswith("use 2025Q3, 2025Q4;")
    assert "public: 2022Q4, 2023Q4, 2024Q4, 2025Q3, 2025Q4" in mend


def test_a_perimeter_has_a_period_only_where_all_its_sets_have_it():
    assert periods_of(USA, "public") == ["2022Q4", "2023Q4", "2024Q4", "2025Q3", "2025Q4"]
    assert periods_of(USA, "federal-gross") == ["2025Q3", "2025Q4"]
    assert len(direct_claims(USA, "public", "2025Q3")) == 12
    assert len(direct_claims(USA, "federal-gross", "2025Q3")) == 12 + 7


def test_steps_between_two_totals_add_up_to_the_second():
    amounts = [row.amount for row in bridge(USA, "2025Q3")]
    face, funds, public_face, nonmarketable, discount, public, gross, local, held, general = amounts
    assert face + funds == public_face
    assert public_face + nonmarketable + discount == public
    assert gross == public - funds
    assert public + local + held == general
    assert funds < 0 and nonmarketable < 0 and discount < 0 and held < 0 < local


def test_each_perimeter_total_of_the_bridge_is_the_opening():
    for period in ("2025Q3", "2025Q4"):
        rows = {row.perimeter: row for row in bridge(USA, period) if row.perimeter}
        assert set(rows) == {"public", "federal-gross", "general-government"}
        for name, row in rows.items():
            assert row.amount == open_economy(USA, Treatment(), name, period).total
            assert row.total


def test_the_bridge_begins_with_the_published_face_value():
    rows = bridge(USA, "2025Q3")
    assert [row.amount for row in rows[:3]] == [
        Fraction("37637.55349493561"),
        -Fraction("7359.78705416503"),
        Fraction("30277.76644077058"),
    ]
    assert rows[0].origin.grade == "A" and "Debt to the Penny" in rows[0].origin.source
    assert rows[4].origin.grade == "B" and rows[4].origin.source.startswith("derived: ")
    assert rows[3].note.endswith("are not taken out")


def test_a_step_without_figures_is_left_out_not_zero():
    old = bridge(USA, "2022Q4")
    assert [row.perimeter for row in old] == ["public"]
    assert bridge(USA, "1999Q4") == []


def test_a_perimeter_without_the_headline_period_is_answered_for_its_newest_period():
    japan = load_country("JPN")
    assert choose_period(japan, "investor-base", "") == "2019Q4"
    assert choose_period(japan, "jgb", "") == "2026-06"
    assert choose_period(japan, "jgb-and-bills", "") == "2025-03"
    with pytest.raises(MissingError):
        choose_period(japan, "investor-base", "2023-12")
