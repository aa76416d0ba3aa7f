"""The compiled engine hands back what it cannot do, and what it has done stays as it is."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.chunk import Chunk
from creditor.engine.compiled import load
from creditor.errors import NoSolutionError


def test_it_stops_at_the_period_that_needs_more(laid_out, compiled) -> None:
    text = "given k = 1 find p so that p + max(clock - 2, 0) * max(p - 5, 0) * 1000 = k * clock * clock"
    program = laid_out(text + " let clock = clock(-1) + 1 start clock = 0, p = 1")
    kernel = load(program)
    assert kernel is not None
    opening = np.ones((program.slots, 64))
    opening[program.model.slot("clock")] = 0
    chunk = Chunk(program, opening, {}, 0)
    kept = np.array([program.model.slot("p")])
    values = np.zeros((1, 5, 64))
    assert kernel(chunk, 1, 4, kept, values) == 5
    assert values[0, 1:3, 0].tolist() == [1.0, 4.0]


def test_a_bracket_is_taken_over_and_handed_back(ran, texts, laid_out, compiled) -> None:
    slot = laid_out(texts["market"]).model.slot("k")
    givens = {slot: np.array([1.0, 2.0, 0.5])}
    result = ran(texts["market"], 3, paths=2, givens=givens, machine="numba")
    assert result.series("p")[1:, 0] == pytest.approx([6.0, 7.0, 5.5], rel=1e-13)


def test_both_engines_say_the_same_of_what_fails(ran, compiled) -> None:
    text = "given k = 1 let b = log(a) let a = k - 1 - clock let clock = clock(-1) + 1 start clock = -2"
    said = []
    for machine in ("numpy", "numba"):
        with pytest.raises(NoSolutionError) as error:
            ran(text, 5, paths=70, machine=machine)
        said.append(str(error.value))
    assert said[0] == said[1]
