"""A model's calendar turns dates into numbers of periods and back, and names dates that cannot be."""

from __future__ import annotations

import pytest

from creditor.equations.calendar import Calendar, read_calendar
from creditor.errors import InputError


@pytest.mark.parametrize(
    ("name", "opening", "period", "date"),
    [
        ("yearly", "2025", 3, "2028"),
        ("quarterly", "2025Q4", 5, "2027Q1"),
        ("monthly", "2025M11", 2, "2026-01"),
    ],
)
def test_dates_and_numbers_agree(name, opening, period, date):
    calendar = read_calendar(name, opening)
    assert calendar.date(period) == date and calendar.number(date) == period
    assert calendar.title(period) == f"period {period} ({date})"
    assert calendar.number(period) == calendar.number(f" {period} ") == period


def test_a_model_without_dates_counts():
    for calendar in (Calendar(), read_calendar("quarterly")):
        assert (calendar.date(3), calendar.title(3), calendar.dated(3)) == ("", "period 3", "3")
        assert calendar.number(2026) == 2026
        with pytest.raises(InputError) as caught:
            calendar.number("2026Q1", "set rate")
        assert caught.value.codes == ("E623",) and "set rate: 2026Q1 is a date" in str(caught.value)


def test_a_year_is_four_digits_in_a_yearly_model_only():
    assert read_calendar("yearly", "2025").number("2026") == 1
    assert read_calendar("yearly", "2025").number(999) == 999
    assert read_calendar("quarterly", "2025Q4").number(2026) == 2026


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2025Q4", "before the first period"),
        ("2024Q1", "before the first period"),
        ("2026-01", "is a month"),
        ("FY2027", "is a fiscal year"),
    ],
)
def test_dates_that_cannot_be(date, said):
    with pytest.raises(InputError, match=said) as caught:
        read_calendar("quarterly", "2025Q4").number(date)
    assert caught.value.codes == ("E623",) and caught.value.troubles[0].mend


def test_the_opening_may_be_named_where_it_is_meant():
    calendar = read_calendar("quarterly", "2025Q4")
    assert calendar.number("2025Q4", least=0) == 0
    with pytest.raises(InputError, match="before the first period"):
        calendar.number("2025Q3", least=0)


def test_what_is_no_date_is_said_so():
    for text in ("2026Q5", "soon", "-1", "1.5"):
        with pytest.raises(InputError, match="T204"):
            read_calendar("quarterly", "2025Q4").number(text)


def test_frequencies_that_are_not_known():
    with pytest.raises(InputError, match="frequency quaterly is not known") as caught:
        read_calendar("quaterly")
    assert "quarterly" in caught.value.troubles[0].mend
    with pytest.raises(InputError, match="2025 is a year, a period is a quarter"):
        read_calendar("quarterly", "2025")


def test_after_the_end_of_the_calendar_there_is_no_date():
    assert read_calendar("yearly", "9999").title(1) == "period 1"
