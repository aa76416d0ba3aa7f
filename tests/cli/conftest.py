"""The command line in this process: exit code, standard output and standard error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from creditor.cli.main import run


class Called(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., Called]:
    """Call `creditor` with some words."""

    def creditor(*words: object) -> Called:
        capsys.readouterr()
        code = run([str(word) for word in words])
        caught = capsys.readouterr()
        return Called(code, caught.out, caught.err)

    return creditor


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Write a ledger."""

    def write(content: str | bytes, name: str = "book.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write
