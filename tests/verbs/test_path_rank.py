"""The ranking has all economies, the highest debt first."""

from __future__ import annotations

from creditor.verbs.path import path
from creditor.verbs.path_rank import path_rank


def test_all_are_ranked_and_agree_with_their_own_path():
    answer = path_rank(2040, 40)
    rows = answer.payload["economies"]
    values = [row["horizon_rising"] for row in rows]
    assert len(rows) == 33 and values == sorted(values, reverse=True) and "no safety" in answer.story
    own = path("FRA", horizon=2040, paths=40, stress="none").payload
    (row,) = [row for row in rows if row["economy"] == "FRA"]
    assert row["horizon_rising"] == own["paths"]["rising_rate"]["debt_ratio"][-1]
    assert answer.payload["units"].keys() >= row.keys() - {"economy", "title"}
    assert answer.payload["units"]["higher"] == "probability"
    assert row["higher"] == own["chances"]["debt_higher_in_five_years"]["value"]


def test_ageing_is_in_the_rank_where_it_is_published():
    rows = {row["economy"]: row for row in path_rank(2055, 20).payload["economies"]}
    assert len([row for row in rows.values() if "ageing" in row]) == 17 and "ageing" not in rows["EGY"]
    plain = path_rank(2055, 20, ageing="none")
    others = {row["economy"]: row for row in plain.payload["economies"]}
    assert rows["KOR"]["horizon_rising"] > others["KOR"]["horizon_rising"] + 0.3
    assert rows["EGY"] == others["EGY"] and "left out for 33" in plain.findings[0].sentence


def test_what_the_rank_rests_on_is_warned_of_and_drawn():
    answer = path_rank(2055, 20)
    told = {finding.place: finding.evidence for finding in answer.findings}
    assert "JPN" in told["instruments"] and "ITA" not in told["instruments"]
    assert "CAN" in told["interest"] and "ITA" not in told["interest"]
    (figure,) = answer.figures
    first = answer.payload["economies"][0]
    assert figure["rows"][0]["title"] == first["title"] and figure["rows"][0]["grade"] == "C"
    assert figure["rows"][0]["value"] == 100 * first["horizon_rising"]
