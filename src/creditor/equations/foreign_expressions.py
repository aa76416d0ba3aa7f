"""Owns expressions in foreign forms (R, EViews, ModelFlow, pysolve): text to our tree; nothing is run."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from creditor.equations.expressions import Binary, Call, Expression, Name, Negative, Number, lagged

MOST_TOKENS = 800
DEEPEST = 60
LONGEST = 40  # periods that a lag, or a moving sum, may go back
TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>@?[A-Za-z_.][A-Za-z_.0-9]*)"
    r"|(?P<sign>\*\*|<=|>=|==|!=|<>|&&|\|\||[-+*/^(),<>=!&|{}\[\]]))"
)
SAME = {"abs": 1, "sqrt": 1, "log": 1, "exp": 1, "min": 2, "max": 2}
MEANING = {"ln": "log", "pmin": "min", "pmax": "max", "@emin": "min", "@emax": "max", "@sqr": "sqrt"}
MEANING |= {f"@{name}": name for name in ("abs", "sqrt", "log", "exp")}
MEANING |= {"ifelse": "if", "@recode": "if", "iif": "if", "if": "if"}
RELATIONS = {"==": "==", "=": "==", "!=": "<>", "<>": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class NotUnderstood(Exception):
    """What a foreign text says that the language has no words for: what, why, mend."""

    def __init__(self, what: str, why: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what, self.why, self.mend = what, why, mend


@dataclass(frozen=True)
class Dialect:
    """How a foreign form spells expressions.

    Parameters
    ----------
    fold : bool
        Whether upper and lower case are one; names are then in upper case.
    coefficients : bool
        Whether ``c(1)`` is a coefficient.
    chained : bool
        Whether ``a^b^c`` is sure to mean ``a^(b^c)``.
    """

    fold: bool = False
    coefficients: bool = False
    chained: bool = True


def read_expression(text: str, dialect: Dialect) -> Expression:
    """Read an expression.

    Parameters
    ----------
    text : str
    dialect : Dialect

    Returns
    -------
    Expression
        With the foreign names; lags as ``x(-1)`` or ``x[-1]``.

    Raises
    ------
    NotUnderstood

    Examples
    --------
    >>> read_expression("a * d(log(x))", Dialect()).right.function
    'change'
    >>> read_expression("h[-1] + t", Dialect(fold=True)).left
    Name(name='H', index=(), lag=1, place=Place(file='', line=0, column=0))
    """
    reader = _Reader(_tokens(text), dialect)
    found = reader.either()
    if reader.here[1]:
        raise NotUnderstood(f"{reader.here[1]!r} follows a whole expression", "", "write one equation")
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    found, position = [], 0
    text = text.rstrip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            letter = text[position:].lstrip()[:1]
            raise NotUnderstood(f"the letter {letter!r} has no meaning here", "", "take it out")
        found.append((str(match.lastgroup), match[match.lastgroup or 0]))
        position = match.end()
        if len(found) > MOST_TOKENS:
            why = f"the limit is {MOST_TOKENS} words and signs"
            raise NotUnderstood("the expression is too long", why, "give its parts names of their own")
    return found


class _Reader:
    """Reads tokens by descending from the loosest operator to the tightest."""

    def __init__(self, tokens: Sequence[tuple[str, str]], dialect: Dialect) -> None:
        self.tokens, self.dialect = tokens, dialect
        self.position = self.depth = 0

    @property
    def here(self) -> tuple[str, str]:
        return self.tokens[self.position] if self.position < len(self.tokens) else ("end", "")

    def take(self, *signs: str) -> str:
        """The next token if it is one of some signs or words; nothing otherwise."""
        text = self.here[1]
        if text and text in signs:
            self.position += 1
            return text
        return ""

    def need(self, sign: str) -> None:
        if not self.take(sign):
            found = repr(self.here[1]) if self.here[1] else "the end"
            raise NotUnderstood(f"{sign!r} is missing before {found}", "", "close what was opened")

    def either(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotUnderstood("brackets are nested too deep", f"the limit is {DEEPEST}", "name the parts")
        found = self.both()
        while self.take("||", "|", "or", "OR"):
            found = Binary("or", found, self.both())
        self.depth -= 1
        return found

    def both(self) -> Expression:
        found = self.comparison()
        while self.take("&&", "&", "and", "AND"):
            found = Binary("and", found, self.comparison())
        return found

    def comparison(self) -> Expression:
        if self.take("!", "not"):
            return Call("if", (self.comparison(), Number(0.0), Number(1.0)))
        found = self.addition()
        if sign := self.take(*RELATIONS):
            found = Binary(RELATIONS[sign], found, self.addition())
            if self.here[1] in RELATIONS:
                raise NotUnderstood("two relations follow each other", "", "join them with and")
        return found

    def addition(self) -> Expression:
        found = self.product()
        while sign := self.take("+", "-"):
            found = Binary(sign, found, self.product())
        return found

    def product(self) -> Expression:
        found = self.minus()
        while sign := self.take("*", "/"):
            found = Binary(sign, found, self.minus())
        return found

    def minus(self) -> Expression:
        signs = 0
        while sign := self.take("+", "-"):
            signs += sign == "-"
        found = self.power()
        return Negative(found) if signs % 2 else found

    def power(self) -> Expression:
        base = self.atom()
        if not self.take("^", "**"):
            return base
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotUnderstood("powers are nested too deep", "", "name the parts")
        exponent = self.minus()
        self.depth -= 1
        if not self.dialect.chained and isinstance(exponent, Binary) and exponent.operator == "^":
            why = "programs differ in which power comes first"
            raise NotUnderstood("a power of a power without brackets", why, "write (a^b)^c or a^(b^c)")
        return Binary("^", base, exponent)

    def atom(self) -> Expression:
        kind, text = self.here
        self.position += 1
        if kind == "number":
            return Number(_finite(text))
        if text == "(":
            found = self.either()
            self.need(")")
            return found
        if kind == "name":
            return self.named(text)
        self.position -= 1
        found = repr(text) if text else "the end"  # type: ignore[assignment]
        raise NotUnderstood(f"an operand is missing before {found}", "", "complete the expression")

    def named(self, text: str) -> Expression:
        """A name, its lag, or a function."""
        word = text.lower() if self.dialect.fold or text[0] == "@" else text
        if self.here[1] not in ("(", "["):
            if text[0] == "@":
                raise NotUnderstood(f"{text} is not known", "", "write what it stands for")
            return Name(text.upper() if self.dialect.fold else text)
        if self.dialect.coefficients and word == "c" and self._coefficient():
            return Name(f"C_{self._whole()}")
        lag = self._lag(text, word)
        if lag is not None:
            return Name(text.upper() if self.dialect.fold else text, (), lag)
        self.need("(")
        if word == "if":
            return self._if()
        arguments = [self.either()]
        while self.take(","):
            arguments.append(self.either())
        self.need(")")
        return _called(text, word, arguments)

    def _coefficient(self) -> bool:
        inside = self.tokens[self.position : self.position + 3]
        return len(inside) == 3 and inside[1][0] == "number" and inside[2][1] in (")", "]")

    def _whole(self) -> int:
        number = _whole(self.tokens[self.position + 1][1])
        self.position += 3
        return number

    def _lag(self, text: str, word: str) -> int | None:
        """Periods back where the bracket holds a signed whole number; None where it is a function's."""
        inside = self.tokens[self.position : self.position + 4]
        signed = len(inside) == 4 and inside[1][1] in "+-" and inside[2][0] == "number"
        if signed and inside[3][1] in (")", "]") and word not in (*SAME, *MEANING):
            self.position += 4
            back = _whole(inside[2][1])
            if inside[1][1] == "+" and back:
                why = "the language has no leads: nobody knows the future"
                raise NotUnderstood(f"{text} is read {back} periods ahead", why, "state what is expected")
            if back > LONGEST:
                raise NotUnderstood(f"a lag of {back}", f"the longest is {LONGEST}", "shorten it")
            return back
        if inside[0][1] == "[" or (self._coefficient() and word not in (*SAME, *MEANING)):
            raise NotUnderstood(f"{text} has no lag in its brackets", "", "write a lag as x(-1) or x[-1]")
        return None

    def _if(self) -> Expression:
        """``if(c, a, b)``, or R's ``if (c) {a} else {b}``."""
        condition = self.either()
        if self.take(","):
            one = self.either()
            self.need(",")
            other = self.either()
            self.need(")")
            return Call("if", (condition, one, other))
        self.need(")")
        one = self._braced()
        self.need("else")
        return Call("if", (condition, one, self._braced()))

    def _braced(self) -> Expression:
        if not self.take("{"):
            return self.either()
        found = self.either()
        self.need("}")
        return found


