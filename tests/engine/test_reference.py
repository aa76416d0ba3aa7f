"""The reference twin and the tape agree: one step from the same state to 1e-12, and over whole runs to 1e-9.

A difference is measured by what the equation is made of (`creditor.engine.compare.sizes`), as the certificate
measures residuals. Paths on which a switch goes different ways are counted and listed, not compared.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from creditor.engine.compare import largest_difference, sizes, switched
from creditor.engine.program import compile_model
from creditor.engine.reference import reference
from creditor.engine.run import Inputs, Result, run
from creditor.equations.load import closed_models, load_model
from creditor.scenario.givens import givens_of, starts_of
from creditor.scenario.scenario import make_scenario

TWINS = Path(__file__).parents[1] / "library/models"
STEP, WHOLE, PERIODS = 1e-12, 1e-9, 40
State = dict[int, float]


def twin(name: str) -> dict:
    """What the twin of a model changes; a model without one runs as it stands."""
    path = TWINS / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


@lru_cache
def shipped(name: str) -> tuple[Result, dict[int, list[float]]]:
    """A run of a model with the changes of its twin, every cell kept, and the series of its givens."""
    fields = twin(name)
    changes = [change for change in fields.get("set", []) if change["from"] < PERIODS]
    start = {key.replace(" ", ""): value for key, value in fields.get("start", {}).items()}
    scenario = make_scenario(model=name, periods=PERIODS, set=changes, start=start)
    model = load_model(name)
    givens = givens_of(model, scenario)
    result = run(compile_model(model), Inputs(PERIODS, 1, givens, starts_of(model, scenario)))
    return result, {slot: series.tolist() for slot, series in givens.items()}


def state(result: Result, period: int) -> State:
    return {slot: float(value) for slot, value in enumerate(result.values[:, period, 0])}


def instants(name: str) -> list[int]:
    """The first periods, the last, and those in which something changes, before and after it."""
    changes = {change["from"] for change in twin(name).get("set", [])}
    near = {first + more for first in changes for more in (-1, 0, 1, 5)}
    return sorted(t for t in {2, 3, 12, PERIODS, *near} if 2 <= t <= PERIODS)


@pytest.mark.parametrize("name", closed_models())
def test_single_steps_from_the_same_state(name: str) -> None:
    result, givens = shipped(name)
    for period in instants(name):
        before = state(result, period - 1)
        own = {slot: [series[period - 1]] for slot, series in givens.items()}
        after = reference(result.program.model, before, 1, own)[1]
        worst, where = largest_difference(result.program.model, state(result, period), after, before)
        assert worst <= STEP, f"period {period}, {where}: {worst:.1e}"


@pytest.mark.parametrize("name", closed_models())
def test_sizes_are_far_from_values_only_where_terms_cancel(name: str) -> None:
    result, _ = shipped(name)
    measured = sizes(result.program.model, state(result, 12), state(result, 11))
    values = np.array([abs(result.values[slot, 12, 0]) for slot in measured])
    found = np.array(list(measured.values()))
    assert (found >= values).all()
    assert np.median(found / np.maximum(values, 1e-300)) < 8


def whole(result: Result, givens: dict[int, list[float]]) -> tuple[float, str, list[str]]:
    """The largest difference of a whole run with its place, up to where a switch goes apart, and which do."""
    values = result.values[:, :, 0]
    guesses = 1.001 * values[:, 1]  # read by nothing, a first guess where there is no opening
    first = np.where(np.isfinite(values[:, 0]), values[:, 0], guesses)
    states = reference(result.program.model, dict(enumerate(first.tolist())), PERIODS, givens)
    largest = np.zeros(len(result.program.model.slots))
    gaps = np.zeros(len(result.program.model.slots))
    for period in range(1, PERIODS + 1):
        ours, before = (
            state(result, period),
            dict(enumerate(first.tolist())) if period == 1 else state(result, period - 1),
        )
        apart = switched(result.program.model, ours, states[period], before, states[period - 1])
        if apart:
            return 0.0, "", [f"period {period}: {title}" for title in apart]
        for slot, size in sizes(result.program.model, ours, before).items():
            largest[slot] = max(largest[slot], size)
            gaps[slot] = max(gaps[slot], abs(ours[slot] - states[period][slot]))
    shares = np.where(gaps == 0, 0.0, gaps / np.where(largest > 0, largest, 1.0))
    worst = int(shares.argmax())
    return float(shares[worst]), result.program.model.title(worst), []


@pytest.mark.parametrize("name", closed_models())
def test_whole_runs(name: str) -> None:
    worst, where, apart = whole(*shipped(name))
    assert apart == [], "a shipped model turns a switch another way"
    assert worst <= WHOLE, f"{where}: {worst:.1e}"


def test_a_path_that_crosses_a_switch_differently_is_listed() -> None:
    """0.1 three times: on which side of 0.3 it falls is decided by rounding alone."""
    from creditor.equations.draft import draft
    from creditor.equations.elaborate import elaborate
    from creditor.equations.parse import parse

    text = "given a = 0.1 let b = b(-1) + a let c = if(b >= 0.3, 1, 0) start b = 0"
    model = elaborate(draft(parse(text)))
    values = run(compile_model(model), Inputs(3, machine="numpy")).values[:, :, 0]
    ours = dict(enumerate(values[:, 3].tolist()))
    other = {**ours, model.slot("b"): 0.3 - 1e-16}
    assert switched(model, ours, other, ours, other) == ["c"]
