"""Owns attribution: a difference of two scenarios, split by what they change or by equations.

Each part is run by itself on the same draws; what they do together beyond their sum is a part of its
own, the interaction. So the parts always sum to the difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from creditor.engine.program import compile_model
from creditor.equations.interventions import intervene
from creditor.equations.model import Model
from creditor.equations.order import cells_in
from creditor.errors import InputError, Trouble, Troubles
from creditor.scenario.kept import named_cells
from creditor.scenario.layout import Layout, lay_out
from creditor.scenario.scenario import Scenario
from creditor.scenario.variants import Side, Variant, run_variants

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

By = Literal["changes", "equations"]
_KINDS = {"add_factor": "add", "mask": "fix", "fixed_value": "fix"}


@dataclass(frozen=True)
class Part:
    """What one change, or what one equation sees of all changes, does to each variable.

    Parameters
    ----------
    title : str
    alone : array [variable, period]
        The effect of this part with no other.
    last : array [variable, period]
        What is lost of the whole when this part alone is taken back.
    """

    title: str
    alone: Floats
    last: Floats


@dataclass(frozen=True)
class Attribution:
    """A difference and its parts; means over paths.

    Parameters
    ----------
    by : str
        ``changes`` or ``equations``.
    variables : tuple of str
    total : array [variable, period]
        Second scenario less first.
    parts : tuple of Part
    layout : Layout
    """

    by: By
    variables: tuple[str, ...]
    total: Floats
    parts: tuple[Part, ...]
    layout: Layout

    @property
    def interaction(self) -> Floats:
        """What the parts do together beyond the sum of what each does alone."""
        found: Floats = self.total - sum((part.alone for part in self.parts), np.zeros_like(self.total))
        return found


def attribute(first: Scenario, second: Scenario, variables: Sequence[str], by: By = "changes") -> Attribution:
    """Split the difference of two scenarios.

    Parameters
    ----------
    first, second : Scenario
        Of one model, horizon, number of paths and set of figures.
    variables : sequence of str
        Cells, or names that stand for all of theirs.
    by : {"changes", "equations"}
        By given, add-factor, fix and opening that differ; or by the equation through which they act: every
        equation that reads a changed given reads its own copy, and the copies are changed one by one.

    Raises
    ------
    InputError
        S702 where the scenarios do not fit together, differ in nothing, or a variable is not there.
    NoSolutionError
        Where one of the runs has no solution; it says which.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> changes = [{"name": "public_spending", "value": 25.0}, {"name": "tax_rate", "value": 0.25}]
    >>> both = make_scenario(model="sim"), make_scenario(model="sim", set=changes)
    >>> found = attribute(*both, ["wages"])
    >>> [(part.title, round(float(part.alone[0, -1]), 3)) for part in found.parts]
    [('public_spending', 25.0), ('tax_rate', -20.0)]
    >>> round(float(found.total[0, -1]), 3), round(float(found.interaction[0, -1]), 3)
    (0.0, -5.0)
    """
    layout = lay_out([first, second])
    troubles = Troubles()
    slots = tuple(
        dict.fromkeys(s for name in variables for s in named_cells(layout.plain, name, "--of", troubles))
    )
    troubles.raise_if_any()
    model, one, other, parts = _parted(layout, first, by)
    if not parts:
        what, mend = "the scenarios differ in nothing that a run reads", "change something in one of them"
        raise InputError(Trouble("S702", "compare", what, "", mend))
    tries = [one, other]
    for part in parts.values():
        tries += [_with(one, other, part), _with(other, one, part)]
    names = ["first", "second", *(f"{word} {title}" for title in parts for word in ("only", "all but"))]
    sides = run_variants(compile_model(model), first.periods, first.paths, tries, slots)
    means = [_mean(side, name) for side, name in zip(sides, names, strict=True)]
    found = tuple(
        Part(title, means[2 + 2 * n] - means[0], means[1] - means[3 + 2 * n]) for n, title in enumerate(parts)
    )
    titles = tuple(layout.plain.title(slot) for slot in slots)
    return Attribution(by, titles, means[1] - means[0], found, layout)


def _mean(side: Side, name: str) -> Floats:
    """Means over paths; an error says in which run it is."""
    if side.error is not None:
        raise type(side.error)(
            [
                Trouble(t.code, f"{t.where}, run with {name}", t.what, t.why, t.mend)
                for t in side.error.troubles
            ]
        )
    assert side.values is not None
    found: Floats = side.values.mean(axis=2)
    return found


Slots = tuple[frozenset[int], frozenset[int]]  # of givens, of openings


def _with(base: Variant, other: Variant, part: Slots) -> Variant:
    """A variant with a part of another's numbers."""
    givens, starts = dict(base.givens), dict(base.starts)
    for slot in part[0]:
        givens.pop(slot, None)
    for slot in part[1]:
        starts.pop(slot, None)
    givens |= {slot: other.givens[slot] for slot in part[0] & other.givens.keys()}
    starts |= {slot: other.starts[slot] for slot in part[1] & other.starts.keys()}
    return Variant(givens, starts)


