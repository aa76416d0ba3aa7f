"""The fill of unknown cells: least divergence, forced zeros, reports of what cannot be met."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from creditor.errors import InputError, NoSolutionError
from creditor.ledger.fill import fill

AB, XY = {"a": 3.0, "b": 1.0}, {"x": 2.0, "y": 2.0}


def sums(cells: dict[tuple[str, str], float], side: int) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for cell, amount in cells.items():
        found.setdefault(cell[side], []).append(amount)
    return {name: math.fsum(amounts) for name, amounts in found.items()}


def test_free_cells_are_proportional_and_published_ones_stay() -> None:
    found = fill(AB, XY)
    assert found.cells == pytest.approx({("a", "x"): 1.5, ("a", "y"): 1.5, ("b", "x"): 0.5, ("b", "y"): 0.5})
    found = fill({"a": 6.0, "b": 3.0}, {"x": 4.0, "y": 5.0}, {("a", "x"): 1.0}, [("b", "y")])
    assert found.filled == (("a", "y"), ("b", "x")) and found.zero == ()
    assert found.cells == pytest.approx({("a", "x"): 1.0, ("a", "y"): 5.0, ("b", "x"): 3.0})


def test_totals_met_only_at_the_edge_have_zeros_there() -> None:
    found = fill(AB, XY, {("a", "x"): 1.0})
    assert found.cells == {("a", "x"): 1.0, ("a", "y"): 2.0, ("b", "x"): 1.0, ("b", "y"): 0.0}
    assert found.zero == (("b", "y"),) and found.gap <= 1e-13 * 4
    assert found.filled == (("a", "y"), ("b", "x"), ("b", "y"))


def test_the_rest_beside_forced_zeros_is_still_the_nearest_to_the_prior() -> None:
    rows, columns = {"a": 2.0, "b": 3.0, "c": 5.0}, {"x": 2.0, "y": 4.0, "z": 4.0}
    prior = {cell: 1.0 + i for i, cell in enumerate(product(rows, columns))}
    found = fill(rows, columns, forbidden=[("a", "y"), ("a", "z")], prior=prior)
    assert found.zero == (("b", "x"), ("c", "x")) and found.cells["a", "x"] == 2.0
    cross = found.cells["b", "y"] * found.cells["c", "z"] / (found.cells["b", "z"] * found.cells["c", "y"])
    wanted = prior["b", "y"] * prior["c", "z"] / (prior["b", "z"] * prior["c", "y"])
    assert cross == pytest.approx(wanted, rel=1e-10)


def largest(cell: tuple[int, int], free: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> float:
    """The most that a cell can be, by a linear program of its own."""
    height, width = free.shape
    meets = np.array([[float(i == k) for k in range(height) for _ in range(width)] for i in range(height)])
    meets = np.vstack([meets, np.tile(np.eye(width), height)])
    cost = np.zeros(height * width)
    cost[cell[0] * width + cell[1]] = -1.0
    bounds = [(0, None if ok else 0) for ok in free.ravel()]
    return -linprog(cost, A_eq=meets, b_eq=np.r_[rows, columns], bounds=bounds, method="highs").fun


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.sampled_from([None, 0, 0, 1, 2, 700]), min_size=4, max_size=4), min_size=2, max_size=4
    )
)
def test_cells_that_must_be_zero_are_those_of_the_linear_programs(truth) -> None:
    """None is a forbidden cell; the others are free, so the truth meets the totals."""
    free = np.array([[value is not None for value in row] for row in truth])
    values = np.array([[value or 0 for value in row] for row in truth], dtype=float)
    rows = {f"r{i}": v for i, v in enumerate(values.sum(axis=1).tolist())}
    columns = {f"c{j}": v for j, v in enumerate(values.sum(axis=0).tolist())}
    barred = [(f"r{i}", f"c{j}") for i, j in np.argwhere(~free).tolist()]
    found = fill(rows, columns, forbidden=barred)
    scale = max(values.sum(), 1e-300)
    for cell, amount in found.cells.items():
        assert amount >= 0
        most = largest((int(cell[0][1:]), int(cell[1][1:])), free, values.sum(axis=1), values.sum(axis=0))
        assert (most < 1e-9 * scale) == (cell in found.zero or amount == 0)
    for totals, side in ((rows, 0), (columns, 1)):
        met = sums(found.cells, side)
        assert all(abs(met.get(name, 0.0) - total) <= 1e-12 * scale for name, total in totals.items())


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e12])
def test_what_cannot_be_met_is_told_with_the_smallest_violation(unit) -> None:
    with pytest.raises(NoSolutionError) as error:
        fill({"a": 3 * unit, "b": unit}, {"x": 2 * unit, "y": 2.5 * unit})
    (trouble,) = error.value.troubles
    assert trouble.code == "L406" and f"violation is {0.5 * unit:.6g}" in trouble.what
    assert f"by {-0.5 * unit:+.6g}" in trouble.why or f"by {0.5 * unit:+.6g}" in trouble.why
    with pytest.raises(NoSolutionError, match="total of holder a"):
        fill({"a": 3 * unit, "b": unit}, {"x": 2 * unit, "y": 2 * unit}, {("a", "x"): 4 * unit})
    with pytest.raises(NoSolutionError):
        fill({"a": unit, "b": unit}, {"x": unit, "y": unit}, forbidden=[("a", "x"), ("a", "y")])
    with pytest.raises(NoSolutionError):
        fill({"a": unit}, {"x": unit}, prior={})


def test_wrong_cells_and_priors_are_refused_together() -> None:
    with pytest.raises(InputError) as error:
        fill(AB, XY, {("c", "x"): 1.0, ("a", "z"): 1.0}, prior={("a", "x"): -1.0})
    assert error.value.codes == ("L402", "L402", "C109")


def test_nothing_to_fill_and_nothing_left() -> None:
    assert fill({}, {}).cells == {}
    everything = {("a", "x"): 2.0, ("a", "y"): 1.0, ("b", "x"): 0.0, ("b", "y"): 1.0}
    assert fill(AB, XY, everything).cells == everything
    assert fill({"a": 0.1 + 0.2}, {"x": 0.3}).cells == pytest.approx({("a", "x"): 0.3})
