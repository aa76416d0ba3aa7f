"""The face hands on the verbs by name, loads nothing before it is used, and the examples of its rooms run."""

from __future__ import annotations

import ast
import doctest
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import creditor
from creditor.terms.provenance import VERSION

SRC = Path(__file__).parents[1] / "src"
ROOMS = ("opening", "analysis", "verbs", "cli")
FILES = sorted(path for room in ROOMS for path in (SRC / "creditor" / room).glob("[a-z]*.py"))


def python(code: str) -> list[str]:
    env = {**os.environ, "PYTHONPATH": str(SRC)}
    words = [sys.executable, "-c", code]
    return subprocess.run(words, capture_output=True, text=True, check=True, env=env).stdout.split()


def test_the_names_are_listed_once_and_all_are_there():
    assert sorted(creditor.__all__) == creditor.__all__ == dir(creditor)
    assert set(creditor.__all__) == {*creditor._NAMES, "__version__"}
    for name in creditor.__all__:
        assert getattr(creditor, name) is not None
    assert creditor.__version__ == VERSION


def test_type_checkers_see_the_same_names():
    tree = ast.parse((SRC / "creditor" / "__init__.py").read_text("utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {alias.name: node.module for node in block.body for alias in node.names}
    assert seen == creditor._NAMES


def test_a_name_that_is_not_there_is_an_error_with_those_that_are():
    with pytest.raises(AttributeError, match=r"no attribute 'owner'.*who"):
        creditor.owner  # noqa: B018
    with pytest.raises(ImportError):
        from creditor import nothing  # noqa: F401


def test_importing_it_loads_one_module_of_ours_and_few_others():
    code = "import sys; before = set(sys.modules); import creditor; print(*sorted(set(sys.modules) - before))"
    loaded = python(code)
    assert [name for name in loaded if name.startswith("creditor")] == ["creditor"]
    assert len(loaded) <= 12, loaded


def test_an_error_class_does_not_load_the_verbs():
    code = "import sys, creditor; creditor.InputError; print(*[m for m in sys.modules if 'creditor' in m])"
    assert python(code) == ["creditor", "creditor.errors"]


def test_it_is_a_module_to_run():
    env = {**os.environ, "PYTHONPATH": str(SRC)}
    words = [sys.executable, "-m", "creditor", "--version"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=env)
    assert (done.returncode, done.stdout) == (0, "creditor, version 0.1.0\n")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_the_examples_run(path, capsys):
    module = importlib.import_module(".".join(path.relative_to(SRC).with_suffix("").parts))
    result = doctest.testmod(module)
    assert result.failed == 0, capsys.readouterr().out
