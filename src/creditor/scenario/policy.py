"""Owns policy: add-factors, fixes and targets of a scenario, resolved, checked, and put into its model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from creditor.equations.interventions import Intervened, intervene, refusal
from creditor.equations.model import Model
from creditor.errors import InputError, Troubles
from creditor.scenario.scenario import AddChange, FixChange, Scenario, TargetChange
from creditor.terms.finding import Finding
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_LEVER = re.compile(r"\s*(add\s+)?([^@]+?)\s*(?:@\s*([\w-]+)\s*(?::\s*([\w-]+)\s*)?)?", re.ASCII)
Put = AddChange | FixChange


@dataclass(frozen=True)
class Goal:
    """A cell that is to have a value in a period."""

    slot: int
    period: int
    value: float
    where: str


@dataclass(frozen=True)
class Lever:
    """Givens that are moved by one amount from one period to another.

    Parameters
    ----------
    title : str
        As it is written.
    slots : tuple of int
        Of givens, add-factors among them.
    first, last : int
        Periods, both included.
    """

    title: str
    slots: tuple[int, ...]
    first: int
    last: int


@dataclass(frozen=True)
class Policy:
    """A model with the interventions of a scenario.

    Parameters
    ----------
    model : Model
        With slots for add-factors and fixes; the model itself where there are none.
    series : dict of slot to array [period]
        Add-factors, masks and fixed values.
    goals : tuple of Goal
    levers : tuple of Lever
    notes : tuple of Finding
        Which equations are suspended when, and which markets are therefore not cleared.
    """

    model: Model
    series: dict[int, Floats] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()
    levers: tuple[Lever, ...] = ()
    notes: tuple[Finding, ...] = ()


def read_policy(model: Model, scenario: Scenario, troubles: Troubles) -> Policy:
    """Resolve what a scenario adds to equations, fixes and targets.

    Parameters
    ----------
    model : Model
    scenario : Scenario
        With numbers of periods, see `creditor.scenario.dated`.
    troubles : Troubles
        S702 for a name, a period or a lever that does not fit; S711 for a cell that has no equation of its
        own, for a fix and a target of one cell in one period, for a lever that a fix suspends.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> from creditor.scenario.scenario import make_scenario
    >>> more = {"name": "purchases", "value": 2.0, "from": 3}
    >>> policy = read_policy(load_model("sim"), make_scenario(model="sim", periods=4, add=[more]), Troubles())
    >>> list(policy.series.values())
    [array([0., 0., 2., 2.])]
    """
    (policy,) = read_policies(model, [scenario], troubles)
    return policy


def read_policies(model: Model, scenarios: Sequence[Scenario], troubles: Troubles) -> list[Policy]:
    """Resolve several scenarios of one model; all of them share one changed model, and so one program.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> from creditor.scenario.scenario import make_scenario
    >>> more = make_scenario(model="sim", periods=2, add=[{"name": "purchases", "value": 2.0}])
    >>> both = [make_scenario(model="sim", periods=2), more]
    >>> none, some = read_policies(load_model("sim"), both, Troubles())
    >>> list(none.series.values()), list(some.series.values())
    ([array([0., 0.])], [array([2., 2.])])
    """
    if not any(scenario.add or scenario.fix or scenario.target for scenario in scenarios):
        return [Policy(model) for _ in scenarios]
    read = []
    for scenario in scenarios:
        reading = _Reading(model, scenario, troubles)
        adds, fixes = reading.table("add", scenario.add), reading.table("fix", scenario.fix)
        read.append((reading, adds, fixes, *reading.targets()))
    every_add = [slot for _, adds, _, _, _ in read for slot, _ in adds]
    every_add += [slot for *_, wanted in read for w in wanted if w.is_add for slot in w.slots]
    changed = intervene(model, every_add, [slot for _, _, fixes, _, _ in read for slot, _ in fixes])
    return [_policy(changed, *one) for one in read]


def _policy(
    changed: Intervened,
    reading: _Reading,
    adds: list[tuple[int, Put]],
    fixes: list[tuple[int, Put]],
    goals: list[Goal],
    wanted: list[_Wanted],
) -> Policy:
    """One scenario's numbers for the slots of a changed model."""
    every = (*changed.add.values(), *changed.mask.values(), *changed.value.values())
    series = {slot: np.zeros(reading.scenario.periods) for slot in every}
    for slot, entry in adds:
        series[changed.add[slot]][int(entry.first) - 1 : entry.last] += entry.value
    for slot, entry in fixes:
        series[changed.value[slot]][int(entry.first) - 1 : entry.last] = entry.value
        series[changed.mask[slot]][int(entry.first) - 1 : entry.last] = 1.0
    reading.quarrels(changed, series, goals, wanted)
    levers = tuple(
        Lever(w.title, tuple(changed.add[s] if w.is_add else s for s in w.slots), w.first, w.last)
        for w in wanted
    )
    return Policy(changed.model, series, tuple(goals), levers, _notes(reading, fixes))


