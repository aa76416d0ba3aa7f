"""Packs are found by what they are beside; their facts do no harm while they are off."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.regimes.assess import assess_case
from creditor.regimes.casefile import case_of
from creditor.regimes.packs import packs_of, packs_with, require_packs
from creditor.regimes.read import load_regime

CASE = {"activity": "RWA tokenization", "object": "rwa external debt", "place": "overseas"}


def test_packs_by_regime_and_fact(notice):
    assert packs_of("notice42") == ("csrc_2026_1",) and packs_of("csrc_2026_1") == ()
    assert packs_with(notice, "negative_list") == ("csrc_2026_1",) and packs_with(notice, "wether") == ()
    assert [pack.name for pack in require_packs(notice, ["csrc_2026_1"] * 2)] == ["csrc_2026_1"]


def test_a_name_that_is_no_pack(notice):
    with pytest.raises(InputError) as caught:
        require_packs(notice, ["csrc_2026"])
    assert caught.value.codes == ("R904",) and "csrc_2026_1" in str(caught.value)
    with pytest.raises(InputError):
        require_packs(load_regime("eu_3_60"), ["csrc_2026_1"])


def test_facts_of_a_pack_that_is_off_change_nothing_and_are_remembered(notice):
    plain, _ = case_of(CASE, "case", notice)
    more, _ = case_of(CASE | {"csrc_filing": "none", "negative_list": True}, "case", notice)
    assert more.passed == ("csrc_filing", "negative_list") and not more.troubles and not plain.passed
    assert assess_case(notice, more).as_dict() == assess_case(notice, plain).as_dict()
    wrong, _ = case_of(CASE | {"csrc_filling": "none"}, "case", notice)
    assert wrong.troubles[0].code == "R901"


def test_a_pack_reads_the_words_of_its_regime(notice):
    pack = load_regime("csrc_2026_1")
    assert set(notice.vocabulary.columns) < set(pack.vocabulary.columns)
    assert pack.digest != notice.digest
