"""Simulation errors: those of a run, with slopes that agree with closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.analysis.simulated import Simulated
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.parse import parse


def test_errors_of_a_whole_run_and_their_slopes() -> None:
    model = elaborate(
        draft(parse("given r = 0.1, other = 1 let d = d(-1) * (1 + r) let o = other * 2 start d = 9"))
    )
    seen = {model.slot("d"): np.array([100.0, 120.0, np.nan, 140.0]), model.slot("o"): np.array([2.0] * 4)}
    errors = Simulated(model, seen, [model.slot("r")])
    assert list(errors.watched) == [model.slot("d")], "what the parameter does not move is left out"
    ((e, slopes),) = errors(np.array([0.05]))
    assert e == pytest.approx([120 - 105, 140 - 100 * 1.05**3], rel=1e-12)
    assert slopes[:, 0] == pytest.approx([-100, -300 * 1.05**2], rel=1e-7)