def _notes(reading: _Reading, fixes: list[tuple[int, Put]]) -> tuple[Finding, ...]:
    """One note for each cell that is fixed."""
    found, told = [], reading.model.calendar.dated
    for slot, entry in fixes:
        title = reading.model.title(slot)
        end = "on" if entry.last is None else f"to {told(int(entry.last))}"
        said = f"The equation for {title} is suspended from {told(int(entry.first))} {end}."
        market = reading.model.equations[slot].kind == "find"
        if market:
            said = said.replace("The equation for", "The market of") + " Nothing clears it there."
        found.append(Finding("note", f"fix {entry.name}", said))
    return tuple(found)


@dataclass(frozen=True)
class _Wanted:
    """A lever before its add-factors have slots."""

    title: str
    is_add: bool
    slots: tuple[int, ...]
    first: int
    last: int
    where: str


class _Reading:
    """Names and periods of a scenario's interventions, with all that is wrong with them."""

    def __init__(self, model: Model, scenario: Scenario, troubles: Troubles) -> None:
        self.model, self.scenario, self.troubles = model, scenario, troubles
        self.variables = {model.title(slot): slot for slot in model.variables}
        self.givens = {model.title(slot): slot for slot in model.givens}

    def table(self, kind: str, entries: Sequence[Put]) -> list[tuple[int, Put]]:
        """Cells of add-factors or fixes, each with its entry."""
        found = []
        for entry in entries:
            where = f"{kind} {entry.name}"
            if self._periods(entry, where):
                found += [(slot, entry) for slot in self._equations(entry.name, where)]
        return found

    def targets(self) -> tuple[list[Goal], list[_Wanted]]:
        """Goals and the levers that are to reach them; a lever without periods acts with its target."""
        goals: list[Goal] = []
        levers: dict[tuple[bool, tuple[int, ...], int, int], _Wanted] = {}
        for entry in self.scenario.target:
            where = f"target {entry.name}"
            slots = self._named(entry.name, self.variables, where)
            if len(slots) > 1:
                what = f"{entry.name} has {len(slots)} cells"
                mend = f"name one, such as {self.model.title(slots[0])}"
                self.troubles.add("S702", where, what, "a target is about one cell", mend)
            if not self._periods(entry, where) or len(slots) != 1:
                continue
            first, last = int(entry.first), int(entry.last or entry.first)
            last = min(last, self.scenario.periods)
            for period in range(first, last + 1):
                if any(goal.slot == slots[0] and goal.period == period for goal in goals):
                    what = f"{entry.name} has two targets in {self.model.calendar.title(period)}"
                    self.troubles.add("S711", where, what, "", "keep one of them")
                goals.append(Goal(slots[0], period, entry.value, where))
            for text in entry.by:
                for lever in self._levers(text, first, last, where):
                    levers.setdefault((lever.is_add, lever.slots, lever.first, lever.last), lever)
        return goals, list(levers.values())

    def _levers(self, text: str, first: int, last: int, where: str) -> list[_Wanted]:
        """One lever over its own periods, or from period 1 on; one for each period of a longer target."""
        match = _LEVER.fullmatch(text)
        if match is None:
            mend = "write a given or add X, with periods where they matter: tax_rate@5:9"
            self.troubles.add("S702", where, f"{text[:60]!r} is no lever", "", mend)
            return []
        add, name = bool(match[1]), match[2]
        known = self.variables if add else self.givens
        slots = self._equations(name, where) if add else self._named(name, known, where, lever=True)
        title = ("add " if add else "") + (self._told(name, known) if slots else name)
        if not slots:
            return []
        if match[3] is None:
            spans = (
                [(1, self.scenario.periods)] if last == first else [(t, t) for t in range(first, last + 1)]
            )
        else:
            try:
                begin, end = (
                    None if part is None else self.model.calendar.number(_number(part), where)
                    for part in match.groups()[2:]
                )
            except InputError as error:
                self.troubles.items.extend(error.troubles)
                return []
            spans = [(begin or 1, min(end or self.scenario.periods, self.scenario.periods))]
        if spans[0][0] > min(last, spans[0][1]):
            what = f"lever {title} begins in {self.model.calendar.title(spans[0][0])}"
            self.troubles.add(
                "S702", where, what, "the target, or the lever's last period, is earlier", "begin earlier"
            )
            return []
        return [_Wanted(title, add, tuple(slots), begin, end, where) for begin, end in spans]

    def quarrels(
        self, changed: Intervened, series: dict[int, Floats], goals: Sequence[Goal], levers: Sequence[_Wanted]
    ) -> None:
        """Interventions that would undo each other."""
        said = set()
        for goal in goals:
            mask = changed.mask.get(goal.slot)
            if mask is not None and series[mask][goal.period - 1] and goal.where not in said:
                said.add(goal.where)
                what = f"{self.model.title(goal.slot)} is fixed in {self.model.calendar.title(goal.period)}"
                self.troubles.add(
                    "S711", goal.where, what, "no lever moves it there", "drop the fix or the target"
                )
        for lever in levers:
            for slot in lever.slots if lever.is_add else ():
                mask = changed.mask.get(slot)
                if mask is not None and series[mask][lever.first - 1 : lever.last].all():
                    what = f"lever {lever.title} has no effect: {self.model.title(slot)} is fixed"
                    self.troubles.add("S711", lever.where, what, "", "drop the fix, or take another lever")
        if self.scenario.target and levers and len(levers) < len(goals):
            what = f"{len(goals)} targets have {len(levers)} levers"
            why, mend = (
                "there must be as many levers as targets, or more",
                "name another lever for one of them",
            )
            self.troubles.add("S711", "target", what, why, mend)

    def _equations(self, name: str, where: str) -> list[int]:
        """Cells of a variable that have equations of their own; others are refused by name."""
        slots = self._named(name, self.variables, where)
        for slot in slots:
            if why := refusal(self.model, slot):
                deed = "fixed" if where.startswith("fix") else "added to"
                what = f"{self.model.title(slot)} cannot be {deed}"
                mend = "name a cell that a statement of the text decides"
                self.troubles.add("S711", where, what, why, mend)
        return slots

    def _named(self, name: str, known: dict[str, int], where: str, lever: bool = False) -> list[int]:
        """Cells of a name: all of them where it has no brackets."""
        wanted = name.replace(" ", "").replace(",", ", ")
        found = [slot for title, slot in known.items() if wanted in (title, title.partition("[")[0])]
        if not found:
            other = self.givens if known is self.variables else self.variables
            why = ""
            if any(wanted in (title, title.partition("[")[0]) for title in other):
                told = "given: set it" if other is self.givens else f"decided: the lever is add {wanted[:60]}"
                why = f"{wanted[:60]} is {told}"
            what = f"{self.model.name} has no {'given' if lever else 'variable'} {wanted[:60]!r}"
            self.troubles.add("S702", where, what, why, mend_with(wanted[:60], known))
        return found

    def _told(self, name: str, known: dict[str, int]) -> str:
        wanted = name.replace(" ", "").replace(",", ", ")
        return next((title for title in known if title == wanted), wanted)

    def _periods(self, entry: Put | TargetChange, where: str) -> bool:
        """Whether an entry happens at all."""
        first, last, told = int(entry.first), entry.last, self.model.calendar
        if last is not None and int(last) < first:
            when = f"from {told.dated(first)} to {told.dated(int(last))}"
            self.troubles.add("S702", where, when, "it ends before it begins", "swap them")
            return False
        if first > self.scenario.periods:
            what = f"it begins in {told.title(first)}, {self.scenario.periods} are run"
            self.troubles.add(
                "S702", where, what, "it would change nothing", "run more periods, or begin earlier"
            )
            return False
        return True


def _number(text: str) -> int | str:
    """A period as written: a number or a date."""
    return int(text) if text.isdigit() else text
