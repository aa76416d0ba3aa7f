"""Owns what a foreign text says: equations, values, starts, and the lines that are not understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from creditor.equations.expressions import Binary, Call, Expression, Name, Negative, Number, walk
from creditor.equations.foreign_expressions import Dialect, NotUnderstood, read_expression

SHOWN = 100  # letters of a line in a message
OPENED = re.compile(r"\s*([A-Za-z_.][\w.]*)\s*[(\[]\s*0\s*[)\]]\s*")


@dataclass(frozen=True)
class Said:
    """An equation, or the value of a name.

    Parameters
    ----------
    line : int
    name : str
        What it decides; empty for an equation that is solved for a name later.
    left, right : Expression
        ``left`` is the name itself but where the equation is solved for it.
    constant : bool
        Whether the right side has no name in it.
    back : int, optional
        For a start: how many periods before the opening; None where nothing says that it is one.
    """

    line: int
    name: str
    left: Expression
    right: Expression
    constant: bool
    back: int | None = None


@dataclass(frozen=True)
class Refused:
    """A line that is not understood."""

    line: int
    text: str
    what: str
    why: str = ""
    mend: str = ""


@dataclass
class Foreign:
    """What was read.

    Parameters
    ----------
    said : list of Said
    refused : list of Refused
    passed : list of (line, text, why)
        What has no bearing on the equations, or is ignored by name.
    """

    dialect: Dialect
    said: list[Said] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    passed: list[tuple[int, str, str]] = field(default_factory=list)

    def refuse(self, line: int, text: str, error: NotUnderstood) -> None:
        """Note a line that is not understood."""
        self.refused.append(Refused(line, _short(text), error.what, error.why, error.mend))

    def ignore(self, line: int, text: str, why: str) -> None:
        """Note what is passed over, with the reason."""
        self.passed.append((line, _short(text), why))

    def equation(self, line: int, left: str, right: str, back: int | None = None) -> None:
        """Read both sides of an equation; what is not understood is noted.

        Examples
        --------
        >>> foreign = Foreign(Dialect())
        >>> foreign.equation(1, "d(x)", "2 * a")
        >>> foreign.said[0].name, foreign.refused
        ('x', [])
        """
        opened = OPENED.fullmatch(left)
        if opened and back is None:
            left, back = opened[1], 0
        try:
            told = _solved(read_expression(left, self.dialect), read_expression(right, self.dialect))
        except NotUnderstood as error:
            self.refuse(line, f"{left.strip()} = {right.strip()}", error)
            return
        name, side, value = told
        constant = not any(isinstance(node, Name) for node in walk(value))
        if isinstance(side, Name) and (side.lag or back is not None):
            if not constant:
                past = NotUnderstood("a value of the past has a name in it", "", "write its number")
                self.refuse(line, f"{left.strip()} = {right.strip()}", past)
                return
            back = side.lag + (back or 0)
        self.said.append(Said(line, name, side, value, constant, back))

    def split(self, line: int, text: str, sign: str = "=", back: int | None = None) -> None:
        """Read an equation that is split at its first sign outside brackets."""
        place = _outside(text, sign)
        if place < 0:
            mend = f"write NAME {sign} EXPRESSION"
            self.refuse(line, text, NotUnderstood(f"it has no {sign!r}", "it is no equation", mend))
        else:
            self.equation(line, text[:place], text[place + len(sign) :], back)


def _short(text: str) -> str:
    line = "".join(letter if letter.isprintable() else " " for letter in " ".join(text.split()))
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 3]}..."


def _outside(text: str, sign: str) -> int:
    """Where a sign stands outside all brackets; -1 where it does not."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        relation = sign == "=" and (
            text[place + 1 : place + 2] == "=" or text[place - 1 : place] in tuple("<>!=")
        )
        if not depth and letter == sign and not (relation and place):
            return place
    return -1


def _solved(left: Expression, right: Expression) -> tuple[str, Expression, Expression]:
    """The name that an equation decides, its left side, and its right side once solved for the name."""
    if isinstance(left, Name):
        return left.name, left, right
    moved = _unwrapped(left, right)
    if moved is not None:
        return moved[0].name, *moved
    names = [node for node in walk(left) if isinstance(node, Name) and not node.lag]
    if not names:
        why = "it decides nothing of today"
        raise NotUnderstood("the left side has no variable", why, "write NAME = EXPRESSION")
    return names[0].name, left, right


def _unwrapped(left: Expression, right: Expression) -> tuple[Name, Expression] | None:
    """An equation for d(x), log(x), dlog(x), x - x(-1) or growth as one for x."""
    if isinstance(left, Call) and isinstance(left.arguments[0], Name) and not left.arguments[0].lag:
        own = left.arguments[0]
        before = Name(own.name, (), 1)
        forms: dict[str, Callable[[], Expression]] = {
            "change": lambda: Binary("+", before, right),
            "log": lambda: Call("exp", (right,)),
            "exp": lambda: Call("log", (right,)),
        }
        return (own, forms[left.function]()) if left.function in forms else None
    if isinstance(left, Call) and left.function == "change":
        inner = left.arguments[0]
        if isinstance(inner, Call) and inner.function == "log" and isinstance(inner.arguments[0], Name):
            own = inner.arguments[0]
            growth = Call("exp", (right,))
            return None if own.lag else (own, Binary("*", Name(own.name, (), 1), growth))
    if isinstance(left, Binary) and left.operator == "-" and isinstance(left.left, Name):
        own = left.left
        if left.right == Name(own.name, (), 1) and not own.lag:
            return own, Binary("+", left.right, right)
    return None


def number_of(node: Expression) -> float | None:
    """The number that a constant expression is written as, sign included; None for any other.

    Examples
    --------
    >>> number_of(Negative(Number(2.0)))
    -2.0
    """
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Negative) and isinstance(node.operand, Number):
        return -node.operand.value
    return None
