"""The solve: each way of solving against exact fractions and against the others."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse

from creditor.errors import NoSolutionError
from creditor.ledger import flows


def network(count: int, seed: int, each: int = 5) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Integers of very different sizes; each intermediary is held by a few others."""
    draw = np.random.default_rng(seed)
    cross = np.zeros((count, count))
    for k in range(count):
        cross[draw.choice(count, each, replace=False), k] = 2.0 ** draw.integers(0, 30, each)
    np.fill_diagonal(cross, 0.0)
    return cross, 2.0 ** draw.integers(0, 30, count), draw.integers(0, 1000, count).astype(float)


def exactly(exact_solve, cross, leaving, entering) -> list[float]:
    total = cross.sum(axis=0) + leaving
    system = [[Fraction(float(v)) for v in row] for row in np.diag(total) - cross]
    return [float(v) for v in exact_solve(system, [Fraction(float(v)) for v in entering])]


@pytest.mark.parametrize(("count", "method"), [(6, "elimination"), (40, "lapack")])
def test_dense_systems_agree_with_fractions(exact_solve, count, method) -> None:
    cross, leaving, entering = network(count, 1)
    cross = np.where(cross > 0, 1.0 + cross % 97, 0.0)
    leaving = 1.0 + leaving % 89
    found = flows.solve(cross, leaving, entering)
    assert found.method == method and found.conservation <= flows.CONSERVED
    assert found.per_unit.tolist() == pytest.approx(
        exactly(exact_solve, cross, leaving, entering), rel=1e-13, abs=0
    )


def test_digits_that_lapack_loses_are_noticed(exact_solve) -> None:
    count = 40
    cross, leaving, entering = network(count, 2)
    cross[0, 1], cross[1, 0] = 2.0**60, 2.0**60  # a nearly closed circle that one dollar in a million enters
    entering[:] = 0.0
    entering[7] = 1.0
    found = flows.solve(cross, leaving, entering)
    assert found.method == "elimination"
    wanted = flows.eliminate(cross, leaving).flows(entering)
    assert found.per_unit.tolist() == pytest.approx(wanted.tolist(), rel=1e-14, abs=0)


@pytest.mark.parametrize("seed", range(5))
def test_lapack_superlu_and_elimination_agree(seed) -> None:
    cross, leaving, entering = network(60, seed)
    given = cross.copy()
    dense = flows.solve(cross, leaving, entering)
    wanted = flows.eliminate(cross, leaving).flows(entering)
    sparse = flows.solve(scipy.sparse.csc_array(cross), leaving, entering)
    for found in (dense, sparse):
        assert found.per_unit.tolist() == pytest.approx(wanted.tolist(), rel=1e-12, abs=0)
    assert (cross == given).all()


def test_from_a_thousand_sparse_is_dense() -> None:
    cross, leaving, entering = network(1200, 3)
    leaving *= 4.0
    found = flows.solve(scipy.sparse.csc_array(cross), leaving, entering)
    dense = flows.solve(np.asfortranarray(cross), leaving, entering)
    assert dense.method in ("lapack", "elimination")
    assert np.abs(found.per_unit / dense.per_unit - 1.0).max() <= 1e-12


@pytest.mark.parametrize("count", [6, 60])
@pytest.mark.parametrize("kind", [np.asarray, scipy.sparse.csc_array], ids=["dense", "sparse"])
def test_shares_are_those_of_each_intermediary_alone(count, kind) -> None:
    cross, leaving, _ = network(count, 4)
    owned = np.outer(leaving, [0.25, 0.75])
    owned[0] = [leaving[0], 0.0]
    found = flows.shares(kind(cross), leaving, owned)
    for k in (0, count // 2, count - 1):
        entering = np.zeros(count)
        entering[k] = 1.0
        wanted = flows.solve(cross, leaving, entering).per_unit @ owned
        assert found[k].tolist() == pytest.approx(wanted.tolist(), rel=1e-12, abs=0)
    assert np.abs(found.sum(axis=1) - 1.0).max() <= 1e-12


def test_shares_behind_a_nearly_closed_circle() -> None:
    cross = np.array([[0.0, 1e14], [1e14, 0.0]])
    found = flows.shares(cross, np.array([1.0, 2.0]), np.array([[1.0, 0.0], [0.0, 2.0]]))
    assert found.tolist() == [pytest.approx([1 / 3, 2 / 3], rel=1e-12)] * 2
    large = np.kron(np.eye(20), cross)
    leaving = np.tile([1.0, 2.0], 20)
    owned = np.outer(leaving, [0.5, 0.5])
    for kind in (np.asarray, scipy.sparse.csc_array):
        assert np.abs(flows.shares(kind(large), leaving, owned) - 0.5).max() <= 1e-12


def test_self_holdings_and_nothing_to_do() -> None:
    cross = np.array([[1e20, 1.0], [1.0, 1e20]])
    assert flows.solve(cross, np.ones(2), np.array([3.0, 0.0])).per_unit == pytest.approx(
        [2.0, 1.0], rel=1e-15
    )
    large = np.kron(np.eye(20), cross)
    found = flows.solve(large, np.ones(40), np.tile([3.0, 0.0], 20))
    assert found.method == "lapack" and found.per_unit == pytest.approx(np.tile([2.0, 1.0], 20), rel=1e-15)
    assert flows.solve(cross, np.ones(2), np.zeros(2)).method == "none"
    assert flows.solve(np.zeros((0, 0)), np.zeros(0), np.zeros(0)).per_unit.size == 0
    assert flows.shares(np.zeros((0, 0)), np.zeros(0), np.zeros((0, 3))).shape == (0, 3)


def test_what_cannot_be_solved_is_said(monkeypatch) -> None:
    with np.errstate(all="ignore"), pytest.raises(NoSolutionError) as error:
        flows.solve(np.array([[0.0, 1.0], [1.0, 0.0]]), np.zeros(2), np.array([1.0, 0.0]))
    assert error.value.codes == ("L407",)
    monkeypatch.setattr(flows, "DENSE_UP_TO", 10)
    ring = scipy.sparse.csc_array(np.roll(np.eye(11), 1, axis=0) * 1e9)
    with pytest.raises(NoSolutionError) as error:
        flows.solve(ring, np.ones(11), np.ones(11))
    assert error.value.codes == ("L407",)
