"""Owns the stages of a period: what is solved one after the other, what together, and what needs what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from creditor.equations.model import EARLIER, Model
from creditor.equations.order import Step, needs, order
from creditor.terms.answer import Grid

LARGE = 60  # variables; in larger models the cells of one name are counted instead of listed


@dataclass(frozen=True, slots=True)
class Stage:
    """Equations that are solved one after the other, or a block that is solved together.

    Parameters
    ----------
    number : int
        From 1, what is needed first comes first.
    slots : tuple of int
        Everything that is decided here, payments included, in order of evaluation.
    tears : tuple of int
        Unknowns of a block; empty where one equation follows another.
    lines : tuple of tuple of str
        Names by depth: those of a line need only what stands above. A block has one line.
    unknowns : tuple of str
        Names of the tears.
    equations : int
        How many there are, payments among them; values that are only handed on as a longer lag do not count.
    after : tuple of int
        Numbers of the stages that this one needs, less those that these need in turn.
    """

    number: int
    slots: tuple[int, ...]
    tears: tuple[int, ...]
    lines: tuple[tuple[str, ...], ...]
    unknowns: tuple[str, ...]
    equations: int
    after: tuple[int, ...]

    @property
    def is_block(self) -> bool:
        """Whether it is solved together."""
        return bool(self.tears)


def stages(model: Model) -> list[Stage]:
    """The stages of a period, and which need which.

    Equations outside blocks that need the same blocks, directly or not, are one stage. Payments have no name
    of their own in a text and are left out of the names.

    Parameters
    ----------
    model : Model

    Returns
    -------
    list of Stage

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> [(stage.is_block, stage.after) for stage in stages(load_model("sim"))]
    [(False, ()), (True, (1,)), (False, (2,))]
    """
    graph = needs(model)
    groups = _groups(order(model), graph)
    place = {slot: number for number, group in enumerate(groups, 1) for slot in (*group.tears, *group.slots)}
    short = len(model.variables) > LARGE
    read = [
        {place[other] for slot in (*group.tears, *group.slots) for other in graph[slot]} - {number}
        for number, group in enumerate(groups, 1)
    ]
    found = []
    for number, group in enumerate(groups, 1):
        slots = (*group.tears, *group.slots)
        lines = [slots] if group.is_block else _by_depth(group.slots, graph)
        named = _named(model, lines, short)
        unknowns = tuple(dict.fromkeys(model.title(slot) for slot in group.tears))
        count = sum(model.equations[slot].kind != EARLIER for slot in slots)
        found.append(Stage(number, slots, group.tears, named, unknowns, count, _direct(number, read)))
    return found


def blocks_grid(model: Model) -> Grid:
    """Stages of a period as a table: what is solved one after the other, what together, on which unknowns.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> blocks_grid(load_model("sim")).rows[1][1]
    'together, on wages'
    """
    rows = []
    for stage in stages(model):
        how = f"together, on {', '.join(stage.unknowns)}" if stage.is_block else "one after the other"
        names = ", ".join(name for line in stage.lines for name in line)
        after = ", ".join(map(str, stage.after))
        rows.append((str(stage.number), how, str(stage.equations), names, after))
    note = "Equations count payments too."
    if len(model.variables) > LARGE:
        note += " (2) behind a name: two of its cells are decided here."
    heads = ("step", "solved", "equations", "names", "needs step")
    return Grid("blocks", "Order of solution", heads, tuple(rows), note)


def _groups(steps: list[Step], graph: dict[int, list[int]]) -> list[Step]:
    """Blocks, and recursive steps that need the same blocks put together; in an order that works."""
    behind: dict[int, frozenset[int]] = {}
    ranks: dict[tuple[bool, object], float] = {}
    parts: dict[tuple[bool, object], list[Step]] = {}
    for number, step in enumerate(steps):
        slots = (*step.tears, *step.slots)
        blocks = frozenset(b for slot in slots for other in graph[slot] for b in behind.get(other, ()))
        key: tuple[bool, object] = (True, number) if step.is_block else (False, blocks)
        ranks.setdefault(key, len(blocks) + 0.5 * step.is_block)
        parts.setdefault(key, []).append(step)
        behind |= dict.fromkeys(slots, blocks | {number} if step.is_block else blocks)
    return [
        Step(tuple(slot for step in parts[key] for slot in step.slots), parts[key][0].tears)
        for key in sorted(parts, key=lambda key: ranks[key])
    ]


def _by_depth(slots: Iterable[int], graph: dict[int, list[int]]) -> list[tuple[int, ...]]:
    """Slots of a recursive stage by how many others of it must come before."""
    depth: dict[int, int] = {}
    for slot in slots:
        depth[slot] = 1 + max((depth[other] for other in graph[slot] if other in depth), default=-1)
    found: list[list[int]] = [[] for _ in range(1 + max(depth.values(), default=-1))]
    for slot, level in depth.items():
        found[level].append(slot)
    return [tuple(line) for line in found]


def _named(model: Model, lines: Iterable[tuple[int, ...]], short: bool) -> tuple[tuple[str, ...], ...]:
    """Names of the variables of each line; in large models each name once, with its number of cells."""
    public = set(model.variables)
    if not short:
        named = [tuple(model.title(slot) for slot in line if slot in public) for line in lines]
        return tuple(line for line in named if line)
    counts: dict[str, int] = {}
    first: dict[str, int] = {}
    for level, line in enumerate(lines):
        for slot in line:
            if slot in public:
                name = _statement(model, slot)
                counts[name] = counts.get(name, 0) + 1
                first.setdefault(name, level)
    whole: dict[int, list[str]] = {}
    for name, level in first.items():
        whole.setdefault(level, []).append(f"{name} ({counts[name]})" if counts[name] > 1 else name)
    return tuple(tuple(whole[level]) for level in sorted(whole))


def _statement(model: Model, slot: int) -> str:
    """The name of a slot without its labels; net worth and saving with their sector."""
    name, _ = model.slots[slot]
    base, _, sector = name.partition(".")
    return f"{base}[{sector}]" if sector else name


def _direct(number: int, read: list[set[int]]) -> tuple[int, ...]:
    """Stages that one needs, less those that are needed through others."""
    through: set[int] = set()
    waiting = [other for first in read[number - 1] for other in read[first - 1]]
    while waiting:
        other = waiting.pop()
        if other not in through:
            through.add(other)
            waiting += read[other - 1]
    return tuple(sorted(read[number - 1] - through))
