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
