"""Facts are bits; values are compared without case, signs and spaces."""

from __future__ import annotations

from creditor.regimes.vocabulary import Fact, Vocabulary, plain, word


def test_values_are_compared_plainly():
    fact = Fact("object", ("virtual_currency", "fiat stablecoin (USD)", "e-CNY"), "object")
    assert (
        fact.bit("Virtual-Currency") == 1
        and fact.bit(" FIAT STABLECOIN (USD) ") == 2
        and fact.bit("e cny") == 4
    )
    assert fact.bit("euro") == 0 and fact.everything == 7 and fact.names(5) == ("virtual_currency", "e-CNY")
    assert plain("A_b-C") == "a b c" and word("not in parent's list") == "not_in_parents_list"


def test_an_alias_is_another_word_for_a_value():
    fact = Fact("infrastructure", ("no", "yes"), "infrastructure", aliases={"none": "no"})
    assert fact.bit("none") == fact.bit("no") == 1


def test_families_name_several_values():
    fact = Fact("place", ("a", "b c", "d"), "place")
    words = Vocabulary({"place": fact}, {"some": ("place", ("a", "b c"))})
    assert (
        words.bits("place", "some") == 3 and words.bits("place", "b_c") == 2 and words.bits("place", "x") == 0
    )
    assert words.words_of("place") == ["a", "b_c", "d", "some"]


def test_columns_are_those_of_the_table(notice):
    assert notice.vocabulary.columns == (
        *("activity", "object", "actor_type", "actor_place", "controlled_by_domestic"),
        *("place", "counterparty_place", "consent", "infrastructure"),
    )
