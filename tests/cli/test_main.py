"""The command group: help without heavy imports, nearest names, and one exit code for each kind of end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from creditor.cli import main as room
from creditor.cli.main import COMMANDS, cli, main
from creditor.errors import CODES, InputError, MissingError, NoSolutionError, Trouble
from creditor.terms.answer import Answer
from creditor.verbs import lint as verb

SRC = Path(__file__).parents[2] / "src"
HEAVY = {"numpy", "scipy", "rich", "jinja2", "xlsxwriter", "creditor.verbs", "creditor.export"}


def python(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(SRC), **more}
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, env=env)


def test_the_help_lists_every_command_and_the_exit_codes(call):
    for words in (["--help"], ["-h"]):
        done = call(*words)
        assert done.code == 0
        assert all(name in done.out for name in COMMANDS)
        assert "Exit codes:" in done.out and "130 stopped" in " ".join(done.out.split())


def test_every_command_has_a_help_and_its_short_one_agrees(call):
    for name in COMMANDS:
        done = call(name, "--help")
        assert done.code == 0 and done.out.startswith(f"Usage: creditor {name}")


def test_the_version(call):
    assert call("--version") == (0, "creditor, version 0.1.0\n", "")


@pytest.mark.parametrize("words", [[], ["data"]])
def test_no_command_shows_the_help_as_bad_input(call, words):
    done = call(*words)
    assert done.code == 2 and done.err.startswith("Usage: creditor") and not done.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["whoo", "USA"], "did you mean who?"),
        (["throuh"], "did you mean through?"),
        (["who", "USA", "--treatmnt", "T1"], "--treatment"),
        (["who", "USA", "DEU"], "DEU"),
        (["data", "stat"], "stat"),
        (["who", "USA", "--json", "--csv"], "--json and --csv exclude each other"),
        (["through", "x.csv"], "--debt-of"),
    ],
)
def test_wrong_use_is_bad_input_with_a_way_on(call, words, told):
    done = call(*words)
    assert done.code == 2 and not done.out
    assert told in done.err and "[U503]" in done.err and "mend: creditor" in done.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError(Trouble("C109", "x", "y")), 2),
        (MissingError(Trouble("F302", "x", "y")), 3),
        (NoSolutionError(Trouble("L406", "x", "y")), 4),
        (RuntimeError("surprise"), 5),
        (KeyboardInterrupt(), 130),
        (EOFError(), 130),
    ],
)
def test_each_kind_of_end_has_its_exit_code(call, monkeypatch, error, code):
    def fail(path):
        raise error

    monkeypatch.setattr(verb, "lint", fail)
    done = call("lint", "USA")
    assert done.code == code and not done.out
    if code == 5:
        assert CODES["U599"] in done.err and "RuntimeError" in done.err and "surprise" in done.err
        assert "Traceback" not in done.err
    if code == 130:
        assert done.err.strip() == "creditor: stopped"


def test_a_bad_answer_is_exit_code_1(call, monkeypatch):
    monkeypatch.setattr(verb, "lint", lambda path: Answer("Bad.", exit_code=1))
    assert call("lint", "USA").code == 1


def test_a_defect_shows_its_trace_when_asked(call, monkeypatch):
    monkeypatch.setattr(verb, "lint", lambda path: 1 / 0)
    monkeypatch.setenv("CREDITOR_DEBUG", "1")
    done = call("lint", "USA")
    assert done.code == 5 and "Traceback" in done.err and "ZeroDivisionError" in done.err


def test_main_leaves_with_the_code(monkeypatch):
    monkeypatch.setattr(room, "run", lambda arguments: 3)
    with pytest.raises(SystemExit) as caught:
        main(["x"])
    assert caught.value.code == 3


def test_commands_are_imported_when_they_are_called():
    context = cli.make_context("creditor", ["doctor"])
    assert cli.list_commands(context) == list(COMMANDS)
    assert cli.get_command(context, "nothing") is None
    assert cli.get_command(context, "who").name == "who"


def test_the_help_imports_nothing_heavy():
    done = python("-X", "importtime", "-m", "creditor", "--help")
    assert done.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "|" in line}
    assert "creditor.cli.main" in loaded
    assert not {name for name in loaded if name in HEAVY or name.split(".")[0] in HEAVY}


def test_a_reader_that_leaves_early_is_no_failure():
    env = {**os.environ, "PYTHONPATH": str(SRC)}
    words = [sys.executable, "-m", "creditor", "who", "USA", "--through"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        process.stdout.close()  # nobody reads
        complaint = process.stderr.read()
    assert (process.returncode, complaint) == (0, b"")


def test_shell_completion_still_works():
    done = python(
        "-m", "creditor", _CREDITOR_COMPLETE="bash_complete", COMP_WORDS="creditor d", COMP_CWORD="1"
    )
    assert {"plain,data", "plain,doctor"} <= set(done.stdout.split())
