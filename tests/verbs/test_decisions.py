"""Decisions are recorded with facts, version and rules, and decided anew when rules or facts change."""

from __future__ import annotations

import json
import shutil

import pytest

from creditor.errors import InputError, MissingError
from creditor.monitor.times import now
from creditor.regimes.book import seal
from creditor.regimes.read import FOLDER
from creditor.verbs.decisions import reassess, record

CASE = 'schema = 1\nid = "it"\ndebt_to_gdp = 80\ndeficit_to_gdp = 1\n'


def test_a_record_holds_what_it_was_made_of(tmp_path):
    case, book = tmp_path / "it.toml", tmp_path / "book.jsonl"
    case.write_text(CASE, "utf-8")
    answer = record(case, by="Li", second="Wang", book=book, regime="eu_3_60", date="2026-03-02")
    (line,) = book.read_text("utf-8").splitlines()
    kept = json.loads(line)
    assert kept == answer.payload and kept["verdict"] == "undetermined" and kept["date"] == "2026-03-02"
    assert kept["facts"] == {"debt_to_gdp": "80", "deficit_to_gdp": "1"} and kept["seal"] == seal(kept)
    assert kept["regime"] == "eu_3_60" and len(kept["rules"]) == 16 and kept["second"] == "Wang"
    assert reassess(book).exit_code == 0


def test_a_changed_rule_changes_a_verdict(tmp_path):
    folder = shutil.copytree(FOLDER / "eu_3_60", tmp_path / "own")
    case, book = tmp_path / "it.toml", tmp_path / "book.jsonl"
    case.write_text(CASE.replace("80", "70"), "utf-8")
    record(case, by="Li", second="Wang", book=book, regime=str(folder))
    rules = (folder / "rules.toml").read_text("utf-8").replace("> 60", "> 75").replace("<= 60", "<= 75")
    (folder / "rules.toml").write_text(rules, "utf-8")
    with pytest.raises(MissingError) as caught:
        reassess(book)
    assert caught.value.codes == ("R904",) and "--regime" in str(caught.value)
    answer = reassess(book, regime=str(folder))
    assert answer.exit_code == 1 and "1 made with other rules" in answer.story
    (change,) = answer.payload["changed"]
    assert (change["before"], change["after"]) == ("undetermined", "permitted")


def test_a_name_of_the_notice_is_decided_anew(tmp_path):
    case, book = tmp_path / "name.toml", tmp_path / "book.jsonl"
    case.write_text(
        'activity = "registration"\nobject = "name"\nplace = "domestic"\nactor_type = "enterprise"\n'
        'extra = "name contains: 稳定币"\n',
        "utf-8",
    )
    assert record(case, by="Li", second="Wang", book=book).payload["verdict"] == "prohibited"
    assert reassess(book).payload == {"decisions": 1, "changed": []}


def test_a_record_has_a_day(tmp_path):
    case, book = tmp_path / "it.toml", tmp_path / "book.jsonl"
    case.write_text(CASE, "utf-8")
    with pytest.raises(InputError) as caught:
        record(case, by="Li", second="Wang", book=book, regime="eu_3_60", date="2026-13-40")
    assert caught.value.codes == ("M910",) and not book.exists()
    kept = record(case, by="Li", second="Wang", book=book, regime="eu_3_60").payload
    assert kept["date"] == now()[:10]
