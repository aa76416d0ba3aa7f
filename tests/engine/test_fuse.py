"""Two rows become one only where nobody else reads the first."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.batch import bind, execute
from creditor.engine.fuse import fuse

PLACES = {0: 0, 1: 1, 2: 2, 3: 3}


@pytest.mark.parametrize("code", range(4))
@pytest.mark.parametrize("then", [0, 1, 2, 3, 33])
@pytest.mark.parametrize("first", [True, False])
def test_a_fused_row_gives_the_same_bits(code: int, then: int, first: bool) -> None:
    rows = [(code, 0, 1, 0, 9), (then, *((9, 2) if first else (2, 9)), 0, 3)]
    results = []
    for version in (rows, fuse([rows], (), PLACES)[0]):
        registers = np.random.default_rng(3).standard_normal((10, 50))
        execute(bind(version, registers))
        results.append(registers[3])
    assert results[0].tobytes() == results[1].tobytes()


def test_what_is_read_twice_or_elsewhere_is_not_fused() -> None:
    twice = [(2, 0, 1, 0, 9), (0, 2, 9, 0, 3), (0, 9, 9, 0, 2)]
    assert fuse([twice], (), PLACES) == [twice]
    assert len(fuse([twice[:2]], {9}, PLACES)[0]) == 2
    slot = [(2, 0, 1, 0, 2), (0, 2, 1, 0, 3)]
    assert fuse([slot], (), PLACES) == [slot]
