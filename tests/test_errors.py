"""Troubles are shown with where, what, why and mend, travel together, and each kind has its exit code."""

import copy
import pickle
import re

import pytest

from creditor.errors import (
    CODES,
    CreditorError,
    InputError,
    MissingError,
    NoSolutionError,
    Trouble,
    Troubles,
)

KINDS = {CreditorError: 5, InputError: 2, MissingError: 3, NoSolutionError: 4}


def test_codes_are_stable_sentences_in_order():
    assert all(re.fullmatch(r"[A-Z]\d{3}", code) for code in CODES)
    assert all(text.endswith(".") and text[0].isupper() for text in CODES.values())
    assert len(set(CODES.values())) == len(CODES)
    for letter in {code[0] for code in CODES}:
        ours = [code for code in CODES if code[0] == letter]
        assert ours == sorted(ours)


@pytest.mark.parametrize(("kind", "exit_code"), KINDS.items())
def test_kinds_have_their_exit_codes_and_one_parent(kind, exit_code):
    assert kind.exit_code == exit_code
    assert issubclass(kind, CreditorError)


def test_a_trouble_shows_only_the_parts_it_has():
    assert str(Trouble("C109", "a.csv:4", "amount -3")) == "a.csv:4: amount -3 [C109]"
    whole = Trouble("C109", "a.csv:4", "amount -3", "claims are non-negative", "swap")
    assert str(whole).splitlines() == [
        "a.csv:4: amount -3 [C109]",
        "    why:  claims are non-negative",
        "    mend: swap",
    ]


def test_a_code_that_is_not_listed_is_a_defect():
    with pytest.raises(KeyError, match="X000"):
        Trouble("X000", "", "")


def test_one_trouble_or_many_in_the_order_in_which_they_were_met():
    one = Trouble("C101", "a", "x")
    assert InputError(one).codes == ("C101",)
    assert str(InputError(one)) == "1 trouble:\na: x [C101]"
    many = InputError(trouble for trouble in (one, Trouble("C102", "b", "y"), one))
    assert many.codes == ("C101", "C102", "C101")
    assert str(many).startswith("3 troubles:\n")
    assert str(many).count("\n") == 3


def test_very_many_troubles_are_counted_not_all_shown():
    error = InputError([Trouble("C107", f"a.csv:{line}", "x") for line in range(CreditorError.shown + 7)])
    lines = str(error).splitlines()
    assert lines[0] == "1007 troubles:"
    assert lines[-1] == "... and 7 more of the same kinds"
    assert len(lines) == CreditorError.shown + 2
    assert len(error.troubles) == 1007


@pytest.mark.parametrize("kind", KINDS)
def test_errors_survive_copying_and_pickling(kind):
    error = kind([Trouble("C101", "a", "x"), Trouble("C102", "b", "y", "why", "mend")])
    for again in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert type(again) is kind
        assert again.troubles == error.troubles
        assert str(again) == str(error)


def test_collected_troubles_are_raised_at_once_in_the_kind_asked_for():
    found = Troubles()
    found.raise_if_any()
    found.add("C107", "a.csv:2", "x")
    found.add("T204", "a.csv:3", "y", "why", "mend")
    with pytest.raises(MissingError) as caught:
        found.raise_if_any(MissingError)
    assert caught.value.troubles == tuple(found.items)
    found.items.append(found.items[0])
    with pytest.raises(MissingError) as again:
        found.raise_if_any(MissingError)
    assert again.value.troubles == caught.value.troubles
    with pytest.raises(InputError):
        found.raise_if_any()


def test_an_attempt_gives_what_is_made_or_records_what_is_wrong():
    found = Troubles()
    assert found.attempt(lambda: 3) == 3 and not found.items

    def wrong():
        raise InputError(Trouble("U501", "--years", "0"))

    assert found.attempt(wrong) is None and [one.where for one in found.items] == ["--years"]
