"""Regimes are listed, shown by article, covered by cases, and compared."""

from __future__ import annotations

import shutil

import pytest

from creditor.errors import InputError
from creditor.regimes.read import FOLDER
from creditor.verbs.regimes import regime_coverage, regime_diff, regime_list, regime_show


def test_the_list():
    names = [entry["regime"] for entry in regime_list().payload["regimes"]]
    assert names == ["csrc_2026_1", "debt_brake_de", "debt_ceiling_us", "eu_3_60", "notice42"]


def test_an_article_with_rules_key_phrases_and_slips(tmp_path):
    answer = regime_show("notice42", "XIV")
    assert [p["article"] for p in answer.payload["provisions"]] == [f"XIV({letter})" for letter in "abcde"]
    rules = next(grid for grid in answer.grids if grid.name == "rules")
    assert any(row[1] == "slip" for row in rules.rows) and any(row[1] == "key phrase" for row in rules.rows)
    assert len(regime_show("notice42", "I(e)").payload["provisions"]) == 1
    text = tmp_path / "text.txt"
    text.write_text("I. One.\n", "utf-8")
    shown = next(g for g in regime_show("notice42", "I(e)", text).grids if g.name == "wording")
    assert shown.rows == (("I", "One."),)
    with pytest.raises(InputError):
        regime_show("notice42", "XXX")


def test_the_whole_notice_shows_its_readings():
    answer = regime_show("notice42")
    assert len(answer.payload["provisions"]) == 86 and "readings" in [grid.name for grid in answer.grids]


def test_coverage_counts_to_the_whole():
    payload = regime_coverage().payload
    assert payload["executable"] + payload["listed"] == payload["provisions"] == 86
    assert payload["executable"] >= 61


def test_coverage_finds_a_provision_without_case_and_a_wrong_case(tmp_path):
    folder = shutil.copytree(FOLDER / "eu_3_60", tmp_path / "eu")
    text = (folder / "cases.csv").read_text("utf-8").splitlines()
    kept = [line.replace("within,2.1", "within,9.1") for line in text if not line.startswith("deficit-shock")]
    (folder / "cases.csv").write_text("\n".join(kept) + "\n", "utf-8")
    from creditor.regimes.coverage import cases_of, coverage_of
    from creditor.regimes.read import load_regime

    regime = load_regime(str(folder))
    rows = coverage_of(regime, cases_of(regime, folder))
    assert [row.identifier for row in rows if row.executable and not row.case] == []
    assert [e for e in cases_of(regime, folder) if e.case.name == "within"]


def test_two_versions_are_compared(tmp_path):
    folder = shutil.copytree(FOLDER / "eu_3_60", tmp_path / "eu_3_60")
    rules = (folder / "rules.toml").read_text("utf-8").replace("> 60", "> 90").replace("<= 60", "<= 90")
    (folder / "rules.toml").write_text(rules, "utf-8")
    answer = regime_diff("eu_3_60", str(folder))
    assert answer.exit_code == 1 and {c["provision"] for c in answer.payload["changes"]} >= {"Art. 126(2)(b)"}
    assert {v["case"] for v in answer.payload["verdicts"]} == {"debt-open"}
    other = regime_diff("eu_3_60", "debt_ceiling_us")
    assert other.exit_code == 1 and any("–" in (c["before"], c["after"]) for c in other.payload["changes"])
