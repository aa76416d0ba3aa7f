"""Owns one-step-ahead errors: what each equation says from observed values, less what was observed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.batch import bind, execute
from creditor.engine.slopes import Differ
from creditor.engine.tape import Row, Tape
from creditor.equations.expressions import Cell
from creditor.equations.model import EARLIER, Model
from creditor.equations.order import cells_in, order

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Series = Mapping[int, "Floats"]  # slot to [row], not-a-number where it was not observed


@dataclass(frozen=True)
class Used:
    """An equation whose left side is observed and that a free given moves.

    Parameters
    ----------
    slot : int
    observed : array [row]
    finite : array of bool [row]
        Where all that it needs is observed.
    """

    slot: int
    observed: Floats
    finite: npt.NDArray[np.bool_]


class OneStep:
    """Errors of the equations of a model and their exact slopes by some givens.

    A variable that is not observed is computed from its own equation where that reads only what is known in
    the same period; an equation that needs more is left out, and `left_out` says why.

    Parameters
    ----------
    model : Model
    series : mapping of slot to array [row]
        Observed variables and givens; the first row serves as yesterday of the second.
    free : sequence of slots
        Givens that are parameters.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> rows = {"taxes": (20.0, 21.0), "wages": (100.0, 104.0)}
    >>> seen = {model.slot(name): np.array(row) for name, row in rows.items()}
    >>> errors = OneStep(model, seen, [model.slot("tax_rate")])
    >>> [(e.round(9).tolist(), j.tolist()) for e, j in errors(np.array([0.2]))]
    [([0.2], [[-104.0]])]
    """

    def __init__(self, model: Model, series: Series, free: Sequence[int]) -> None:
        self.model, self.series, self.free = model, series, tuple(free)
        self.rows = max(len(column) for column in series.values())
        self.tape = Tape(len(model.slots))
        self.moved_by: dict[int, set[int]] = {slot: {slot} for slot in free}
        self.left_out: dict[int, str] = {}
        self.predicted: dict[int, int] = {}
        self._emit()
        self._slopes()
        self.used = self._use()

    def _known(self, cell: Cell, computed: set[int]) -> bool:
        """Whether a read value is observed, given, free, or computed in the same period."""
        slot, back = self.model.origin(cell.slot)
        if slot in self.series or slot in self.model.givens:
            return True
        return slot in computed and not cell.lag and not back

    def _emit(self) -> None:
        """Rows to what can be computed, and to what observed variables should be."""
        computed: set[int] = set()
        for step in order(self.model):
            for slot in (*step.slots, *step.tears):
                equation = self.model.equations[slot]
                cells = cells_in(equation.tree)
                touched = any(self.moved_by.get(self.model.origin(cell.slot)[0]) for cell in cells)
                if equation.kind == "find" and slot in self.series and touched:
                    self.left_out[slot] = "it is found so that two sides agree, and has no right side"
                if equation.kind in (EARLIER, "find"):
                    continue
                unknown = [cell for cell in cells if not self._known(cell, computed)]
                moved = {p for c in cells for p in self.moved_by.get(self.model.origin(c.slot)[0], ())}
                if unknown:
                    if slot in self.series and moved:
                        names = ", ".join(dict.fromkeys(self.model.read(cell) for cell in unknown[:4]))
                        self.left_out[slot] = f"it reads {names}, which the series do not have"
                    continue
                if slot in self.series:
                    if moved:
                        self.predicted[slot] = self.tape.emit(equation.tree)
                    continue
                self.tape.emit(equation.tree, slot)
                self.tape.forget()
                computed.add(slot)
                self.moved_by[slot] = moved

    def _slopes(self) -> None:
        """Rows to the slopes of the predictions."""
        self.rows_of: list[Row] = self.tape.take()
        lagged = [slot + self.tape.slots for slot in self.free]
        differ = Differ(self.tape, (*self.free, *lagged))
        differ.follow(self.rows_of)
        self.slope_of = {slot: differ.slopes.get(register, {}) for slot, register in self.predicted.items()}
        for slot, register in self.predicted.items():
            for position, one in enumerate((*self.free, *lagged)):
                if register == one:
                    self.slope_of[slot] = {position: self.tape.constant(1.0)}
        self.rows_of += self.tape.take()

    def _use(self) -> list[Used]:
        """Equations with the rows in which all is observed."""
        found = []
        for slot in self.predicted:
            observed = self.series[slot][1:]
            finite = np.isfinite(observed) & ~self._absent(slot)
            if finite.any():
                found.append(Used(slot, observed, finite))
            elif slot not in self.left_out:
                self.left_out[slot] = "no row has all that it reads"
        return found

    def _absent(self, slot: int) -> npt.NDArray[np.bool_]:
        """Rows in which something that a prediction reads, at any depth, was not observed."""
        absent = np.zeros(self.rows - 1, dtype=bool)
        todo, seen = [slot], set()
        while todo:
            for cell in cells_in(self.model.equations[todo.pop()].tree):
                base, back = self.model.origin(cell.slot)
                if base in self.series:
                    absent |= ~np.isfinite(self._shifted(self.series[base], back + cell.lag))
                elif base not in self.model.givens and base not in seen:
                    seen.add(base)
                    todo.append(base)
        return absent

    def _shifted(self, column: Floats, back: int) -> Floats:
        """A column as it is read some rows back, from the second row on."""
        wide = np.concatenate([np.full(back, np.nan), column])
        return wide[1 : self.rows]

    def _run(self, values: Floats) -> Floats:
        """Registers after the rows, for values of the parameters."""
        slots = self.tape.slots
        registers = np.full((self.tape.registers, self.rows - 1), np.nan)
        for register, number in self.tape.values.items():
            registers[register] = number
        numbers = dict(self.model.givens) | dict(zip(self.free, values.tolist(), strict=True))
        for slot in range(slots):
            base, back = self.model.origin(slot)
            if base in self.series and base not in self.free:
                registers[slot] = self._shifted(self.series[base], back)
                registers[slots + slot] = self._shifted(self.series[base], back + 1)
            elif base in numbers:
                registers[slot] = registers[slots + slot] = numbers[base]
        with np.errstate(all="ignore"):
            execute(bind(self.rows_of, registers))
        return registers

    def __call__(self, values: Floats) -> list[tuple[Floats, Floats]]:
        """Errors, observed less predicted, and their slopes by the parameters, for each used equation."""
        registers, count = self._run(values), len(self.free)
        found = []
        for used in self.used:
            slopes = np.zeros((len(used.observed), count))
            for position, register in self.slope_of[used.slot].items():
                slopes[:, position % count] -= registers[register]
            errors = used.observed - registers[self.predicted[used.slot]]
            found.append((errors[used.finite], slopes[used.finite]))
        return found
