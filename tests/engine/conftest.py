"""Models and small helpers for the tests of the engine."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from creditor.engine.program import Program, compile_model
from creditor.engine.run import Inputs, Result, run
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.parse import parse

TEXTS = {"market": "given k = 1 find p so that max(p - 5, 0) = k start p = 1"}
TEXTS["cycle"] = """
given a = 0.6, g = 20, tax = 0.2
let income = spending + g
let spending = a * disposable + 0.4 * wealth(-1)
let disposable = income * (1 - tax)
let wealth = wealth(-1) + disposable - spending
let share = wealth / income
start wealth = 10
"""
TEXTS["nonlinear"] = """
given a = 2, k = 0.1
let x = a + 0.3 * sqrt(y) + 0.05 * log(z)
let y = exp(-k * x) + x ^ 2 / 10
let z = max(x, y) + z(-1) ^ 0.3
start z = 1
"""


def _laid_out(text: str) -> Program:
    return compile_model(elaborate(draft(parse(text))))


def _ran(text: str, periods: int = 3, **options: object) -> Result:
    return run(_laid_out(text), Inputs(periods, **options))  # type: ignore[arg-type]


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two arrays have the same bits; one not-a-number is as good as another."""
    one, other = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    missing = np.isnan(one)
    return bool(
        (missing == np.isnan(other)).all()
        and np.where(missing, 0.0, one).tobytes() == np.where(missing, 0.0, other).tobytes()
    )


@pytest.fixture
def texts() -> dict[str, str]:
    """A market that Newton cannot clear, a linear block, a nonlinear one."""
    return TEXTS


@pytest.fixture
def laid_out() -> Callable[[str], Program]:
    """From a text to its program."""
    return _laid_out


@pytest.fixture
def ran() -> Callable[..., Result]:
    """From a text, periods and further inputs to a result."""
    return _ran


@pytest.fixture
def same() -> Callable[[np.ndarray, np.ndarray], bool]:
    """Whether two arrays have the same bits."""
    return _same


@pytest.fixture
def compiled() -> None:
    """Skips where Numba is absent."""
    pytest.importorskip("numba")