def _called(text: str, word: str, arguments: list[Expression]) -> Expression:
    """A function in our words."""
    name = MEANING.get(word, word)
    first = arguments[0]
    if name in SAME and len(arguments) >= SAME[name] and (SAME[name] == 2 or len(arguments) == 1):
        return Call(name, tuple(arguments))
    if name == "if" and len(arguments) == 3:
        return Call("if", tuple(arguments))
    if word in ("d", "diff", "delta") and len(arguments) <= 2:
        for _ in range(_periods(text, arguments[1]) if len(arguments) == 2 else 1):
            first = Call("change", (first,))
        return first
    if word == "dlog" and len(arguments) == 1:
        return Call("change", (Call("log", (first,)),))
    if word in ("@pch", "@pc", "pct_growth") and len(arguments) == 1:
        growth = Binary("-", Binary("/", first, lagged(first)), Number(1.0))
        return growth if word == "@pch" else Binary("*", Number(100.0), growth)
    if word in ("@movav", "@movsum", "movavg") and len(arguments) == 2:
        periods = _periods(text, arguments[1])
        total = first
        for back in range(1, periods):
            total = Binary("+", total, lagged(first, back))
        return total if word == "@movsum" else Binary("/", total, Number(float(periods)))
    if word == "lag" and len(arguments) <= 2:
        return lagged(first, _periods(text, arguments[1]) if len(arguments) == 2 else 1)
    if word == "@inv" and len(arguments) == 1:
        return Binary("/", Number(1.0), first)
    known = ", ".join(sorted({*SAME, "if", "d", "dlog"}))
    what = f"the function {text} with {len(arguments)} argument{'s' if len(arguments) > 1 else ''}"
    raise NotUnderstood(what, "it is not known", f"write it with {known}")


def _periods(text: str, node: Expression) -> int:
    if isinstance(node, Number) and node.value.is_integer() and 1 <= node.value <= LONGEST:
        return int(node.value)
    raise NotUnderstood(f"{text} over no whole number of periods", f"it may be 1 to {LONGEST}", "write such")


def _whole(text: str) -> int:
    if not text.isdigit() or len(text) > 6:
        raise NotUnderstood(f"{text} is no whole number of periods", "", "write a lag as x(-1)")
    return int(text)


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise NotUnderstood(f"the number {text[:40]} is out of range", "", "write a smaller one")
    return value
