"""Owns targets: levers are moved, by Newton steps over runs, until variables have the wanted values."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.program import Program, compile_model
from creditor.engine.run import LARGEST, Inputs, run, size_of, too_large
from creditor.errors import InputError, NoSolutionError, Trouble
from creditor.scenario.least_norm import least_norm
from creditor.scenario.policy import Goal, Lever, Policy
from creditor.scenario.scenario import Scenario
from creditor.scenario.variants import Variant, run_variants

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Givens = Callable[..., dict[int, Floats]]

REACHED, STOPPED = 1e-10, 1e-9  # of the size of a target: what is aimed at, and what is accepted
ROUNDS, NUDGE = 40, 1e-5
HALVINGS = tuple(0.5**k for k in range(30))
SCAN = 33  # values of a single lever that are tried between its bounds


@dataclass(frozen=True)
class Moved:
    """By how much a lever was moved.

    Parameters
    ----------
    title : str
    first, last : int
    change : float
        Added to the lever in each of these periods.
    before, after : float
        The lever in its first period; the median over paths.
    """

    title: str
    first: int
    last: int
    change: float
    before: float
    after: float

    def as_dict(self) -> dict[str, str | int | float]:
        """For JSON."""
        return {
            "lever": self.title,
            "from": self.first,
            "to": self.last,
            "change": self.change,
            "before": self.before,
            "after": self.after,
        }


def with_policy(
    policy: Policy, givens: Givens, starts: Mapping[int, float], scenario: Scenario
) -> tuple[Givens, tuple[Moved, ...]]:
    """The givens of a scenario with its add-factors, fixes and moved levers.

    Parameters
    ----------
    policy : Policy
    givens : callable
        From numbers of paths, all of them where they are left out, to series by slot.
    starts : mapping of slot to float
    scenario : Scenario

    Returns
    -------
    (callable, tuple of Moved)
        The same with the policy; by how much each lever was moved.

    Raises
    ------
    NoSolutionError
        S712 for a target that is not reached, with the nearest value.
    """
    moves = np.zeros(len(policy.levers))
    moved: tuple[Moved, ...] = ()
    if policy.goals:
        size = size_of(len(policy.goals), scenario.periods, scenario.paths, scenario.drawn)
        if size > LARGEST:
            raise InputError(too_large(size, scenario.periods, scenario.paths, "target"))
        everything = givens(range(scenario.paths)) | policy.series
        inputs = Inputs(scenario.periods, scenario.paths, everything, starts)
        moves, moved = reach(compile_model(policy.model), inputs, policy)

    def made(*some: Sequence[int]) -> dict[int, Floats]:
        found = givens(*some) | policy.series
        return found | move(policy, found, moves, scenario.periods)

    return made, moved


def move(policy: Policy, givens: Mapping[int, Floats], moves: Floats, periods: int) -> dict[int, Floats]:
    """The series of a policy's levers after they are moved."""
    found: dict[int, Floats] = {}
    for lever, amount in zip(policy.levers, moves, strict=True):
        for slot in lever.slots:
            plain = givens[slot] if slot in givens else np.full(periods, policy.model.givens[slot])
            series = found.setdefault(slot, np.array(plain))
            series[lever.first - 1 : lever.last] += amount
    return found


def reach(program: Program, inputs: Inputs, policy: Policy) -> tuple[Floats, tuple[Moved, ...]]:
    """Move the levers of a policy until its goals are met.

    Parameters
    ----------
    program : Program
        Of the policy's model.
    inputs : Inputs
        Of the scenario, without the levers' moves.
    policy : Policy

    Returns
    -------
    (array [lever], tuple of Moved)
        By how much each lever is moved.

    Raises
    ------
    NoSolutionError
        S712 with the nearest value that was reached.

    Notes
    -----
    Newton with derivatives by differences; all runs of a round are paths of one run. Several levers share a
    target so that the sum of their squared moves, each measured in its own size, is smallest. A lever stays
    within the bounds of its given. With several paths the median meets the target.

    Examples
    --------
    >>> from creditor.scenario.run import run_scenario
    >>> from creditor.scenario.scenario import make_scenario
    >>> aim = {"name": "wages", "value": 120.0, "from": 40, "by": ["public_spending"]}
    >>> found = run_scenario(make_scenario(model="sim", periods=40, target=[aim]))
    >>> round(float(found.result.series("wages")[40, 0]), 6), round(found.moved[0].after, 3)
    (120.0, 24.004)
    """
    search = _Search(program, inputs, policy)
    moves = search.solve()
    series = search.moved(moves)
    told = tuple(_told(series, search.base, lever, x) for lever, x in zip(policy.levers, moves, strict=True))
    return moves, told


