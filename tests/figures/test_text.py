"""Widths are never too narrow for the sans serifs in use, and broken texts fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.figures.text import ELLIPSIS, shorten, text_width, wrap

ARIAL = {
    "a": 0.556,
    "m": 0.833,
    "W": 0.944,
    "i": 0.222,
    "1": 0.556,
    ",": 0.278,
    "%": 0.889,
    " ": 0.278,
    "É": 0.667,
}


@pytest.mark.parametrize("letter", sorted(ARIAL))
def test_not_narrower_than_arial(letter):
    assert text_width(letter, 100) >= 100 * ARIAL[letter]


def test_bold_is_wider_and_wide_letters_count_fully():
    assert text_width("Banks", 10, bold=True) > text_width("Banks", 10)
    assert text_width("債務", 10) >= 20
    assert text_width("e\u0301", 10) == text_width("e", 10)


@given(st.text(max_size=60), st.floats(8, 20), st.floats(30, 300), st.booleans())
def test_shortened_text_fits(text, size, width, bold):
    cut = shorten(text, size, width, bold)
    assert text_width(cut, size, bold) <= width
    assert cut == text or cut.endswith(ELLIPSIS)


@given(st.text(st.sampled_from("ab ,債W"), max_size=80), st.floats(30, 200), st.integers(1, 4))
def test_wrapped_lines_fit_and_lose_nothing(text, width, most):
    assert all(text_width(line, 10) <= width for line in wrap(text, 10, width, lines=most))
    assert len(wrap(text, 10, width, lines=most)) <= most
    lines = wrap(text, 10, width)
    if not any(line.endswith(ELLIPSIS) for line in lines):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_chinese_breaks_at_any_letter():
    assert wrap("国债持有人是谁", 10, 32) == ["国债持", "有人是", "谁"]


def test_empty_text_is_one_line():
    assert wrap("", 10, 100) == [""]


def test_no_line_begins_with_a_percent_sign():
    for width in range(40, 140, 5):
        assert not any(line.startswith("%") for line in wrap("residents 93.3 %, foreigners 6.7 %", 10, width))
