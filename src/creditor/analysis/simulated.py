"""Owns simulation errors: a whole run from the first row, less what was observed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.program import compile_model
from creditor.equations.model import Model
from creditor.scenario.variants import Variant, run_variants

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

NUDGE = 1e-5  # of a parameter's size, to both sides


class Simulated:
    """Errors of runs that begin with the first row and go on by the model alone.

    Parameters
    ----------
    model : Model
    series : mapping of slot to array [row]
        Observed variables and givens; variables open with their first row.
    free : sequence of slots
        Givens that are parameters.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> seen = {model.slot("money"): np.array([80.0, 80.0, 82.0])}
    >>> errors = Simulated(model, seen, [model.slot("tax_rate")])
    >>> [e.round(6).tolist() for e, _ in errors(np.array([0.2]))]
    [[0.0, 2.0]]
    """

    def __init__(self, model: Model, series: Mapping[int, Floats], free: Sequence[int]) -> None:
        self.model, self.free = model, tuple(free)
        self.periods = max(len(column) for column in series.values()) - 1
        self.givens = {slot: column[1:] for slot, column in series.items() if slot in model.givens}
        watched = {slot: column for slot, column in series.items() if slot not in model.givens}
        self.starts = {slot: float(column[0]) for slot, column in watched.items() if np.isfinite(column[0])}
        self.program = compile_model(model)
        self.watched = {slot: column[1:] for slot, column in watched.items()}
        moved = self(np.array([model.givens[slot] for slot in self.free]))
        kept = [slot for slot, (_, slopes) in zip(self.watched, moved, strict=True) if np.any(slopes != 0)]
        self.watched = {slot: self.watched[slot] for slot in kept}

    def __call__(self, values: Floats) -> list[tuple[Floats, Floats]]:
        """Errors, observed less simulated, and their slopes, for each watched variable."""
        nudges = NUDGE * np.maximum(np.abs(values), 1e-3)
        points = [values]
        for number, nudge in enumerate(nudges):
            unit = np.zeros(len(values))
            unit[number] = nudge
            points += [values - unit, values + unit]
        plain = np.ones(self.periods)
        tries = [
            Variant(
                self.givens | {slot: x * plain for slot, x in zip(self.free, point, strict=True)}, self.starts
            )
            for point in points
        ]
        sides = run_variants(self.program, self.periods, 1, tries, list(self.watched))
        found = []
        for number, observed in enumerate(self.watched.values()):
            runs = [
                np.full(self.periods, np.nan) if side.values is None else side.values[number, 1:, 0]
                for side in sides
            ]
            finite = np.isfinite(observed)
            pairs = zip(runs[1::2], runs[2::2], nudges, strict=True)
            slopes = [(below - above) / (2 * nudge) for below, above, nudge in pairs]
            found.append(((observed - runs[0])[finite], np.array(slopes).T[finite]))
        return found
