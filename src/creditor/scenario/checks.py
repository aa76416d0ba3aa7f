"""Owns the checks of a run: what a text says should hold, and its openings against its cells, as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.batch import bind, execute
from creditor.engine.tape import Tape, additive
from creditor.equations.expressions import Binary, Cell, Expression
from creditor.equations.model import Model, ResolvedCheck
from creditor.terms.finding import Finding

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

CLOSE = 1e-9


def check_findings(model: Model, values: Floats) -> list[Finding]:
    """Evaluate the checks of a model over a run.

    Parameters
    ----------
    model : Model
    values : array [slot, period, path]
        Period 0 is the opening.

    Returns
    -------
    list of Finding
        One for each check that fails, with the first period, the largest gap and how many paths; a failed check has
        no effect on the solution. What the text states about the opening is held against its cells.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> check_findings(model, np.zeros((len(model.slots), 2, 1)))
    []
    """
    found = []
    for stated in model.stated:
        left, right, _ = _sides(model, stated, values[:, :1], values[:, :1])
        away = float((left - right)[0, 0])
        if np.isfinite(away) and abs(away) > CLOSE * max(abs(float(right[0, 0])), 1e-300):
            cells, said = float(left[0, 0]), float(right[0, 0])
            sentence = f"{stated.title} is stated as {said:.10g}, the cells give {cells:.10g}: gap {away:.3g}. Cells rule."
            found.append(Finding("warning", str(stated.place), sentence, mend="change one of them, or keep the gap"))
    if values.shape[1] < 2:
        return found
    for check in model.checks:
        left, right, scale = _sides(model, check, values[:, 1:], values[:, :-1])
        gap = _gap(check.relation, left, right)
        bad = gap > CLOSE * np.maximum(scale, 1e-300)
        if bad.any():
            period, path = (int(x[0]) for x in np.nonzero(bad))
            sentence = f"check {check.title} fails from period {period + 1} on path {path}."
            evidence = f"largest gap {float(np.nanmax(gap[bad])):.6g}; {int(bad.any(axis=0).sum())} of {bad.shape[1]} paths"
            found.append(Finding("warning", str(check.place), sentence, evidence))
    return found


def settled_findings(model: Model, values: Floats) -> list[Finding]:
    """Claims that the budgets settle and that fall below zero: a tree of budgets cannot know signs.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> settled_findings(model, np.full((len(model.slots), 2, 1), -1.0))[0].place
    'money'
    """
    claims = {cell.slot for cell in model.claims}
    found = []
    for slot, title in model.settled.items():
        amounts = values[slot, 1:]
        if slot in claims and amounts.size and float(np.nanmin(amounts)) < 0:
            period, path = (int(x[0]) for x in np.nonzero(amounts < 0))
            sentence = f"{title} is settled by the budgets and is negative from period {period + 1} on path {path}."
            evidence = f"smallest value {float(np.nanmin(amounts)):.6g}"
            mend = "give another cell no equation, or change the behaviour that lets it run out"
            found.append(Finding("warning", title, sentence, evidence, mend))
    return found


def _sides(model: Model, check: ResolvedCheck, now: Floats, before: Floats) -> tuple[Floats, Floats, Floats]:
    """Left, right, and the largest of their additive terms."""
    tape = Tape(len(model.slots))
    left, right = tape.emit(check.left), tape.emit(check.right)
    terms = [tape.emit(term) for side in (check.left, check.right) for term in _terms(model, side)]
    shape = now.shape[1:]
    registers = np.full((tape.registers, shape[0] * shape[1]), np.nan)
    for register, number in tape.values.items():
        registers[register] = number
    registers[: tape.slots] = now.reshape(tape.slots, -1)
    registers[tape.slots : 2 * tape.slots] = before.reshape(tape.slots, -1)
    with np.errstate(all="ignore"):
        execute(bind(tape.rows, registers))
    scale = np.nanmax(np.abs(registers[terms]), axis=0)
    return registers[left].reshape(shape), registers[right].reshape(shape), scale.reshape(shape)


def _terms(model: Model, side: Expression) -> list[Expression]:
    """What a side adds up; net worth and saving, which may be nothing, stand for what they add up themselves."""
    found: list[Expression] = []
    for term in additive(side):
        equation = model.equations.get(term.slot) if isinstance(term, Cell) and not term.lag else None
        if equation is None or equation.kind not in ("net worth", "saving"):
            found.append(term)
            continue
        tree = equation.tree
        if isinstance(tree, Binary) and tree.operator == "/":  # in the sector's own money
            found += [Binary("/", part, tree.right) for part in additive(tree.left)]
        else:
            found += additive(tree)
    return found


def _gap(relation: str, left: Floats, right: Floats) -> Floats:
    if relation in ("=", "=="):
        return np.abs(left - right)
    if relation in (">=", ">"):
        return np.maximum(right - left, 0.0)
    if relation in ("<=", "<"):
        return np.maximum(left - right, 0.0)
    return np.where(left == right, 1.0, 0.0)
