"""The commands of alerts: options reach the verbs, outputs are written, faults have their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from creditor.cli.main import run

ADD = ["alerts", "add", "--pack", "notice", "--subject", "rent.example", "--kind", "website", "--object", "rwa",
       "--sentence", "Sells tokens.", "--source", "a bank", "--province", "Guangdong", "--at", "2026-03-01"]  # fmt: skip


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "alerts.sqlite"
    monkeypatch.setenv("CREDITOR_ALERTS", str(place))
    monkeypatch.delenv("CREDITOR_OFFICE", raising=False)
    return place


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    assert run([*words, "--json"]) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_from_clue_to_closure(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, *ADD)["added"] == ["A-1"]
    step = ["alerts", "advance", "A-1"]
    told(capsys, *step, "triage", "--by", "csrc", "--at", "2026-03-02")
    told(capsys, *step, "disseminated", "--to", "csrc", "--to", "miit", "--at", "2026-03-03")
    told(capsys, "alerts", "verify", "A-1", "--source", "police", "--origin", "mps", "--channel", "offline",
         "--finds", "no", "--note", "went there", "--at", "2026-03-04")  # fmt: skip
    told(capsys, *step, "refuted", "--at", "2026-03-05")
    told(capsys, "alerts", "share", "A-1", "--to", "cac", "--at", "2026-03-06")
    told(capsys, *step, "closed", "--outcome", "no such site", "--at", "2026-03-07")
    assert told(capsys, "alerts", "show", "A-1")["outcome"] == "no such site"
    assert told(capsys, "alerts", "list", "--pack", "notice", "--state", "closed")["n"] == 1
    assert told(capsys, "alerts", "metrics", "--pack", "notice")["spans"][1]["median_days"] == 2.0
    assert told(capsys, "alerts", "route", "A-1")["group"] == "tokenization"


def test_tables_and_csv(capsys: pytest.CaptureFixture[str]) -> None:
    run(ADD)
    capsys.readouterr()
    for words in (["list"], ["show", "1"], ["metrics"], ["export"], ["route", "--object", "mining"]):
        assert run(["alerts", *words]) == 0
        assert capsys.readouterr().out
        assert run(["alerts", *words, "--csv"]) == 0
        assert "," in capsys.readouterr().out
    assert run(["alerts", "export", "--events", "--csv"]) == 0
    assert capsys.readouterr().out.startswith("sequence,alert,kind,time")


def test_scan(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    assert len(told(capsys, "alerts", "scan", "EGY", "--dry-run", "--year", "2023")["clues"]) > 0
    assert not store.exists()
    assert told(capsys, "alerts", "scan", "EGY", "--at", "2026-03-01")["added"][0] == "A-1"


def test_a_file_of_clues(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("subject,object\na.example,rwa\n")
    assert told(capsys, "alerts", "add", str(path), *ADD[2:4], *ADD[6:8], *ADD[10:14])["added"] == ["A-1"]


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (["show", "9"], 2, "M901"),
        (["advance", "1", "closed"], 2, "M902"),
        (["advance", "1", "triage", "--by", "association"], 2, "M901"),
        (["advance", "1", "triage", "--at", "2020-01-01"], 2, "M910"),
        (["add", "--pack", "notice"], 2, "M909"),
        (["list", "--store", "absent.sqlite"], 3, "M906"),
        (["list", "--wait", "-1"], 2, "U501"),
        (["route"], 2, "U503"),
        (["verify", "1", "--finds", "yes"], 2, "M903"),
    ],
)
def test_faults(words: list[str], exit_code: int, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(ADD)
    capsys.readouterr()
    assert run(["alerts", *words]) == exit_code
    assert code in capsys.readouterr().err


def test_the_refused_number_of_a_telephone_is_not_repeated(
    capsys: pytest.CaptureFixture[str], store: Path
) -> None:
    assert run([*ADD, "--evidence", "call 13812345678"]) == 2
    out = capsys.readouterr()
    assert "M908" in out.err and "13812345678" not in out.err + out.out and not store.exists()
