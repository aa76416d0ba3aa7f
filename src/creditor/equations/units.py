"""Owns the units of a model: which money each number counts, inferred; contradictions are named.

Bases are the moneys of the model: one, or one for each currency. A claim without a price counts the money of
its issuer, price times quantity of another does; a transaction counts the money of its payer; the value of a
money is common money per own money. Everything else is inferred: each sum, comparison and equation says that
its sides have the same unit, which is a linear equation in exponents. Time is not a base: a stock of the last
period and a flow are added in every budget.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from creditor.equations.expressions import Binary, Call, Cell, Convert, Expression, Negative, Number, Place
from creditor.equations.model import Model, Party
from creditor.equations.moneys import common_name
from creditor.terms.finding import Finding

Tree = Expression
Vector = dict[str, Fraction]  # exponent of each money
COMMON = "common money"
MONEY = "money"


@dataclass
class Linear:
    """A unit that is not known yet: exponents of slots, and of moneys."""

    slots: dict[int, Fraction] = field(default_factory=dict)
    known: Vector = field(default_factory=dict)

    def plus(self, other: Linear, times: Fraction = Fraction(1)) -> Linear:
        """The unit of a product; with times -1 of a ratio."""
        return Linear(_sum(self.slots, other.slots, times), _sum(self.known, other.known, times))


Key = TypeVar("Key")


def _sum(mine: dict[Key, Fraction], theirs: dict[Key, Fraction], times: Fraction) -> dict[Key, Fraction]:
    """Exponents added up, those that cancel left out."""
    total = dict(mine)
    for key, exponent in theirs.items():
        total[key] = total.get(key, Fraction(0)) + times * exponent
        if not total[key]:
            del total[key]
    return total


@dataclass
class Units:
    """What was inferred.

    Parameters
    ----------
    of : dict of slot to Vector
        Exponents of moneys; slots that nothing determines are absent.
    findings : list of Finding
        Contradictions.
    """

    of: dict[int, Vector]
    findings: list[Finding]

    def text(self, slot: int) -> str:
        """A unit as people write it; empty where it is not determined.

        Examples
        --------
        >>> Units({1: {"UK": Fraction(1), "US": Fraction(-1)}}, []).text(1)
        'UK/US'
        """
        return show(self.of[slot]) if slot in self.of else ""


def infer_units(model: Model) -> Units:
    """Infer the unit of every slot of a model.

    Parameters
    ----------
    model : Model

    Returns
    -------
    Units

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> units = infer_units(model)
    >>> units.text(model.slot("taxes")), units.text(model.slot("tax_rate"))
    ('money', 'pure number')
    """
    work = Inference(model).made()
    return Units(work.solved(), work.findings)


class Inference:
    """Linear equations in exponents, kept in echelon form as they come.

    Parameters
    ----------
    model : Model
    merge : bool
        Whether a money that the text gives the value one is the common unit.
    tell : bool
        Whether contradictions become findings. Those between two moneys are counted (``mixtures``), and the
        slots of such equations are ``spoiled``, in any case.
    """

    def __init__(self, model: Model, merge: bool = True, tell: bool = True) -> None:
        self.model, self.merge, self.tell = model, merge, tell
        self.common = common_name(model) or COMMON
        self.rows: dict[int, Linear] = {}
        self.findings: list[Finding] = []
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
        row = self.reduced(row)
        if not row.slots:
            if row.known and sides is not None:
                if len(row.known) > 1:
                    self.mixtures += 1
                    self.spoiled.add(sides[2])
                if self.tell:
                    self.findings.append(self._contradiction(row.known, sides, place))
            return
        pivot = max(row.slots)
        self.rows[pivot] = Linear().plus(row, 1 / row.slots[pivot])

    def reduced(self, row: Linear) -> Linear:
        """A unit in which what is determined is put in place of its slot."""
        while True:
            known = [slot for slot in row.slots if slot in self.rows]
            if not known:
                return row
            for slot in known:
                if slot in row.slots:
                    row = row.plus(self.rows[slot], -row.slots[slot])

    def solved(self) -> dict[int, Vector]:
        """Units of the slots that are determined."""
        found: dict[int, Vector] = {}
        for slot in range(len(self.model.slots)):
            row = self.reduced(Linear({slot: Fraction(1)}))
            if not row.slots:
                found[slot] = row.known
        return found

    def _contradiction(self, gap: Vector, sides: tuple[Tree, Tree, int], place: Place) -> Finding:
        from creditor.equations.readable import readable
        from creditor.equations.show import to_text

        left, right, slot = sides

        def told(tree: Tree) -> str:
            return to_text(readable(self.model, tree))

        told_sides = f"{told(left)} and {told(right)}"
        sentence = (
            f"in the equation for {self.model.title(slot)}: {told_sides} differ in unit by {show(gap)}."
        )
        mend = (
            "convert one of them at its exchange rate or price, or multiply by a given that carries the unit"
        )
        return Finding("warning", str(place) or self.model.name, sentence, mend=mend)


def show(unit: Vector) -> str:
    """A unit as people write it.

    Examples
    --------
    >>> show({"money": Fraction(1)}), show({}), show({"UK": Fraction(-2)})
    ('money', 'pure number', '1/UK^2')
    """
    if not unit:
        return "pure number"
    above = [_power(name, exponent) for name, exponent in sorted(unit.items()) if exponent > 0]
    below = [_power(name, -exponent) for name, exponent in sorted(unit.items()) if exponent < 0]
    top = " ".join(above) or "1"
    return f"{top}/{' '.join(below)}" if below else top


def _power(name: str, exponent: Fraction) -> str:
    return name if exponent == 1 else f"{name}^{exponent}"
