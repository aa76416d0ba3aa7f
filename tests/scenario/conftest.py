"""A place for model texts that a test writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def text(tmp_path: Path) -> Callable[..., str]:
    """Write a model text and return its path."""

    def write(content: str, name: str = "small") -> str:
        path = tmp_path / f"{name}.model"
        path.write_text(content, "utf-8")
        return str(path)

    return write


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Write a CSV and return its path."""

    def write(content: str | bytes, name: str = "book.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
