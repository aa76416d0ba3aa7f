"""Owns the resolution of an equation in one cell: every name becomes a slot, every sum its terms."""

from __future__ import annotations

from collections.abc import Callable

from creditor.equations.declare import DERIVED
from creditor.equations.expressions import (
    Binary,
    Call,
    Cell,
    Convert,
    Expression,
    Name,
    Negative,
    Number,
    PeriodsPerYear,
    Place,
    Sum,
    plain,
    walk,
)
from creditor.equations.model import EARLIER, Model
from creditor.equations.moneys import money_meant, refuse_conversion
from creditor.equations.ranges import holds
from creditor.equations.spaces import HOLDER, Range, cell_of, every
from creditor.errors import InputError, Trouble
from creditor.terms.suggest import mend_with

LONGEST_LAG = 40


class Resolver:
    """Resolves expressions of one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.dims = model.draft.dims
        self.sectors = list(model.draft.sectors)
        self.plain: dict[int, tuple[Expression, Expression]] = {}  # by identity

    def tree(self, expression: Expression, here: Range) -> Expression:
        """An expression in the cell `here`, with slots for names.

        Raises
        ------
        InputError
            E610 no such name, E611 several cells, E616 no such cell, E614 a lag of more than 40 periods.
        """
        known = self.plain.get(id(expression))
        if known is None or known[0] is not expression:
            known = self.plain[id(expression)] = (expression, plain(expression))
        return self._tree(known[1], dict(here))

    def _tree(self, node: Expression, here: dict[str, str]) -> Expression:
        if isinstance(node, Name):
            return self.cell(node, here)
        if isinstance(node, Negative):
            return Negative(self._tree(node.operand, here), node.place)
        if isinstance(node, Binary):
            left, right = self._each((node.left, node.right), here)
            return Binary(node.operator, left, right, node.place)
        if isinstance(node, Call):
            arguments = self._each(node.arguments, here)
            if node.function == "per_period":
                return self._per_period(node, arguments[0])
            return Call(node.function, arguments, node.place)
        if isinstance(node, Sum):
            return self._sum(node, here)
        if isinstance(node, Convert):
            money = money_meant(node, here, self.model)
            return Convert(self._tree(node.operand, here), money, node.lag, node.place)
        return node

    def _each(self, nodes: tuple[Expression, ...], here: dict[str, str]) -> tuple[Expression, ...]:
        """Several parts of an expression; the troubles of all of them at once."""
        made, troubles = [], []
        for node in nodes:
            try:
                made.append(self._tree(node, here))
            except InputError as error:
                troubles += [trouble for trouble in error.troubles if trouble not in troubles]
        if troubles:
            raise InputError(troubles)
        return tuple(made)

    def _per_period(self, node: Call, yearly: Expression) -> Expression:
        """What is per year, over the number of periods in a year."""
        periods = self.model.calendar.periods_per_year
        if not periods:
            what, why = "per_period, and the model has no frequency", "how long a period is is not said"
            mend = "write frequency quarterly (or yearly, monthly) in the text"
            raise InputError(Trouble("E623", str(node.place), what, why, mend))
        return Binary("/", yearly, PeriodsPerYear(float(periods), node.place), node.place)

    def cell(self, node: Name, here: Range) -> Cell:
        """The slot that a name means."""
        if node.lag > LONGEST_LAG:
            what, why = f"{node.name} is read {node.lag} periods back", f"the limit is {LONGEST_LAG}"
            mend = f"name an earlier value, such as let before = {node.name}(-{LONGEST_LAG}), and lag that"
            raise InputError(Trouble("E614", str(node.place), what, why, mend))
        name, index = node.name, node.index
        if name in DERIVED:
            if not index or index[0] not in self.sectors:
                what = f"{name} needs a sector: {name}[households]"
                mend = mend_with(index[0] if index else "", self.sectors)
                raise InputError(Trouble("E611", str(node.place), what, "", mend))
            name, index = f"{name}.{index[0]}", index[1:]
        space = self.model.spaces.get(name)
        if space is None:
            mend = mend_with(name, self.model.public_names)
            raise InputError(Trouble("E610", str(node.place), f"no such name {name!r}", "", mend))
        labels = cell_of(Name(name, index, node.lag, node.place), space, here, self.dims, self.sectors)
        return self.read(self.model.slot_of[name, labels], node.lag, node.place)

    def read(self, slot: int, lag: int, place: Place) -> Cell:
        """A slot some periods back; more than one period back it is the last value of a slot of its own."""
        if lag < 2:
            return Cell(slot, lag, place)
        name, labels = self.model.slots[slot]
        if self.model.complete and (f"{EARLIER}.{lag - 1}.{name}", labels) not in self.model.slot_of:
            what, why = (
                f"{self.model.title(slot)} is read {lag} periods back",
                "the model does not keep it so long",
            )
            raise InputError(Trouble("E614", str(place), what, why, "read it in an equation of the model"))
        return Cell(self.model.earlier(slot, lag - 1, place), 1, place)

    def _sum(self, node: Sum, here: dict[str, str]) -> Expression:
        ranges: list[dict[str, str]] = [dict(here)]
        for dim in sorted(node.dimensions, key=lambda dim: dim != HOLDER):
            if dim == HOLDER:
                ranges = [inner | {HOLDER: name} for inner in ranges for name in self._holders(node)]
            elif dim not in self.dims:
                mend = mend_with(dim, [*self.dims.bases, HOLDER])
                raise InputError(
                    Trouble("E610", str(node.place), f"sum over {dim!r}: no such dimension", "", mend)
                )
            else:
                labels = every([dim], self.dims)
                ranges = [
                    inner | one
                    for inner in ranges
                    for one in (
                        self._labels(node, dim, inner, labels) if HOLDER in node.dimensions else labels
                    )
                ]
        if node.where is not None:
            ranges = [inner for inner in ranges if holds(node.where, inner, self.dims, self.sectors)]
        terms = []
        for inner in ranges:
            if HOLDER in node.dimensions and not self._exists(node.body, inner):
                continue
            terms.append(self._tree(node.body, inner))
        if not terms:
            return Number(0.0, node.place)
        total = terms[0]
        for term in terms[1:]:
            total = Binary("+", total, term, node.place)
        return total

    def _labels(
        self, node: Sum, dim: str, inner: dict[str, str], labels: list[dict[str, str]]
    ) -> list[dict[str, str]]:
        """Labels of a dimension over which a sum runs, for one holder: an empty one where it has none."""
        for part in walk(node.body):
            space = self.model.spaces.get(part.name) if isinstance(part, Name) else None
            if space is not None and {HOLDER, dim} <= set(space.dims):
                holder, place = space.dims.index(HOLDER), space.dims.index(dim)
                mine = {cell[place] for cell in space.cells if cell[holder] == inner[HOLDER]}
                if mine == {""}:
                    return [{dim: ""}]
        return labels

    def _holders(self, node: Sum) -> list[str]:
        """Holders over which a sum runs: those of the claims in it; one, if none tells them apart."""
        found: dict[str, None] = {}
        for part in walk(node.body):
            space = self.model.spaces.get(part.name) if isinstance(part, Name) else None
            if space is not None and HOLDER in space.dims:
                position = space.dims.index(HOLDER)
                found |= dict.fromkeys(cell[position] for cell in space.cells)
        return list(found) or [""]

    def _exists(self, body: Expression, here: Range) -> bool:
        """Whether every claim that is summed over holders has this cell; nobody without country is in one."""
        for part in walk(body):
            if not isinstance(part, Name):
                continue
            space = self.model.spaces.get(part.name)
            if space is not None and HOLDER in space.dims and (HOLDER in part.index or not part.index):
                try:
                    cell = cell_of(part, space, here, self.dims, self.sectors)
                    if any(here.get(dim) and not label for dim, label in zip(space.dims, cell, strict=True)):
                        return False
                except InputError as error:
                    if error.codes == ("E616",):
                        return False
                    raise
        return True


def constant(tree: Expression, read: Callable[[int], float | None], where: str) -> float:
    """Value of a resolved tree whose names are known numbers.

    Parameters
    ----------
    tree : resolved expression
    read : callable
        From a slot to its number, None where it has none.
    where : str
        Place named in errors.

    Raises
    ------
    InputError
        E615 for a name without a number, E620 for a value that is not finite.

    Examples
    --------
    >>> constant(Binary("*", Number(2.0), Number(3.0)), lambda slot: None, "x")
    6.0
    """
    import math

    from creditor.equations.evaluate import scalar

    refuse_conversion(tree)
    value = scalar(tree, lambda slot, lag: read(slot))
    if value is None:
        mend = "write numbers, or names that have numbers"
        raise InputError(
            Trouble(
                "E615", where, "the value is not known at the opening", "it reads something without one", mend
            )
        )
    if not math.isfinite(value):
        raise InputError(
            Trouble(
                "E620", where, f"the value is {value}", "it is not a finite number", "correct the expression"
            )
        )
    return value
