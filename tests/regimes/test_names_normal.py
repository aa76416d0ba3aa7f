"""Normal forms keep the way back to the original."""

from __future__ import annotations

import pytest

from creditor.regimes.names_normal import STEPS, is_han, normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ｒｗａ", "rwa"),
        ("𝐑𝗪𝘈", "RWA"),
        ("ⓡⓦⓐ", "rwa"),
        ("🅁🅆🄰", "RWA"),
        ("ʀᴡᴀ", "RWA"),
        ("Vιrtual Αsset", "Virtual Asset"),
        ("Сurrenсy", "Currency"),
        ("Xūnǐ", "Xuni"),
        ("Stable\u00adcoin", "Stablecoin"),
        ("加密\u200c货币", "加密货币"),
        ("加密💎货币", "加密货币"),
        ("虛擬資產", "虚拟资产"),
        ("稳定币\ufe0f", "稳定币"),
        ("a\nb", "a\nb"),
    ],
)
def test_forms(text, plain):
    assert str(normalise(text)) == plain


def test_spans_point_into_the_original():
    normal = normalise("x\u200b虛💎擬")
    assert [(letter.text, letter.start, letter.end) for letter in normal.letters] == [
        ("x", 0, 1),
        ("虚", 2, 3),
        ("拟", 4, 5),
    ]
    assert normal.steps_in(2, 5) == [STEPS[1], STEPS[3]] and normal.steps_in(0, 1) == []


def test_chinese_letters():
    assert is_han("币") and not is_han("b") and not is_han("、")
