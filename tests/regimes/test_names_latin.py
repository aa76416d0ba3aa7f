"""Latin terms: whole words, capitals that divide, one mistake in long words, pinyin as words."""

from __future__ import annotations

import pytest

from creditor.regimes.names_latin import (
    find_letters,
    find_long_term,
    find_pinyin,
    find_related,
    find_rwa,
    find_words,
    near,
    singular,
    tokens_of,
)
from creditor.regimes.names_normal import normalise


def found(search, text):
    return [match.term for match in search(tokens_of(normalise(text)))]


def test_capitals_divide_words_and_digits_stay():
    words = [token.text for token in tokens_of(normalise("GoRWA StableCoin v1rtual RWAs RWA8 Web3"))]
    assert words == ["go", "rwa", "stable", "coin", "v1rtual", "rwas", "rwa8", "web3"]


@pytest.mark.parametrize(
    "text", ["cryptocurrencies", "Crypto Currency", "crypt0currency", "Cryptocurency", "Crypt ocurrency"]
)
def test_forms_of_one_term(text):
    assert "加密货币/cryptocurrency" in found(find_words, text)


@pytest.mark.parametrize(
    "text", ["Constable Coin", "Virtual Assessment", "Encrypted Asset", "table coin", "visual asset"]
)
def test_words_that_look_alike(text):
    assert not found(find_words, text)


def test_the_long_term_in_any_order():
    assert found(find_long_term, "Tokenised fund of Real-World Assets") and not found(
        find_long_term, "Real World Assets"
    )


def test_single_letters():
    assert found(find_letters, "R/W/A") == ["RWA"] and not found(find_letters, "R. W. Anderson")
    assert found(find_letters, "s t a b l e c o i n") == ["稳定币/stablecoin"]


def test_pinyin_is_found_as_words_only():
    for text in (
        "xuni huobi",
        "Xu Ni Huo Bi",
        "xunihuobi",
        "xu1ni3 huo4bi4",
    ):
        assert "虚拟货币/virtual currency" in found(find_pinyin, text)
    assert not found(find_pinyin, "Wen Dingbin") and not found(find_pinyin, "xuni huobian")


@pytest.mark.parametrize(
    ("text", "hit"),
    [("RWA", True), ("RWAfi", True), ("eRWA", True), ("Doorway", False), ("GRWAL", False), ("Rwanda", False)],
)
def test_rwa_is_a_word(text, hit):
    assert bool(found(find_rwa, text)) == hit


def test_related_words_plurals_and_neighbours():
    assert found(find_related, "Bitcoin Cafe") == [""] and not found(find_related, "Digital yuan")
    assert singular("currencies") == "currency" and near("stablecoin", "stabelcoin") and not near("a", "abc")
