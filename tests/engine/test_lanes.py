"""Rows by compiled code have the bits that NumPy gives them, on random trees and special numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditor.engine.batch import bind, execute
from creditor.engine.compiled import Runs, load
from creditor.engine.functions import exponential, logarithm, power
from creditor.engine.loops import straight
from creditor.engine.program import compile_model
from creditor.engine.registers import Packing
from creditor.engine.tape import Tape
from creditor.equations.expressions import OPERATORS, Binary, Call, Cell, Negative, Number
from creditor.equations.load import load_model

SPECIAL = [0.0, -0.0, 1.0, -1.0, 2.0, 0.5, -3.0, np.inf, -np.inf, np.nan, 5e-324, 1e300, -1e-300, 709.0]
numbers = st.sampled_from([0.0, 1.0, 2.0, 3.0, -1.5, 0.5, 7.0, 64.0, 65.0, 1e-3]).map(Number)
leaves = st.one_of(st.integers(0, 3).map(Cell), numbers)


def _grown(inner):
    return st.one_of(
        inner.map(Negative),
        st.builds(Binary, st.sampled_from(OPERATORS), inner, inner),
        st.builds(lambda f, x: Call(f, (x,)), st.sampled_from(["abs", "sqrt", "log", "exp"]), inner),
        st.builds(lambda f, x, y: Call(f, (x, y)), st.sampled_from(["min", "max"]), inner, inner),
        st.builds(lambda x, y, z: Call("if", (x, y, z)), inner, inner, inner),
    )


trees = st.recursive(leaves, _grown, max_leaves=25)


@pytest.fixture(scope="module")
def lanes():
    """The compiled rows, from the cache where they are there."""
    pytest.importorskip("numba")
    load(compile_model(load_model("sim")))
    from creditor.engine import lanes

    return lanes


@settings(max_examples=300)
@given(tree=trees, seed=st.integers(0, 10**6))
def test_random_trees(tree, seed: int, lanes) -> None:
    tape = Tape(5)
    tape.emit(tree, 4)
    packing = Packing(tape, ())
    (rows,) = packing.region([straight(tape.take())])
    chance = np.random.default_rng(seed)
    registers = np.zeros((packing.length, lanes.WIDTH))
    registers[:4] = chance.standard_normal((4, lanes.WIDTH)) * 10.0 ** chance.integers(-3, 4, (4, 1))
    registers[:4, :28] = chance.choice(SPECIAL, (4, 28))
    for register, number in packing.constants.items():
        registers[register] = number
    other = registers.copy()
    with np.errstate(all="ignore"):
        execute(bind(rows, registers))
    tables = Runs()
    first, last = tables.put(rows)
    lanes.execute(tables.tables(), first, last, other)
    one, two = registers[4], other[4]
    missing = np.isnan(one)
    assert (missing == np.isnan(two)).all()
    assert np.where(missing, 0, one).tobytes() == np.where(missing, 0, two).tobytes()


def test_exp_log_and_power_one_number_at_a_time(lanes, same) -> None:
    chance = np.random.default_rng(5)
    x = np.concatenate([SPECIAL, chance.uniform(-750, 750, 3000), np.exp(chance.uniform(-740, 700, 3000))])
    y = chance.choice([*SPECIAL, 3.0, -2.0, 0.3, 64.0, 65.0], len(x))
    with np.errstate(all="ignore"):
        assert same(exponential(x), np.array([lanes.exponential.py_func(v) for v in x]))
        assert same(logarithm(x), np.array([lanes.logarithm.py_func(v) for v in x]))
        assert same(power(x, y), np.array([lanes.power(v, w) for v, w in zip(x, y, strict=True)]))
