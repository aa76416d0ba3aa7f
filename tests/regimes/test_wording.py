"""The full wording comes from the user, cut at the numbers of articles in any of four ways."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.regimes.wording import article_number, wording_of


def test_articles_are_found_in_roman_arabic_and_chinese(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("To all\nI. One\nmore of one\nArticle II Two\n3. Three\n四、Four\n第五条 Five\n", "utf-8")
    wording = wording_of(path)
    assert wording[0] == "To all" and wording[1] == "One\nmore of one" and wording[2] == "Two"
    assert [wording[n] for n in (3, 4, 5)] == ["Three", "Four", "Five"]


def test_a_number_out_of_order_is_text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("I. One\n2026. A year is no article\nII. Two\n", "utf-8")
    assert set(wording_of(path)) == {1, 2}


def test_a_text_without_articles_is_refused(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("nothing\n", "utf-8")
    with pytest.raises(InputError) as caught:
        wording_of(path)
    assert caught.value.codes == ("R904",)


def test_numbers_of_articles(notice):
    assert article_number(notice, "14b") == 14 and article_number(notice, "0a") == 0
