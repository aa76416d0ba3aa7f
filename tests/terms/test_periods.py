"""Periods are read in each form, printed back the same, and ordered by their last day."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.errors import InputError
from creditor.terms.periods import Period, later, parse_period, steps_between

YEARS = st.integers(1, 9999)
PERIODS = st.one_of(
    st.builds(Period, st.sampled_from(["year", "fiscal year"]), YEARS),
    st.builds(Period, st.just("quarter"), YEARS, st.integers(1, 4)),
    st.builds(Period, st.just("month"), YEARS, st.integers(1, 12)),
    st.dates().map(lambda day: Period("day", day.year, 100 * day.month + day.day)),
)


@given(PERIODS)
def test_a_period_is_read_back_from_its_text(period):
    assert parse_period(str(period)) == period
    assert parse_period(f"  {str(period).lower()} ") == period


@given(st.lists(PERIODS, max_size=6))
def test_periods_are_ordered_by_their_last_day(periods):
    for first, second in itertools.pairwise(sorted(periods)):
        assert first.last_day <= second.last_day
        assert first <= second and not second < first
        assert (first == second) == (first <= second <= first)
        assert (first > second) == (second < first)


@pytest.mark.parametrize(
    ("text", "printed", "last_day"),
    [
        ("2025", "2025", "2025-12-31"),
        ("2025-q3", "2025Q3", "2025-09-30"),
        ("2024-02", "2024-02", "2024-02-29"),
        ("2025-09-30", "2025-09-30", "2025-09-30"),
        ("fy2025", "FY2025", "2025-09-30"),
        ("0001", "0001", "0001-12-31"),
    ],
)
def test_forms(text, printed, last_day):
    period = parse_period(text)
    assert str(period) == printed
    assert period.last_day == datetime.date.fromisoformat(last_day)


def test_periods_that_end_on_one_day_have_one_order():
    texts = ["2025Q3", "2025-09", "FY2025", "2025-09-30"]
    orders = {tuple(map(str, sorted(map(parse_period, order)))) for order in itertools.permutations(texts)}
    assert len(orders) == 1


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("2025Q5", "use 2025Q1 to 2025Q4"),
        ("2025Q0", "use 2025Q1 to 2025Q4"),
        ("2025-13", "use 2025-01 to 2025-12"),
        ("2025-00", "use 2025-01 to 2025-12"),
        ("2025-02-29", "use a day of the calendar of 2025, for example 2025-09-30"),
        ("0000", "use a year from 0001 to 9999"),
    ],
)
def test_a_period_that_does_not_exist_names_those_that_do(text, mend):
    with pytest.raises(InputError) as caught:
        parse_period(text, "x.csv:3")
    (trouble,) = caught.value.troubles
    assert (trouble.code, trouble.where, trouble.mend) == ("T204", "x.csv:3", mend)
    assert trouble.what == f"period {text!r} does not exist"
    assert trouble.why


@pytest.mark.parametrize(
    "text",
    ["", "25", "2025Q", "Q3 2025", "2025/09", "30.09.2025", "2025-9", "２０２５", "20255", "2025-09-30T00"],
)
def test_what_is_no_period_names_the_forms(text):
    with pytest.raises(InputError) as caught:
        parse_period(text)
    (trouble,) = caught.value.troubles
    assert (trouble.code, trouble.where) == ("T204", "period")
    assert trouble.mend == "write 2025, 2025Q3, 2025-09, 2025-09-30 or FY2025"


@given(st.text(max_size=10))
def test_any_text_is_a_period_or_one_trouble(text):
    try:
        assert parse_period(text) == parse_period(str(parse_period(text)))
    except InputError as error:
        assert error.codes == ("T204",)


def test_a_period_has_no_order_with_other_things():
    with pytest.raises(TypeError):
        _ = parse_period("2025") < "2026"


@pytest.mark.parametrize(
    ("first", "steps", "second"),
    [
        ("2025", 3, "2028"),
        ("2025Q4", 1, "2026Q1"),
        ("2026Q1", -5, "2024Q4"),
        ("2025-12", 14, "2027-02"),
    ],
)
def test_periods_are_counted_on_and_back(first, steps, second):
    one, other = parse_period(first), parse_period(second)
    assert later(one, steps) == other and later(other, -steps) == one
    assert steps_between(one, other) == steps


def test_a_month_may_be_written_with_an_m():
    assert str(parse_period("2025M9")) == str(parse_period("2025m09")) == "2025-09"
    with pytest.raises(InputError, match="T204"):
        parse_period("2025-9")


@pytest.mark.parametrize(("text", "steps"), [("2025-03-31", 1), ("FY2025", 1), ("9999", 1), ("0001Q1", -1)])
def test_what_cannot_be_counted_is_an_error(text, steps):
    with pytest.raises(ValueError, match=r"calendar|counted"):
        later(parse_period(text), steps)
    with pytest.raises(ValueError, match="is a"):
        steps_between(parse_period("2025"), parse_period("2025Q1"))
