"""Times are read as given, kept in universal time, and refused where they are none."""

from __future__ import annotations

import re

import pytest

from creditor.errors import InputError
from creditor.monitor.times import now, read_time, seconds_between


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2026-03-01", "2026-03-01T00:00:00Z"),
        (" 2026-03-01T09:30 ", "2026-03-01T09:30:00Z"),
        ("2026-03-01T00:30+08:00", "2026-02-28T16:30:00Z"),
        ("2026-03-01T09:30:59.999Z", "2026-03-01T09:30:59Z"),
    ],
)
def test_written_forms(text: str, kept: str) -> None:
    assert read_time(text) == kept


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "01.03.2026", "0001-01-01T00:00+14:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InputError) as error:
        read_time(text)
    assert error.value.codes == ("M910",)


def test_the_clock_and_a_difference() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now())
    assert seconds_between("2026-02-28T23:00:00Z", "2026-03-01T01:00:00Z") == 7200
