"""Owns what numbers count besides money: goods, pieces of claims, and years where a period is none."""

from __future__ import annotations

from fractions import Fraction

from creditor.equations.declared import PERIOD, YEAR, exponents, pieces
from creditor.equations.expressions import Binary, Call, Expression, Number, PeriodsPerYear, Place, walk
from creditor.equations.linear import Linear, Record, Recorded, Vector, of_base, of_slot
from creditor.equations.model import Model, ResolvedCheck
from creditor.equations.ranges import value_range
from creditor.equations.statements import Given
from creditor.equations.units import Inference

Sides = tuple[Expression, Expression, int] | None


class Counting(Recorded, Inference):
    """The inference of moneys, with goods, pieces and years as bases, and with the units that are declared.

    The period is not among them: a stock and a flow differ by it, which `creditor.equations.times` looks at.

    Parameters
    ----------
    model : Model
    track : bool
        Whether to keep from which equations a contradiction follows.
    """

    def __init__(self, model: Model, track: bool = False) -> None:
        Inference.__init__(self, model)
        self.track = track
        self.records, self.clashes = [], []
        self._owns: dict[int, list[int]] | None = None
        self.fixed = {slot for slot, (_, unit) in declared_units(model).items() if unit is not None}

    def made(self) -> Counting:
        """Itself, once it has taken in what is declared, every equation, and what is checked to be equal."""
        super().made()
        for slot, check in equal_checks(self.model):
            self.same(check.left, check.right, check.place, slot)
        return self

    def cell(self, slot: int, equation: int) -> Linear:
        """Unit of a slot; what is declared is the same everywhere."""
        return of_slot(slot) if slot in self.fixed else super().cell(slot, equation)

    def declared(self) -> None:
        """What claims and transactions count, what authors declare, and goods for priced assets."""
        super().declared()
        places = given_places(self.model)
        for slot, (text, unit) in declared_units(self.model).items():
            if unit is not None:
                known = {base: power for base, power in unit.items() if base != PERIOD}
                record = Record(places[slot], slot, None, text)
                self.state(of_slot(slot).plus(Linear({}, known), Fraction(-1)), record)
        names = pieces(self.model)
        for asset in self.model.assets:
            record = Record(self.model.spaces[asset.name].place, asset.slot)
            worth = of_slot(asset.slot)
            if asset.price is not None:
                self.state(of_slot(asset.slot).plus(of_base(names[asset.name]), Fraction(-1)), record)
                worth = worth.plus(of_slot(asset.price))
            self.state(worth.plus(Linear({}, self.money(asset.owner)), Fraction(-1)), record)

    def unit(self, tree: Expression, place: Place, slot: int) -> Linear | None:
        """Unit of a tree; the periods of a year count per year."""
        if isinstance(tree, PeriodsPerYear):
            return Linear() if self.model.calendar.length == YEAR else of_base(YEAR, -1)
        compounded = isinstance(tree, Binary) and tree.operator == "^" and not isinstance(tree.right, Number)
        if compounded and any(isinstance(node, PeriodsPerYear) for node in walk(tree)):
            return Linear()  # a growth factor of a year, compounded to that of a period
        if isinstance(tree, Call) and tree.function == "exp":
            inner = self.unit(tree.arguments[0], place, slot)
            if inner is not None:
                self._add(inner, (tree, tree, slot), place)
            return None
        return super().unit(tree, place, slot)

    def _add(self, row: Linear, sides: Sides, place: Place) -> None:
        """Take an equation in, with the record of its two sides."""
        if sides is None:
            self.state(row, Record(place))
        else:
            self.state(row, Record(place, sides[2], (sides[0], sides[1])))

    def vector(self, slot: int) -> Vector | None:
        """The unit of a slot; of a given that may count another money in each equation, where all agree."""
        if self._owns is None:
            self._owns = {}
            for (given, _), own in self.instances.items():
                self._owns.setdefault(given, []).append(own)
        rows = [self.reduced(of_slot(own)) for own in self._owns.get(slot, [slot])]
        found = [row.known for row in rows if not row.slots]
        return found[0] if len(found) == len(rows) and all(known == found[0] for known in found) else None

    def suppose_pieces(self) -> None:
        """Where nothing says what a piece of a priced claim is, it is a piece of that claim."""
        names = pieces(self.model)
        for claim in self.model.claims:
            if claim.price is not None:
                self.suppose(of_slot(claim.slot).plus(of_base(names[claim.name]), Fraction(-1)))


def equal_checks(model: Model) -> list[tuple[int, ResolvedCheck]]:
    """The checks that two sides are equal, each with a number below zero in place of a slot."""
    checks = enumerate(model.checks)
    return [(-1 - place, check) for place, check in checks if check.relation in ("=", "==")]


def declared_units(model: Model) -> dict[int, tuple[str, Vector | None]]:
    """The declared unit of each given: as written, and its exponents (None where its money is open).

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> declared_units(load_model("sim"))
    {}
    """
    return {
        slot: (given.unit, exponents(model, given.unit, cell=model.slots[slot][1]))
        for slot, given in _with_unit(model).items()
    }


def given_places(model: Model) -> dict[int, Place]:
    """Where the unit of each given is declared."""
    return {slot: given.place for slot, given in _with_unit(model).items()}


def _with_unit(model: Model) -> dict[int, Given]:
    """What declares the unit of each given: the statement about the fewest cells, else one of its name."""
    stated = [given for given in model.draft.givens if given.unit]
    named = {given.spot.name: given for given in stated}
    found = {slot: named[name] for slot, (name, _) in enumerate(model.slots) if name in named}
    sizes: dict[int, int] = {}
    for given in stated:
        space = model.spaces[given.spot.name]
        ranges = value_range(given.spot, space.dims, model.draft.dims)
        for here in ranges:
            slot = model.slot_of[space.name, tuple(here[dim] for dim in space.dims)]
            if len(ranges) <= sizes.get(slot, len(ranges)):
                found[slot], sizes[slot] = given, len(ranges)
    return {slot: found[slot] for slot in model.givens if slot in found}
