"""Tests of `creditor model export|import`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from creditor.cli.main import run


def test_an_export_goes_to_standard_output_and_its_losses_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["model", "export", "sim", "--to", "modelflow"]) == 0
    out, err = capsys.readouterr()
    assert "FRML <> TAXES = TAX_RATE * WAGES $" in out
    assert "lost" in err and "lost" not in out


def test_an_export_goes_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sim.c"
    assert run(["model", "export", "sim", "--to", "c", "--out", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == path.read_text()


def test_an_export_names_a_wrong_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["model", "export", "sim", "--to", "matlab"]) == 2
    assert "[U501]" in capsys.readouterr().err
    assert run(["model", "export", "simm", "--to", "c"]) == 2
    assert "[E618]" in capsys.readouterr().err


FOREIGN = Path(__file__).parents[2] / "docs" / "examples" / "foreign"


def test_an_import_writes_a_model_that_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sim.model"
    assert run(["model", "import", str(FOREIGN / "sim.R"), "--out", str(path)]) == 0
    told = " ".join(capsys.readouterr().out.split())  # lines break where the terminal ends
    assert "Every line is understood" in told
    assert run(["model", "check", str(path)]) == 0


def test_an_import_to_standard_output_has_its_report_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.txt"
    path.write_text("y = 2 * x\nx = 1\nwibble\n")
    assert run(["model", "import", str(path), "--from", "eviews"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[1] == "given X = 1"
    assert "wibble" in err
    assert run(["model", "import", str(path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["not_understood"][0]["line"] == 3


def test_an_import_wants_the_name_of_a_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["model", "import", str(FOREIGN / "sim.R"), "--out", "sim.txt"]) == 2
    assert "[U501]" in capsys.readouterr().err
