"""What was known at a date is the greatest vintage that is not later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.errors import InputError
from creditor.facts.vintages import as_known_at, newest
from creditor.terms.periods import parse_period

DAYS = st.dates().map(lambda day: f"{day.year:04d}-{day.month:02d}-{day.day:02d}")
VINTAGES = st.lists(st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4])), max_size=6)


@pytest.mark.parametrize(
    ("date", "known"),
    [
        ("2024", ""),
        ("2025-04", "2025-04"),
        ("2025-04-29", ""),
        ("2025-04-30", "2025-04"),
        ("2026-03-18", "2025-04"),
        ("2026-03-19", "2026-03-19"),
        ("2026Q1", "2026-03-19"),
        ("2030", "2026-04"),
    ],
)
def test_the_last_day_of_a_vintage_counts(date, known):
    assert as_known_at(["2026-03-19", "", "2026-04", "2025-04"], date) == known


@given(VINTAGES, DAYS)
def test_nothing_later_is_known_and_nothing_known_is_newer(vintages, date):
    limit = parse_period(date).last_day
    days = [parse_period(vintage).last_day for vintage in vintages]
    known = as_known_at(iter(vintages), date)
    if known:
        assert parse_period(known).last_day == max(day for day in days if day <= limit)
    else:
        assert all(day > limit for day in days)


@given(VINTAGES)
def test_the_newest_is_the_same_joined_or_apart(vintages):
    found = newest(iter(vintages))
    assert newest(["; ".join(vintages)]) == found
    assert found == as_known_at(vintages, "9999-12-31")


def test_the_newest_of_several_texts():
    assert newest(["2026-03-19; 2026-06-11", "", "2025-04"]) == "2026-06-11"
    assert newest([]) == newest([""]) == ""
    assert newest(["2026", "2026-12-30"]) == "2026"


def test_a_vintage_that_is_no_period_is_refused():
    with pytest.raises(InputError) as caught:
        newest(["recently"])
    assert caught.value.codes == ("T204",)
