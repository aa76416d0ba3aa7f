"""Owns the way from recognised rules to typed nodes: one method per rule of `grammar.lark`."""

from __future__ import annotations

import math
from typing import Any

from creditor.equations import statements as s
from creditor.equations.dated import DatedParts, Refused
from creditor.equations.expressions import (
    FUNCTIONS,
    Binary,
    Call,
    Convert,
    Expression,
    Name,
    Negative,
    Number,
    Place,
    Sum,
)
from creditor.equations.statements import Spot, Statement
from creditor.equations.words import FORMS

DEPTH = 200
LONGEST_LAG = 1000
SIGNATURES = {
    "if": "if(condition, a, b)",
    "min": "min(a, b, ...)",
    "max": "max(a, b, ...)",
    **{name: f"{name}(a)" for name, count in FUNCTIONS.items() if count == 1},
}


class Builder(DatedParts):
    """Receives the parts of each rule, in order, and returns its node.

    Examples
    --------
    >>> from lark import Token
    >>> Builder().name([Token("NAME", "x", 4, 1, 5), None, None])
    Name(name='x', index=(), lag=0, place=Place(file='', line=1, column=5))
    """

    def __init__(self) -> None:
        self.begin("")

    def begin(self, file: str) -> None:
        """Get ready for another text."""
        self.file = file
        self.open = 0
        self.depths: dict[int, int] = {}

    # --- brackets and depth
    def opened(self, token: Any) -> Any:
        """Count an opening bracket."""
        self.open += 1
        if self.open > DEPTH:
            raise self._too_deep(self.place(token))
        return token

    def closed(self, token: Any) -> Any:
        """Count a closing bracket."""
        self.open -= 1
        return token

    def _deeper(self, node: Expression, *parts: Expression | None) -> Expression:
        depth = 1 + max(self.depths.get(id(part), 1) for part in parts)
        if depth > DEPTH:
            raise self._too_deep(node.place)
        self.depths[id(node)] = depth
        return node

    def _too_deep(self, place: Place) -> Refused:
        what = f"an expression is nested more than {DEPTH} deep"
        why = "each bracket and each operator of a long chain counts as one level"
        return Refused("E604", place, what, why, "give a part of it a name with let")

    # --- expressions
    def number(self, parts: list[Any]) -> Number:
        """A number."""
        return Number(self._float(parts[0]), self.place(parts[0]))

    def _float(self, token: Any) -> float:
        value = float(token.value)
        if math.isinf(value):
            why = "the largest number is about 1e308"
            raise Refused(
                "E606", self.place(token), f"{token.value[:40]} is too large", why, "write it in larger units"
            )
        return value

    def name(self, parts: list[Any]) -> Name:
        """A name with brackets and a lag."""
        token, index, lag = parts
        return Name(token.value, index or (), lag or 0, self.place(token))

    def lag(self, parts: list[Any]) -> int:
        """``(-1)`` or ``[-1]``."""
        return self.whole(parts[0], "a lag", 1, LONGEST_LAG)

    def negative(self, parts: list[Any]) -> Expression:
        """``- a``."""
        return self._deeper(Negative(parts[1], self.place(parts[0])), parts[1])

    def binary(self, parts: list[Any]) -> Expression:
        """``a + b`` and the like."""
        left, operator, right = parts
        return self._deeper(Binary(operator.value, left, right, left.place), left, right)

    def convert(self, parts: list[Any]) -> Expression:
        """``a in country``."""
        operand, _, target = parts
        return self._deeper(Convert(operand, target.value, 0, operand.place), operand)

    def call(self, parts: list[Any]) -> Expression:
        """A function and its arguments."""
        token, *arguments = parts
        function, given = token.value, len(arguments)
        several = function in ("min", "max")
        if given < FUNCTIONS[function] or (given > FUNCTIONS[function] and not several):
            wanted = "two or more" if several else str(FUNCTIONS[function])
            count = "1 is" if given == 1 else f"{given} are"
            noun = "argument" if wanted == "1" else "arguments"
            what = f"{function} takes {wanted} {noun} and {count} given"
            more = given > FUNCTIONS[function]
            why = "a comma separates arguments; decimals are written with a point" if more else ""
            raise Refused("E605", self.place(token), what, why, f"write {SIGNATURES[function]}")
        return self._deeper(Call(function, tuple(arguments), self.place(token)), *arguments)

    def sum(self, parts: list[Any]) -> Expression:
        """``sum(e over d, d where c)``."""
        token, body, names, where = parts
        return self._deeper(Sum(body, names, where, self.place(token)), body, where)

    # --- pieces of statements
    def names(self, parts: list[Any]) -> tuple[str, ...]:
        """Names with commas."""
        return tuple(token.value for token in parts)

    def spots(self, parts: list[Any]) -> tuple[Spot, ...]:
        """Spots with commas."""
        return tuple(parts)

    def spot(self, parts: list[Any]) -> Spot:
        """A name with brackets."""
        token, index = parts
        return Spot(token.value, index or (), self.place(token))

    def text(self, parts: list[Any]) -> str:
        """The text at the end."""
        return parts[0].value[1:-1] if parts[0] is not None else ""

    def price(self, parts: list[Any]) -> str:
        """``at price``."""
        return parts[0].value if parts[0] is not None else ""

    def where(self, parts: list[Any]) -> Expression | None:
        """``where c``."""
        return parts[0]

    # --- declarations
    def labels(self, parts: list[Any]) -> Statement:
        """``dimension d = A, B``."""
        name, labels, text = parts
        return s.Dimension(name.value, labels, "", text, self.place(name))

    def open_labels(self, parts: list[Any]) -> Statement:
        """``dimension d = from scenario``."""
        name, source, text = parts
        if source.value != "scenario":
            what, mend = f"labels from {source.value!r}", f"write dimension {name.value} = from scenario"
            raise Refused("E602", self.place(source), what, "labels come from the scenario", mend)
        return s.Dimension(name.value, text=text, place=self.place(name), from_scenario=True)

    def alias(self, parts: list[Any]) -> Statement:
        """``dimension d as e``."""
        name, base, text = parts
        return s.Dimension(name.value, (), base.value, text, self.place(name))

    def sector(self, parts: list[Any]) -> Statement:
        """One of ``sector a, b``."""
        return s.Sector(parts[0], parts[1], parts[0].place)

    def currency(self, parts: list[Any]) -> Statement:
        """``currency of country worth rate``."""
        dimension, worth, text = parts
        return s.Currency(dimension.value, worth.value, text, self.place(dimension))

    def common(self, parts: list[Any]) -> Statement:
        """``currency of world = USD``."""
        dimension, money, _ = parts
        if dimension.value != "world":
            mend = f"write currency of {dimension.value} worth {money.value}"
            why = "the money of any other is worth a rate"
            raise Refused("E602", self.place(dimension), "'=' names the money of the world only", why, mend)
        return self.currency(parts)

    def claim(self, parts: list[Any]) -> Statement:
        """``claim c: issuer owes holders``."""
        spot, issuer, holders, price, where, text = parts
        return s.ClaimOf(spot, issuer, holders, price, where, text, spot.place)

    def asset(self, parts: list[Any]) -> Statement:
        """``asset a: owners``."""
        spot, owners, price, text = parts
        return s.Asset(spot, owners, price, text, spot.place)

    def transaction(self, parts: list[Any]) -> Statement:
        """``transaction t: a -> b``."""
        name, payer, payee, adds, asset, where, value, text = parts
        if adds is not None and adds.value != "capital":
            what, why = f"'adds {adds.value}' is not known", "a transaction adds to capital or to nothing"
            raise Refused("E602", self.place(adds), what, why, "write adds capital")
        capital, bought = adds is not None, "" if asset is None else asset.value
        return s.Transaction(
            name.value, payer, payee, "", capital, where, value, text, self.place(name), bought
        )

    def paid_on(self, parts: list[Any]) -> Statement:
        """``transaction t on claim = e``."""
        name, claim, where, value, text = parts
        return s.Transaction(name.value, None, None, claim.value, False, where, value, text, self.place(name))

    # --- behaviour
    def hold(self, parts: list[Any]) -> Statement:
        """``hold c by s = e``."""
        claim, holder, where, value, text = parts
        return s.Hold(claim, holder, value, False, where, text, claim.place)

    def settled(self, parts: list[Any]) -> Statement:
        """``hold c by s = settled``."""
        claim, holder, where, text = parts
        return s.Hold(claim, holder, None, False, where, text, claim.place)

    def worth(self, parts: list[Any]) -> Statement:
        """``hold c by s worth e``."""
        claim, holder, where, value, text = parts
        return s.Hold(claim, holder, value, True, where, text, claim.place)

    def write_off(self, parts: list[Any]) -> Statement:
        """``write off c = e``."""
        claim, where, value, text = parts
        return s.WriteOff(claim, value, where, text, claim.place)

    def redeem(self, parts: list[Any]) -> Statement:
        """``redeem c = e at p``."""
        claim, where, value, price, text = parts
        return s.Redeem(claim, value, price, where, text, claim.place)

    def let(self, parts: list[Any]) -> Statement:
        """``let x = e``."""
        spot, value, text = parts
        return s.Let(spot, value, text, spot.place)

    def find(self, parts: list[Any]) -> Statement:
        """``find x so that l = r``."""
        spot, left, right, text = parts
        return s.Find(spot, left, right, text, spot.place)

    def start(self, parts: list[Any]) -> Statement:
        """One of ``start x = e``."""
        spot, lag, value, text = parts
        return s.Start(spot, value, False, text, spot.place, lag or 0)

    def total(self, parts: list[Any]) -> Statement:
        """One of ``start total x = e``."""
        spot, value, text = parts
        return s.Start(spot, value, True, text, spot.place)

    def gap(self, parts: list[Any]) -> Statement:
        """One of ``start gap x = e``."""
        word, spot, value, text = parts
        if word.value != "gap":
            why = "a start is about one name; before it total or gap may stand"
            what = f"'{word.value}' cannot stand before '{spot.name}'"
            raise Refused("E602", self.place(word), what, why, f"write {FORMS['start']}")
        return s.Start(spot, value, False, text, spot.place, gap=True)

    def check(self, parts: list[Any]) -> Statement:
        """``check l = r``."""
        left, relation, right, text = parts
        if relation.value == "==":
            why = "'==' compares inside if( ) and where"
            raise Refused("E602", self.place(relation), "'==' where '=' is meant", why, "write =")
        return s.Check(left, relation.value, right, text, left.place)

    # --- values
    def given(self, parts: list[Any]) -> Statement:
        """One of ``given x = e`` and its notes."""
        spot, value, *notes, text = parts
        said: dict[str, Any] = {}
        for place, note in notes:
            for key in note:
                if key in said:
                    what = f"{'in' if key in ('low', 'high') else key} is said twice"
                    raise Refused("E602", place, what, "", "take one of them out")
            said |= note
        return s.Given(spot, value, **said, text=text, place=spot.place)

    def bounds(self, parts: list[Any]) -> tuple[Place, dict[str, Any]]:
        """``in low .. high``."""
        (place, low), (_, high) = parts
        if low > high:
            what, mend = (
                f"bounds {low:g} .. {high:g} are the wrong way round",
                f"write in {high:g} .. {low:g}",
            )
            raise Refused("E606", place, what, "the lower one stands first", mend)
        return place, {"low": low, "high": high}

    def bound(self, parts: list[Any]) -> tuple[Place, float]:
        """A number that may be negative."""
        minus, token = parts
        return self.place(token), self._float(token) * (1 if minus is None else -1)

    def note(self, parts: list[Any]) -> tuple[Place, dict[str, Any]]:
        """``unit u``, ``source s`` or ``grade g``."""
        kind, value = parts
        said = value if isinstance(value, str) and kind.value == "unit" else value.value
        if kind.value == "grade" and said not in ("A", "B", "C"):
            why = "A is published by its owner, B derived from A by a formula, C assumed or remembered"
            raise Refused(
                "T209", self.place(value), f"grade {said} is not known", why, "write grade A, B or C"
            )
        return self.place(kind), {kind.value: said}

    def unit(self, parts: list[Any]) -> str:
        """A unit such as ``USD/year``."""
        return "".join(part if isinstance(part, str) else part.value for part in parts)

    def part(self, parts: list[Any]) -> str:
        """A part of a unit, such as ``year^2``."""
        return "".join(token.value for token in parts if token is not None)

    # --- the whole
    def extends(self, parts: list[Any]) -> Statement:
        """``extends other``."""
        other, text = parts
        return s.Extends(other.value, text, self.place(other))

    def report(self, parts: list[Any]) -> Statement:
        """``report x, y``."""
        spots, text = parts
        return s.Report(spots, text, spots[0].place)

    def each(self, parts: list[Any]) -> list[Statement]:
        """A list gives one statement per item."""
        return parts

    def model(self, parts: list[Any]) -> list[Statement]:
        """All statements."""
        result: list[Statement] = []
        for part in parts:
            if isinstance(part, list):
                result.extend(part)
            else:
                result.append(part)
        return result