def _told(series: dict[int, Floats], base: dict[int, Floats], lever: Lever, change: float) -> Moved:
    slot, period = lever.slots[0], lever.first - 1
    before, after = (float(np.median(values[slot][period])) for values in (base, series))
    return Moved(lever.title, lever.first, lever.last, float(change), before, after)


def _size(gap: Floats) -> float:
    """Length of a gap."""
    return math.sqrt(math.fsum(x * x for x in gap.tolist()))


class _Search:
    """The runs of a search, and the best that they have reached."""

    def __init__(self, program: Program, inputs: Inputs, policy: Policy) -> None:
        self.program, self.policy = program, policy
        self.goals: Sequence[Goal] = policy.goals
        self.kept = sorted({goal.slot for goal in self.goals})
        self.inputs = replace(inputs, keep=self.kept, periods=max(goal.period for goal in self.goals))
        self.starts = {slot: float(value) for slot, value in inputs.starts.items()}
        self.full = inputs
        numbers = program.model.givens
        slots = {slot for lever in policy.levers for slot in lever.slots}
        plain = {slot: np.full(inputs.periods, numbers[slot]) for slot in slots}
        self.base = {slot: np.asarray(inputs.givens.get(slot, plain[slot])) for slot in sorted(slots)}
        self.wanted = np.array([goal.value for goal in self.goals])
        self.best: tuple[float, Floats, Floats] = (np.inf, np.empty(0), np.empty(0))
        self.low, self.high = self._room()

    def moved(self, moves: Floats) -> dict[int, Floats]:
        """Levers after their moves, over all periods."""
        return move(self.policy, self.base, moves, self.full.periods)

    def _room(self) -> tuple[Floats, Floats]:
        """How far each lever may move down and up."""
        low, high = np.full((2, len(self.policy.levers)), np.inf)
        for number, lever in enumerate(self.policy.levers):
            for slot in lever.slots:
                if slot in self.program.model.bounds:
                    least, most = self.program.model.bounds[slot]
                    values = self.base[slot][lever.first - 1 : lever.last]
                    low[number] = min(low[number], float(values.min()) - least)
                    high[number] = min(high[number], most - float(values.max()))
        return -np.maximum(low, 0.0), np.maximum(high, 0.0)

    def values(self, moves: Sequence[Floats]) -> Floats:
        """The goals' cells after several moves: array [move, goal]; not-a-number without a solution."""
        tries = [Variant({**self.inputs.givens, **self.moved(one)}, self.starts) for one in moves]
        periods, paths, kept = self.inputs.periods, self.inputs.paths, self.kept
        rows = [(kept.index(goal.slot), goal.period) for goal in self.goals]
        found = np.full((len(moves), len(rows)), np.nan)
        for number, side in enumerate(run_variants(self.program, periods, paths, tries, kept)):
            if side.values is not None:
                found[number] = [np.median(side.values[row]) for row in rows]
        for one, values in zip(moves, found, strict=True):
            size = float(np.max(np.abs(self._gap(values))))
            if size < self.best[0]:
                self.best = (size, np.array(one), values)
        return found

    def _gap(self, values: Floats) -> Floats:
        """What is missing, in parts of the targets' sizes."""
        scale = np.where(self.wanted == 0, 1.0, np.abs(self.wanted))
        gap: Floats = np.where(np.isfinite(values), (self.wanted - values) / scale, np.inf)
        return gap

    def _sizes(self, start: Floats) -> Floats:
        """The size of each lever: of its values, of its room, or of what it is to move."""
        sizes = []
        for number, lever in enumerate(self.policy.levers):
            own = max(
                float(np.abs(self.base[slot][lever.first - 1 : lever.last]).max()) for slot in lever.slots
            )
            room = min(self.high[number] - self.low[number], 1e300)
            other = float(np.max(np.abs([*self.wanted, *np.nan_to_num(start)])))
            sizes.append(own or (room if room < 1e300 else other) or 1.0)
        return np.array(sizes)

    def solve(self) -> Floats:
        """The moves that meet the goals."""
        now = np.zeros(len(self.policy.levers))
        values = self.values([now])[0]
        if not np.isfinite(values).all():  # as the scenario stands it has no solution: let the error be told
            run(self.program, self.inputs)
        sizes = self._sizes(values)
        for _ in range(ROUNDS):
            if self.best[0] <= REACHED:
                break
            step = self._step(now, values, sizes)
            before = _size(self._gap(values))
            for parts in (
                HALVINGS[:1],
                HALVINGS[1:8],
                HALVINGS[8:],
            ):  # shorter ones only where longer ones fail
                tries = [np.clip(now + part * step, self.low, self.high) for part in parts]
                found = self.values(tries)
                gaps = [_size(self._gap(one)) for one in found]
                chosen = int(np.argmin(gaps))
                if gaps[chosen] < before:
                    break
            else:
                break
            now, values = tries[chosen], found[chosen]
        if self.best[0] > STOPPED and len(now) == len(self.goals) == 1:
            self._scan()
        if self.best[0] > STOPPED:
            raise self._missed(sizes)
        return self.best[1]

    def _step(self, now: Floats, values: Floats, sizes: Floats) -> Floats:
        """A Newton step within the bounds: levers at a bound that would leave it are held there."""
        nudges = np.where(now + NUDGE * sizes > self.high, -NUDGE, NUDGE) * sizes
        moved = self.values([now + nudges * unit for unit in np.eye(len(now))])
        scale = np.where(self.wanted == 0, 1.0, np.abs(self.wanted))
        slopes = ((moved - values) / (nudges[:, None] * scale)).T * sizes  # [goal, lever]
        slopes = np.where(np.isfinite(slopes), slopes, 0.0)
        step, free = np.zeros(len(now)), np.ones(len(now), dtype=bool)
        gap = np.where(np.isfinite(self._gap(values)), self._gap(values), 0.0)
        for _ in range(len(now)):
            held = [(slopes[:, k] * (step[k] / sizes[k])).tolist() for k in np.flatnonzero(~free)]
            rest = [math.fsum([x, *(-part[i] for part in held)]) for i, x in enumerate(gap.tolist())]
            step[free] = np.array(least_norm(slopes[:, free].tolist(), rest)) * sizes[free]
            outside = free & ((now + step < self.low) | (now + step > self.high))
            if not outside.any():
                break
            step[outside] = np.clip(now + step, self.low, self.high)[outside] - now[outside]
            free &= ~outside
        return step

    def _scan(self) -> None:
        """A single lever is tried between its bounds, and halved in where its target is passed."""
        if not (np.isfinite(self.low[0]) and np.isfinite(self.high[0])):
            return
        grid = np.linspace(self.low[0], self.high[0], SCAN)
        for _ in range(12):
            gaps = self._gap(self.values([np.array([x]) for x in grid]))[:, 0]
            passes = np.flatnonzero(np.isfinite(gaps[:-1] + gaps[1:]) & (gaps[:-1] * gaps[1:] <= 0))
            if not len(passes) or self.best[0] <= REACHED:
                return
            grid = np.linspace(grid[passes[0]], grid[passes[0] + 1], SCAN)

    def _missed(self, sizes: Floats) -> NoSolutionError:
        """What is said where goals are not met: the nearest that was reached, and where the levers are."""
        _, moves, values = self.best
        troubles = []
        after = self.moved(moves)
        told = []
        for number, lever in enumerate(self.policy.levers):
            value = float(np.median(after[lever.slots[0]][lever.first - 1]))
            near = 1e-9 * sizes[number]
            bound = moves[number] <= self.low[number] + near or moves[number] >= self.high[number] - near
            told.append(f"{lever.title} = {value:.6g}" + (", its bound" if bound else ""))
        gaps = np.abs(self._gap(values))
        calendar = self.program.model.calendar
        for goal, gap, value in zip(self.goals, gaps, values, strict=True):
            if gap > STOPPED:
                title = self.program.model.title(goal.slot)
                what = f"{title} does not reach {goal.value:.10g} in {calendar.title(goal.period)}"
                why = f"the nearest is {value:.10g}, with {'; '.join(told[:4])}"
                mend = "name another lever, let it begin earlier, widen its bounds, or aim nearer"
                troubles.append(Trouble("S712", goal.where, what, why, mend))
        return NoSolutionError(troubles)
