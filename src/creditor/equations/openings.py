"""Owns openings and checks: what a text says about period 0, and what should hold in every period."""

from __future__ import annotations

from dataclasses import replace

from creditor.equations.convert import Conversions
from creditor.equations.declare import Declarations
from creditor.equations.expressions import Cell, Expression, Number, Place
from creditor.equations.held import stated_cells
from creditor.equations.model import EARLIER, Model, ResolvedCheck
from creditor.equations.resolve import Resolver, constant
from creditor.equations.show import to_text
from creditor.equations.spaces import HOLDER, Labels, Range, Space, every
from creditor.equations.special import Stated, decide, quarrel
from creditor.equations.statements import Check, Spot, Start
from creditor.errors import InputError, Trouble, Troubles
from creditor.terms.suggest import mend_with

DERIVED = ("net_worth", "saving")


def start_cells(model: Model, start: Start) -> tuple[Space, list[Labels]]:
    """What a start is about, and its cells.

    Raises
    ------
    InputError
        E610, E616 for a name or cell that is not there.
    """
    name, index = start.spot.name, start.spot.index
    if name in DERIVED and index:
        name, index = f"{name}.{index[0]}", index[1:]
    space = model.spaces.get(name)
    if space is None and name != start.spot.name:
        what = f"no such sector {start.spot.index[0]!r}"
        mend = mend_with(start.spot.index[0], model.draft.sectors)
        raise InputError(Trouble("E610", str(start.place), what, "", mend))
    if space is None:
        mend = mend_with(name, model.public_names)
        raise InputError(Trouble("E610", str(start.place), f"no such name {name!r}", "", mend))
    return space, stated_cells(model, space, index, start.place)


class Openings:
    """Takes the `start` and `check` statements of a draft into a model."""

    def __init__(
        self, model: Model, declared: Declarations, resolver: Resolver, conversions: Conversions
    ) -> None:
        self.model, self.declared, self.resolver = model, declared, resolver
        self.conversions = conversions
        self.stated: dict[int, list[Stated[float]]] = {}
        self.about: dict[Spot, list[int]] = {}
        self.gaps: list[Start] = []

    def start(self, start: Start) -> None:
        """One opening value: a number for a cell, or a statement about cells (a total, a net worth).

        Raises
        ------
        InputError
            E610, E616 for a name or cell that is not there; E615 for a value that is not a number.
        """
        space, cells = start_cells(self.model, start)
        name = space.name
        told = name != start.spot.name  # what is told of the cells of a sector, unless it is about earlier
        if start.gap:
            self.gaps.append(start)
            return
        if start.total:
            self._total(start, space, cells)
            return
        for cell in cells:
            slot = self.model.slot_of[name, cell]
            tree = self._tree(start.value, dict(zip(space.dims, cell, strict=True)))
            value = constant(tree, self.model.givens.get, str(start.place))
            if start.lag:
                earlier = self.model.slot_of.get((f"{EARLIER}.{start.lag}.{name}", cell))
                if earlier is not None:  # read by somebody; remarks tell of those that nobody reads
                    named = self.model.draft.named.get(start.place, 0)
                    stated = Stated(frozenset(cells), start.place, value, named)
                    self.stated.setdefault(earlier, []).append(stated)
            elif told:
                self._state(Cell(slot), value, space.show(cell), start)
            else:
                named = self.model.draft.named.get(start.place, 0)
                self.stated.setdefault(slot, []).append(Stated(frozenset(cells), start.place, value, named))

    def _tree(self, expression: Expression, here: Range) -> Expression:
        """An expression in a cell, its conversions done."""
        return self.conversions.done(self.resolver.tree(expression, here))

    def decide(self, troubles: Troubles) -> None:
        """Each cell opens with what the most special statement about it says.

        Parameters
        ----------
        troubles : Troubles
            E612 for two statements of which neither is the more special; E616 and E620 for a gap about
            nothing or below zero.
        """
        for gap in self.gaps:
            try:
                self._gap(gap)
            except InputError as error:
                troubles.items.extend(error.troubles)
        said: set[tuple[Place, Place]] = set()
        for slot, candidates in self.stated.items():
            best, rival = decide(candidates)
            self.model.starts[slot] = best.payload
            if rival is not None and (best.place, rival.place) not in said:
                said.add((best.place, rival.place))
                what, place = quarrel(best, rival, self.model.title(slot))
                what = what.replace("has two equations", "opens with two values")
                troubles.add("E612", str(place), what, "", "narrow one of them, or drop it")
        for slot, equation in self.model.equations.items():
            if equation.kind == EARLIER and slot not in self.model.starts:
                given = self.model.givens.get(self.model.origin(slot)[0])
                if given is not None:  # it had the value of the text in all periods before
                    self.model.starts[slot] = given

    def check(self, check: Check) -> None:
        """One check, in each cell over which its names vary."""
        known = {name: space.dims for name, space in self.model.spaces.items()}
        free = [*self.declared.free(check.left, known), *self.declared.free(check.right, known)]
        dims = [dim for dim in dict.fromkeys(free) if dim != HOLDER]
        absent: list[InputError] = []
        ranges = every(dims, self.model.draft.dims)
        for here in ranges:
            try:
                left, right = self._tree(check.left, here), self._tree(check.right, here)
            except InputError as error:
                if error.codes != ("E616",) or len(absent) + 1 == len(ranges):
                    raise
                absent.append(error)  # a cell that does not exist, as of a household that pays itself
                continue
            labels = f" ({', '.join(here.values())})" if here else ""
            title = f"{to_text(check.left)} {check.relation} {to_text(check.right)}{labels}"
            self.model.checks.append(ResolvedCheck(left, check.relation, right, title, check.place))

    def _total(self, start: Start, space: Space, cells: list[Labels]) -> None:
        from creditor.equations.expressions import Binary

        value = constant(self._tree(start.value, {}), self.model.givens.get, str(start.place))
        total: object = Number(0.0)
        for cell in cells:
            total = Binary("+", total, Cell(self.model.slot_of[space.name, cell]))  # type: ignore[arg-type]
        labels = f"[{', '.join(start.spot.index)}]" if start.spot.index else ""
        self._state(total, value, f"total of {space.name}{labels}", start)

    def _state(self, tree: object, value: float, title: str, start: Start) -> None:
        self.about.setdefault(start.spot, []).append(len(self.model.stated))
        self.model.stated.append(ResolvedCheck(tree, "=", Number(value), title, start.place))  # type: ignore[arg-type]

    def _gap(self, start: Start) -> None:
        """How far a stated total or net worth may be away from the cells."""
        room = constant(self._tree(start.value, {}), self.model.givens.get, str(start.place))
        spelled = f"{start.spot.name}[{', '.join(start.spot.index)}]" if start.spot.index else start.spot.name
        if room < 0:
            mend = "write the size of the gap, without its sign"
            raise InputError(
                Trouble("E620", str(start.place), f"gap {spelled} = {room:g} is below zero", "", mend)
            )
        if start.spot not in self.about:
            what = f"gap {spelled} is about nothing: no total or net worth of {spelled} is stated"
            kind = "" if start.spot.name in DERIVED else "total "
            mend = f"write start {kind}{spelled} = ..., or drop it"
            raise InputError(Trouble("E616", str(start.place), what, "", mend))
        for number in self.about[start.spot]:
            self.model.stated[number] = replace(self.model.stated[number], room=room)
