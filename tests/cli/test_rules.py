"""The commands rules and effort: options reach the verbs, faults have their exit codes."""

from __future__ import annotations

import json

from creditor.cli.main import run


def test_rules(capsys):
    assert run(["rules", "ITA", "--pack", "ec_dsm", "--paths", "50", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {v["pack"] for v in told["verdicts"]} == {"ec_dsm"}
    assert run(["rules", "ITA", "--pack", "nothing"]) == 2


def test_effort(capsys):
    assert run(["effort", "ITA", "--criterion", "debt", "--years", "7", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["years"] == 7 and len(told["efforts"]) == 4
    assert run(["effort", "ITA", "--criterion", "x"]) == 2


def test_effort_of_all(capsys):
    assert run(["effort", "--rank", "--criterion", "deficit", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["economies"]) == 9
    assert run(["effort"]) == 2 and run(["effort", "ITA", "--rank"]) == 2
