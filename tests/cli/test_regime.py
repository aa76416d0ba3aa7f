"""`creditor regime list`, `show`, `coverage`, `diff` on the command line."""

from __future__ import annotations

import json


def test_list_and_show(call):
    assert "notice42" in call("regime", "list").out
    done = call("regime", "show", "notice42", "--article", "XIV")
    assert done.code == 0 and "XIV(e)" in done.out and "境内主体" in done.out
    wrong = call("regime", "show", "notice42", "--article", "XXIV")
    assert wrong.code == 2 and "[R904]" in wrong.err


def test_coverage(call):
    done = call("regime", "coverage")
    assert done.code == 0 and "86 provisions" in done.out
    assert json.loads(call("regime", "coverage", "eu_3_60", "--json").out)["provisions"] == 7


def test_diff(call):
    assert call("regime", "diff", "eu_3_60", "eu_3_60").code == 0
    assert call("regime", "diff", "eu_3_60", "debt_brake_de").code == 1


def test_switch(call, book):
    case = book("schema = 1\ndebt_subject_to_limit = 41500\n", "case.toml")
    words = ("regime", "switch", case, "--regime", "debt_ceiling_us", "--given", "allowed_share")
    told = json.loads(call(*words, "--leakage", 0.2, "--from", 3, "--to", "2027Q1", "--json").out)
    assert told["set"] == {"name": "allowed_share", "value": 0.2, "from": 3, "to": "2027Q1"}
    done = call(*words)
    assert done.code == 0 and "[[set]]" in done.out and "value = 0" in done.out
    assert call(*words, "--leakage", 2).code == 2
