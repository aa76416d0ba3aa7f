"""Owns the run of a program over periods and paths, and the certificate without which there is no result."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.program import Program
from creditor.engine.solve import ACCEPTED, solve_block
from creditor.engine.tape import execute
from creditor.equations.evaluate import scalar
from creditor.errors import InputError, NoSolutionError, Trouble, Troubles

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

BOOKS = 1e-9


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
        return {name: getattr(self, name) for name in ("residual", "equation", "period", "path", "books", "sector")}


@dataclass(frozen=True)
class Result:
    """Paths of every slot.

    Parameters
    ----------
    program : Program
    values : array [slot, period, path]
        Period 0 is the opening; not-a-number where a slot has no opening.
    certificate : Certificate
    """

    program: Program
    values: Floats
    certificate: Certificate

    def series(self, name: str, *labels: str) -> Floats:
        """One cell over periods: an array [period, path].

        Raises
        ------
        InputError
            E610 or E616 with the nearest names.
        """
        return self.values[self.program.model.slot(name, tuple(labels))]


@dataclass(frozen=True)
class Inputs:
    """What a run is given besides its program.

    Parameters
    ----------
    periods, paths : int
    givens : dict of slot to array
        Values from period 1, as [period] or [period, path]; others keep the text's number.
    starts : dict of slot to float or array over paths
        Openings that replace the text's.
    """

    periods: int
    paths: int = 1
    givens: Mapping[int, Floats] = field(default_factory=dict)
    starts: Mapping[int, float | Floats] = field(default_factory=dict)


def run(program: Program, inputs: Inputs) -> Result:
    """Run a program.

    Parameters
    ----------
    program : Program
    inputs : Inputs

    Returns
    -------
    Result
        Only with a passing certificate: residuals at most 1e-10, budgets at most 1e-9 of the largest payment.

    Raises
    ------
    InputError
        E615 for every value that is read with a lag and has no opening, all at once.
    NoSolutionError
        E621 for an equation that is not solved or not finite, with its period, path, block and values.

    Examples
    --------
    >>> from creditor.engine.program import compile_model
    >>> from creditor.equations.draft import draft
    >>> from creditor.equations.elaborate import elaborate
    >>> from creditor.equations.parse import parse
    >>> program = compile_model(elaborate(draft(parse("given a = 2 let b = a + b(-1) start b = 1"))))
    >>> run(program, Inputs(3)).series("b")[:, 0]
    array([1., 3., 5., 7.])
    """
    model, tape = program.model, program.tape
    slots = tape.slots
    registers = tape.file(inputs.paths)
    values = np.full((slots, inputs.periods + 1, inputs.paths), np.nan)
    values[:, 0] = opening(program, inputs)
    certificate = Certificate()
    decided = sorted(model.equations)
    guess = np.nan_to_num(values[:, 0], nan=0.0)
    for period in range(1, inputs.periods + 1):
        registers[slots : 2 * slots] = values[:, period - 1]
        for slot, number in model.givens.items():
            series = inputs.givens.get(slot)
            registers[slot] = number if series is None else series[period - 1]
        _solve(program, registers, guess, period)
        _certify(program, registers, certificate, period)
        values[:, period] = registers[:slots]
        guess[decided] = registers[decided]
    return Result(program, values, certificate)


def opening(program: Program, inputs: Inputs) -> Floats:
    """Values at period 0: starts, givens, and definitions whose parts are known."""
    model = program.model
    known: dict[int, float | Floats] = {**model.givens, **model.starts, **inputs.starts}
    changed = True
    while changed:
        changed = False
        for slot, equation in model.equations.items():
            if slot in known or equation.kind in ("find", "payment", "settled", "saving"):
                continue
            if not all(np.isscalar(v) for v in known.values()):
                continue
            tree = model.openings.get(slot, equation.tree)
            value = scalar(tree, lambda s, lag: None if lag else _float(known.get(s)))
            if value is not None and math.isfinite(value):
                known[slot], changed = value, True
    _check_opening(program, known)
    values = np.full((program.tape.slots, inputs.paths), np.nan)
    for slot, number in known.items():
        values[slot] = number
    return values


def _float(value: float | Floats | None) -> float | None:
    return None if value is None else float(value)


def _check_opening(program: Program, known: Mapping[int, object]) -> None:
    model, troubles = program.model, Troubles()
    from creditor.equations.order import cells_in

    readers: dict[int, object] = {}
    for equation in model.equations.values():
        for cell in cells_in(equation.tree):
            if cell.lag and cell.slot not in known:
                readers.setdefault(cell.slot, cell.place if cell.place.line else equation.place)
    for slot, place in sorted(readers.items()):
        name = model.title(slot)
        what = f"{name} is read with a lag and has no opening value"
        troubles.add("E615", str(place), what, "", f"write start {name} = ...")
    troubles.raise_if_any(InputError)


def _solve(program: Program, registers: Floats, guess: Floats, period: int) -> None:
    with np.errstate(all="ignore"):
        for section in program.sections:
            if section.block is None:
                execute(section.rows, registers)
                continue
            tears = list(section.block.tears)
            registers[tears] = guess[tears]
            left, _ = solve_block(section.block, registers)
            if not (left <= ACCEPTED).all():
                _retry(section.block, registers, guess, left)
                left = np.where(left <= ACCEPTED, left, _again(section.block, registers))
            _check_solved(program, section.slots, registers, left, period)


def _retry(block: object, registers: Floats, guess: Floats, left: Floats) -> None:
    """Another first guess where the first failed: ones, which no division or logarithm refuses."""
    bad = ~(left <= ACCEPTED)
    tears = list(block.tears)  # type: ignore[attr-defined]
    registers[np.ix_(tears, np.flatnonzero(bad))] = 1.0


def _again(block: object, registers: Floats) -> Floats:
    return solve_block(block, registers)[0]  # type: ignore[arg-type]


def _check_solved(program: Program, slots: tuple[int, ...], registers: Floats, left: Floats, period: int) -> None:
    bad = np.flatnonzero(~(left <= ACCEPTED))
    if not len(bad):
        return
    model, path = program.model, int(bad[0])
    names = ", ".join(f"{model.title(s)} = {registers[s, path]:.6g}" for s in slots[:8] if not model.title(s).startswith("payment."))
    what = f"period {period}, path {path}: a block of {len(slots)} equations is not solved (residual {left[path]:.1e})"
    places = {str(model.equations[slot].place) for slot in slots if model.equations[slot].place.line}
    mend = "see whether a solution exists; start the variables nearer to it"
    raise NoSolutionError(Trouble("E621", min(places, default=model.name), what, f"{len(bad)} paths; values {names}", mend))


def _certify(program: Program, registers: Floats, certificate: Certificate, period: int) -> None:
    audit, model = program.audit, program.model
    with np.errstate(all="ignore"):
        execute(audit.rows, registers)
        sizes = np.abs(registers[audit.residuals])
        scaled = np.where(sizes == 0, 0.0, sizes / registers[audit.scales])
    finite = np.isfinite(registers[audit.slots])
    scaled = np.where(finite & ~np.isnan(scaled), scaled, np.inf)
    if scaled.size:
        worst = np.unravel_index(int(scaled.argmax()), scaled.shape)
        size = float(scaled[worst])
        slot, path = audit.slots[int(worst[0])], int(worst[1])
        if size > ACCEPTED:
            raise NoSolutionError(_unsolved(program, registers, slot, path, period, size))
        if size > certificate.residual:
            certificate.residual, certificate.equation = size, model.title(slot)
            certificate.period, certificate.path = period, path
    for party, payments, signs in audit.budgets:
        amounts = registers[payments] * np.array(signs)[:, None]
        largest = np.abs(amounts).max(axis=0)
        gap = np.abs(amounts.sum(axis=0))
        relative = float(np.where(gap == 0, 0.0, gap / largest).max())
        if relative > certificate.books:
            certificate.books, certificate.sector = relative, f"{party[0]}[{', '.join(party[1])}]" if party[1] else party[0]
        if not relative <= BOOKS:
            what = f"period {period}: the payments of {party[0]} do not sum to zero (gap {relative:.1e} of the largest)"
            raise NoSolutionError(Trouble("E621", model.name, what, "", "report this: it is a defect of the machine"))


def _unsolved(program: Program, registers: Floats, slot: int, path: int, period: int, size: float) -> Trouble:
    from creditor.equations.order import cells_in

    model = program.model
    equation = model.equations[slot]
    read = dict.fromkeys(cells_in(equation.tree))
    shown = [f"{model.title(c.slot)}{'(-1)' if c.lag else ''} = {registers[c.slot + c.lag * program.tape.slots, path]:.6g}" for c in read]
    value = registers[slot, path]
    reason = f"the value is {value}" if not math.isfinite(float(value)) else f"the residual is {size:.1e}"
    what = f"period {period}, path {path}: the equation for {model.title(slot)} has no valid value: {reason}"
    return Trouble("E621", str(equation.place), what, f"it reads {', '.join(shown[:8])}", "look for a division by zero or an overflow")
