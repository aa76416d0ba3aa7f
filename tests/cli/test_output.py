"""The output options write each answer whole: to standard output, or to files, all or none."""

from __future__ import annotations

import json
import os
import zipfile

import click
import pytest

from creditor.cli.output import OPTIONS, outputs, write
from creditor.terms.answer import Answer
from creditor.terms.finding import Finding


def test_every_command_gets_the_same_options():
    command = click.command()(outputs(lambda **options: None))
    names = [option.opts[0] for option in command.params]
    assert names == ["--json", "--csv", "--xlsx", "--svg", "--html"] and len(OPTIONS) == 5


def test_text_csv_and_json(call):
    text = call("who", "USA", "--perimeter", "public")
    assert text.code == 0 and "Rest of the world" in text.out and not text.err
    table = call("who", "USA", "--perimeter", "public", "--csv")
    rows = table.out.split("\r\n")
    assert rows[0].startswith("holder,") and rows[1].startswith("rest_of_world,") and len(rows) == 1 + 13 + 1
    answer = json.loads(call("who", "USA", "--perimeter", "public", "--json").out)
    assert answer["holders"][0]["holder"] == "rest_of_world"


def test_files_of_all_kinds_at_once(call, tmp_path):
    names = {"--svg": "a.svg", "--html": "a.html", "--xlsx": "a.xlsx"}
    words = [word for option, name in names.items() for word in (option, tmp_path / name)]
    done = call("who", "USA", "--through", *words)
    assert done.code == 0 and done.out
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names.values())
    assert all(f"wrote {tmp_path / name}" in done.err for name in names.values())
    assert (tmp_path / "a.svg").read_text("utf-8").startswith("<svg")
    page = (tmp_path / "a.html").read_text("utf-8")
    assert page.lower().startswith("<!doctype html>") and "Who is the creditor" in page
    assert "http-equiv" not in page or 'src="http' not in page
    assert zipfile.ZipFile(tmp_path / "a.xlsx").testzip() is None


@pytest.mark.parametrize("option", ["--html", "--svg", "--xlsx"])
def test_a_missing_folder_stops_before_anything_is_written(call, tmp_path, option):
    wrong = tmp_path / "nowhere" / "x"
    other = {"--html": "--svg", "--svg": "--xlsx", "--xlsx": "--html"}[option]
    for words in ([option, wrong, other, tmp_path / "y"], [other, tmp_path / "y", option, wrong]):
        done = call("who", "USA", "--through", *words)
        assert done.code == 2 and not done.out
        assert "[U502]" in done.err and "nowhere" in done.err and "make the folder first" in done.err
        assert list(tmp_path.iterdir()) == []


def test_a_path_that_is_a_folder_is_refused(call, tmp_path):
    done = call("who", "USA", "--html", tmp_path, "--svg", tmp_path / "y.svg")
    assert done.code == 2 and "[U502]" in done.err and list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_refused(call, tmp_path):
    tmp_path.chmod(0o500)
    assert call("who", "USA", "--html", tmp_path / "x.html").code == 2


def test_two_outputs_in_one_file_are_refused(call, tmp_path):
    done = call("who", "USA", "--html", tmp_path / "x", "--svg", tmp_path / "." / "x")
    assert done.code == 2 and "two outputs have this name" in done.err and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("option", "told"), [("--svg", "no picture"), ("--csv", "no table")])
def test_an_answer_without_picture_or_table_says_so(call, tmp_path, option, told):
    words = [tmp_path / "x.svg"] if option == "--svg" else []
    done = call("lint", "USA", option, *words, "--html", tmp_path / "x.html")
    assert done.code == 2 and told in done.err and list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays_when_the_question_fails(call, tmp_path):
    place = tmp_path / "x.html"
    place.write_text("before")
    assert call("who", "USS", "--html", place).code == 2
    assert call("who", "USA", "--html", place, "--svg", tmp_path / "no" / "x").code == 2
    assert place.read_text() == "before"
    assert call("who", "USA", "--html", place).code == 0
    assert place.read_text() != "before"


def test_findings_that_the_payload_lacks_go_to_standard_error(capsys):
    answer = Answer("x", findings=(Finding("warning", "here", "Beware.", code="L403"),), payload={"a": 1})
    assert write(answer, {"as_json": True}) == 0
    caught = capsys.readouterr()
    assert json.loads(caught.out) == {"a": 1} and caught.err == "warning: here: Beware. [L403]\n"
    write(Answer("x", findings=answer.findings, payload={"findings": []}), {"as_json": True})
    assert capsys.readouterr().err == ""


def test_further_files_are_written_with_the_others(capsys, tmp_path):
    assert write(Answer("x", exit_code=1), {}, {tmp_path / "a.csv": "a\n"}) == 1
    assert (tmp_path / "a.csv").read_text() == "a\n"
    assert capsys.readouterr().out.startswith("x\n")


@pytest.mark.parametrize("columns", ["20", "60", "200"])
def test_the_width_of_the_terminal_changes_the_text_only(call, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    text = call("who", "USA").out
    assert max(len(line) for line in text.splitlines()) <= min(max(int(columns), 60), 140)
    assert "\x1b" not in text
