"""The loop share says how much is owed at home, directly and in the end, and marks custody centres."""

from __future__ import annotations

import pytest

from creditor.terms.custody import custody_centres
from creditor.verbs.who import who


def test_the_loop_share_of_the_six_classes_is_what_the_investor_base_prints():
    payload = who("JPN", perimeter="investor-base").payload
    direct = payload["loop"]["direct"]
    assert set(payload["loop"]) == {"direct"}
    assert direct["foreign"] == pytest.approx(0.1307, abs=1e-4)  # the printed total of foreigners
    assert direct["resident"] + direct["foreign"] == pytest.approx(1)


def test_the_loop_of_the_united_states_directly_and_in_the_end():
    payload = who("USA", through=True, perimeter="public").payload
    direct, final = payload["loop"]["direct"], payload["loop"]["through"]
    assert direct["foreign"] == pytest.approx(0.33, abs=5e-4) and direct["unknown"] == 0
    assert final["foreign"] > direct["foreign"], "foreigners own a part of American funds too"
    for entry in (direct, final):
        assert entry["resident"] + entry["foreign"] + entry["unknown"] == pytest.approx(1)
        assert entry["resident_most"] == pytest.approx(entry["resident"] + entry["unknown"])


def test_custody_centres_are_marked_and_bound_the_share_by_nationality():
    answer = who("USA", perimeter="public", by="country")
    kept = answer.payload["loop"]["custody"]
    assert {"BEL", "LUX", "CYM", "IRL", "CHE", "GBR"} <= set(kept["centres"]) <= set(custody_centres())
    named = {h["holder"].partition("/")[2]: h for h in answer.payload["holders"]}
    total = sum(named[code]["share"] for code in kept["centres"])
    assert kept["share"] == pytest.approx(total)
    assert named["BEL"]["title"] == "Belgium (custody centre)" and named["JPN"]["title"] == "Japan"
    loop = answer.payload["loop"]
    assert loop["by_nationality_most"] == pytest.approx(loop["direct"]["resident"] + kept["share"])


def test_what_is_not_known_is_said():
    answer = who("SAU")
    assert answer.payload["loop"]["direct"]["unknown"] == 1
    assert "not known" in answer.story


def test_where_nothing_is_told_the_table_says_nothing_and_no_zero():
    (sheet,) = [sheet for sheet in who("SAU").sheets if sheet.name == "loop"]
    assert sheet.columns[0].text(residence="resident") == "–"
    assert sheet.columns[0].text(residence="unknown") == "100.0 %"


def test_a_perimeter_of_external_debt_is_not_called_a_loop_of_nothing():
    assert "outside this perimeter" in who("XLI").story and "Own residents hold" not in who("XLI").story
