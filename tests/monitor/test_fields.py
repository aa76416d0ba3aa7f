"""What would identify a natural person is refused by the name of the field and by its form, and not repeated."""

from __future__ import annotations

import pytest

from creditor.errors import Troubles
from creditor.monitor.fields import plain, refuse_forms, refuse_names


@pytest.mark.parametrize(
    "name", ["passport", "ID number", "Date-of-Birth", "E_MAIL", "wallet", "account holder"]
)
def test_names_of_fields(name: str) -> None:
    found = Troubles()
    refuse_names([name], "clue", found)
    assert [trouble.code for trouble in found.items] == ["M908"] and name in found.items[0].what


def test_other_names_pass() -> None:
    found = Troubles()
    refuse_names(["subject", "sentence", "province", "evidence"], "clue", found)
    assert not found.items


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("the seller 11010519491231002X runs it", "resident identity number"),
        ("call 13812345678", "mobile telephone number"),
        ("call +86 13812345678", "mobile telephone number"),
        ("write to someone@mail.example", "electronic mail address"),
        ("paid to 6222 0212 3456 7890 123", "bank card number"),
    ],
)
def test_forms_within_texts(text: str, form: str) -> None:
    found = Troubles()
    refuse_forms({"evidence": text}, "clue", found)
    assert any(form in trouble.what for trouble in found.items)
    secret = next(word for word in text.split() if word[0].isdigit() or "@" in word)
    assert not any(secret in str(trouble) for trouble in found.items)


@pytest.mark.parametrize(
    "text",
    [
        "Egypt, 2024: 55.8 %",
        "USD 28,029.1 bn at 2025Q3",
        "vintage 2026-03-19",
        "series LM263061105",
        "A-1",
        "",
    ],
)
def test_figures_and_dates_are_no_persons(text: str) -> None:
    found = Troubles()
    refuse_forms({"evidence": text, "value": 13812345678.0}, "clue", found)
    assert not found.items


def test_texts_that_nobody_reads_or_that_cannot_be_written() -> None:
    found = Troubles()
    refuse_forms({"sentence": "a" * 10_000_000, "evidence": "\udcff"}, "clue", found)
    assert [trouble.code for trouble in found.items] == ["M909", "M909"]
    assert "10,000,000 letters" in found.items[0].what


def test_plain() -> None:
    assert plain(" E-mail_Address ") == "emailaddress"
