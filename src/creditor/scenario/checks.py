"""Owns the checks of a run: what a text says should hold, and its openings against its cells, as findings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.batch import bind, execute
from creditor.engine.tape import Tape, additive
from creditor.equations.expressions import Binary, Cell, Expression, Place
from creditor.equations.missing import missing_openings
from creditor.equations.model import Model, ResolvedCheck
from creditor.terms.finding import Finding

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]

CLOSE = 1e-9  # of the largest term
NOISE = 1e-12  # of the largest claim
PATHS = 64  # evaluated at once


def check_findings(
    model: Model, values: Floats, stored: Sequence[int] | None = None, before: int = 0
) -> list[Finding]:
    """Evaluate the checks of a model over a run.

    Parameters
    ----------
    model : Model
    values : array [slot, period, path]
        Period 0 is the opening.
    stored : sequence of int, optional
        Which slots ``values`` has, in order; all of them where it is left out.
    before : int
        Paths of a longer run that come before these.

    Returns
    -------
    list of Finding
        One for each check that fails or has no finite value, with the first period, the largest gap and how
        many paths; a failed check has no effect on the solution. What the text states about the opening is
        held against its cells.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> check_findings(model, np.zeros((len(model.slots), 2, 1)))
    []
    """
    found = []
    rows = np.array(range(len(model.slots)) if stored is None else stored, dtype=np.int64)
    for stated in model.stated:
        opening = values[:, :1, :1]
        cells, said, scale = (float(side[0, 0]) for side in _sides(model, stated, opening, opening, rows))
        away = cells - said
        if np.isfinite(away) and abs(away) > CLOSE * scale:
            found.append(_gap(stated, cells, said, CLOSE * scale))
    if values.shape[1] < 2:
        return found
    for check in model.checks:
        left, right, scale_of = _sides(model, check, values[:, 1:], values[:, :-1], rows)
        finite = np.isfinite(left) & np.isfinite(right)
        bad = ~finite | _broken(check.relation, left, right, CLOSE * scale_of)
        if bad.any():
            found.append(_failure(check, bad, finite, np.abs(left - right), model.calendar.title, before))
    return found


def _gap(stated: ResolvedCheck, cells: float, said: float, noise: float) -> Finding:
    """What is said of an opening that is not what the text states: a note where it accepts the gap."""
    away, place = cells - said, str(stated.place)
    sentence = f"{stated.title} is stated as {said:.10g}, the cells give {cells:.10g}: gap {away:.3g}"
    if abs(away) <= stated.room + noise:
        return Finding("note", place, f"{sentence}, which the text accepts. Cells rule.")
    name = stated.title.removeprefix("total of ")
    mend = f"change one of them, or accept it with start gap {name} = {_at_least(abs(away))}"
    return Finding("warning", place, f"{sentence}. Cells rule.", mend=mend)


def _at_least(size: float) -> str:
    """A number of two digits that is not smaller, noise aside."""
    unit = 10.0 ** (math.floor(math.log10(size)) - 1)
    return f"{math.ceil(size / unit - 1e-6) * unit:.2g}"


def missing_findings(
    model: Model, starts: Iterable[int], values: Floats, stored: Sequence[int] | None = None
) -> list[Finding]:
    """Notes about the openings that were computed from a stated total or net worth.

    Parameters
    ----------
    model : Model
    starts : iterable of slots
        That a scenario opens, besides those of the text.
    values : array [slot, period, path]
    stored : sequence of int, optional
        Which slots ``values`` has, in order; all of them where it is left out.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> missing_findings(model, (), np.zeros((len(model.slots), 1, 1)))
    []
    """
    rows = list(range(len(model.slots)) if stored is None else stored)
    found = []
    for slot, one in missing_openings(model, {*model.givens, *model.starts, *starts}).items():
        opens, stated = float(values[rows.index(slot), 0, 0]), one.stated
        said = f"{stated.title} is stated and the rest of it is known"
        sentence = f"{model.title(slot)} opens with {opens:.10g}, which is computed: {said}."
        mend = f"write start {model.title(slot)} = ... to say it yourself"
        found.append(Finding("note", str(stated.place), sentence, mend=mend))
    return found


def settled_findings(
    model: Model, values: Floats, stored: Sequence[int] | None = None, before: int = 0
) -> list[Finding]:
    """Claims that fall below zero: settled ones, whose sign a tree of budgets cannot know, and decided ones.

    Parameters as for `check_findings`.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> settled_findings(model, np.full((len(model.slots), 2, 1), -1.0))[0].place
    'money'
    """
    claims = [cell.slot for cell in model.claims]
    row_of = {slot: row for row, slot in enumerate(range(len(model.slots)) if stored is None else stored)}
    found: list[Finding] = []
    if not claims or values.shape[1] < 2:
        return found
    numbers = {slot: values[row_of[slot], 1:] for slot in claims}
    least = -NOISE * max(float(np.nanmax(np.abs(rows), initial=0.0)) for rows in numbers.values())
    below = {slot: rows < least for slot, rows in numbers.items() if (rows < least).any()}
    mend = "give another cell no equation, or change the behaviour that lets it run out"
    for slot in (slot for slot in model.settled if slot in below):
        said = "is settled by the budgets"
        found.append(_below(model, model.title(slot), said, {slot: below[slot]}, numbers, mend, before))
    decided: dict[Place, dict[int, Flags]] = {}
    for slot in (slot for slot in below if slot not in model.settled):
        decided.setdefault(model.equations[slot].place, {})[slot] = below[slot]
    mend = "bound it, such as hold ... = max(0, ...), unless its holder is meant to owe"
    for place, cells in decided.items():
        found.append(_below(model, str(place), "is decided by its equation", cells, numbers, mend, before))
    return found


def _below(
    model: Model,
    place: str,
    how: str,
    cells: dict[int, Flags],
    numbers: dict[int, Floats],
    mend: str,
    before: int,
) -> Finding:
    """What is said of claims of one statement that are below zero: the first of them, and how many."""
    firsts = {slot: _first(below) for slot, below in cells.items()}
    slot = min(firsts, key=lambda slot: firsts[slot])
    period, path = firsts[slot]
    when = f"from {model.calendar.title(period)} on path {before + path}"
    evidence = f"smallest value {min(float(np.nanmin(numbers[slot])) for slot in cells):.6g}"
    if len(cells) > 1:
        evidence += f"; {len(cells)} cells of this statement are negative at some time"
    return Finding("warning", place, f"{model.title(slot)} {how} and is negative {when}.", evidence, mend)


def _failure(
    check: ResolvedCheck,
    bad: Flags,
    finite: Flags,
    gaps: Floats,
    told: Callable[[int], str],
    before: int,
) -> Finding:
    """What is said of a check that fails somewhere; places without a finite value are named first."""
    paths = f"{int(bad.any(axis=0).sum())} of {bad.shape[1]} paths"
    if not finite.all():
        period, path = _first(~finite)
        sentence = f"check {check.title} has no finite value from {told(period)} on path {before + path}."
        return Finding("warning", str(check.place), sentence, paths)
    period, path = _first(bad)
    sentence = f"check {check.title} fails from {told(period)} on path {before + path}."
    evidence = f"largest gap {float(gaps[bad].max()):.6g}; {paths}"
    return Finding("warning", str(check.place), sentence, evidence)


def _first(flags: Flags) -> tuple[int, int]:
    """The first period, counted from 1, in which a flag is up, and the first path there."""
    period, path = (int(places[0]) for places in np.nonzero(flags))
    return period + 1, path


def _broken(relation: str, left: Floats, right: Floats, room: Floats) -> Flags:
    """Where a relation does not hold, with room for rounding; a strict one has none."""
    if relation in ("=", "=="):
        return np.abs(left - right) > room
    if relation == "<>":
        return np.abs(left - right) <= room
    if relation in (">=", "<="):
        return (right - left if relation == ">=" else left - right) > room
    return ~(left > right if relation == ">" else left < right)


def _sides(
    model: Model, check: ResolvedCheck, now: Floats, before: Floats, slots: npt.NDArray[np.int64]
) -> tuple[Floats, Floats, Floats]:
    """Left, right, and the largest of their additive terms, by period and path."""
    tape = Tape(len(model.slots))
    sides = [tape.emit(check.left), tape.emit(check.right)]
    terms = [tape.emit(term) for side in (check.left, check.right) for term in _terms(model, side)]
    rows = tape.take()
    parts = []
    for path in range(0, now.shape[2], PATHS):
        today, yesterday = now[:, :, path : path + PATHS], before[:, :, path : path + PATHS]
        shape = today.shape[1:]
        registers = np.full((tape.registers, shape[0] * shape[1]), np.nan)
        for register, number in tape.values.items():
            registers[register] = number
        registers[slots] = today.reshape(len(slots), -1)
        registers[tape.slots + slots] = yesterday.reshape(len(slots), -1)
        with np.errstate(all="ignore"):
            execute(bind(rows, registers))
        sizes = np.abs(registers[[*sides, *terms]])
        scale = np.where(np.isfinite(sizes), sizes, 0.0).max(axis=0)
        parts.append([one.reshape(shape) for one in (*registers[sides], scale)])
    left, right, scale = (np.concatenate(part, axis=1) for part in zip(*parts, strict=True))
    return left, right, scale


def _terms(model: Model, side: Expression) -> list[Expression]:
    """What a side adds up; net worth and saving, which may be nothing, stand for what they add up."""
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
