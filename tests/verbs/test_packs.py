"""A pack is assessed only when it is switched on, stands apart, and says that it is not the notice."""

from __future__ import annotations

import pytest

from creditor.verbs.assess import assess
from creditor.verbs.memo import ASSESSED, SENTENCE, memo
from creditor.verbs.regimes import regime_coverage, regime_list, regime_show

PACK = "csrc_2026_1"
CASE = {"activity": "RWA tokenization", "object": "rwa ABS-like on domestic rights", "actor_type": "company"}
CASE |= {"actor_place": "domestic", "place": "overseas", "counterparty_place": "overseas", "consent": "none"}
BARRED = CASE | {"negative_list": True}


def sentences(answer):
    return " ".join(finding.sentence for finding in answer.findings)


def test_off_by_default_with_a_note():
    plain, off = assess(CASE), assess(BARRED)
    assert off.payload == plain.payload and "packs" not in off.payload
    assert "this pack is off: negative_list" in sentences(off) and "pack is off" not in sentences(plain)


def test_on_it_stands_beside_the_verdict_of_the_notice():
    on, off = assess(BARRED, packs=[PACK]), assess(BARRED)
    (told,) = on.payload["packs"]
    assert {**on.payload, "packs": 0} == {**off.payload, "packs": 0}
    assert on.payload["verdict"] == "requires_filing" and told["verdict"] == "prohibited"
    assert told["mark"] == "not part of the notice" and told["articles"] == ["3(6)"]
    assert "not part of the notice: prohibited" in on.story and "pack is off" not in sentences(on)
    titles = [grid.title for grid in on.grids if grid.name.startswith(PACK)]
    assert titles and all("not part of the notice" in title for title in titles)


def test_silence_names_what_the_pack_needs():
    told = assess(CASE, packs=[PACK]).payload["packs"][0]
    assert told["verdict"] == "undetermined" and {"negative_list", "csrc_filing"} <= set(told["missing"])


def test_by_itself_it_says_what_it_is_not():
    assert "This text is not part of the notice." in assess(BARRED, regime=PACK).story


def test_a_table_of_cases(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("id,activity,object,place,negative_list\na,RWA tokenization,rwa ABS-like on domestic rights,"
                    "overseas,yes\nb,payment,virtual_currency,domestic,\n", "utf-8")  # fmt: skip
    answer = assess(table=path, packs=[PACK])
    rows = answer.payload["cases"]
    assert [row["packs"][0]["verdict"] for row in rows] == ["prohibited", "not_covered"]
    assert "packs" not in assess(table=path).payload["cases"][0] and len(answer.grids) == 2


@pytest.mark.parametrize(
    ("packs", "said", "unsaid"), [([PACK], ASSESSED, SENTENCE), ([], SENTENCE, ASSESSED)]
)
def test_the_memo_says_whether_it_was_assessed(packs, said, unsaid):
    told = [finding.sentence for finding in memo(BARRED, packs=packs).findings]
    assert said in told and unsaid not in told
    shown = [grid for grid in memo(BARRED, packs=packs).grids if grid.name == f"{PACK}_facts"]
    assert bool(shown) == bool(packs)


def test_coverage_shows_it_apart():
    answer = regime_coverage("notice42")
    (apart,) = answer.payload["packs"]
    assert answer.payload["provisions"] == 86 and apart["regime"] == PACK and answer.exit_code == 0
    assert apart["executable"] + apart["listed"] == apart["provisions"] == 20
    assert "Apart from it, csrc_2026_1, not part of the notice:" in answer.story
    assert "packs" not in regime_coverage("eu_3_60").payload


def test_show_says_where_each_provision_was_read():
    shown = regime_show(PACK, "3(6)")
    rows = next(grid for grid in shown.grids if grid.name == "rules").rows
    assert any(row[1] == "read in, confidence high" and "stockstar" in row[2].lower() for row in rows)
    assert PACK in [entry["regime"] for entry in regime_list().payload["regimes"]]
