"""What all tests share: the same drawn examples everywhere, a copy of the United States that a test may damage."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from creditor.terms.library import ROOT

settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of its own for each test."""
    return Path(shutil.copytree(ROOT / "countries" / "USA", tmp_path / "USA"))


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], int]:
    """Replace a text that occurs in a file, the first time it does, and return its line."""

    def replace(name: str, old: str, new: str) -> int:
        text = (folder / name).read_text("utf-8")
        assert old in text, f"{name} has no {old!r}"
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace
