"""Owns conversions: which money an amount is counted in, and its exchange into another."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from creditor.equations.declared import LENGTHS, PERIOD, exponents
from creditor.equations.expressions import (
    Binary,
    Call,
    Cell,
    Convert,
    Expression,
    Negative,
    PeriodsPerYear,
    Place,
    walk,
)
from creditor.equations.linear import Linear, Vector, of_slot, show
from creditor.equations.model import Model
from creditor.equations.moneys import common_name
from creditor.equations.resolve import Resolver
from creditor.equations.show import to_text
from creditor.equations.units import Inference
from creditor.errors import InputError, Trouble, Troubles


class Conversions:
    """Replaces each ``a in country`` of the resolved equations of a model by ``a`` times two exchange rates.

    The money of ``a`` is the one that the inference of units finds for it. What a conversion gives may decide
    the money of another, so the inference is made anew as long as that helps.

    Parameters
    ----------
    model : Model
        With its equations, before settlement.
    resolver : Resolver
        Of the same model.
    """

    def __init__(self, model: Model, resolver: Resolver) -> None:
        self.model, self.resolver = model, resolver
        self.merged: Inference | None = None
        self.apart: Inference | None = None
        self.declared = {cell.slot for cell in model.claims} | {cell.slot for cell in model.payments}
        self.others = -1

    def run(self, troubles: Troubles) -> None:
        """Convert in every equation.

        Parameters
        ----------
        troubles : Troubles
            E622 for each statement in which the money of an amount is unknown, or not one.
        """
        equations = self.model.equations
        waiting = {slot for slot, equation in equations.items() if _has_conversion(equation.tree)}
        while waiting:
            self.merged, self.apart = None, None
            done: set[int] = set()
            failed: dict[int, InputError] = {}
            for slot in sorted(waiting):
                try:
                    equations[slot] = replace(equations[slot], tree=self.done(equations[slot].tree, slot))
                    done.add(slot)
                except InputError as error:
                    failed[slot] = error
            waiting -= done
            if not done:
                self._tell(failed, troubles)
                break
        self.merged, self.apart = None, None
        troubles.raise_if_any()

    def _tell(self, failed: dict[int, InputError], troubles: Troubles) -> None:
        """What is wrong, once for each statement."""
        said: set[str] = set()
        for slot, error in failed.items():
            trouble = error.troubles[0]
            if trouble.where not in said:
                said.add(trouble.where)
                what = f"in the equation for {self.model.title(slot)}: {trouble.what}"
                troubles.items.append(replace(trouble, what=what))

    def done(self, tree: Expression, slot: int = -1) -> Expression:
        """A resolved tree with its conversions done.

        Parameters
        ----------
        tree : resolved expression
        slot : int
            Whose equation it is; a number of its own below zero for none.

        Raises
        ------
        InputError
            E622 where the money of an amount is unknown, or not one.
        """
        if not _has_conversion(tree):
            return tree
        if slot == -1:
            self.others -= 1
            slot = self.others
        if isinstance(tree, Negative):
            return replace(tree, operand=self.done(tree.operand, slot))
        if isinstance(tree, Binary):
            return replace(tree, left=self.done(tree.left, slot), right=self.done(tree.right, slot))
        if isinstance(tree, Call):
            return replace(tree, arguments=tuple(self.done(part, slot) for part in tree.arguments))
        assert isinstance(tree, Convert)
        operand = self.done(tree.operand, slot)
        money = self._money(operand, tree, slot)
        if money == tree.target:
            return operand
        if money:
            rate = self.resolver.read(self.model.rates[money], tree.lag, tree.place)
            operand = Binary("*", operand, rate, tree.place)
        if tree.target:
            rate = self.resolver.read(self.model.rates[tree.target], tree.lag, tree.place)
            operand = Binary("/", operand, rate, tree.place)
        return operand

    def _money(self, operand: Expression, node: Convert, slot: int) -> str:
        """The money of an amount: a label, or nothing for the common unit."""
        self.apart = self.apart or _Moneys(self.model, merge=False).made()
        try:
            money = self._counted(self.apart, operand, node, slot)
        except InputError:
            # a text may take a money whose value is one for the common unit; the others are clear even so
            self.merged = self.merged or _Moneys(self.model, merge=True).made()
            money = self._counted(self.merged, operand, node, slot)
            if money == self.merged.common and any(map(self.merged.is_common, self.model.rates.values())):
                raise
        return "" if money == self.apart.common else money

    def _counted(self, units: Inference, operand: Expression, node: Convert, slot: int) -> str:
        """The one money that an amount counts, by an inference."""
        doubtful = units.spoiled - self.declared
        spoiled = [cell for cell in walk(operand) if isinstance(cell, Cell) and cell.slot in doubtful]
        before = units.mixtures
        unit = units.unit(operand, node.place, slot)
        if spoiled or units.mixtures > before:
            why = f"the equation for {self.model.title(spoiled[0].slot)} mixes moneys" if spoiled else ""
            raise self._trouble(operand, node, "counts more than one money", why, "convert each part of it")
        reduced = None if unit is None else units.reduced(unit)
        if reduced is None or reduced.slots:
            why = "no payment, claim or declared unit says what it counts"
            mend = "convert what is paid, owed or held, give it a unit, or multiply by the exchange rate"
            raise self._trouble(operand, node, "counts an unknown money", why, mend)
        names = (units.common, *self.model.rates)
        moneys = {name: power for name, power in reduced.known.items() if name in names}
        if list(moneys.values()) != [1]:
            unit_of = f"has the unit {show(reduced.known)}" if reduced.known else "is a pure number"
            mend = "convert an amount of money before it is multiplied or divided"
            raise self._trouble(operand, node, unit_of, "it is no amount of one money", mend)
        return next(iter(moneys))

    def _trouble(self, operand: Expression, node: Convert, what: str, why: str, mend: str) -> InputError:
        from creditor.equations.readable import readable

        text = to_text(readable(self.model, operand))
        target = node.target or common_name(self.model) or "world"
        short = text if len(text) <= 60 else text[:57] + "..."
        what = f"{short} {what}, so that it cannot be counted in {target}"
        return InputError(Trouble("E622", str(node.place), what, why, mend))


def _has_conversion(tree: Expression) -> bool:
    return any(isinstance(node, Convert) for node in walk(tree))


class _Moneys(Inference):
    """The inference of moneys, with those that authors declare in units of givens; time does not count."""

    def __init__(self, model: Model, merge: bool) -> None:
        super().__init__(model, merge)
        self.said: dict[int, Vector] = {}
        units = {
            given.spot.name: (given.unit, str(given.place)) for given in model.draft.givens if given.unit
        }
        for slot in model.givens:
            name, cell = model.slots[slot]
            if name in units:
                said = exponents(model, *units[name], cell, merge)
                if said is not None:
                    self.said[slot] = {base: n for base, n in said.items() if base not in (PERIOD, *LENGTHS)}

    def cell(self, slot: int, equation: int) -> Linear:
        """Unit of a slot; what is declared is the same everywhere."""
        return of_slot(slot) if slot in self.said else super().cell(slot, equation)

    def declared(self) -> None:
        """What claims and transactions count, and what units of givens say."""
        super().declared()
        for slot, unit in self.said.items():
            self.take(of_slot(slot).plus(Linear({}, unit), Fraction(-1)))

    def unit(self, tree: Expression, place: Place, slot: int) -> Linear | None:
        """Unit of a tree; the periods of a year are a pure number where time does not count."""
        return Linear() if isinstance(tree, PeriodsPerYear) else super().unit(tree, place, slot)
