"""The command `creditor check`: outputs, exit codes, options that exclude each other."""

from __future__ import annotations

import json

from creditor.cli.main import run


def test_a_table_of_all_claims(capsys):
    assert run(["check"]) == 0
    out = capsys.readouterr().out
    assert "Of 112 claims" in out and "C112" in out and "C001" in out


def test_json_csv_and_pictures(capsys, tmp_path):
    assert run(["check", "C019", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["claims"][0]["verdict"] == "inconsistent"
    assert run(["check", "--csv"]) == 0
    assert capsys.readouterr().out.startswith("id,verdict,claim,")
    files = [f"--{kind}={tmp_path / f'check.{kind}'}" for kind in ("svg", "html", "xlsx")]
    assert run(["check", *files]) == 0
    assert all((tmp_path / f"check.{kind}").stat().st_size > 1000 for kind in ("svg", "html", "xlsx"))
    assert "Claims by verdict" in (tmp_path / "check.svg").read_text("utf-8")


def test_a_text_with_a_wrong_number_ends_with_one(capsys, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Japan owes 300 % of GDP.")
    assert run(["check", "--text", str(page)]) == 1
    assert "206.5 % of GDP" in capsys.readouterr().out
    assert run(["check", "--text", str(page), "--csv"]) == 1
    assert capsys.readouterr().out.startswith("line,number,verdict")
    assert run(["check", "--text", str(page), "--max-mb", "0.00001"]) == 2
    assert "C105" in capsys.readouterr().err


def test_what_is_wrong_is_said(capsys):
    assert run(["check", "C999"]) == 2
    assert "F311" in capsys.readouterr().err
    assert run(["check", "C019", "--text", "x"]) == 2
    assert "exclude" in capsys.readouterr().err
