"""The verb assess: one case or a table, with version, limits and everything that is wrong at once."""

from __future__ import annotations

import pytest

from creditor.errors import InputError, MissingError
from creditor.export.json import to_json
from creditor.verbs.assess import assess, check_readings, limits_of, read, story_of

FACTS = {"activity": "RWA tokenization", "object": "rwa", "actor_type": "company", "actor_place": "domestic"}
FACTS |= {"place": "domestic", "counterparty_place": "domestic", "consent": "held"}
FIELDS = ["id", "verdict", "articles", "missing", "authorities", "consequence", "confidence", "also"]


def test_one_case_says_what_is_missing_and_what_each_answer_would_give():
    answer = assess(FACTS)
    assert answer.payload["verdict"] == "undetermined" and answer.payload["missing"] == ["infrastructure"]
    assert list(answer.payload)[:8] == FIELDS
    grid = next(grid for grid in answer.grids if grid.name == "missing")
    assert {row[2:] for row in grid.rows} == {("no", "prohibited"), ("yes", "permitted")}
    assert "Not legal advice" in answer.findings[-1].sentence and answer.payload["rules"]
    assert to_json(answer.payload) == to_json(assess(FACTS).payload)


def test_a_table_keeps_its_order_and_its_broken_rows(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("id,activity,object\nB,holding,e-CNY\nA,holding\nC,hold,e-CNY\n", "utf-8")
    answer = assess(table=path)
    assert [(e["id"], e["verdict"]) for e in answer.payload["cases"]] == [
        ("B", "not_covered"),
        ("A", "undetermined"),
        ("C", "undetermined"),
    ]
    assert [f.code for f in answer.findings if f.code] == ["C106", "R901"]


def test_a_fiscal_rule_is_held_against_figures():
    answer = assess({"deficit_to_gdp": 4.1, "debt_to_gdp": 55, "deficit_declining": False,
                     "deficit_exceptional": False}, regime="eu_3_60")  # fmt: skip
    assert answer.payload["verdict"] == "prohibited" and "Art. 126(2)(a)" in answer.payload["articles"]
    open_ = assess({"debt_to_gdp": 55}, regime="eu_3_60")
    assert open_.payload["verdict"] == "undetermined" and "deficit_to_gdp > 3" in open_.payload["missing"]


def test_bad_use_is_named(tmp_path):
    for given in ({}, {"case": FACTS, "table": tmp_path / "x.csv"}):
        with pytest.raises(InputError) as caught:
            assess(**given)
        assert caught.value.codes == ("U503",)
    with pytest.raises(MissingError) as absent:
        assess(FACTS, regime="notice_42")
    assert absent.value.codes == ("R904",)
    with pytest.raises(InputError) as wrong:
        assess({"plce": "x", "consent": "mabe"})
    assert wrong.value.codes == ("R901", "R901")


def test_readings_are_known_by_name(notice42):
    check_readings(notice42, ["business"])
    with pytest.raises(InputError) as caught:
        check_readings(notice42, ["busines"])
    assert "business" in str(caught.value) and caught.value.codes == ("R904",)


@pytest.fixture
def notice42():
    from creditor.regimes.read import load_regime

    return load_regime("notice42")


def test_story_and_limits(notice42):
    from creditor.regimes.assess import assess_case

    case, control = read(notice42, FACTS)
    text = story_of(assess_case(notice42, case))
    assert text.startswith("Undetermined. It depends on infrastructure.") and control is None
    assert "2026-02-06" in limits_of(notice42)
