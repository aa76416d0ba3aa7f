"""What would identify a person is refused; what an alert may be about is no person."""

from __future__ import annotations

import re

from creditor.monitor.clue import NAMES
from creditor.monitor.fields import plain, read_fields


def test_the_fields_of_a_clue_are_not_among_those_refused() -> None:
    assert not {plain(name) for name in read_fields()["refused"]} & {plain(name) for name in NAMES}


def test_subjects_and_refused_subjects_are_apart() -> None:
    data = read_fields()
    assert not set(map(plain, data["subjects"])) & set(map(plain, data["refused_subjects"]))
    assert "economy" in data["subjects"]


def test_channels_are_those_of_the_notice_and_statistics() -> None:
    assert read_fields()["channels"] == ["online", "offline", "funds", "statistics"]


def test_forms_are_valid_and_named() -> None:
    forms = read_fields()["form"]
    assert len({form["name"] for form in forms}) == len(forms) >= 4
    for form in forms:
        assert re.compile(form["pattern"]) and not re.search(
            form["pattern"], "Egypt, 2024: 55.8 %, 2026-03-19"
        )
