"""The command statement: its options reach the verb, and faults have their exit codes."""

from __future__ import annotations

import json

from creditor.cli.main import run


def test_a_group_as_json(capsys):
    assert run(["statement", "USA", "--wealth", "next40", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["subject"] == "Households, next 40 %" and told["signs"]["per head"] == "more"


def test_a_person_by_path(capsys):
    assert run(["statement", "USA", "--person", "library/persons/teacher_california.toml"]) == 0
    assert "California State Teachers" in capsys.readouterr().out


def test_faults(capsys):
    assert run(["statement", "USA"]) == 2
    assert run(["statement", "USA", "--age", "55-70"]) == 2
    assert run(["statement", "USA", "--person", "nobody.toml"]) == 3
    assert "C101" in capsys.readouterr().err
