"""Owns the units of a model: which money each number counts, inferred; contradictions are named.

Bases are the moneys of the model: one, or one for each currency. A claim without a price counts the money of
its issuer, price times quantity of another does; a transaction counts the money of its payer; the value of a
money is common money per own money. Everything else is inferred: each sum, comparison and equation says that
its sides have the same unit, which is a linear equation in exponents. Time is not a base: a stock of the last
period and a flow are added in every budget.
"""

from __future__ import annotations

from fractions import Fraction

from creditor.equations.expressions import Binary, Call, Cell, Convert, Expression, Negative, Number, Place
from creditor.equations.linear import Echelon, Linear, Vector
from creditor.equations.model import Model, Party
from creditor.equations.moneys import common_name

Tree = Expression
COMMON = "common money"
MONEY = "money"


class Inference(Echelon):
    """Linear equations in exponents, kept in echelon form as they come.

    Parameters
    ----------
    model : Model
    merge : bool
        Whether a money that the text gives the value one is the common unit.
        Contradictions between two moneys are counted (``mixtures``), and the slots of such equations are
        ``spoiled``.
    """

    def __init__(self, model: Model, merge: bool = True) -> None:
        super().__init__()
        self.model, self.merge = model, merge
        self.common = common_name(model) or COMMON
        self.mixtures = 0
        self.spoiled: set[int] = set()
        self.several = any(worth is not None for worth in model.worth.values())
        self.instances: dict[tuple[int, int], int] = {}

    def made(self) -> Inference:
        """Itself, once it has taken in what is declared and every equation of the text."""
        self.declared()
        for slot, equation in self.model.equations.items():
            if equation.kind in ("payment", "settled", "net worth", "saving"):
                continue
            if equation.kind == "find" and isinstance(equation.tree, Binary):
                self.same(equation.tree.left, equation.tree.right, equation.place, slot)
            else:
                self.same(Cell(slot), equation.tree, equation.place, slot)
        return self

    def is_common(self, worth: int | None) -> bool:
        """Whether a money is the common unit, by the slot of its value."""
        return worth is None or (self.merge and self.model.givens.get(worth) == 1.0)

    def money(self, party: Party) -> Vector:
        """The money of a sector: its own, or the common one."""
        if not self.several:
            return {MONEY: Fraction(1)}
        worth = self.model.worth.get(party)
        return {self.common if self.is_common(worth) else self.model.slots[worth][1][0]: Fraction(1)}  # type: ignore[index]

    def cell(self, slot: int, equation: int) -> Linear:
        """Unit of a slot; a given without dimensions may count another of several moneys in each equation."""
        _, labels = self.model.slots[slot]
        if not self.several or labels or slot not in self.model.givens:
            return Linear({slot: Fraction(1)})
        own = self.instances.setdefault((slot, equation), len(self.model.slots) + len(self.instances))
        return Linear({own: Fraction(1)})

    def declared(self) -> None:
        """What claims, transactions, net worth and exchange rates count."""
        for claim in self.model.claims:
            unit = Linear({claim.slot: Fraction(1)})
            if claim.price is not None:
                unit = unit.plus(Linear({claim.price: Fraction(1)}))
            self._add(unit.plus(Linear({}, self.money(claim.issuer)), Fraction(-1)), None, Place())
        for payment in self.model.payments:
            unit = Linear({payment.slot: Fraction(1)}, {})
            self._add(unit.plus(Linear({}, self.money(payment.payer)), Fraction(-1)), None, Place())
        for party in self.model.sectors:
            for name in ("net_worth", "saving"):
                slot = self.model.slot_of[f"{name}.{party[0]}", party[1]]
                unit = Linear({slot: Fraction(1)}).plus(Linear({}, self.money(party)), Fraction(-1))
                self._add(unit, None, Place())
        for label, worth in self.model.rates.items():
            own = self.common if self.is_common(worth) else label
            per = Linear({worth: Fraction(1)}).plus(Linear({}, {own: Fraction(1)}))
            self._add(per.plus(Linear({}, {self.common: Fraction(1)}), Fraction(-1)), None, Place())

    def same(self, left: Tree, right: Tree, place: Place, slot: int) -> None:
        """Both sides have the same unit."""
        one, other = self.unit(left, place, slot), self.unit(right, place, slot)
        if one is not None and other is not None:
            self._add(one.plus(other, Fraction(-1)), (left, right, slot), place)

    def unit(self, tree: Tree, place: Place, slot: int) -> Linear | None:
        """Unit of a tree; None for zero and exp, which say nothing."""
        if isinstance(tree, Cell):
            return self.cell(tree.slot, slot)
        if isinstance(tree, Number):
            return None if tree.value == 0 else Linear()
        if isinstance(tree, Negative):
            return self.unit(tree.operand, place, slot)
        if isinstance(tree, Convert):  # open until the money of the operand is known
            self.unit(tree.operand, place, slot)
            return None
        if isinstance(tree, Binary):
            return self._binary(tree, place, slot)
        assert isinstance(tree, Call)
        return self._call(tree, place, slot)

    def _binary(self, tree: Binary, place: Place, slot: int) -> Linear | None:
        left, right = self.unit(tree.left, place, slot), self.unit(tree.right, place, slot)
        if tree.operator in "*/":
            if left is None or right is None:
                return None
            return left.plus(right, Fraction(1 if tree.operator == "*" else -1))
        if tree.operator == "^":
            if isinstance(tree.right, Number) and left is not None:
                power = Fraction(tree.right.value).limit_denominator(1000)
                return Linear().plus(left, power)
            return Linear()
        if left is not None and right is not None and tree.operator not in ("and", "or"):
            self._add(left.plus(right, Fraction(-1)), (tree.left, tree.right, slot), place)
        if tree.operator in "+-":
            return left if left is not None else right
        return Linear()

    def _call(self, tree: Call, place: Place, slot: int) -> Linear | None:
        units = [self.unit(argument, place, slot) for argument in tree.arguments]
        if tree.function in ("log", "exp"):
            return Linear() if tree.function == "log" else None  # levels are often written as exp of logs
        if tree.function == "sqrt":
            return None if units[0] is None else Linear().plus(units[0], Fraction(1, 2))
        branches = list(zip(tree.arguments, units, strict=True))[1 if tree.function == "if" else 0 :]
        known = [(argument, unit) for argument, unit in branches if unit is not None]
        for argument, unit in known[1:]:
            first, chosen = known[0]
            assert chosen is not None and unit is not None
            self._add(chosen.plus(unit, Fraction(-1)), (first, argument, slot), place)
        return known[0][1] if known else None

    def _add(self, row: Linear, sides: tuple[Tree, Tree, int] | None, place: Place) -> None:
        """Take an equation `row = nothing` in; a contradiction becomes a finding."""
        rest = self.take(row)
        if rest is not None and rest.known and sides is not None and len(rest.known) > 1:
            self.mixtures += 1
            self.spoiled.add(sides[2])

    def solved(self) -> dict[int, Vector]:
        """Units of the slots that are determined."""
        found: dict[int, Vector] = {}
        for slot in range(len(self.model.slots)):
            row = self.reduced(Linear({slot: Fraction(1)}))
            if not row.slots:
                found[slot] = row.known
        return found
