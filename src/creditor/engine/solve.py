"""Owns the solution of one block with NumPy: Newton on its tears, each path on its own, and the rescue."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.batch import bind, execute
from creditor.engine.blocks import Block
from creditor.engine.eliminate import eliminate

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]

STEPS, HALVINGS = 50, 8
CLOSE, ACCEPTED, ILL = 1e-13, 1e-10, 1e10
TRIES, ROUNDS = 100, 200
DAMPINGS, SWEEPS, PATIENCE = (1.0, 0.5, 0.25, 0.125), 400, 60


class Solver:
    """One block tied to one register file.

    Parameters
    ----------
    block : Block
    registers : array [register, path]
    """

    def __init__(self, block: Block, registers: Floats) -> None:
        self.block, self.registers = block, registers
        self.tears, self.guesses = list(block.tears), list(block.guesses)
        self.values = bind(block.values, registers)
        self.slopes = bind(block.slopes, registers)
        self.factors = bind(block.factors, registers)
        self.condition = bind(block.condition, registers)
        self.solution = bind(block.solution, registers)

    def solve(self) -> tuple[Floats, Floats]:
        """Solve from yesterday's values in place.

        Returns
        -------
        left, kappa : array over paths
            The largest scaled residual that remains, and the estimated condition.

        Notes
        -----
        Newton with derivatives carried along the tape and elimination with pivots chosen beforehand. Paths
        that this does not solve are taken apart and tried again with pivots by value, from ones, where one
        unknown clears a market by a bracket, and last by damped Gauss-Seidel.
        """
        left, kappa = self.newton(self.registers[self.guesses], self._chosen)
        bad = np.flatnonzero(~((left <= ACCEPTED) & (kappa <= ILL)))
        if len(bad):
            left[bad], kappa[bad] = self._rescue(bad)
        return left, kappa

    def _rescue(self, bad: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
        part = self.registers[:, bad].copy()
        left, kappa = Solver(self.block, part).again()
        self.registers[:, bad] = part
        return left, kappa

    def again(self) -> tuple[Floats, Floats]:
        """Other ways for paths that failed, until one works; what sweeps do not solve stays as it was."""
        left, kappa = self.newton(self.registers[self.guesses], self._pivoted)
        attempts = [_from_ones, *([bracket] if self.block.is_market else []), sweeps]
        for attempt in attempts:
            bad = np.flatnonzero(~(left <= ACCEPTED))
            if not len(bad):
                break
            part = self.registers[:, bad].copy()
            now, estimate = attempt(Solver(self.block, part))
            took = (now <= ACCEPTED) if attempt is sweeps else np.ones(len(bad), dtype=bool)
            bad, part = bad[took], part[:, took]
            left[bad], kappa[bad] = now[took], estimate[took]
            self.registers[:, bad] = part
        return left, kappa

    def _chosen(self, again: bool) -> tuple[Floats, Floats]:
        """Newton step and condition with pivots chosen beforehand."""
        if again:
            execute(self.slopes)
            execute(self.factors)
            execute(self.condition)
        execute(self.solution)
        return self.registers[list(self.block.steps)], self.registers[self.block.kappa]

    def _pivoted(self, again: bool) -> tuple[Floats, Floats]:
        """Newton step and condition with pivots by value, path by path."""
        count, paths = len(self.tears), self.registers.shape[1]
        execute(self.slopes)
        jacobian = np.zeros((count, count, paths))
        for row, column, register in self.block.entries:
            jacobian[row, column] = self.registers[register]
        scales = self.registers[list(self.block.scales)]
        signs = np.where(np.arange(count) % 2 == 0, 1.0, -1.0)[:, None]
        sides = [-self.registers[list(self.block.residuals)], scales, scales * signs]
        answer = eliminate(jacobian, np.stack(sides, axis=1))
        own = np.where(np.array(self.block.found)[:, None], np.abs(self.registers[self.tears]), scales)
        sizes = np.abs(answer[:, 1:]).max(axis=1)
        return answer[:, 0], np.where(own == 0, sizes * 0.0, sizes / own).max(axis=0)

    def newton(
        self, guess: Floats, direction: Callable[[bool], tuple[Floats, Floats]]
    ) -> tuple[Floats, Floats]:
        """Newton from a guess; a step that does not make the residual smaller is halved, at most 8 times."""
        registers, tears, linear = self.registers, self.tears, self.block.linear
        kept = guess.copy()
        registers[tears] = kept
        execute(self.values)
        best = registers[self.block.size].copy()
        kappa = np.full_like(best, np.nan)
        stuck = np.zeros(len(best), dtype=bool)
        for count in range(STEPS):
            active = ~(best <= CLOSE) & ~stuck
            if count and not active.any():
                break
            step, estimate = direction(count == 0 or not linear)
            kappa = np.where(active | (count == 0), estimate, kappa)
            if not active.any():
                break
            stuck |= self._move(kept, step, active, best)
        return best, kappa

    def _move(self, kept: Floats, step: Floats, active: Flags, best: Floats) -> Flags:
        """Try the step, then halves of it, on each active path; what is better stays in `kept` and `best`."""
        registers, tears = self.registers, self.tears
        waiting, factor = active.copy(), 1.0
        for _ in range(HALVINGS + 1):
            registers[tears] = np.where(waiting, kept + factor * step, kept)
            execute(self.values)
            size = registers[self.block.size]
            better = waiting & (size == size) & ((size < best) | (best != best))
            kept[:, better] = registers[tears][:, better]
            best[better] = size[better]
            waiting &= ~better
            if not waiting.any():
                return waiting
            factor *= 0.5
        registers[tears] = kept
        execute(self.values)
        return waiting


def _from_ones(solver: Solver) -> tuple[Floats, Floats]:
    """Newton with pivots by value, all unknowns one at first."""
    return solver.newton(np.ones((len(solver.tears), solver.registers.shape[1])), solver._pivoted)


def sweeps(solver: Solver) -> tuple[Floats, Floats]:
    """Damped Gauss-Seidel, the last resort: where Newton has no slope to follow, or steps over kinks.

    A sweep evaluates the equations of the block in their order, each with the newest values; then each
    unknown goes part of the way to what its own equation gives (one that is found: to where its own slope
    makes its equation hold). The parts are 1, 1/2, 1/4 and 1/8, each begun from yesterday's values and from
    ones, with at most 400 sweeps; a path gives a part up when its residual has not become smaller for 60.
    Only the largest scaled residual says whether a path is solved, never the length of a step.

    Parameters
    ----------
    solver : Solver

    Returns
    -------
    left, kappa : array over paths
        The largest scaled residual that remains, and the estimated condition where it was reached.
    """
    registers, tears = solver.registers, solver.tears
    paths = registers.shape[1]
    best, left = np.ones((len(tears), paths)), np.full(paths, np.inf)
    for guess in (registers[solver.guesses].copy(), np.ones((len(tears), paths))):
        for damping in DAMPINGS:
            if (left > CLOSE).any():
                _sweep(solver, guess, damping, best, left)
    registers[tears] = best
    execute(solver.values)
    left = registers[solver.block.size].copy()
    _, kappa = solver._pivoted(True)
    return left, kappa


def _sweep(solver: Solver, guess: Floats, damping: float, best: Floats, left: Floats) -> None:
    """Sweeps with one damping on the paths that are not solved; what is better stays in `best` and `left`."""
    registers, tears = solver.registers, solver.tears
    place, active = guess.copy(), ~(left <= CLOSE)
    mark, idle = np.full_like(left, np.inf), np.zeros(len(left), dtype=np.int64)
    for _ in range(SWEEPS):
        registers[tears] = place
        execute(solver.values)
        size = registers[solver.block.size].copy()
        better = active & (size < left)
        best[:, better], left[better] = place[:, better], size[better]
        idle = np.where(size < 0.999 * mark, 0, idle + 1)
        mark = np.fmin(mark, size)
        active = active & (size > CLOSE) & (idle < PATIENCE)
        if not active.any():
            return
        place = np.where(active, place + damping * _pull(solver), place)


def _pull(solver: Solver) -> Floats:
    """How far each unknown is from what its own equation gives."""
    residuals = solver.registers[list(solver.block.residuals)]
    if not any(solver.block.found):
        return -residuals
    execute(solver.slopes)
    own = np.zeros_like(residuals)
    for row, column, register in solver.block.entries:
        if row == column:
            own[row] = solver.registers[register]
    found = np.array(solver.block.found)[:, None]
    return np.where(found, np.where(own == 0, 0.0, -residuals / own), -residuals)


def bracket(solver: Solver) -> tuple[Floats, Floats]:
    """Clear a market with one unknown: find two values between which the excess changes sign, then close in.

    Parameters
    ----------
    solver : Solver
        Of a block with one unknown.

    Returns
    -------
    left : array over paths
        The largest scaled residual; infinite where no change of sign was found.
    kappa : array over paths
        Zero: a bracket needs no derivative.
    """
    low, high, at_low = _expand(solver)
    found = np.isfinite(at_low)
    low, high = np.where(found, low, 1.0), np.where(found, high, 1.0)
    best = np.where(found, low, solver.registers[solver.guesses[0]])
    left = np.full(len(low), np.inf)
    for count in range(ROUNDS):
        middle = 0.5 * (low + high)
        if count % 2 and count > 1:
            middle = _secant(solver, low, high, middle)
        excess, size = _excess(solver, middle)
        better = found & (size < left)
        best, left = np.where(better, middle, best), np.where(better, size, left)
        if not (found & (left > CLOSE)).any():
            break
        same = np.sign(excess) == np.sign(at_low)
        moving = found & (left > CLOSE)
        low = np.where(moving & same, middle, low)
        high = np.where(moving & ~same, middle, high)
    _, size = _excess(solver, best)
    return np.where(found, size, np.inf), np.zeros(len(low))


def _excess(solver: Solver, price: Floats) -> tuple[Floats, Floats]:
    solver.registers[solver.tears[0]] = price
    execute(solver.values)
    return solver.registers[solver.block.residuals[0]].copy(), solver.registers[solver.block.size].copy()


def _secant(solver: Solver, low: Floats, high: Floats, middle: Floats) -> Floats:
    """Where the straight line between the ends is zero, if that is inside."""
    at_low, at_high = _excess(solver, low)[0], _excess(solver, high)[0]
    guess = low - at_low * (high - low) / (at_high - at_low)
    return np.where((guess > np.minimum(low, high)) & (guess < np.maximum(low, high)), guess, middle)


def _expand(solver: Solver) -> tuple[Floats, Floats, Floats]:
    """Ends of a change of sign: both directions, steps twice as long, shorter at the end of the domain."""
    start = solver.registers[solver.guesses[0]].copy()
    excess, _ = _excess(solver, start)
    start = np.where(np.isfinite(excess), start, 1.0)
    excess, _ = _excess(solver, start)
    low, high, at_low = start.copy(), start.copy(), np.full_like(start, np.nan)
    sides = []
    for sign in (1.0, -1.0):
        step = sign * np.maximum(np.abs(start) * 0.01, 1e-6)
        sides.append([start.copy(), excess.copy(), step])
    for _ in range(TRIES):
        for side in sides:
            place, before, step = side
            trial = place + step
            value, _ = _excess(solver, trial)
            fine = np.isfinite(value)
            crossed = fine & ~np.isfinite(at_low) & np.isfinite(before) & (np.sign(value) != np.sign(before))
            low, high = np.where(crossed, place, low), np.where(crossed, trial, high)
            at_low = np.where(crossed, before, at_low)
            side[0], side[1] = np.where(fine, trial, place), np.where(fine, value, before)
            side[2] = np.where(fine, step * 2.0, step * 0.25)
        if np.isfinite(at_low).all():
            break
    return low, high, at_low
