"""Economies are compared on one definition, with their dates, and what cannot be compared is named."""

from __future__ import annotations

import pytest

import creditor
from creditor.analysis.residence import SIX
from creditor.errors import InputError, MissingError
from creditor.export.json import to_json
from creditor.opening.country import available
from creditor.verbs.compare_holders import compare_holders


def test_two_economies_on_six_classes():
    answer = compare_holders("Japan", "ITA")
    japan, italy = answer.payload["economies"]
    assert (japan["economy"], italy["economy"]) == ("JPN", "ITA")
    for entry in (japan, italy):
        assert tuple(entry["shares"]) == SIX and sum(entry["shares"].values()) == pytest.approx(1)
        assert entry["period"] == "2019Q4" and entry["grade"] == "B" and entry["source"] and entry["vintage"]
    assert japan["shares"]["foreign_nonbanks"] == pytest.approx(0.063, abs=1e-4)
    assert italy["loop"]["foreign"] == pytest.approx(0.3150, abs=2e-4)
    assert answer.payload["command"] == "creditor compare-holders JPN ITA"
    assert any("2019Q4" in finding.sentence for finding in answer.findings)


def test_what_cannot_be_compared_is_named():
    answer = compare_holders("JPN", "KEN")
    assert [entry["economy"] for entry in answer.payload["left_out"]] == ["KEN"]
    assert "Left out: KEN" in answer.story
    with pytest.raises(MissingError) as caught:
        compare_holders("KEN", "SAU")
    assert caught.value.codes == ("F303", "F303")
    with pytest.raises(InputError):
        compare_holders("JPN", definition="sevenway")
    with pytest.raises(InputError):
        compare_holders("Atlantis")


def test_all_that_have_the_definition_the_most_at_home_first():
    answer = compare_holders()
    loops = [entry["loop"]["resident"] for entry in answer.payload["economies"]]
    assert len(loops) == 26 and loops == sorted(loops, reverse=True) and not answer.payload["left_out"]
    panels, ranking = answer.figures
    assert panels["kind"] == "multiples" and len(panels["panels"]) == 26
    assert ranking["kind"] == "bars" and [row["value"] for row in ranking["rows"]] == loops


def test_the_newest_sets_keep_their_dates_and_stocks():
    payload = compare_holders(definition="newest").payload
    assert {entry["economy"] for entry in payload["economies"]} == set(available()) - {"ROW"}
    turkey = next(entry for entry in payload["economies"] if entry["economy"] == "TUR")
    assert turkey["period"] == "2025-12" and "domestic" in turkey["stock"]
    saudi = next(entry for entry in payload["economies"] if entry["economy"] == "SAU")
    assert saudi["shares"] == {"unknown": 1.0}
    (warning,) = [f for f in payload["findings"] if f["place"] == "newest"]
    assert "TUR: domestic debt securities" in warning["evidence"]


def test_nothing_later_than_a_date_is_used():
    payload = compare_holders("TUR", "FRA", definition="newest", as_known_at="2025-10").payload
    periods = {entry["economy"]: entry["period"] for entry in payload["economies"]}
    assert periods == {"TUR": "2019Q4", "FRA": "2025Q1"} and not payload["left_out"]
    assert payload["command"].endswith("--as-known-at 2025-10")


def test_the_face_and_json():
    assert creditor.compare_holders is compare_holders
    first, second = (to_json(compare_holders("ITA", "FRA").payload) for _ in range(2))
    assert first == second and "NaN" not in first


def test_a_set_of_external_debt_says_nothing_about_what_is_owed_at_home():
    answer = compare_holders(definition="newest")
    assert "other low-income" not in answer.story
    (sheet,) = answer.sheets
    assert sheet.columns[0].text(economy="XLI") == "–"
    assert all("low-income" not in row["title"] for row in answer.figures[1]["rows"])
