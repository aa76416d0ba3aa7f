"""Owns the certificate: how well a run solved its equations and kept its books, and the errors if not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.blocks import Section
from creditor.engine.program import Group, Program
from creditor.engine.switches import restless
from creditor.equations.accounts import show
from creditor.equations.expressions import Cell
from creditor.equations.order import cells_in
from creditor.errors import NoSolutionError, Trouble

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

ACCEPTED, BOOKS = 1e-10, 1e-9
Worst = tuple[float, int, int, int]  # size, period, number of the check or budget, path


@dataclass
class Certificate:
    """How well a run solved its equations and kept its books.

    Parameters
    ----------
    residual : float
        Largest scaled residual of any equation, period and path.
    equation, period, path : where it is
    books : float
        Largest gap of a budget over the sector's largest payment.
    sector : str
        Where that is.
    """

    residual: float = 0.0
    equation: str = ""
    period: int = 0
    path: int = 0
    books: float = 0.0
    sector: str = ""

    def as_dict(self) -> dict[str, float | str | int]:
        """For JSON and people."""
        return {
            name: getattr(self, name)
            for name in ("residual", "equation", "period", "path", "books", "sector")
        }


NOTHING: Worst = (0.0, 0, 0, 0)


def worse(one: Worst, other: Worst) -> Worst:
    """The larger of two; of equal ones the first in period, equation and path, whoever ran it.

    Examples
    --------
    >>> worse((0.5, 2, 0, 0), (0.5, 1, 9, 9))
    (0.5, 1, 9, 9)
    """
    return max(one, other, key=lambda w: (w[0], tuple(-x for x in w[1:])))


def certificate(program: Program, residual: Worst, books: Worst) -> Certificate:
    """A certificate with names for numbers."""
    model, found = program.model, Certificate()
    if residual[0] > 0:
        size, period, check, path = residual
        found = Certificate(size, model.title(program.checks[check].slot), period, path)
    if books[0] > 0:
        found.books, found.sector = books[0], show(program.budgets[books[2]][0])
    return found


def invalid(
    program: Program, registers: Floats, group: Group, paths: npt.NDArray[np.int64], period: int, offset: int
) -> Exception:
    """The error for the first equation, in the order of solution, that does not hold or is not finite."""
    path = int(paths[0])
    values = registers[list(group.slots), path]
    broken = np.flatnonzero(~np.isfinite(values))
    if len(broken):
        return unsolved(program, registers, group.slots[int(broken[0])], path, period, math.inf, offset)
    names = ", ".join(program.model.title(slot) for slot in group.slots[:4])
    head = f"{program.model.calendar.title(period)}, path {offset + path}"
    what = f"{head}: an equation near {names} does not hold when evaluated once more"
    mend = "report this: it is a defect of the machine"
    return NoSolutionError(Trouble("E621", program.model.name, what, "", mend))


def unsolved(
    program: Program, registers: Floats, slot: int, path: int, period: int, size: float, offset: int
) -> Exception:
    """The error for an equation without a valid value."""
    model = program.model
    equation = model.equations[slot]
    cells = list(dict.fromkeys(cells_in(equation.tree)))[:8]
    read = [f"{model.read(c)} = {registers[program.register(c), path]:.6g}" for c in cells]
    value = registers[slot, path]
    finite = math.isfinite(float(value))
    reason = f"the residual is {size:.1e}" if finite else f"the value is {value}"
    head = f"{model.calendar.title(period)}, path {offset + path}"
    what = f"{head}: the equation for {model.title(slot)} has no valid value: {reason}"
    mend = "look for a division by zero or an overflow"
    if math.isnan(float(value)) or float(value) == -math.inf:
        mend += ", or a log, root or power of what is not above zero"
    why = f"it reads {', '.join(read)}" if read else ""
    return NoSolutionError(Trouble("E621", str(equation.place), what, why, mend))


def _read(program: Program, registers: Floats, slot: int, lag: int) -> Floats:
    """A cell of every path."""
    return registers[program.register(Cell(slot, lag))]


def unbalanced(program: Program, budget: int, period: int, size: float, values: Floats) -> Exception:
    """The error for a budget that does not close; ``values`` are the slots of the path."""
    party, payments, _ = program.budgets[budget]
    largest = max(payments, key=lambda slot: abs(float(values[slot])))
    name = show(party)
    when = program.model.calendar.title(period)
    what = f"{when}: the payments of {name} do not sum to zero (gap {size:.1e} of the largest)"
    why = f"the largest is {program.model.title(largest)} = {values[largest]:.3g}"
    mend = "see whether the path explodes, which costs digits; if not, report a defect of the machine"
    return NoSolutionError(Trouble("E621", program.model.name, what, why, mend))


def unfinished(
    program: Program,
    section: Section,
    registers: Floats,
    bad: npt.NDArray[np.intp],
    left: Floats,
    kappa: Floats,
    period: int,
    offset: int,
) -> Exception:
    """The error for a block that is not solved, or whose solution its equations hardly decide."""
    model, path, block = program.model, int(bad[0]), section.block
    assert block is not None
    own = [s for s in section.slots if not model.title(s).startswith("payment.")]
    values = ", ".join(f"{model.title(s)} = {registers[s, path]:.6g}" for s in own[:8])
    tears = ", ".join(model.title(s) for s in block.tears[:6])
    head, size = f"{model.calendar.title(period)}, path {offset + path}", float(left[path])
    mend = "see whether a solution exists; start the variables nearer to it"
    condition = float(kappa[path])
    if size <= ACCEPTED and math.isfinite(condition):
        what = f"{head}: the equations hardly decide {tears} (estimated condition {condition:.1e})"
    elif not block.is_market and not math.isfinite(condition):
        what = f"{head}: the equations do not decide {tears}: the block is singular"
        mend = (
            "see whether these equations contradict each other, or one follows from the others, and change it"
        )
    elif size <= ACCEPTED:
        what = f"{head}: the market that {tears} clears is in balance wherever {tears} is"
    elif block.is_market:
        x, excess = registers[block.tears[0], path], registers[block.residuals[0], path]
        what = f"{head}: the market that {tears} clears has no balance (best {x:.6g}, excess {excess:.3g})"
        mend = "see whether demand and supply cross at all; start the price nearer to where they do"
    elif found := restless(
        model, section.slots, lambda s, lag: float(_read(program, registers, s, lag)[path])
    ):
        what = f"{head}: a switch goes back and forth, and the block is not solved: {'; '.join(found[:3])}"
        mend = "let the switch read a value of the period before, or turn smoothly"
    else:
        what = f"{head}: a block of {len(section.slots)} equations is not solved (residual {size:.1e})"
    places = {str(model.equations[slot].place) for slot in section.slots if model.equations[slot].place.line}
    place = str(model.equations[block.tears[0]].place) if block.is_market else min(places, default=model.name)
    return NoSolutionError(Trouble("E621", place, what, f"values {values}", mend))
