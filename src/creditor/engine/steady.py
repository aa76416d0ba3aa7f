"""Owns the steady state: where a model comes to rest and how it returns, or what grows at which rate."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.compare import residuals, sizes
from creditor.engine.program import Program
from creditor.engine.run import Certificate, Inputs, run
from creditor.engine.switches import switches_in
from creditor.equations.expressions import Binary
from creditor.equations.model import Model
from creditor.equations.order import cells_in
from creditor.errors import NoSolutionError, Trouble

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

FIRST, LONGEST = 256, 16_384  # periods of the first run and of the last
MEMORY = 4e8  # bytes of a run
WINDOW, NEAR = 16, 4  # periods at the end that are looked at, and those of them that are one moment
SETTLED, NOISE = 1e-11, 5e-13  # what may be left of the way; what rounding alone moves
EMPTY, CERTIFIED = 1e-10, 1e-9
SAME_RATE, SAME_STEP = 1e-8, 1e-6
NUDGE, FOLLOWED = 1e-4, 512  # by how much and how long a state is disturbed to see it return

HEARD, SILENCE, DIRECTIONS = 1e-11, 1e-14, 1e-4  # changes above rounding and below; directions above

Series = Callable[[int], Mapping[int, "Floats"]]  # from a number of periods to givens


@dataclass(frozen=True)
class Steady:
    """Where a model comes to rest, or how it grows.

    Parameters
    ----------
    values : dict of slot to float
        In the last period that was run; where nothing grows, the stationary state.
    periods : int
        After how many periods everything is within 1e-9 of it; where something grows, how many were run.
    rates, steps : dict of slot to float
        Growth per period of what grows at a rate, and change per period of what changes by an amount.
    path : array [slot, period]
        The way from the opening, as far as it was needed.
    residual, equation : float, str
        Largest scaled residual of any equation with every lag equal to today, and its place. Where something
        grows: by how much the rates miss the last 16 periods.
    certificate : Certificate
        Of the run.
    root : float or None
        By what a small deviation is multiplied each period in the long run; None where it was not measured.
    nothing : frozenset of slot
        Differences whose terms cancel but for rounding, such as saving at rest.
    """

    values: dict[int, float]
    periods: int
    path: Floats
    residual: float
    equation: str
    certificate: Certificate
    rates: dict[int, float] = field(default_factory=dict)
    steps: dict[int, float] = field(default_factory=dict)
    root: float | None = None
    nothing: frozenset[int] = frozenset()

    @property
    def is_stationary(self) -> bool:
        """Whether nothing grows."""
        return not self.rates and not self.steps

    @property
    def half_life(self) -> float | None:
        """Periods in which half of a deviation is gone; infinite where it does not go away."""
        if self.root is None:
            return None
        if self.root <= 0:
            return 0.0
        return math.log(0.5) / math.log(self.root) if self.root < 1 else math.inf


def steady(program: Program, series: Series, starts: Mapping[int, float], least: int = 0) -> Steady:
    """Follow a model from its opening until it comes to rest, or until all that moves grows steadily.

    The way is run, never guessed: an opening decides to which of several stationary states a model goes, and
    what is found has passed the certificate of a run. A change counts against what its equation is made of
    (`creditor.engine.compare.sizes`); what is left of the way is estimated from how fast changes shrink.

    Parameters
    ----------
    program : Program
    series : callable
        From a number of periods to the givens that change.
    starts : mapping of slot to float
        Openings that replace the text's.
    least : int
        Period of the last change of a given; only what comes after it counts.

    Raises
    ------
    NoSolutionError
        E621 from a period that has no solution; E631 where nothing is settled after 16,384 periods (fewer
        for a large model), with the slowest variable and its last relative change.

    Examples
    --------
    >>> from creditor.engine.program import compile_model
    >>> from creditor.equations.load import load_model
    >>> found = steady(compile_model(load_model("sim")), lambda periods: {}, {})
    >>> found.is_stationary, found.values[load_model("sim").slot("wages")], round(found.half_life, 2)
    (True, 100.0, 4.15)
    """
    periods = max(FIRST, 2 * least)
    most = max(periods, min(LONGEST, int(MEMORY / 8 / program.slots)))
    while True:
        result = run(program, Inputs(periods, 1, series(periods), starts))
        last = _first_rest(program.model, result.values[:, :, 0], least)
        if last.rests or last.grows:
            break
        if periods >= most:
            raise _restless(program.model, last, periods)
        periods = min(2 * periods, most)
    path, now = last.path, last.now
    if not last.rests:
        residual, equation = last.misfit()
        rates, steps = dict(last.rates), dict(last.steps)
        return Steady(
            now, periods, path, residual, equation, result.certificate, rates, steps, None, last.nothing
        )
    residual, equation = residuals(program.model, now, now)
    if not residual <= CERTIFIED:
        what = f"the equation for {equation} has a residual of {residual:.1e} with every lag equal to today"
        raise NoSolutionError(Trouble("E631", program.model.name, what, "", "report this: it is a defect"))
    root = _root(program, last, {slot: float(numbers[-1]) for slot, numbers in series(periods).items()})
    return Steady(
        now, last.reached(), path, residual, equation, result.certificate, {}, {}, root, last.nothing
    )


def _first_rest(model: Model, path: Floats, least: int) -> _End:
    """The first end, of some that are twice as late each time, at which a path rests; or its last one.

    A state may be stationary and not stable: rounding alone drives a path away from it, sooner or later.
    """
    end, last = least + 2 * WINDOW, path.shape[1] - 1
    while end < last:
        found = _End(model, path[:, : end + 1], growth=False)
        if found.rests:
            return found
        end *= 2
    return _End(model, path)


class _End:
    """The last periods of a path: whether it rests, or what grows."""

    def __init__(self, model: Model, path: Floats, growth: bool = True) -> None:
        self.model, self.path, self.slots = model, path, list(model.equations)
        self.now = dict(enumerate(path[:, -1].tolist()))
        found = sizes(model, self.now, dict(enumerate(path[:, -2].tolist())))
        self.size = np.array([found[slot] for slot in self.slots])
        self.last = path[self.slots, -WINDOW - 2 :]
        self.changes = np.diff(self.last, axis=1)
        with np.errstate(all="ignore"):
            shares = np.abs(self.changes) / self.size[:, None]
            shares = np.where(self.changes == 0, 0.0, shares)
        norms = shares.max(axis=0)
        self.slowest = self.slots[int(shares[:, -1].argmax())]
        self.change = float(norms[-1])
        early, late = float(norms[:NEAR].max()), float(norms[-NEAR:].max())  # changes may swing
        ratio = (late / early) ** (1 / (WINDOW + 1 - NEAR)) if early > 0 else 0.0
        left = late * ratio / (1 - ratio) if ratio < 1 else math.inf
        self.rests = late <= NOISE or left <= SETTLED
        empty = np.abs(self.last[:, -1]) <= EMPTY * self.size
        self.nothing = frozenset(slot for slot, here in zip(self.slots, empty, strict=True) if here)
        self.rates: dict[int, float] = {}
        self.steps: dict[int, float] = {}
        self.grows = growth and not self.rests and self._growth()

    def _growth(self) -> bool:
        """Sort what moves by rate or amount; False where something does neither steadily."""
        for slot, x, d, size in zip(self.slots, self.last, self.changes, self.size, strict=True):
            if abs(d[-1]) <= max(SAME_RATE * abs(x[-1]), EMPTY * size) or abs(x[-1]) <= EMPTY * size:
                continue
            if (x == 0).any() or d[-1] == 0:
                return False
            rates = d / x[:-1]
            apart, uneven = np.abs(rates - rates[-1]).max(), np.abs(d - d[-1]).max()
            by_rate, by_step = apart / rates[-1] ** 2, uneven / abs(rates[-1] * d[-1])
            if by_rate < by_step and apart <= SAME_RATE:
                self.rates[slot] = float(rates[-1])
            elif by_step <= by_rate and uneven <= SAME_STEP * abs(d[-1]):
                self.steps[slot] = float(d[-1])
            else:
                return False
        return bool(self.rates or self.steps)

    def misfit(self) -> tuple[float, str]:
        """By how much rates and steps miss the last periods, over what an equation is made of, and where."""
        worst, where = 0.0, ""
        for slot, x, size in zip(self.slots, self.last, self.size, strict=True):
            if slot in self.rates:
                told = x[0] * (1 + self.rates[slot]) ** (len(x) - 1)
            else:
                told = x[0] + self.steps.get(slot, 0.0) * (len(x) - 1)
            share = abs(told - x[-1]) / size if size else 0.0
            if share > worst:
                worst, where = float(share), self.model.title(slot)
        return worst, where

    def reached(self) -> int:
        """The first period from which on everything is within 1e-9 of the end."""
        gaps = np.abs(self.path[self.slots, 1:] - self.path[self.slots, -1:])
        far = (gaps > CERTIFIED * self.size[:, None]).any(axis=0)
        return int(np.flatnonzero(far)[-1]) + 2 if far.any() else 1


def _restless(model: Model, last: _End, periods: int) -> Exception:
    title = model.title(last.slowest)
    what = f"it does not settle in {periods:,} periods"
    why = f"{title} is slowest: its last change was {last.change:.1e} of what its equation is made of"
    return NoSolutionError(
        Trouble("E631", model.name, what, why, f"run it and look at {title}: it may go in cycles, or drift")
    )


def _root(program: Program, last: _End, givens: Mapping[int, float]) -> float | None:
    """Disturb every given a little for one period and see at which rate the changes that follow die away."""
    model = program.model
    held = {slot: np.full(FOLLOWED, number) for slot, number in {**model.givens, **givens}.items()}
    starts = dict(last.now) | {slot: float(series[0]) for slot, series in held.items()}
    for place, slot in enumerate(sorted(held.keys() - _compared(model))):
        held[slot][0] *= 1 + NUDGE * (2 * math.modf(0.6180339887498949 * (place + 1))[0] - 1)
    try:
        path = run(program, Inputs(FOLLOWED, 1, held, starts)).values[last.slots, 1:, 0]
    except NoSolutionError:
        return None
    with np.errstate(all="ignore"):
        changes = np.nan_to_num(np.diff(path, axis=1) / last.size[:, None], posinf=0.0, neginf=0.0)
    return _largest_root(changes)


def _largest_root(changes: Floats) -> float | None:
    """The largest modulus of the roots of a linear system from changes [variable, period] that it made.

    The map from each change to the next is estimated in the few directions that the later changes span
    (dynamic mode decomposition: Schmid 2010, Journal of Fluid Mechanics 656), each change scaled to one.
    None where the changes are too small to tell.
    """
    norms = np.abs(changes).max(axis=0)
    heard = np.flatnonzero(norms > HEARD)
    end = int(heard[-1]) if len(heard) else 0
    if end < 3:
        return 0.0 if (norms[end + 1 :] <= SILENCE).all() else None
    part = np.arange(end // 3, end)
    part = part[norms[part] > 0]
    before, after = changes[:, part] / norms[part], changes[:, part + 1] / norms[part]
    left, weights, right = np.linalg.svd(before, full_matrices=False)
    rank = int((weights > DIRECTIONS * weights[0]).sum())
    left, weights, right = left[:, :rank], weights[:rank], right[:rank]
    return float(np.abs(np.linalg.eigvals(left.T @ after @ right.T / weights)).max())


def _compared(model: Model) -> set[int]:
    """Givens that an equation asks to be equal to something: disturbed a little they would say no."""
    return {
        cell.slot
        for equation in model.equations.values()
        for switch in switches_in(equation.tree)
        if isinstance(switch, Binary) and switch.operator in ("==", "<>")
        for cell in cells_in(switch)
    }
