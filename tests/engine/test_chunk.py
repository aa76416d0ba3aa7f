"""Chunks: yesterday is kept, padding is not looked at."""

from __future__ import annotations

import numpy as np

from creditor.engine.chunk import Chunk


def test_a_period_reads_yesterday(laid_out) -> None:
    program = laid_out("let b = 2 * b(-1) start b = 1")
    chunk = Chunk(program, np.array([[1.0, 3.0]]), {}, 0)
    for period, wanted in ((1, [2.0, 6.0]), (2, [4.0, 12.0])):
        chunk.shift()
        chunk.period(period)
        assert chunk.registers[0].tolist() == wanted


def test_a_period_may_be_done_again(laid_out, texts) -> None:
    program = laid_out(texts["nonlinear"])
    chunk = Chunk(program, np.ones((program.slots, 3)), {}, 0)
    chunk.shift()
    chunk.period(1)
    first = chunk.registers[: program.slots].copy()
    chunk.period(1)
    assert first.tobytes() == chunk.registers[: program.slots].tobytes()


def test_padding_is_not_certified(laid_out, texts) -> None:
    program = laid_out(texts["nonlinear"])
    chunk = Chunk(program, np.ones((program.slots, 4)), {}, 10, real=2)
    chunk.shift()
    chunk.period(1)
    assert chunk.residual[3] in (0, 10, 11)
