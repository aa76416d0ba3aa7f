"""Columns and notes set facts; what is not known, and what contradicts itself, is said."""

from __future__ import annotations

import pytest

from creditor.regimes.cases import read_case


def bits(notice, name, **row):
    case = read_case(notice, row, "case")
    assert not case.troubles, case.troubles
    return notice.vocabulary.facts[name].names(case.parts[0][notice.slots[name]])


@pytest.mark.parametrize(
    ("extra", "name", "values"),
    [
        ("not a business", "business", ("no",)),
        ("Should Have Known", "knowledge", ("should have known",)),
        ("liability of a bank, DLT", "bank_liability", ("yes",)),
        ("no token, no trade", "traded", ("no",)),
        ("not debt", "form", ("ABS-like", "equity", "other")),
        ("form = ABS-like", "form", ("ABS-like",)),
        ("30 %, no control", "controlled_by_domestic", ("no",)),
        ("50 % with veto", "controlled_by_domestic", ("joint",)),
        ("majority at every link", "controlled_by_domestic", ("yes",)),
        ("staff, KYC, suitability, AML, group integration all in place", "arm_checks", ("yes",)),
        ("not in parent's risk system", "arm_group", ("no",)),
        ("date 2026-01", "after_commencement", ("no",)),
        ("date 2026-02", "after_commencement", ("no", "yes")),
        ("date 2026-02-05", "after_commencement", ("no",)),
        ("date 2026-02-06", "after_commencement", ("yes",)),
        ("province Gansu", "after_commencement", ("yes",)),
        ("name contains: 稳定币", "term", ("hit",)),
        ("name contains: 虚拟货币 (virtual currency)", "term", ("hit",)),
        ("name contains: RWA (risk-weighted assets)", "term", ("review",)),
        ("name contains: RWA (real-world assets)", "term", ("hit",)),
        ("scope contains: 虚拟资产（固定资产管理软件）", "term", ("review",)),
        ("scope contains: 加密技术", "term", ("no_hit",)),
        ("issuer foreign, no domestic base", "base", ("overseas",)),
        ("no domestic customer, no domestic control", "controlled_by_domestic", ("no",)),
    ],
)
def test_notes_set_facts(notice, extra, name, values):
    assert bits(notice, name, extra=extra) == values


def test_every_listed_note_is_read_without_trouble(notice):
    fill = {"term": " 稳定币", "province": " Gansu", "date": " 2026-03"}
    for note in notice.vocabulary.notes:
        text = f"30 {note.text}" if note.kind == "share" else note.text + fill.get(note.kind, "")
        assert not read_case(notice, {"extra": text}, "case").troubles, text


@pytest.mark.parametrize("value", ["", "unknown", "n/a", "N/A", "Unknown"])
def test_silence_is_unknown(notice, value):
    assert bits(notice, "consent", consent=value) == ("none", "held", "filed")


def test_infrastructure_none_is_no(notice):
    assert bits(notice, "infrastructure", infrastructure="none") == ("no",)


def test_unknown_fields_values_and_notes_are_named_with_the_nearest(notice):
    case = read_case(notice, {"plase": "x", "place": "domestik", "extra": "new projct"}, "x.csv:3")
    assert [trouble.code for trouble in case.troubles] == ["R901"] * 3 and not case.contradicts
    assert "did you mean place" in case.troubles[0].mend and "domestic" in case.troubles[1].mend
    assert "new project" in case.troubles[2].mend and case.troubles[0].where == "x.csv:3"


@pytest.mark.parametrize(
    "row",
    [
        {"extra": "new project; existing project"},
        {"extra": "base domestic; base overseas"},
        {"extra": "knows; neither knew nor should have known"},
        {"object": "rwa on overseas rights", "extra": "base domestic"},
        {"activity": "issuing stablecoin", "object": "RMB stablecoin", "extra": "no token"},
        {"controlled_by_domestic": "no", "extra": "majority at every link"},
        {"object": "rwa external debt", "extra": "form = equity"},
        {"extra": "80 %, no control"},
    ],
)
def test_a_case_that_contradicts_itself_is_said(notice, row):
    case = read_case(notice, row, "case")
    assert case.contradicts and any(trouble.code == "R905" for trouble in case.troubles)


def test_several_activities_are_several_parts(notice):
    assert len(read_case(notice, {"activity": "display; paid traffic"}, "case").parts) == 2
