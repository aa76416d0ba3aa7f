"""Owns a chunk of paths: its register file, and one period of it by NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.batch import Ready, bind, bind_group, execute
from creditor.engine.certificate import (
    BOOKS,
    NOTHING,
    Worst,
    invalid,
    unbalanced,
    unfinished,
    unsolved,
    worse,
)
from creditor.engine.program import Program
from creditor.engine.solve import ACCEPTED, ILL, Solver

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Series = dict[int, "Floats"]  # slot to [period], or [period, path of the chunk]


class Chunk:
    """Some neighbouring paths of a run.

    Parameters
    ----------
    program : Program
    opening : array [slot, path]
        Values at period 0.
    series : dict of slot to array
        Givens from period 1, [period] or [period, path].
    offset : int
        Number of the first path in the whole run.
    real : int, optional
        How many paths are meant; those after them are padding.
    """

    def __init__(
        self, program: Program, opening: Floats, series: Series, offset: int, real: int | None = None
    ) -> None:
        self.program, self.series, self.offset = program, series, offset
        self.width = opening.shape[1]
        self.real = self.width if real is None else real
        self.registers = np.zeros((program.registers, self.width))
        for register, number in program.constants.items():
            self.registers[register] = number
        self.registers[: program.slots] = np.nan_to_num(opening, nan=0.0, posinf=np.inf, neginf=-np.inf)
        self.residual: Worst = NOTHING
        self.books: Worst = NOTHING
        self._sections: list[Ready | Solver] = []
        self._checks: list[Ready] = []
        self._groups: list[Ready] = []

    def _bind(self) -> None:
        """Rows tied to this chunk's registers, when first needed."""
        if self._sections:
            return
        for section in self.program.sections:
            tied = (
                bind(section.rows, self.registers)
                if section.block is None
                else Solver(section.block, self.registers)
            )
            self._sections.append(tied)
        self._checks = [bind(check.rows, self.registers) for check in self.program.checks]
        self._gaps = np.zeros((max((len(g.slots) for g in self.program.groups), default=0), self.width))
        self._groups = [bind_group(g.rows, self.registers, self._gaps) for g in self.program.groups]

    def shift(self) -> None:
        """Today becomes yesterday."""
        first, lagged = self.program.slots, list(self.program.lagged)
        self.registers[first : first + len(lagged)] = self.registers[lagged]

    def period(self, period: int) -> None:
        """Solve and check one period, once `shift` has been done.

        Raises
        ------
        NoSolutionError
            E621 for what is not solved, not finite or not balanced.
        """
        self._bind()
        registers = self.registers
        for slot, number in self.program.model.givens.items():
            registers[slot] = self.series[slot][period - 1] if slot in self.series else number
        with np.errstate(all="ignore"):
            for section, tied in zip(self.program.sections, self._sections, strict=True):
                if not isinstance(tied, Solver):
                    execute(tied)
                    continue
                left, kappa = tied.solve()
                bad = np.flatnonzero(~((left <= ACCEPTED) & (kappa <= ILL))[: self.real])
                if len(bad):
                    raise unfinished(self.program, section, registers, bad, left, kappa, period, self.offset)
            self._holds(period)
            self._check(period)
            self._balance(period)

    def _holds(self, period: int) -> None:
        """Every equation whose left side is computed, evaluated once more, must hold to the last bit."""
        for group, rows in zip(self.program.groups, self._groups, strict=True):
            execute(rows)
            gaps = self._gaps[: len(group.slots)]
            if gaps.any():
                paths = np.flatnonzero(gaps.any(axis=0))
                raise invalid(self.program, self.registers, group, paths, period, self.offset)

    def _check(self, period: int) -> None:
        registers = self.registers
        for number, (check, rows) in enumerate(zip(self.program.checks, self._checks, strict=True)):
            execute(rows)
            gap = registers[check.left] - registers[check.right]
            size = np.where(gap == 0, 0.0, np.abs(gap) / registers[check.scale])
            fine = np.isfinite(registers[check.slot]) & ~np.isnan(size)
            size = np.where(fine, size, np.inf)[: self.real]
            path = int(size.argmax())
            if not size[path] <= ACCEPTED:
                raise unsolved(
                    self.program, registers, check.slot, path, period, float(size[path]), self.offset
                )
            if size[path] > 0:
                self.residual = worse(self.residual, (float(size[path]), period, number, self.offset + path))

    def _balance(self, period: int) -> None:
        for number, (_, payments, signs) in enumerate(self.program.budgets):
            amounts = self.registers[payments] * np.array(signs)[:, None]
            total = np.zeros(self.width)
            for amount in amounts:  # one after the other, as the compiled engine adds them
                total += amount
            largest = np.abs(amounts).max(axis=0)
            size = np.where(total == 0, 0.0, np.abs(total) / largest)[: self.real]
            path = int(size.argmax())
            if not size[path] <= BOOKS:
                raise unbalanced(self.program, number, period, float(size[path]))
            if size[path] > 0:
                self.books = worse(self.books, (float(size[path]), period, number, self.offset + path))
