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
