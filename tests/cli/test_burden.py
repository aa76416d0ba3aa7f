"""The command burden: economies and options reach the verb, and faults have their exit codes."""

from __future__ import annotations

import json

from creditor.cli.main import run


def test_economies_and_measure(capsys):
    assert run(["burden", "ITA", "ESP", "--by", "gdp", "--year", "2019", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["by"] == "gdp" and told["year"] == "2019"
    assert [entry["economy"] for entry in told["economies"]] == ["ITA", "ESP"]


def test_all_as_text(capsys):
    assert run(["burden"]) == 0
    assert "Pakistan" in capsys.readouterr().out


def test_faults(capsys):
    assert run(["burden", "USS"]) == 2
    assert run(["burden", "--by", "tax"]) == 2
    assert "U501" in capsys.readouterr().err
