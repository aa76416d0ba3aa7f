"""A clue carries a Finding and what it is about; every fault of its fields is said at once."""

from __future__ import annotations

import dataclasses

import pytest

from creditor.errors import Troubles
from creditor.monitor.clue import NAMES, Clue, make_clue

GOOD = {
    "pack": "notice",
    "subject": "rent.example",
    "subject_kind": "Website",
    "object": "RWA",
    "sentence": "Sells tokens on rents.",
    "source": "a bank",
    "province": "广东",
}


def faults(**changes: object) -> list[tuple[str, str]]:
    found = Troubles()
    made = make_clue({**GOOD, **changes}, "clues.toml:2", found)
    assert (made is None) == bool(found.items)
    return [(trouble.code, str(trouble)) for trouble in found.items]


def test_values_get_their_listed_spelling() -> None:
    made = make_clue(GOOD, "clue", Troubles())
    assert made is not None
    assert (made.subject_kind, made.object, made.province, made.origin) == (
        "website",
        "rwa",
        "CN-GD",
        "a bank",
    )
    assert made.finding.as_dict() == {
        "severity": "warning", "place": "rent.example", "sentence": "Sells tokens on rents.",
    }  # fmt: skip
    assert Clue(**made.as_dict()) == made


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"sentense": "x"}, "M909", "did you mean sentence"),
        ({"sentence": ""}, "M909", "sentence is missing"),
        ({"object": "bitcoins"}, "M909", "no object 'bitcoins'"),
        ({"province": "Guangdongg"}, "M909", "did you mean Guangdong"),
        ({"channel": "onlin"}, "M909", "did you mean online"),
        ({"pack": "notices"}, "M909", "did you mean notice"),
        ({"group": "token"}, "M909", "tokenization"),
        ({"severity": "high"}, "M909", "no severity 'high'"),
        ({"value": "12"}, "M909", "is no number"),
        ({"value": float("nan")}, "M909", "is no number"),
        ({"value": True}, "M909", "is no number"),
        ({"subject": 7}, "M909", "is no text"),
        ({"passport": "x"}, "M908", "passport"),
        ({"subject_kind": "Natural person"}, "M908", "natural person"),
        ({"evidence": "seller@mail.example"}, "M908", "electronic mail address"),
    ],
)
def test_faults(changes: dict[str, object], code: str, said: str) -> None:
    ((found, text),) = faults(**changes)
    assert found == code and said in text and "clues.toml:2" in text


def test_all_faults_at_once() -> None:
    assert [code for code, _ in faults(passport="x", sentense="y", source="")] == ["M908", "M909", "M909"]
    assert len(faults(object="bitcoins", province="nowhere", channel="air")) == 3
    found = [code for code, _ in faults(sentense="y", subject_kind="person", object="bitcoins", value="x")]
    assert sorted(found) == ["M908", "M909", "M909", "M909"]  # a misspelt field hides no other fault


def test_the_same_finding_has_the_same_fingerprint() -> None:
    first = Clue(
        "debt", "EGY", "economy", "public_debt", "So.", "IMF", indicator="r", period="2024", value=1.5
    )
    assert dataclasses.replace(first, sentence="In other words.").fingerprint == first.fingerprint
    assert dataclasses.replace(first, value=1.6).fingerprint != first.fingerprint
    assert dataclasses.replace(first, vintage="2026-04").fingerprint != first.fingerprint
    told = Clue("notice", "x.example", "website", "rwa", "So.", "a bank")
    assert dataclasses.replace(told, group="mining").fingerprint == told.fingerprint
    assert dataclasses.replace(told, sentence="Otherwise.").fingerprint != told.fingerprint


def test_what_another_value_says() -> None:
    above = Clue(
        "debt", "EGY", "economy", "public_debt", "So.", "IMF", value=12.0, threshold=10.0, side="above"
    )
    assert [above.finds(value) for value in (12.5, 10.0, 9.0)] == ["yes", "no", "no"]
    below = dataclasses.replace(above, side="below")
    assert [below.finds(value) for value in (9.0, 10.0)] == ["yes", "no"]
    plain = dataclasses.replace(above, threshold=None)
    assert [plain.finds(value) for value in (12.0, 12.5)] == ["yes", "no"]


def test_no_field_is_about_a_person() -> None:
    found = Troubles()
    from creditor.monitor.fields import refuse_names

    refuse_names(NAMES, "clue", found)
    assert not found.items
