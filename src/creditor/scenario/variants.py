"""Owns variants: many sets of numbers for one program, run side by side as paths of a single run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.certificate import Certificate
from creditor.engine.openings import opening
from creditor.engine.program import Program
from creditor.engine.run import Inputs, run
from creditor.errors import NoSolutionError

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

TOGETHER = 8192  # paths of one run


@dataclass(frozen=True)
class Variant:
    """Numbers that replace those of a text.

    Parameters
    ----------
    givens : mapping of slot to array [period] or [period, path]
    starts : mapping of slot to float
    """

    givens: Mapping[int, Floats] = field(default_factory=dict)
    starts: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Side:
    """What a variant came to: the kept slots, or why there is no solution, and the certificate."""

    values: Floats | None
    certificate: Certificate
    error: NoSolutionError | None = None


def run_variants(
    program: Program, periods: int, paths: int, variants: Sequence[Variant], keep: Sequence[int]
) -> list[Side]:
    """Run variants of a model.

    Parameters
    ----------
    program : Program
    periods, paths : int
        Of each variant; path k of every variant is the same path of a scenario, so they share their draws.
    variants : sequence of Variant
    keep : sequence of slots

    Returns
    -------
    list of Side
        In order; values are arrays [kept slot, period, path] with the digits of a run alone. A variant
        without a solution has no values, and does not disturb the others.

    Examples
    --------
    >>> from creditor.engine.program import compile_model
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> spending = model.slot("public_spending")
    >>> tries = [Variant({spending: np.full(60, x)}) for x in (20.0, 25.0)]
    >>> sides = run_variants(compile_model(model), 60, 1, tries, [model.slot("wages")])
    >>> [round(float(side.values[0, 60, 0]), 1) for side in sides]
    [100.0, 125.0]
    """
    each = max(1, TOGETHER // paths)
    parts = [variants[first : first + each] for first in range(0, len(variants), each)]
    return [side for part in parts for side in _together(program, periods, paths, part, tuple(keep))]


def _together(
    program: Program, periods: int, paths: int, variants: Sequence[Variant], keep: tuple[int, ...]
) -> list[Side]:
    """Variants as paths of one run; where one of them has no solution, each half alone."""
    count = len(variants)
    inputs = Inputs(periods, count * paths, keep=keep)
    inputs = replace(
        inputs, givens=_givens(program, periods, paths, variants), starts=_starts(program, paths, variants)
    )
    try:
        done = run(program, inputs)
    except NoSolutionError as error:
        if count == 1:
            return [Side(None, Certificate(), error)]
        halves = variants[: count // 2], variants[count // 2 :]
        return [side for half in halves for side in _together(program, periods, paths, half, keep)]
    shaped = done.values.reshape(len(keep), periods + 1, count, paths)
    return [Side(shaped[:, :, number], done.certificate) for number in range(count)]


def _givens(program: Program, periods: int, paths: int, variants: Sequence[Variant]) -> dict[int, Floats]:
    """One series per given where all variants agree and no path differs, else columns side by side."""
    found: dict[int, Floats] = {}
    for slot in sorted({slot for variant in variants for slot in variant.givens}):
        plain = np.full(periods, program.model.givens[slot])
        series = [np.asarray(variant.givens.get(slot, plain))[:periods] for variant in variants]
        if all(one.ndim == 1 and np.array_equal(one, series[0]) for one in series):
            found[slot] = series[0]
            continue
        columns = [one[:, None] if one.ndim == 1 else one for one in series]
        found[slot] = np.concatenate([np.broadcast_to(one, (periods, paths)) for one in columns], axis=1)
    return found


def _starts(program: Program, paths: int, variants: Sequence[Variant]) -> dict[int, float | Floats]:
    """Openings that some variant replaces; a variant that does not keeps what it would open with."""
    found: dict[int, float | Floats] = {}
    slots = sorted({slot for variant in variants for slot in variant.starts})
    opened = {}
    for number, variant in enumerate(variants):
        if any(slot not in variant.starts for slot in slots):
            opened[number] = opening(program, variant.starts, 1)[:, 0]
    for slot in slots:
        numbers = [
            float(v.starts[slot]) if slot in v.starts else float(opened[n][slot])
            for n, v in enumerate(variants)
        ]
        found[slot] = numbers[0] if len(set(numbers)) == 1 else np.repeat(numbers, paths)
    return found
