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
