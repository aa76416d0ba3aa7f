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
        that this does not solve are taken apart and tried again with pivots by value, from ones, and, where
        one unknown clears a market, by a bracket.
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
        """Other ways for paths that failed, each until one works."""
        left, kappa = self.newton(self.registers[self.guesses], self._pivoted)
        for attempt in (
            lambda s: s.newton(np.ones((len(s.tears), s.registers.shape[1])), s._pivoted),
            bracket,
        ):
            bad = np.flatnonzero(~(left <= ACCEPTED))
            if not len(bad) or (attempt is bracket and not self.block.is_market):
                break
            part = self.registers[:, bad].copy()
            left[bad], kappa[bad] = attempt(Solver(self.block, part))
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
