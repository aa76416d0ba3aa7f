"""The announcement: its cases, negative items that each bar alone, sources; silence decides nothing."""

from __future__ import annotations

import itertools
import random

import pytest

from creditor.regimes.assess import assess_case
from creditor.regimes.casefile import case_of
from creditor.regimes.coverage import cases_of
from creditor.regimes.read import load_regime

PACK = load_regime("csrc_2026_1")
NEGATIVE = ("financing_forbidden", "security_finding", "convicted", "under_investigation", "title_dispute")
NEGATIVE += ("not_transferable", "negative_list")
CLEAN = dict.fromkeys([*NEGATIVE, "harms_interest"], False) | {
    "activity": "RWA tokenization", "object": "rwa ABS-like on domestic rights", "place": "overseas",
    "controls_assets": True, "investment_procedures": True, "exchange_procedures": True,
    "data_procedures": True, "csrc_filing": "complete", "file_true": True, "issued": False,
    "major_event": False,
}  # fmt: skip


def assessed(facts):
    case, _ = case_of(facts, "case", PACK)
    assert not case.troubles
    return assess_case(PACK, case)


@pytest.mark.parametrize("entry", cases_of(PACK), ids=lambda entry: entry.case.name)
def test_each_case(entry):
    assert not entry.case.troubles and not entry.differences(assess_case(PACK, entry.case))


@pytest.mark.parametrize("fact", NEGATIVE)
def test_each_negative_item_bars_and_its_silence_is_missed(fact):
    assert assessed(CLEAN).verdict == "permitted"
    barred = assessed(CLEAN | {fact: True})
    assert barred.verdict == "prohibited" and barred.articles[0].startswith("3(")
    silent = assessed({name: value for name, value in CLEAN.items() if name != fact})
    assert (silent.verdict, silent.missing) == ("undetermined", [fact])


def test_whatever_is_not_said_is_never_taken_as_lawful():
    for fact in CLEAN:
        if fact not in ("activity", "object", "place", "controls_assets"):  # a complete filing has its filer
            assert assessed({**CLEAN, fact: "unknown"}).missing[0] == fact


@pytest.mark.parametrize("seed", range(30))
def test_an_answer_with_blanks_is_that_of_all_completions(seed):
    draw = random.Random(seed)
    facts = dict(draw.choice(cases_of(PACK)).case.said)
    names = draw.sample([*CLEAN, "file_true", "human_filer", "cash_flow_backed"][3:], 2)
    told = assessed({key: value for key, value in facts.items() if key not in names})
    values = [PACK.vocabulary.facts[name].values for name in names]
    filled = [
        assessed(facts | dict(zip(names, chosen, strict=True))) for chosen in itertools.product(*values)
    ]
    verdicts = {one.verdict for one in filled}
    if told.verdict == "undetermined":
        assert len(verdicts) > 1 or verdicts == {"undetermined"}
        assert told.missing
    else:
        assert verdicts == {told.verdict}


def test_every_provision_says_where_it_was_read_and_prints_a_short_phrase():
    sources = PACK.about["sources"]
    for provision in PACK.provisions.values():
        named = [name.strip() for name in provision.source.split(",")]
        assert set(named) <= set(sources) and provision.confidence in ("high", "medium", "low")
        assert provision.statement and provision.statement_zh
        phrase = provision.key_phrase
        assert 0 < (len(phrase.split()) if phrase.isascii() else 1) <= 12 and len(phrase) <= 60
    assert all(entry["url"].startswith("http") and entry["publisher"] for entry in sources.values())
    assert "secondary pages" in PACK.about["text_version"]


def test_it_is_a_pack_of_the_notice_and_says_so():
    assert (PACK.about["pack_of"], PACK.about["mark"]) == ("notice42", "not part of the notice")
    assert PACK.about["limits"].startswith("Not part of the notice")