def _parted(layout: Layout, first: Scenario, by: By) -> tuple[Model, Variant, Variant, dict[str, Slots]]:
    """The model, both sides, and the slots of each part by title."""
    model = layout.prepared.model
    one, other = layout.variants
    givens = [
        slot
        for slot in sorted({*one.givens, *other.givens})
        if not _same(one.givens.get(slot), other.givens.get(slot), model.givens[slot])
    ]
    starts = [s for s in sorted({*one.starts, *other.starts}) if one.starts.get(s) != other.starts.get(s)]
    parts: dict[str, tuple[set[int], set[int]]] = {}
    if by == "changes":
        for slot in givens:
            parts.setdefault(_title(model, slot), (set(), set()))[0].add(slot)
    else:
        model, one, other = _apart(model, givens, one, other, parts)
    for slot in starts:
        title = f"start {model.title(slot)}" if by == "changes" else "openings"
        parts.setdefault(title, (set(), set()))[1].add(slot)
    return model, one, other, {title: (frozenset(a), frozenset(b)) for title, (a, b) in parts.items()}


def _same(one: Floats | None, other: Floats | None, plain: float) -> bool:
    """Whether two series are equal; none is the number of the text."""
    if one is None and other is None:
        return True
    left, right = (np.asarray(plain) if series is None else _column(series) for series in (one, other))
    return bool((left == right).all())


def _column(series: Floats) -> Floats:
    return series[:, None] if series.ndim == 1 else series


def _title(model: Model, slot: int) -> str:
    """What a change is called: a given by its name, an add-factor or a fix by the variable."""
    kind, _, name = model.slots[slot][0].partition(".")
    if not name:
        return model.title(slot)
    labels = [label for label in model.slots[slot][1] if label]
    return f"{_KINDS[kind]} {name}" + (f"[{', '.join(labels)}]" if labels else "")


def _apart(
    model: Model,
    givens: Sequence[int],
    one: Variant,
    other: Variant,
    parts: dict[str, tuple[set[int], set[int]]],
) -> tuple[Model, Variant, Variant]:
    """Every equation that reads a changed given gets copies of its own; a part is one statement's copies."""
    wanted = set(givens)
    reads = {
        slot: sorted({cell.slot for cell in cells_in(equation.tree)} & wanted)
        for slot, equation in model.equations.items()
    }
    reads = {slot: found for slot, found in reads.items() if found}
    changed = intervene(model, apart=reads)
    sides: list[dict[int, Floats]] = [dict(one.givens), dict(other.givens)]
    cells: dict[int, list[int]] = {}
    for slot in reads:
        cells.setdefault(model.equations[slot].statement or -1 - slot, []).append(slot)
    for (key, given), copy in changed.own.items():
        for side in sides:
            if given in side:
                side[copy] = side[given]
        title = _equation_title(model, cells[key])
        parts.setdefault(title, (set(), set()))[0].add(copy)
    return changed.model, Variant(sides[0], one.starts), Variant(sides[1], other.starts)


def _equation_title(model: Model, slots: Sequence[int]) -> str:
    """An equation by its left side; cells of one statement by their name and how many they are."""
    title = model.title(slots[0])
    return title if len(slots) == 1 else f"{title.partition('[')[0]} ({len(slots)} cells)"


def rows_of(found: Attribution, variable: int) -> Mapping[str, Floats]:
    """The parts of one variable by title, the interaction and the difference last; arrays [period].

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> spend = make_scenario(model="sim", set=[{"name": "public_spending", "value": 25.0}])
    >>> list(rows_of(attribute(make_scenario(model="sim"), spend, ["wages"], "equations"), 0))
    ['purchases', 'interaction', 'difference']
    """
    rows = {part.title: part.alone[variable] for part in found.parts}
    return rows | {"interaction": found.interaction[variable], "difference": found.total[variable]}
