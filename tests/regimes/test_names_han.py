"""Chinese terms: signs between, one letter replaced, words of the language that veto."""

from __future__ import annotations

import pytest

from creditor.regimes.names_han import (
    find_exact,
    find_mixed,
    find_related,
    find_replaced,
    stream_of,
    vetoed,
)
from creditor.regimes.names_normal import normalise


def stream(text):
    return stream_of(normalise(text))


def test_signs_are_dropped_but_lists_go_to_a_person():
    assert [m.result for m in find_exact(stream("虚-拟 货\n币"))] == ["hit"]
    assert [m.result for m in find_exact(stream("软件加密；货币清点"))] == ["review"]
    assert not list(find_exact(stream("虚拟8货币")))


def test_one_letter_may_be_replaced_and_no_more():
    assert [m.how[0] for m in find_replaced(stream("加谧资产"))] == ["谧 stands for 密: the same sound"]
    assert [m.how[0] for m in find_replaced(stream("虚拟贷币"))] == ["贷 stands for 货: the same look"]
    assert not list(find_replaced(stream("闻丁毕"))) and not list(find_replaced(stream("加谧姿产")))


@pytest.mark.parametrize(
    "text", ["稳定比例", "稳定壁挂炉", "稳定臂", "稳定必达", "稳定笔架", "稳定弊端", "稳定逼近"]
)
def test_words_of_the_language_veto(text):
    assert vetoed(text, 0, 3, 2) and not list(find_replaced(stream(text)))


def test_words_behind_a_term_may_stand_for_themselves():
    assert list(find_replaced(stream("加密姿产业务"))) and not list(find_replaced(stream("加密子产业园")))


def test_halves_of_two_scripts_are_whole_words():
    assert [m.term for m in find_mixed(normalise("虚拟Assets托管"))] == ["虚拟资产/virtual asset"]
    assert not list(find_mixed(normalise("虚拟assetment"))) and not list(find_mixed(normalise("Unstable币")))


def test_money_of_a_central_bank_is_no_related_word():
    assert not list(find_related(stream("央行数字货币"))) and list(find_related(stream("数字货币")))
