"""At a date nothing later is known: facts in their vintage then, sets whole or not at all."""

from __future__ import annotations

import pytest

from creditor.errors import InputError, MissingError
from creditor.opening.country import load_country
from creditor.opening.known import as_known, latest_fact, with_headline
from creditor.opening.perimeter import choose_period, periods_of

GENERAL = ("debt_gdp", "general-government", "2024")


def test_the_debt_of_japan_is_another_number_in_each_vintage():
    japan = load_country("JPN")
    assert float(latest_fact(japan, *GENERAL).value) == 214.5
    assert float(latest_fact(as_known(japan, "2025-10"), *GENERAL).value) == 236.66
    assert float(latest_fact(as_known(japan, "2026-04-30"), *GENERAL).value) == 214.5


@pytest.mark.parametrize("date", ["2025-10", "2024-12-31", "2026Q1", "2027"])
def test_nothing_later_is_left_and_no_fact_twice(date):
    for code in ("JPN", "GBR", "ITA"):
        try:
            known = as_known(load_country(code), date)
        except MissingError:
            continue
        for row in (*known.claims, *known.facts):
            for vintage in filter(None, row.origin.vintage.split("; ")):
                from creditor.terms.periods import parse_period

                assert parse_period(vintage).last_day <= parse_period(date).last_day
        keys = [(fact.labels, fact.period) for fact in known.facts]
        assert len(set(keys)) == len(keys)


def test_a_set_is_whole_or_absent():
    america = load_country("USA")
    known = as_known(america, "2025-10")
    for perimeter in america.settings["perimeters"]:
        for period in periods_of(known, perimeter):
            names = {america.set_name(key) for key in america.settings["perimeters"][perimeter]["sets"]}
            before = [c for c in america.claims if c.set_name in names and c.period == period]
            after = [c for c in known.claims if c.set_name in names and c.period == period]
            assert before == after
    assert periods_of(known, "public") == [] and periods_of(known, "investor-base") == ["2019Q4"]


def test_before_anything_was_known_it_says_since_when():
    with pytest.raises(MissingError) as caught:
        as_known(load_country("TUR"), "2019-12")
    assert caught.value.codes == ("F302",)
    assert "treasury-2025-12 since 2026-01-31" in caught.value.troubles[0].mend
    with pytest.raises(InputError):
        as_known(load_country("TUR"), "lately")


def test_a_perimeter_that_was_not_known_names_those_that_were():
    known = as_known(load_country("TUR"), "2025-10")
    with pytest.raises(MissingError) as caught:
        choose_period(known, "domestic-securities", "")
    assert "investor-base: 2019Q4" in caught.value.troubles[0].mend
    assert "as known at 2025-10" in caught.value.troubles[0].what


def test_the_headline_moves_to_the_newest_known_set_and_says_so():
    late = as_known(load_country("ITA"), "2025-10")
    moved = with_headline(late)
    assert moved.settings["headline_perimeter"] == "investor-base"
    assert moved.settings["headline_period"] == "2019Q4"
    assert "general-government" in moved.settings["notes"][-1]["sentence"]
    usual = as_known(load_country("ITA"), "2026-08")
    assert with_headline(usual) is usual
