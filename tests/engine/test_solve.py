"""Blocks solved by NumPy: Newton, other ways where it fails, and paths that leave each other alone."""

from __future__ import annotations

import math

import numpy as np
import pytest

from creditor.engine.chunk import Chunk
from creditor.engine.openings import opening
from creditor.engine.solve import Solver, sweeps
from creditor.errors import NoSolutionError


def test_a_linear_block_is_solved_exactly(ran, texts) -> None:
    result = ran(texts["cycle"], 1)
    income = (20 + 0.4 * 10) / (1 - 0.6 * 0.8)
    assert result.series("income")[1, 0] == pytest.approx(income, rel=1e-15)


def test_a_market_that_newton_cannot_clear_is_bracketed(ran, texts) -> None:
    result = ran(texts["market"], 2)
    assert result.series("p")[1:, 0].tolist() == [6.0, 6.0]


def test_the_bracket_goes_in_either_direction_and_stays_in_the_domain(ran) -> None:
    down = ran("given k = 1 find p so that max(-5 - p, 0) = k start p = 1", 1)
    assert down.series("p")[1, 0] == pytest.approx(-6, rel=1e-12)
    edge = ran("given k = 8 find p so that 1 / p - log(p) = k start p = 100", 1)
    root = edge.series("p")[1, 0]
    assert 1 / root - math.log(root) == pytest.approx(8, rel=1e-12)


def test_newton_that_goes_in_circles_is_bracketed(ran) -> None:
    result = ran("given k = 0 find p so that p ^ 3 - 2 * p + 2 = k start p = 0", 1)
    assert result.series("p")[1, 0] == pytest.approx(-1.7692923542386314, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("given k = 1 find p so that exp(p) = -k start p = 1", "the market that p clears has no balance"),
        ("let x = y + 1 let y = x", "the equations do not decide x: the block is singular"),
        ("let x = y let y = x", "the equations do not decide x: the block is singular"),
        (
            "given c = 1 let x = (1 - 0.000000000001) * y + c let y = x",
            "hardly decide x (estimated condition 1.0e+12)",
        ),
        ("let x = exp(y) + 1 let y = x", "is not solved"),
    ],
)
def test_what_has_no_solution_is_named(ran, text: str, said: str) -> None:
    with pytest.raises(NoSolutionError) as error:
        ran(text, 2)
    assert error.value.codes == ("E621",)
    assert said in str(error.value) and "period 1, path 0" in str(error.value)


def test_each_path_stops_on_its_own(laid_out, ran, texts, same) -> None:
    program = laid_out(texts["nonlinear"])
    slot = program.model.slot("a")
    chance = np.random.default_rng(4)
    givens = 2 + chance.random((5, 40))
    together = ran(texts["nonlinear"], 5, paths=40, givens={slot: givens}).values
    for path in (0, 7, 39):
        alone = ran(texts["nonlinear"], 5, givens={slot: givens[:, [path]]}).values
        assert same(alone[:, :, 0], together[:, :, path])


def test_a_path_that_needs_a_bracket_does_not_change_the_others(laid_out, ran, same) -> None:
    text = "given k = 1 find p so that max(p - 5, 0) + 0.1 * max(k - 2, 0) * p = k start p = 1"
    slot = laid_out(text).model.slot("k")
    givens = np.array([[1.0, 3.0, 8.0, 1.5]])
    together = ran(text, 1, paths=4, givens={slot: givens}).values
    for path in range(4):
        assert same(ran(text, 1, givens={slot: givens[:, [path]]}).values[:, :, 0], together[:, :, path])


FLAT = "let x = min(y + 1, 5) let y = x start x = 0"  # the slope of x - (x + 1) is zero until the kink
VALLEY = (
    "let x = y - 0.1 * ((y + 2) * (y - 1) ^ 2 + 1) let y = x start x = 2"  # the residual has a valley at 1
)


@pytest.mark.parametrize(("text", "root"), [(FLAT, 5.0), (VALLEY, -2.1038034027354962)])
def test_what_newton_cannot_solve_is_swept(laid_out, ran, text: str, root: float) -> None:
    program = laid_out(text)
    block = next(section.block for section in program.sections if section.block)
    chunk = Chunk(program, opening(program, {}, 1), {}, 0)
    chunk.shift()
    solver = Solver(block, chunk.registers)
    with np.errstate(all="ignore"):
        assert not solver.newton(chunk.registers[solver.guesses], solver._chosen)[0][0] <= 1e-10
        assert not solver.newton(chunk.registers[solver.guesses], solver._pivoted)[0][0] <= 1e-10
        assert not solver.newton(np.ones((1, 1)), solver._pivoted)[0][0] <= 1e-10
    assert ran(text, 2).series("x")[1:, 0] == pytest.approx([root, root], rel=1e-12)


def test_swept_paths_change_no_others_and_are_not_changed(laid_out, ran, same) -> None:
    text = "given k = 5 let x = min(y + 1, k) let y = if(k > 10, 0.5 * x, x) start x = 0"
    slot = laid_out(text).model.slot("k")
    givens = np.array([[5.0, 20.0, 3.0, 90.0]])
    together = ran(text, 1, paths=4, givens={slot: givens}).values
    assert together[laid_out(text).model.slot("x"), 1].tolist() == [5.0, 2.0, 3.0, 2.0]
    for path in range(4):
        assert same(ran(text, 1, givens={slot: givens[:, [path]]}).values[:, :, 0], together[:, :, path])


def test_a_block_with_something_found_is_swept_by_its_own_slope(laid_out) -> None:
    program = laid_out(
        "given k = 2 find p so that p - x / 2 = k let x = p / 2 + 0.1 * y let y = x start p = 1"
    )
    block = next(section.block for section in program.sections if section.block)
    chunk = Chunk(program, opening(program, {}, 1), {}, 0)
    chunk.registers[program.model.slot("k")] = 2.0
    chunk.shift()
    left, kappa = sweeps(Solver(block, chunk.registers))
    p, x = (chunk.registers[program.model.slot(name), 0] for name in ("p", "x"))
    assert left[0] <= 1e-10 and kappa[0] < 100
    assert p - x / 2 == pytest.approx(2, rel=1e-9) and 0.9 * x == pytest.approx(p / 2, rel=1e-9)


def test_a_switch_that_oscillates_is_refused_by_name(ran) -> None:
    with pytest.raises(NoSolutionError) as error:
        ran("let x = if(y > 0.5, 0, 1) let y = x", 2)
    assert error.value.codes == ("E621",)
    assert "a switch goes back and forth, and the block is not solved: y > 0.5 in x" in str(error.value)
