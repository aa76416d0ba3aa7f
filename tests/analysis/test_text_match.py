"""Numbers of texts against the library: right ones are consistent, wrong ones are not, others are left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from creditor.analysis.claims_figures import Figures
from creditor.analysis.text_match import Reader, agrees, called, count_by_verdict

TEXTS = Path(__file__).parent / "texts"
READER = Reader(Figures())


def judged(text, known_at=""):
    return list((Reader(Figures(known_at)) if known_at else READER).read(text))


@pytest.mark.parametrize(
    "name", ["mixed_one", "mixed_two", "held_out", "unseen", "paper", "lenders", "answers"]
)
def test_nine_of_ten_right_and_nine_of_ten_wrong_numbers_are_found(name):
    expected = tomllib.loads((TEXTS / f"{name}.toml").read_text("utf-8"))
    found = {one.mention.printed: one.verdict for one in judged((TEXTS / f"{name}.txt").read_text("utf-8"))}
    right = [text for text in expected["right"] if found.get(text) == "consistent"]
    wrong = [text for text in expected["wrong"] if found.get(text) == "inconsistent"]
    assert len(expected["right"]) >= 10 and len(expected["wrong"]) >= 10
    assert len(right) >= 0.9 * len(expected["right"]), set(expected["right"]) - set(right)
    assert len(wrong) >= 0.9 * len(expected["wrong"]), set(expected["wrong"]) - set(wrong)
    told = set(expected["right"]) | set(expected["wrong"])
    assert not [text for text, verdict in found.items() if verdict == "inconsistent" and text not in told]


@pytest.mark.parametrize(("name", "count"), [("noise", 20), ("holders_of_other_things", 10)])
def test_numbers_that_are_no_claims_about_the_library_are_never_inconsistent(name, count):
    found = judged((TEXTS / f"{name}.txt").read_text("utf-8"))
    assert len(found) > count and {one.verdict for one in found} == {"cannot say"}


@pytest.mark.parametrize(
    ("text", "verdict", "economy"),
    [
        ("Japan owes 206.5 % of GDP.", "consistent", "JPN"),
        ("Japan owes 234.9 % of GDP.", "inconsistent", "JPN"),
        ("Germany owes 62.9 % of GDP, Japan 206.5 % of GDP in debt.", "consistent", "DEU"),
        ("The debt of Italy is more than 130 % of GDP.", "consistent", "ITA"),
        ("The debt of Italy is more than 150 % of GDP.", "inconsistent", "ITA"),
        (
            "Americans know it. The federal debt held by the public was $30.8 trillion in December 2025.",
            "consistent",
            "USA",
        ),
        ("The federal debt was $38.5 billion in December 2025.", "inconsistent", "USA"),
        ("In 2020 the American economy shrank by 2.2 per cent.", "consistent", "USA"),
        ("Japan's debt was 1,300 trillion yen in 2024.", "consistent", "JPN"),
        ("The US owes 38 trillion dollars in debt.", "consistent", "USA"),
        ("The US owes 36 trillion dollars in debt.", "inconsistent", "USA"),
        ("Public debt of the world is 110 trillion dollars in 2025.", "consistent", "WLD"),
        ("Foreign investors own two thirds of US debt.", "inconsistent", "USA"),
        ("The Reserve Bank of India has a ninth of the central government's bonds.", "consistent", "IND"),
        ("The Riksbank held a fifth of the public debt in 2019.", "consistent", "SWE"),
        ("Residents are creditors for 68 per cent of Pakistan's public debt.", "consistent", "PAK"),
        ("Banks have two thirds of China's treasury bonds.", "consistent", "CHN"),
        ("Foreigners have one in twenty of China's treasury bonds.", "consistent", "CHN"),
        ("Italian households and firms own 14 % of the debt.", "consistent", "ITA"),
        ("The central bank held a third of all gilts in 2021.", "consistent", "GBR"),
        ("The Swiss public debt is owed to foreigners for three quarters.", "inconsistent", "CHE"),
        ("Sri Lanka owes half its debt to bilateral creditors.", "inconsistent", "LKA"),
        ("Canada's debt exceeded 110 per cent of national income in 2024.", "consistent", "CAN"),
        ("Italy's tax income is 47 % of GDP.", "cannot say", None),
        ("The Fed's balance sheet was $6.6 trillion.", "consistent", "USA"),
        ("The ten-year Treasury yield was 4.1 % in September 2025.", "consistent", "USA"),
    ],
)
def test_single_sentences(text, verdict, economy):
    one = judged(text)[0]
    assert (one.verdict, one.reading and one.reading.economy) == (verdict, economy), one


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The debt is 90 % of GDP.", "no economy"),
        ("In Japan 12 % of the cats are black.", "no concept"),
        ("Net interest in Japan cost 9 trillion dollars.", "no such figure"),
        ("French households hold 12 % of the bonds.", "not told apart"),
        ("Japan's debt was 200 % of GDP in 1975.", "1975"),
        ("Austria owes 80 % of GDP.", "no economy"),
        ("Japan's debt is not 150 % of GDP.", "denies"),
        ("The US debt rose by 9 % of GDP.", "a change"),
        ("Yields rise for each 1 % of GDP of American debt.", "a step"),
        ("US net interest will be $13.8 trillion over the next decade.", "a sum over years"),
    ],
)
def test_what_cannot_be_judged_says_why(text, why):
    (one,) = judged(text)
    assert one.verdict == "cannot say" and why in one.why, one


def test_a_reading_of_something_else_that_fits_is_ambiguous_not_wrong():
    (one,) = judged("Italy's debt deficit is 3.4 % of GDP in 2024.")
    assert one.verdict in ("consistent", "cannot say")


def test_an_earlier_printing_is_named_beside_the_newest():
    (one,) = judged("Japan's debt in 2025 is 234.9 % of GDP.")
    assert one.verdict == "inconsistent" and one.why == "an earlier printing has 234.9 % of GDP"


def test_the_economy_of_the_sentence_before_is_meant_within_a_paragraph_only():
    assert judged("Look at Japan. The debt is 206.5 % of GDP.")[0].verdict == "consistent"
    assert judged("Look at Japan.\n\nThe debt is 206.5 % of GDP.")[0].verdict == "cannot say"


def test_as_known_at_uses_the_older_printing():
    assert judged("Japan's debt is 234.9 % of GDP in 2025.", "2025-10")[0].verdict == "consistent"


def test_agreement_and_counts():
    one = judged("Japan owes about 200 % of GDP.")[0]
    assert agrees(one.mention, one.reading.found) and not agrees(one.mention, None)
    assert count_by_verdict([one]) == {"consistent": 1, "inconsistent": 0, "cannot say": 0}
    assert called("WLD") == "the world" and called("JPN") == "Japan"
