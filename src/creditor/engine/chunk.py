"""Owns a chunk of paths: its register file, and one period of it by NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.batch import Ready, bind, execute
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
    before : int, optional
        Paths of a longer run that come before the whole run, for messages.
    """

    def __init__(
        self,
        program: Program,
        opening: Floats,
        series: Series,
        offset: int,
        real: int | None = None,
        before: int = 0,
    ) -> None:
        self.program, self.series, self.offset, self.number = program, series, offset, before + offset
        self.width = opening.shape[1]
        self.real = self.width if real is None else real
        self.registers = np.zeros((program.registers, self.width))
        for register, number in program.constants.items():
            self.registers[register] = number
        self.registers[: program.slots] = np.nan_to_num(opening, nan=0.0, posinf=np.inf, neginf=-np.inf)
        self.residual: Worst = NOTHING
        self.books: Worst = NOTHING
        self._sections: list[Ready | Solver] = []
        self._audits: list[Ready] = []
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
        self._audits = [bind(audit.rows, self.registers) for audit in self.program.audits]
        self._payments, self._places = _by_position(self.program)
        self._gaps = np.zeros((max((len(g.slots) for g in self.program.groups), default=0), self.width))
        self._groups = [bind(g.rows, self.registers, self._gaps) for g in self.program.groups]

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
                    raise unfinished(self.program, section, registers, bad, left, kappa, period, self.number)
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
                raise invalid(self.program, self.registers, group, paths, period, self.number)

    def _check(self, period: int) -> None:
        """Residuals of the equations of unknowns."""
        registers, begun = self.registers, 0
        for audit, rows in zip(self.program.audits, self._audits, strict=True):
            execute(rows)
            slots, left, right, scale = (
                [getattr(check, name) for check in audit.checks]
                for name in ("slot", "left", "right", "scale")
            )
            gap = registers[left] - registers[right]
            size = np.where(gap == 0, 0.0, np.abs(gap) / registers[scale])
            size[~np.isfinite(registers[slots]) | np.isnan(size)] = np.inf
            number, path = self._worst(size)
            largest = float(size[number, path])
            if not largest <= ACCEPTED:
                number, path = self._first(size, ACCEPTED)
                found = float(size[number, path])
                raise unsolved(self.program, registers, slots[number], path, period, found, self.number)
            if largest > 0:
                self.residual = worse(self.residual, (largest, period, begun + number, self.offset + path))
            begun += len(slots)

    def _balance(self, period: int) -> None:
        """Budgets, one payment after the other, as the compiled engine adds them; the longest come first."""
        if not self.program.budgets:
            return
        total, largest = np.zeros((2, len(self.program.budgets), self.width))
        for payments, signs in self._payments:
            paid = self.registers[payments] * signs
            total[: len(paid)] += paid
            np.maximum(largest[: len(paid)], np.abs(paid), out=largest[: len(paid)])
        size = np.where(total == 0, 0.0, np.abs(total) / largest)[self._places]
        number, path = self._worst(size)
        if not size[number, path] <= BOOKS:
            number, path = self._first(size, BOOKS)
            values = self.registers[: self.program.slots, path]
            raise unbalanced(self.program, number, period, float(size[number, path]), values)
        if size[number, path] > 0:
            found = (float(size[number, path]), period, number, self.offset + path)
            self.books = worse(self.books, found)

    def _worst(self, size: Floats) -> tuple[int, int]:
        """Row and path of the largest entry, not-a-number before all; of equal ones the first."""
        number, path = np.unravel_index(int(size[:, : self.real].argmax()), (len(size), self.real))
        return int(number), int(path)

    def _first(self, size: Floats, allowed: float) -> tuple[int, int]:
        """Row, and worst path in it, of the first row with an entry that is not allowed."""
        number = int(np.flatnonzero(~(size[:, : self.real] <= allowed).all(axis=1))[0])
        return number, int(size[number, : self.real].argmax())


def _by_position(program: Program) -> tuple[list[tuple[list[int], Floats]], list[int]]:
    """First, second and further payments of all budgets that have so many, and where each budget stands."""
    longest = sorted(range(len(program.budgets)), key=lambda number: -len(program.budgets[number][1]))
    found = []
    for position in range(max((len(payments) for _, payments, _ in program.budgets), default=0)):
        own = [program.budgets[n] for n in longest if len(program.budgets[n][1]) > position]
        signs = np.array([signs[position] for _, _, signs in own])[:, None]
        found.append(([payments[position] for _, payments, _ in own], signs))
    return found, [longest.index(number) for number in range(len(longest))]
