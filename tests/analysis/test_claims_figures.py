"""Look-ups of computations: the right vintage, period and holder, and a named lack for what is not there."""

from __future__ import annotations

import pytest

from creditor.analysis.claims_figures import Figures, Lack
from creditor.analysis.claims_quantity import number, over
from creditor.errors import InputError

NOW, THEN = Figures(), Figures("2025-10")
GENERAL = "general-government"


def test_the_greatest_vintage_that_was_known():
    assert NOW.fact("JPN", "debt_gdp", GENERAL, "2025").text == "206.5 %"
    assert THEN.fact("JPN", "debt_gdp", GENERAL, "2025").text == "234.9 %"
    assert NOW.fact("JPN", "debt_gdp", GENERAL, "2025", "2025-04").text == "234.9 %"
    with pytest.raises(Lack, match="known at 2025-10"):
        THEN.fact("USA", "net_interest", "federal", "FY2025")


def test_every_printing_and_the_recent_periods_are_readings():
    both = NOW.printings("JPN", "debt_gdp", GENERAL, "2025")
    assert {float(low) for low, _ in both.spans} == {206.5, 234.9} or both.text == "234.9 % or 206.5 %"
    recent = NOW.fact("USA", "debt", "federal-gross, face", "recent")
    assert set(recent.periods) == {"2025Q3", "2025Q4"}


def test_the_newest_is_no_projection():
    assert NOW.fact("JPN", "debt_gdp", GENERAL).periods == ("2025",)
    assert NOW.fact("JPN", "real_growth", "economy").periods == ("2024",)


def test_a_year_stands_for_its_fiscal_year_or_for_all_its_dates():
    assert NOW.fact("USA", "net_interest", "federal", "2022").text == "475.9"
    assert NOW.fact("USA", "treasuries_held", "custody, JPN", "2025").periods == ("2025-12",)  # a stock
    assert (
        len(NOW.fact("USA", "policy_rate", "federal funds, other dates", "2024").periods) == 12
    )  # months of a rate
    assert NOW.fact("USA", "debt", "federal-gross, face", "2025-09").periods == ("2025Q3",)


def test_sums_and_means_over_years():
    ten = NOW.total("USA", "net_interest", "federal, projection", "FY2026", "FY2035", "2025-01")
    assert ten.text == "13,836.3"
    mean = NOW.mean("USA", "net_interest", "federal", "FY2022", "FY2023")
    assert mean.value == pytest.approx((475.9 + 658.3) / 2, abs=0.1)


def test_holders_by_name_role_and_wider_sector():
    foreign, all_of_it = NOW.held("USA", "public", "foreign"), NOW.debt("USA", "public")
    assert over(foreign, all_of_it).text == "33.0 %"
    funds = NOW.held("USA", "federal-gross", "intragovernmental_funds")
    assert funds.value == pytest.approx(7359.787, abs=1e-3) and funds.origin.grade == "C"
    two = NOW.held("USA", "public", "insurers+pension_funds")
    assert two.value == pytest.approx(658.0 + 1138.3, abs=0.1)
    with pytest.raises(Lack, match="not told apart"):
        NOW.held("FRA", "", "households")
    with pytest.raises(Lack, match="investor-base"):
        NOW.held("KEN", "investor-base", "foreign")
    with pytest.raises(InputError, match="central_bank"):
        NOW.held("USA", "public", "central_bnak")


def test_final_owners_have_an_interval_that_contains_their_point():
    households = NOW.owned("USA", "public", "households_and_nonprofits")
    (low, high), *_ = households.spans
    assert low < 11000 < high
    groups = "+".join(
        f"households_and_nonprofits/{g}" for g in ("top_0.1", "next_0.9", "next_9", "next_40", "bottom_50")
    )
    assert low <= NOW.owned("USA", "public", groups).spans[0][0] <= high


def test_a_partition_that_exceeds_its_whole_is_refused():
    figures = Figures()
    assert figures.partition(number(38), a=number("6.7"), b=number(7)).text == "13.7" and not figures.refused
    figures.partition(
        number(38), fed=number("6.7"), funds=number(7), private=number(24), foreign=number("8.5")
    )
    assert "46.2" in figures.refused[0] and "L401" in figures.refused[0]


def test_groups_and_counts():
    assert NOW.group("G7") == ["CAN", "DEU", "FRA", "GBR", "ITA", "JPN", "USA"]
    assert len(NOW.group("LIBRARY")) == 33 and NOW.group("Atlantis") is None
    assert NOW.occurrences("ARG", "default_spell_start").text == "5"
    assert NOW.occurrences("RUS", "default_event", "1998", "1998").text == "1"
    assert [NOW.own_currency(code) for code in ("USA", "FRA")] == [True, False]
