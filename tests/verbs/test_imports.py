"""Tests of the verb that reads the text of another program."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditor.equations.load import load_model
from creditor.errors import InputError
from creditor.verbs.imports import model_import
from creditor.verbs.runs import model_run

FOREIGN = Path(__file__).parents[2] / "docs" / "examples" / "foreign"


def test_what_is_imported_runs(tmp_path: Path) -> None:
    answer = model_import(FOREIGN / "pc.frm")
    assert answer.exit_code == 0
    assert answer.payload["form"] == "modelflow"
    path = tmp_path / "pc.model"
    path.write_text(answer.payload["text"])
    ran = model_run(str(path), periods=3).payload["variables"]
    gallery = model_run("pc", periods=3).payload["variables"]
    assert ran["Y"][1:] == pytest.approx(gallery["wages"][1:], rel=1e-12)
    assert load_model(str(path)).findings == []


def test_what_is_not_understood_is_a_table_and_the_answer_is_bad(tmp_path: Path) -> None:
    path = tmp_path / "x.prg"
    path.write_text("y = c(1) * x\nwibble\nsmpl 1 2\n")
    answer = model_import(path)
    assert answer.exit_code == 1
    assert [row["line"] for row in answer.payload["not_understood"]] == [1, 1, 2]
    assert [grid.name for grid in answer.grids] == ["not-understood", "renamed", "passed-over"]
    assert "3 not understood" in answer.story


def test_a_missing_opening_is_told_before_a_run(tmp_path: Path) -> None:
    path = tmp_path / "x.R"
    path.write_text("sfcr_set(h ~ h[-1] + g, g ~ 2)")
    answer = model_import(path)
    assert answer.exit_code == 1
    assert [finding.code for finding in answer.findings] == ["E615"]
    assert "It cannot be run yet" in answer.story


@pytest.mark.parametrize(
    ("raw", "form", "code"),
    [
        (b"", None, "C102"),
        (b"# nothing\n", "sfcr", "C102"),
        (b"y = \xff", None, "C103"),
        (b"y = 1", "matlab", "U501"),
        (b"y" * 2_000_001, None, "C105"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(raw: bytes, form: str | None, code: str, tmp_path: Path) -> None:
    path = tmp_path / "x.prg"
    path.write_bytes(raw)
    with pytest.raises(InputError) as raised:
        model_import(path, form)
    assert raised.value.codes == (code,)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        model_import(tmp_path / "none.R")
    assert raised.value.codes == ("C101",)
