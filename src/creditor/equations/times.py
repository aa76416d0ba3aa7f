"""Owns time as a base of units: stocks, flows and rates, and where they are added up as if they were one.

A claim is a stock, a transaction a flow per period, their ratio a rate per period. A step of a model is one
period long, so `stock(-1) + flow` is a stock, `stock - stock(-1)` may be a flow, and `1 + rate` a factor.
Equations that can mean only one of these are taken in at once; the others are checked against what is then
known, and decide the rest where one reading alone fits. A number takes the time that its place asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from creditor.equations.counting import declared_units, equal_checks, given_places
from creditor.equations.declared import PERIOD
from creditor.equations.expressions import (
    Binary,
    Call,
    Cell,
    Expression,
    Negative,
    Number,
    PeriodsPerYear,
    Place,
    walk,
)
from creditor.equations.linear import Clash, Linear, Record, Recorded, of_base, of_slot
from creditor.equations.model import EARLIER, Model

DERIVED = ("payment", "settled", "net worth", "saving")
ONE, MINUS = Fraction(1), Fraction(-1)


@dataclass(frozen=True)
class Term:
    """A term of a sum: its unit, its sign, and whether it is known before the period begins."""

    tree: Expression
    unit: Linear
    sign: int
    before: bool


@dataclass(frozen=True)
class Mixed:
    """A sum in which something of the last period stands: a stock and flows, or flows, or a change."""

    terms: tuple[Term, ...]
    result: Linear
    place: Place
    slot: int


class Times(Recorded):
    """Exponents of the period, by slot.

    Parameters
    ----------
    model : Model
    track : bool
        Whether to keep from which equations a contradiction follows.
    """

    def __init__(self, model: Model, track: bool = False) -> None:
        super().__init__(track)
        self.model = model
        self.fresh = len(model.slots)
        self.numbers: dict[Place, Linear] = {}
        self.mixed: list[Mixed] = []
        self.factors: list[tuple[Linear, Linear, bool]] = []  # a sum with a number, its rest, whether 1
        self.alike: list[Linear] = []  # what should be nothing, if it may
        self.early: dict[int, bool] = {}
        self.open: list[Mixed] = []

    def made(self) -> Times:
        """Itself, once it has taken in what is declared and every equation."""
        self._declared()
        for slot, equation in self.model.equations.items():
            if equation.kind in DERIVED:
                continue
            left, right = Cell(slot), equation.tree
            if equation.kind == "find" and isinstance(equation.tree, Binary):
                self._same(equation.tree.left, equation.tree.right, equation.place, slot)
            else:
                self._same(left, right, equation.place, slot)
        for number, check in equal_checks(self.model):
            self._same(check.left, check.right, check.place, number)
        self._check()
        self.open = list(self.mixed)
        self._fill()
        return self

    def _declared(self) -> None:
        model = self.model
        for claim in model.claims:
            row = (
                of_slot(claim.slot) if claim.price is None else of_slot(claim.slot).plus(of_slot(claim.price))
            )
            self.state(row, Record(model.spaces[claim.name].place, claim.slot))
            for slot in (claim.written_off, claim.redeemed):
                if slot is not None:  # a part of the stock in each period
                    self.alike.append(of_slot(slot).plus(of_slot(claim.slot), MINUS).plus(of_base(PERIOD)))
            if claim.redemption_price is not None and claim.price is not None:
                row = of_slot(claim.redemption_price).plus(of_slot(claim.price), MINUS)
                self.state(row, Record(model.spaces[claim.name].place, claim.redemption_price))
        for asset in model.assets:
            row = (
                of_slot(asset.slot) if asset.price is None else of_slot(asset.slot).plus(of_slot(asset.price))
            )
            self.state(row, Record(model.spaces[asset.name].place, asset.slot))
        for payment in model.payments:
            row = of_slot(payment.slot).plus(of_base(PERIOD))
            self.state(row, Record(model.spaces[payment.name].place, payment.slot))
        for name, cell in model.sectors:
            place = model.spaces[f"net_worth.{name}"].place
            self.state(of_slot(model.slot_of[f"net_worth.{name}", cell]), Record(place))
            self.state(of_slot(model.slot_of[f"saving.{name}", cell]).plus(of_base(PERIOD)), Record(place))
        for worth in model.rates.values():
            self.state(of_slot(worth), Record(Place(), worth))
        places = given_places(model)
        for slot, (text, unit) in declared_units(model).items():
            if unit is not None:
                row = of_slot(slot).plus(Linear({}, {PERIOD: -unit.get(PERIOD, Fraction(0))}))
                self.state(row, Record(places[slot], slot, None, text))

    def _new(self) -> Linear:
        self.fresh += 1
        return of_slot(self.fresh)

    def _same(self, left: Expression, right: Expression, place: Place, slot: int) -> None:
        one, other = self.unit(left, place, slot), self.unit(right, place, slot)
        if one is not None and other is not None:
            self.state(one.plus(other, MINUS), Record(place, slot, (left, right)))

    def unit(self, tree: Expression, place: Place, slot: int) -> Linear | None:
        """Unit of a tree in time; None for zero, which fits everywhere."""
        if isinstance(tree, Cell):
            return of_slot(tree.slot)
        if isinstance(tree, PeriodsPerYear):
            return Linear() if tree.value == 1 else of_base(PERIOD)
        if isinstance(tree, Number):
            return None if tree.value == 0 else self.numbers.setdefault(tree.place, self._new())
        if isinstance(tree, Negative):
            return self.unit(tree.operand, place, slot)
        if isinstance(tree, Binary):
            return self._binary(tree, place, slot)
        return self._call(tree, place, slot) if isinstance(tree, Call) else self._new()

    def _binary(self, tree: Binary, place: Place, slot: int) -> Linear | None:
        if tree.operator in "+-":
            return self._sum(tree, place, slot)
        left, right = self.unit(tree.left, place, slot), self.unit(tree.right, place, slot)
        if tree.operator in "*/":
            if left is None or right is None:
                return None
            return left.plus(right, ONE if tree.operator == "*" else MINUS)
        if tree.operator == "^":
            if isinstance(tree.right, Number) and left is not None:
                return Linear().plus(left, Fraction(tree.right.value).limit_denominator(1000))
            return self._new()
        if left is not None and right is not None and tree.operator not in ("and", "or"):
            self.alike.append(left.plus(right, MINUS))
        return Linear()

    def _call(self, tree: Call, place: Place, slot: int) -> Linear | None:
        units = [self.unit(argument, place, slot) for argument in tree.arguments]
        if tree.function in ("log", "exp"):
            self.alike += [units[0]] if units[0] is not None else []
            return self._new()
        if tree.function == "sqrt":
            return None if units[0] is None else Linear().plus(units[0], Fraction(1, 2))
        if tree.function == "abs":
            return units[0]
        parts = list(zip(tree.arguments, units, strict=True))[1 if tree.function == "if" else 0 :]
        known = [(part, unit) for part, unit in parts if unit is not None]
        if len(known) < 2:
            return known[0][1] if known else None
        if tree.function == "if":
            (first, unit), (second, other) = known
            self.state(unit.plus(other, MINUS), Record(place, slot, (first, second)))
            return unit
        result = self._new()
        self.alike += [unit.plus(result, MINUS) for part, unit in known if not _number(part)]
        return result

    def _sum(self, tree: Binary, place: Place, slot: int) -> Linear | None:
        terms, number, one = [], False, False
        for sign, part in _terms(tree):
            unit = self.unit(part, place, slot)
            if _number(part):
                number = number or unit is not None
                one = one or (isinstance(part, Number) and part.value == 1)
            elif unit is not None:
                terms.append(Term(part, unit, sign, self._before(part)))
        if not terms:
            return self._new() if number else None
        result = self._added(terms, place, slot)
        if not number:
            return result
        factor = self._new()
        self.factors.append((factor, result, one))
        return factor

    def _added(self, terms: list[Term], place: Place, slot: int) -> Linear:
        first = terms[0]
        if len(terms) == 1:
            return first.unit
        if any(term.before for term in terms):
            result = self._new()
            self.mixed.append(Mixed(tuple(terms), result, place, slot))
            return result
        for term in terms[1:]:
            self.state(first.unit.plus(term.unit, MINUS), Record(place, slot, (first.tree, term.tree)))
        return first.unit

    def _before(self, tree: Expression) -> bool:
        """Whether something of the last period is in a term: a lag, or a definition of nothing but lags."""
        return any(isinstance(node, Cell) and (node.lag > 0 or self._early(node.slot)) for node in walk(tree))

    def _early(self, slot: int) -> bool:
        if slot not in self.early:
            self.early[slot] = False  # also where it goes round
            equation = self.model.equations.get(slot)
            if equation is not None and equation.kind in ("let", EARLIER):
                cells = [node for node in walk(equation.tree) if isinstance(node, Cell)]
                decided = [cell for cell in cells if cell.slot not in self.model.givens or cell.lag]
                self.early[slot] = bool(decided) and all(c.lag or self._early(c.slot) for c in decided)
        return self.early[slot]

    # --- sums of which the reading is open

    def _check(self) -> None:
        """Sums that no reading fits, whatever is not known yet."""
        for mixed in self.mixed:
            times = [self.exponent(term.unit, PERIOD) for term in mixed.terms]
            if not fits(mixed, times, self.exponent(mixed.result, PERIOD)):
                self.clashes.append(self._clash(mixed, times))

    def _clash(self, mixed: Mixed, times: list[Fraction | None]) -> Clash:
        known = [(time, term) for time, term in zip(times, mixed.terms, strict=True) if time is not None]
        high, stock = max(known, key=lambda pair: pair[0])
        low, flow = min(known, key=lambda pair: pair[0])
        if high == low:  # the terms agree, what they are said to be does not
            whole = Cell(mixed.slot)
            return Clash(Record(mixed.place, mixed.slot, (whole, stock.tree)), {PERIOD: ONE})
        return Clash(Record(mixed.place, mixed.slot, (flow.tree, stock.tree)), {PERIOD: low - high})

    def _fill(self) -> None:
        """What the equations leave open, where one reading alone fits."""
        cells = [cell.slot for cell in self.model.assets] + [cell.slot for cell in self.model.claims]
        for slot in cells:  # pieces are a stock, and a price has no time
            self.suppose(of_slot(slot))
        self._follow()
        for number in self.numbers.values():
            self.suppose(number)
        self._follow()
        for _, rest, one in self.factors:
            if one:
                self.suppose(rest)
        self._follow()

    def _follow(self) -> None:
        """Take in what follows, until nothing more does."""
        while any([self._read(), self._factor(), any([self.suppose(row) for row in self.alike])]):
            pass

    def _factor(self) -> bool:
        """1 + rate is a factor; a number added to anything else is of its kind."""
        changed = False
        for factor, rest, one in self.factors:
            changed |= self.suppose(factor) if one else self.suppose(factor.plus(rest, MINUS))
        return changed

    def _read(self) -> bool:
        """Give the open parts of sums a time where only one is possible."""
        changed, waiting = False, self.open
        self.open = []
        for mixed in waiting:
            units = [*(term.unit for term in mixed.terms), mixed.result]
            times = [self.exponent(unit, PERIOD) for unit in units]
            if None not in times:
                continue
            self.open.append(mixed)
            for unit, time, place in zip(units, times, range(len(units)), strict=True):
                only = possible(mixed, times, place) if time is None else set()
                if len(only) == 1:
                    exponent = only.pop()
                    known = Linear({}, {PERIOD: exponent} if exponent else {})
                    changed |= self.suppose(unit.plus(known, MINUS))
        return changed


def fits(mixed: Mixed, times: list[Fraction | None], result: Fraction | None) -> bool:
    """Whether a sum has a reading: all alike, a stock and its flows, or flows and a change of stocks."""
    known = [time for time in times if time is not None]
    if not known:
        return True
    high, low = max(known), min(known)
    if high - low not in (0, 1):
        return False
    uniform = high == low and result in (None, high)
    stocks = (high, high + 1) if high == low else (high,)
    return uniform or any(_reading(mixed, times, result, stock) for stock in stocks)


def _reading(mixed: Mixed, times: list[Fraction | None], result: Fraction | None, stock: Fraction) -> bool:
    """Whether the sum reads as a stock and flows, or as flows and a change, with stocks at an exponent."""
    pairs = list(zip(mixed.terms, times, strict=True))
    if any(time is not None and time not in (stock, stock - 1) for _, time in pairs):
        return False
    before = any(term.before for term, time in pairs if time in (stock, None))
    signs = {term.sign for term, time in pairs if time in (stock, None)}
    return before and (result in (None, stock) or (result == stock - 1 and len(signs) == 2))


def possible(mixed: Mixed, times: list[Fraction | None], place: int) -> set[Fraction]:
    """Times that an open part of a sum can have, if stocks are what has no period below; nothing if any.

    Parameters
    ----------
    mixed : Mixed
    times : list
        Of the terms, then of the result; None where open.
    place : int
        Of the part that is asked for.
    """
    terms, result = times[:-1], times[-1]
    known = [time for time in terms if time is not None]
    pairs = list(zip(mixed.terms, terms, strict=True))
    before = any(term.before and time in (0, None) for term, time in pairs)
    opening = any(term.before and term.sign > 0 and time in (0, None) for term, time in pairs)
    change = before and len({term.sign for term, time in pairs if time in (0, None)}) == 2
    if place < len(terms):
        if result is None:
            return set()
        open_reading = (result == 0 and opening) or (result == -1 and change)
        return {result, Fraction(-1), Fraction(0)} if open_reading else {result}
    if not known or (None in terms and max(known) == min(known)):
        return set()
    high, low = max(known), min(known)
    if high == low:
        return {high, high - 1} if high == 0 and change else {high}
    level = sum(term.sign for term, time in pairs if time == 0)  # nothing where stocks are taken from stocks
    stock = opening and (level or None in terms)
    return ({high} if stock else set()) | ({low} if change else set())


def _terms(tree: Expression, sign: int = 1) -> list[tuple[int, Expression]]:
    """The terms of a sum and their signs."""
    found: list[tuple[int, Expression]] = []
    waiting = [(sign, tree)]
    while waiting:
        times, node = waiting.pop()
        if isinstance(node, Negative):
            waiting.append((-times, node.operand))
        elif isinstance(node, Binary) and node.operator in "+-":
            waiting.append((times if node.operator == "+" else -times, node.right))
            waiting.append((times, node.left))
        else:
            found.append((times, node))
    return found


def _number(tree: Expression) -> bool:
    """Whether nothing but numbers stand in a tree."""
    return not any(isinstance(node, Cell) for node in walk(tree))
