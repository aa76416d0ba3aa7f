"""Operations on vectors of paths have the bits of NumPy's rows, on special numbers and on random ones."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.batch import bind, execute
from creditor.engine.tape import BINARY, CALLS, COPY, LARGER, NEGATIVE, OPERANDS, WORSE

pytest.importorskip("llvmlite")

from creditor.engine.bodies import POWER, Body
from creditor.engine.compiled import load
from creditor.engine.machine import WIDTH, addresses
from creditor.engine.program import compile_model
from creditor.equations.load import load_model

SPECIAL = [0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, np.nan, 5e-324, 1e300, -1e-300, 709.78, -745.2, 2.0, 0.5]
CODES = [*BINARY.values(), *CALLS.values(), NEGATIVE, COPY, LARGER, WORSE, *range(24, 33)]
CODES = [code for code in dict.fromkeys(CODES) if code != POWER]


@pytest.fixture(scope="module")
def called():
    """Runs bodies over a register file."""
    load(compile_model(load_model("sim")))
    from creditor.engine import lanes

    def run(bodies, registers):
        found = addresses(bodies, None)
        runs = np.array([(64 + n, 0, 1) for n in range(len(bodies))], dtype=np.int32)
        rows, cells = np.zeros((0, 4), dtype=np.int32), np.zeros(0, dtype=np.int32)
        lanes.execute((runs, rows, cells, found), 0, len(runs), registers)

    return run


def test_every_operation(called) -> None:
    chance = np.random.default_rng(7)
    bodies, rows = [], []
    for position, code in enumerate(CODES):
        operands = tuple(("register", number) for number in range(OPERANDS[code]))
        bodies.append(Body(((code, operands, ("register", 3 + position), None),), 0))
        rows.append((code, 0, 1, 2, 3 + position))
    for _ in range(40):
        registers = np.zeros((3 + len(CODES), WIDTH))
        registers[:3] = chance.standard_normal((3, WIDTH)) * 10.0 ** chance.integers(-5, 3, (3, WIDTH))
        registers[:3, ::2] = chance.choice(SPECIAL, (3, WIDTH // 2))
        other = registers.copy()
        with np.errstate(all="ignore"):
            execute(bind(rows, registers))
        called(bodies, other)
        for code, one, two in zip(CODES, registers[3:], other[3:], strict=True):
            missing = np.isnan(one)
            assert (missing == np.isnan(two)).all(), code
            assert np.where(missing, 0, one).tobytes() == np.where(missing, 0, two).tobytes(), code


def test_a_comparison_adds_to_what_was_there(called) -> None:
    body = Body(((33, (("register", 0), ("number", 1.5)), ("register", 1), ("register", 1)),), 0)
    registers = np.array([np.full(WIDTH, 1.0), np.full(WIDTH, 2.0)])
    called([body], registers)
    assert (registers[1] == 2.5).all()
