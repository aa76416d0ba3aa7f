"""The reference twin and the tape agree: one step from the same state, and over whole runs."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.program import compile_model
from creditor.engine.reference import reference
from creditor.engine.run import Inputs, run
from creditor.equations.load import load_model, model_names


@pytest.mark.parametrize("name", model_names())
def test_single_steps_from_the_same_state(name: str) -> None:
    model = load_model(name)
    values = run(compile_model(model), Inputs(6, machine="numpy")).values[:, :, 0]
    largest = np.nanmax(np.abs(values[:, 1:]), axis=1)
    floor = 1e-4 * np.nanmax(largest)
    for period in (2, 5):
        before = {slot: float(values[slot, period - 1]) for slot in range(len(values))}
        after = reference(model, before, 1)[1]
        for slot in model.equations:
            gap = abs(after[slot] - values[slot, period])
            assert gap <= 1e-9 * max(largest[slot], floor), (
                model.title(slot),
                after[slot],
                values[slot, period],
            )


def test_whole_runs() -> None:
    model = load_model("pc")
    values = run(compile_model(model), Inputs(40, machine="numpy")).values[:, :, 0]
    opening = {slot: float(v) for slot, v in enumerate(values[:, 0]) if np.isfinite(v)}
    states = reference(model, opening, 40)
    for slot in model.equations:
        series = [state[slot] for state in states[1:]]
        assert values[slot, 1:] == pytest.approx(series, rel=1e-9, abs=1e-9)
