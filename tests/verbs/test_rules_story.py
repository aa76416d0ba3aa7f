"""Rules begin with the framework that applies; those for others are counted, never mixed in."""

from __future__ import annotations

import re

from creditor.export.text import to_text
from creditor.sustainability.baseline import baseline
from creditor.sustainability.packs import packs
from creditor.verbs.rules import rules
from creditor.verbs.rules_story import applies, findings_of, in_order, story_of


def test_each_framework_knows_its_economies():
    own = {code: [n for n, p in packs().items() if applies(p, code)] for code in ("ITA", "KEN", "JPN")}
    assert own["KEN"] == ["lic_dsf_2018"] and own["JPN"] == ["srdsf"]
    assert own["ITA"] == ["eu2024", "eu2024_prior_guidance", "ec_dsm", "srdsf"]
    assert in_order(list(packs().values()), "JPN")[-1].valid_to == "2022-06-30"


def test_the_story_begins_with_the_own_framework_and_its_worst_mark():
    answer = rules("GHA", paths=100)
    assert answer.grids[0].name == "lic_dsf_2018" and answer.payload["packs"][0]["applies"] is True
    own = [v for v in answer.payload["verdicts"] if v["pack"] == "lic_dsf_2018" and "holds" in v]
    kept = sum(v["holds"] for v in own)
    assert (
        f"Ghana is under 1 of {len(packs())} frameworks. International Monetary Fund and World"
        in answer.story
    )
    assert (
        f"2018: {kept} of {len(own)} criteria hold; farthest off is 'present value of public" in answer.story
    )
    assert "(69.2, mark 55.0)" in answer.story and "rated high in 2025" in answer.story
    others = re.search(r"or of the past: (\d+) of (\d+) criteria", answer.story)
    rest = [v for v in answer.payload["verdicts"] if v["pack"] != "lic_dsf_2018" and "holds" in v]
    assert others and int(others[2]) == len(rest) and int(others[1]) == sum(v["holds"] for v in rest)


def test_frameworks_for_others_and_of_the_past_are_told():
    told = {f.place: f.sentence for f in findings_of(baseline("GHA"), list(packs().values()))}
    assert "not under these rules" in told["eu2024, eu2024_prior_guidance, ec_dsm, srdsf"]
    assert "In force to 2022-06-30" in told["mac_dsa_2013"]
    assert "is under none of 1 frameworks. Applied all the same:" in rules("KEN", ("mac_dsa_2013",), 50).story


def test_nothing_known_is_said():
    assert "no criterion can be judged" in story_of(baseline("GHA"), [], [])


def test_titles_stand_alone():
    titles = [row["title"] for pack in packs().values() for row in pack.criteria]
    assert not any("the same" in title for title in titles)
    assert "percent of revenue" in to_text(rules("GHA", ("lic_dsf_2018",), 50), 120)


def test_a_title_says_what_holds():
    """A verdict "holds" never stands beside words that mean the contrary."""
    for name in ("ec_dsm", "srdsf"):
        marked = [row["title"] for row in packs()[name].criteria if "threshold" in row]
        assert marked and all("below the " in title for title in marked)
