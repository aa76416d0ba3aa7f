"""Fractions and multiples in words: what they come to, and what is none."""

from __future__ import annotations

import pytest

from creditor.analysis.text_fractions import fractions, multiples


@pytest.mark.parametrize(
    ("text", "percents"),
    [
        ("a half, two thirds and three-quarters", [50, 66.7, 75]),
        ("one in five, 3 out of every ten, one in twenty", [20, 30, 5]),
        ("four fifths, a ninth, 7 tenths", [80, 11.1, 70]),
        ("half a century, a quarter of a year, one in one", []),
        ("four thirds, two in two", []),
        ("behalf, the third man, halfway", []),
    ],
)
def test_fractions(text, percents):
    assert [round(float(one.percent), 1) for one in fractions(text)] == percents


@pytest.mark.parametrize(
    ("text", "percents"),
    [
        ("twice its GDP", [200]),
        ("2.5 times as large as output", [250]),
        ("two and a half times its revenue", [250]),
        ("three times", [300]),
        ("sometimes, the Times, times two", []),
    ],
)
def test_multiples(text, percents):
    assert [float(one.percent) for one in multiples(text)] == percents


def test_the_place_of_a_multiple_ends_before_that_of_which_it_is_one():
    (one,) = multiples("Debt is twice as large as GDP.")
    assert "Debt is twice as large as GDP."[one.end :] == "GDP."
