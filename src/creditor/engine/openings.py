"""Owns the opening: values at period 0 from starts, givens, totals, and definitions whose parts are known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.batch import bind, execute
from creditor.engine.loops import straight
from creditor.engine.program import Program
from creditor.engine.registers import Packing
from creditor.engine.tape import Tape
from creditor.equations.missing import missing_openings, opening_trees, resolvable
from creditor.equations.model import Model
from creditor.equations.order import cells_in
from creditor.errors import InputError, Troubles

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


def opening(program: Program, starts: Mapping[int, float | Floats], paths: int) -> Floats:
    """Values at period 0.

    Parameters
    ----------
    program : Program
    starts : mapping of slot to number or array over paths
        Openings that replace the text's.
    paths : int

    Returns
    -------
    array [slot, path]
        Not-a-number where a slot has no opening.

    Raises
    ------
    InputError
        E615 for every value that is read with a lag and has no opening, all at once.

    Examples
    --------
    >>> from creditor.engine.program import compile_model
    >>> from creditor.equations.draft import draft
    >>> from creditor.equations.elaborate import elaborate
    >>> from creditor.equations.parse import parse
    >>> program = compile_model(elaborate(draft(parse("let c = 2 * b let b = b(-1) + 1 start b = 1"))))
    >>> opening(program, {}, 1)[program.model.slot("c")]
    array([2.])
    """
    model = program.model
    known: dict[int, float | Floats] = {**model.givens, **model.starts, **starts}
    wide = paths if any(np.ndim(value) for value in known.values()) else 1
    trees = opening_trees(model, known)
    trees |= {slot: one.tree for slot, one in missing_openings(model, known).items()}
    tape, parts = Tape(program.slots), resolvable(trees, known)
    for slot in parts:
        tape.forget()
        tape.emit(trees[slot], slot)
    packing = Packing(tape, ())
    (rows,) = packing.region([straight(tape.take())])
    registers = np.full((packing.length, wide), np.nan)
    for register, number in {**packing.constants, **known}.items():
        registers[register] = number
    with np.errstate(all="ignore"):
        execute(bind(rows, registers))
    unknown = set(range(program.slots)) - set(known)
    for slot, read in parts.items():
        if not any(other in unknown for other in read) and np.isfinite(registers[slot]).all():
            unknown.discard(slot)
    _check(model, unknown)
    values = np.full((program.slots, paths), np.nan)
    for slot in set(range(program.slots)) - unknown:
        values[slot] = registers[slot]
    return values


def _check(model: Model, unknown: set[int]) -> None:
    readers: dict[int, object] = {}
    for equation in model.equations.values():
        for cell in cells_in(equation.tree):
            if cell.lag and cell.slot in unknown:
                readers.setdefault(cell.slot, cell.place if cell.place.line else equation.place)
    troubles = Troubles()
    for slot, place in sorted(readers.items()):
        name, (_, back) = model.title(slot), model.origin(slot)
        what = f"{name} is read with a lag and has no opening value"
        before = (
            f"{back} period{'s' if back > 1 else ''} before the opening, which is period 0" if back else ""
        )
        troubles.add("E615", str(place), what, before, f"write start {name} = ...")
    troubles.raise_if_any(InputError)
