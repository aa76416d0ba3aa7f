"""Clues come in TOML, CSV, or the JSON of another command, each with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from creditor.errors import InputError
from creditor.verbs.alert_files import clues_in


def put(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_toml(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "c.toml",
        'schema = 1\n\n[[clue]]\nsubject = "a"\n# [[clues]]\n[[clue]]\nsubject = "b"\nvalue = 2\n',
    )
    assert clues_in(path, {"pack": "debt", "subject": "x"}) == [
        ("c.toml:3", {"pack": "debt", "subject": "a"}),
        ("c.toml:6", {"pack": "debt", "subject": "b", "value": 2}),
    ]


@pytest.mark.parametrize("text", ["schema = 1\n", "schema = 1\nclue = []\n"])
def test_toml_without_clues(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="has no clue"):
        clues_in(put(tmp_path, "c.toml", text), {})


def test_csv(tmp_path: Path) -> None:
    path = put(tmp_path, "c.csv", "subject,value,province\na,1.5,Guangdong\nb,,\n")
    assert clues_in(path, {}) == [
        ("c.csv:2", {"subject": "a", "value": 1.5, "province": "Guangdong"}),
        ("c.csv:3", {"subject": "b"}),
    ]


def test_csv_with_wrong_numbers_or_columns(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        clues_in(put(tmp_path, "c.csv", "subject,valeu,threshold\na,1,1 000\n"), {})
    assert error.value.codes == ("C113", "C108")


def test_a_column_about_persons_is_handed_on_to_be_refused_by_name(tmp_path: Path) -> None:
    path = put(tmp_path, "c.csv", "subject,passport\na,E1\n")
    assert clues_in(path, {}) == [("c.csv:2", {"subject": "a", "passport": "E1"})]


def test_findings_of_another_command(tmp_path: Path) -> None:
    told = {
        "findings": [{"severity": "warning", "place": "EGY", "sentence": "So.", "evidence": "1"}],
        "other": 1,
    }
    path = put(tmp_path, "a.json", json.dumps(told))
    assert clues_in(path, {"pack": "debt"}) == [
        ("a.json, finding 1", {"pack": "debt", **told["findings"][0]}),  # type: ignore[index]
    ]


def test_clues_of_the_screen_of_texts(tmp_path: Path) -> None:
    from creditor.verbs.screen import screen_text

    text = "稳定币预售，扫码进群！\n"
    path = put(tmp_path, "s.json", json.dumps(screen_text(text).payload, ensure_ascii=False))
    ((place, told),) = clues_in(path, {"source": "a reader"})
    assert place == "s.json, clue 1" and told["source"] == "a reader"
    assert "稳定币" in told["sentence"] and told["provision"] == "VII(a); VIII(c)"


def test_faults(tmp_path: Path) -> None:
    for name, text, code in [("a.json", "{", "M909"), ("a.json", "[1]", "M909"), ("a.toml", "x", "C115")]:
        with pytest.raises(InputError) as error:
            clues_in(put(tmp_path, name, text), {})
        assert error.value.codes == (code,)
    for name in ("absent.json", "absent.csv"):
        with pytest.raises(InputError) as error:
            clues_in(tmp_path / name, {})
        assert error.value.codes == ("C101",)


def test_ten_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "big.json"
    path.write_bytes(b'{"findings": [' + b" " * 10_100_000 + b"]}")
    with pytest.raises(InputError) as error:
        clues_in(path, {})
    assert error.value.codes == ("C105",)
