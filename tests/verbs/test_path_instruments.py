"""The table and the sentence of the instruments of a debt path."""

from __future__ import annotations

import pytest

from creditor.sustainability.baseline import baseline
from creditor.sustainability.path import case_of, simulate
from creditor.verbs.path import path
from creditor.verbs.path_instruments import maturity_told, sheet_of, story_of


def test_the_table_has_each_instrument_with_its_source():
    sheet = sheet_of(baseline("MEX"))
    assert sheet is not None
    share, due, anew = sheet.columns
    assert sum(share.values) == pytest.approx(100)
    assert due.at(instrument="bills and other short debt") == 100
    assert anew.at(instrument="floating rate") == 100
    assert "18-K" in sheet.origins["indexed to prices"].source
    assert sheet_of(baseline("CHN")) is None


def test_the_sentence_says_what_is_set_anew_and_who_says_so():
    base = baseline("BRA")
    run = simulate(case_of(base, 2032))
    told = story_of(base, run)
    assert told.startswith("By its instruments (Tesouro Nacional, 2024-12) the rate of 55.5 %")
    assert told.endswith("of GDP.") and story_of(baseline("JPN"), run) == ""


def test_an_average_maturity_far_from_what_falls_due_is_told():
    greece = baseline("GRC")
    (note,) = maturity_told(greece, simulate(case_of(greece, 2032)))
    assert "18.7 years" in note.sentence and note.place == "average maturity"
    south_africa = baseline("ZAF")
    assert maturity_told(south_africa, simulate(case_of(south_africa, 2032))) == []


def test_the_answer_holds_instruments_in_table_story_and_payload():
    answer = path("ITA", horizon=2032, paths=50, stress="none")
    rows = {row["instrument"]: row for row in answer.payload["instruments"]}
    assert rows["indexed"]["share"] == pytest.approx(0.1041) and rows["bills"]["maturing_share"] == 1
    assert rows["fixed"]["grade"] == "B" and "teleborsa.it" in rows["fixed"]["source"]
    assert "By its instruments (Ministry of Economy and Finance of Italy, 2025-12)" in answer.story
    assert any(sheet.name == "instruments" for sheet in answer.sheets)
    assert path("CHN", horizon=2032, paths=50, stress="none").payload["instruments"] == []
