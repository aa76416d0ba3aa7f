"""Numbers of a text: units, scales, ranges, fractions, forms; what is no figure is passed over."""

from __future__ import annotations

import pytest

from creditor.analysis.text_scan import Sentence, mentions, sentences


def found(text):
    return mentions(Sentence(text, 0, 1, 0))[0]


@pytest.mark.parametrize(
    ("text", "measure", "low", "high", "extra"),
    [
        ("38 trillion dollars", "money", 38000, 38000, "USD"),
        ("$1.19 tn", "money", 1190, 1190, "USD"),
        ("US$38tn", "money", 38000, 38000, "USD"),
        ("JPY 1,080 trillion", "money", 1080000, 1080000, "JPY"),
        ("1,080 trillion yen", "money", 1080000, 1080000, "JPY"),
        ("£2.7 trillion", "money", 2700, 2700, "GBP"),
        ("€500 million", "money", 0.5, 0.5, "EUR"),
        ("$500", "money", 5e-7, 5e-7, "USD"),
        ("229.6 % of GDP", "percent", 229.6, 229.6, "GDP"),
        ("4.8%", "percent", 4.8, 4.8, ""),
        ("33 per cent of the debt", "percent", 33, 33, "debt"),
        ("18.5 percent of federal revenues", "percent", 18.5, 18.5, "revenue"),
        ("four per cent of GDP", "percent", 4, 4, "GDP"),
        ("one third of the debt", "percent", 100 / 3, 100 / 3, "debt"),
        ("two-thirds of government bonds", "percent", 200 / 3, 200 / 3, "debt"),
        ("between 33 and 35 per cent", "percent", 33, 35, ""),
        ("5.7 to 6.1 % of GDP", "percent", 5.7, 6.1, "GDP"),
        ("$3-4 trillion", "money", 3000, 4000, "USD"),
        ("25 basis points", "basis points", 0.25, 0.25, ""),
        ("-5.8 % of GDP", "percent", -5.8, -5.8, "GDP"),
        ("9.4 years", "years", 9.4, 9.4, ""),
    ],
)
def test_numbers_with_their_units(text, measure, low, high, extra):
    (one,) = found(f"It was {text}, they say.")
    assert (one.measure, one.base or one.currency) == (measure, extra)
    assert float(one.low) == pytest.approx(low) and float(one.high) == pytest.approx(high)


@pytest.mark.parametrize(
    "text",
    [
        "Call +1 202-555-0143 or (020) 7946 0958 or 555-123-4567.",
        "See page 12, pp. 3, chapter 4, table 7, figure 2, note 9 and Article 30(2).",
        "On 2 October 2025, 3rd May 2024 and May 11th; 2024-09-30 at 10:30; since 1961.",
        "https://example.org/2025/38%25 and a@b12.org, ISBN 978-3-16-148410-0, version 2.3.1.",
        "It took half a year and a third of a century.",
        "The G20, COVID-19 and F-16 matter; so do 24/7 and LH400.",
    ],
)
def test_what_is_no_figure_is_passed_over(text):
    assert not found(text)


def test_two_numbers_are_no_range():
    assert [one.printed for one in found("In 2024 and 33 per cent later, 5 and 3 %.")] == [
        "33 per cent",
        "3 %",
    ]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        *(("more than 20 %", "more than"), ("over $38 trillion", "more than"), ("at least 3 %", "more than")),
        *(("less than 20 %", "less than"), ("below 5 %", "less than"), ("under 4 %", "less than")),
        *(
            ("about 33 %", "about"),
            ("nearly $38 trillion", "about"),
            ("roughly 5 %", "about"),
            ("exactly 5 %", "equals"),
        ),
    ],
)
def test_forms(text, form):
    assert found(f"It was {text} then.")[0].form == form


def test_the_room_is_that_of_the_printed_digits():
    rooms = [float(one.room) for one in found("It is 38 trillion dollars, $1.19 tn, 33 per cent and 4.8 %.")]
    assert rooms == [500, 5, 0.5, 0.05]


def test_sentences_lines_and_paragraphs():
    text = "The U.S. owes 38 tn.\nJapan e.g. owes\n206.5 % of GDP. Mr. Smith knows.\n\nA new one."
    cut = list(sentences(text))
    assert [one.text.split()[0] for one in cut] == ["The", "Japan", "Mr.", "A"]
    assert [one.line for one in cut] == [1, 2, 3, 5] and cut[-1].paragraph > cut[0].paragraph
    assert mentions(cut[1])[0][0].line == 3


@pytest.mark.parametrize(
    "text", ["1" * 50_000, "1," * 20_000, "$" * 30_000, "9 % " * 5_000, "a" * 100_000, "1 to " * 9_000]
)
def test_odd_texts_are_read_to_their_end(text):
    cut = list(sentences(text))
    assert sum(len(one.text) for one in cut) <= len(text)
    assert all(len(found) == 2 for found in map(mentions, cut))
