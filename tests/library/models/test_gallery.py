"""Holds every model of the gallery against its twin: the book's equations, solved without our engine.

`NAME.toml` says what is run: model (NAME if absent), periods, tolerance, changes (`[[set]]`), openings
(`[start]`), and what of the published opening does not add up (`[opening_gap]`): by how much the opening is
away from what the text states, or for a symbol of the book the published figure and that of the cells.
Twins with ``illustration = true`` have no published numbers: `test_illustrations.py` holds them.
`NAME.csv` has the trajectories by the book's symbols; the lines `# book: Y = wages; ...` of a model and of
what it extends say where the symbols are found.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from creditor.engine.reference import reference
from creditor.equations.evaluate import scalar
from creditor.equations.load import find_model, model_names
from creditor.equations.parse import parse_expression
from creditor.equations.resolve import Resolver
from creditor.scenario.givens import givens_of
from creditor.scenario.run import Run, run_scenario
from creditor.scenario.scenario import make_scenario

HERE = Path(__file__).parent
TWINS = sorted(path.stem for path in HERE.glob("*.toml") if "illustration" not in path.read_text("utf-8"))
RELATIVE, SHORT = 1e-9, 40  # tape against the reference twin, over at most so many periods


def settings(name: str) -> dict:
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


@lru_cache
def outcome(name: str) -> Run:
    fields = settings(name)
    for other in ("tolerance", "opening_gap"):
        fields.pop(other, None)
    fields["start"] = {key.replace(" ", ""): value for key, value in fields.get("start", {}).items()}
    return run_scenario(make_scenario(**{"model": name, **fields}))


def book(name: str) -> dict[str, str]:
    """The book's symbols and our expressions; a model's own lines rule over those of what it extends."""
    text = find_model(name).read_text("utf-8")
    found: dict[str, str] = {}
    for other in re.findall(r"^extends (\w+)", text, re.MULTILINE):
        found |= book(other)
    for line in re.findall(r"^# book: (.*)$", text, re.MULTILINE):
        for entry in line.split(";"):
            symbols, _, expression = entry.partition(" = ")
            found |= {symbol.strip(): expression.strip() for symbol in symbols.split(",")}
    return found


def series(run: Run, expression: str) -> np.ndarray:
    """An expression in our names over the periods of a run, from period 1."""
    tree = Resolver(run.model).tree(parse_expression(expression, "book"), {})
    values = run.result.values[:, :, 0]
    periods = range(1, values.shape[1])
    return np.array(
        [scalar(tree, lambda slot, lag, t=t: float(values[slot, t - lag])) for t in periods], dtype=float
    )


def twin(name: str) -> dict[str, np.ndarray]:
    lines = (HERE / f"{name}.csv").read_text("utf-8").splitlines()
    assert lines[0] == "# schema 1" and lines[1].startswith("# source: ")
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return {symbol: np.array([float(row[symbol]) for row in rows]) for symbol in rows[0]}


def apart(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Largest difference over the largest size; as it stands where nothing is larger than 1e-12."""
    size = float(np.abs(theirs).max())
    return float(np.abs(ours - theirs).max()) / (size if size > 1e-12 else 1.0)


def deviations(name: str) -> dict[str, float]:
    run, kept = outcome(name), twin(name)
    where = book(run.scenario.model)
    assert kept.pop("period").tolist() == list(range(1, run.scenario.periods + 1))
    assert not set(kept) - set(where), "symbols of the twin without a # book: line"
    return {symbol: apart(series(run, where[symbol]), numbers) for symbol, numbers in kept.items()}


@pytest.mark.parametrize("name", TWINS)
def test_trajectories_are_those_of_the_book(name: str) -> None:
    tolerance = settings(name)["tolerance"]
    assert tolerance <= 1e-6
    assert {symbol: size for symbol, size in deviations(name).items() if not size <= tolerance} == {}


@pytest.mark.parametrize("name", TWINS)
def test_the_certificate_passes(name: str) -> None:
    certificate = outcome(name).result.certificate
    assert certificate.residual <= 1e-10
    assert certificate.books <= 1e-9


@pytest.mark.parametrize("name", TWINS)
def test_the_tape_agrees_with_the_reference(name: str) -> None:
    run = outcome(name)
    values, model = run.result.values[:, :, 0], run.model
    guesses = 1.001 * values[:, 1]  # read by nothing, a first guess where there is no opening
    opening = {
        slot: float(v) for slot, v in enumerate(np.where(np.isfinite(values[:, 0]), values[:, 0], guesses))
    }
    periods = min(SHORT, run.scenario.periods)
    givens = {slot: [float(x) for x in numbers] for slot, numbers in givens_of(model, run.scenario).items()}
    states = reference(model, opening, periods, givens)
    largest = max(float(np.nanmax(np.abs(values[cell.slot]))) for cell in model.claims)
    for slot in model.variables:
        other = np.array([state[slot] for state in states[1:]])
        size = max(float(np.abs(other).max()), 1e-3)
        if model.slots[slot][0].startswith(("net_worth.", "saving.")):
            size = max(size, largest)  # a sum that may be nothing is measured by its parts
        gap = float(np.abs(values[slot, 1 : periods + 1] - other).max())
        assert gap <= RELATIVE * size, f"{model.title(slot)}: {gap:.1e}"


def openings(run: Run) -> Iterator[tuple[str, float, float]]:
    """What a text states about period 0, how far the opening is from it, and the size of what is compared."""
    model, values = run.model, run.result.values[:, 0, 0]
    largest = float(np.nanmax(np.abs([values[cell.slot] for cell in model.claims])))
    for stated in [*model.stated, *(check for check in model.checks if "net_worth" in check.title)]:
        left, right = (
            scalar(side, lambda slot, lag: float(values[slot])) for side in (stated.left, stated.right)
        )
        assert left is not None and right is not None
        title = stated.title.split(" = ")[0]
        if labels := re.search(r" \((.*)\)$", stated.title):
            title = f"{title.removesuffix(']')}, {labels[1]}]"
        yield title, left - right, largest


@pytest.mark.parametrize("name", TWINS)
def test_the_opening_adds_up_but_for_the_gaps_that_are_stated(name: str) -> None:
    gaps = settings(name).get("opening_gap", {})
    found = {title: gap for title, gap, size in openings(outcome(name)) if abs(gap) > 1e-9 * size}
    assert found == pytest.approx(
        {key: gap for key, gap in gaps.items() if not isinstance(gap, dict)}, rel=1e-6
    )


@pytest.mark.parametrize("name", TWINS)
def test_published_figures_that_the_cells_contradict_are_named(name: str) -> None:
    run = outcome(name)
    for symbol, gap in settings(name).get("opening_gap", {}).items():
        if isinstance(gap, dict):
            tree = Resolver(run.model).tree(parse_expression(book(run.scenario.model)[symbol], "book"), {})
            cells = scalar(tree, lambda slot, lag: float(run.result.values[slot, 0, 0]))
            assert cells == pytest.approx(gap["cells"], rel=1e-7)
            assert cells != pytest.approx(gap["published"], rel=1e-7)


def test_each_model_of_the_book_has_a_twin() -> None:
    assert [name for name in model_names() if book(name) and name not in TWINS] == []
    assert [path.stem for path in HERE.glob("*.csv") if path.stem not in TWINS] == []
