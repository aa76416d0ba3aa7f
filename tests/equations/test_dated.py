"""Periods in a text: numbers and dates are read as written, and what is neither is refused at its place."""

from __future__ import annotations

import pytest

from creditor.equations.draft import draft
from creditor.equations.parse import parse
from creditor.errors import InputError


@pytest.mark.parametrize(
    ("text", "first", "last", "dates"),
    [
        ("from 5", 5, None, ("", "")),
        ("from 5 to 9", 5, 9, ("", "")),
        ("from 2026Q1 to 2027q4", 0, None, ("2026Q1", "2027q4")),
        ("from 2026M1", 0, None, ("2026M1", "")),
        ("from 2026-01 to 12", 0, 12, ("2026-01", "")),
    ],
)
def test_periods_are_read_as_written(text, first, last, dates):
    (change,) = parse(f"set rate = 1 {text}")
    assert (change.first, change.last, change.dates) == (first, last, dates)


def test_a_change_without_periods_has_those_of_the_next():
    first, second = parse("set a = 1, b = 2 from 2026Q1 to 2026Q2")
    assert first.dates == second.dates == ("2026Q1", "2026Q2")


@pytest.mark.parametrize(
    ("text", "code"),
    [("from 2026Q5", "T204"), ("from 2026-13", "T204"), ("from 9 to 5", "E606"), ("from 1.5", "E606")],
)
def test_what_is_no_period_is_refused(text, code):
    with pytest.raises(InputError) as caught:
        parse(f"set rate = 1 {text}")
    assert caught.value.codes == (code,)


def test_the_draft_turns_dates_into_numbers():
    text = "frequency monthly from 2025-12 set a = 1 from 2026-03 to 2026M4, b = 2 from 7"
    changes = draft(parse(text)).changes
    assert [(change.first, change.last) for change in changes] == [(3, 4), (7, None)]


def test_an_extension_takes_its_frequency_from_the_later_text():
    base = parse("frequency quarterly from 2020Q4 set a = 1 from 2021Q1")
    result = draft(parse("extends base frequency quarterly from 2019Q4"), lambda name, file: base)
    assert result.changes[0].first == 5 and result.replaced
