"""Owns quantities of a computation: a number, a range or several readings, with unit, sources and periods."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from creditor.errors import InputError, Trouble
from creditor.terms.numbers import format_number
from creditor.terms.provenance import Origin, worst_grade
from creditor.terms.units import PERCENT, SHARE, Unit

PLAIN = Unit("count", "")
BILLION = 10**9
INFINITE = float("inf")
Span = tuple[Fraction | float, Fraction | float]
SHOWN_SOURCES = 3


@dataclass(frozen=True)
class Quantity:
    """What a part of a computation gives.

    Parameters
    ----------
    spans : tuple of (low, high)
        One, or several readings of which any may be meant; low and high are equal for a single number.
    unit : Unit
        Money is in billions.
    origins : tuple of Origin
        Of every figure used.
    periods : tuple of str

    Examples
    --------
    >>> number(3).text
    '3'
    """

    spans: tuple[Span, ...]
    unit: Unit
    origins: tuple[Origin, ...] = ()
    periods: tuple[str, ...] = ()

    @property
    def value(self) -> float | None:
        """The number, where there is one only."""
        if len(self.spans) == 1 and self.spans[0][0] == self.spans[0][1]:
            return float(self.spans[0][0])
        return None

    @property
    def text(self) -> str:
        """What a reader sees, without the unit of money."""
        return self.written()

    def written(self, digits: int | None = None) -> str:
        """The same with so many digits after the point, if not those of the unit."""
        digits = _digits(self) if digits is None else digits
        texts = []
        for low, high in self.spans:
            first = format_number(_finite(low), self.unit, digits)
            if low == high:
                texts.append(first)
            elif high == INFINITE:
                texts.append(f"at least {first}")
            else:
                texts.append(f"{first} to {format_number(_finite(high), self.unit, digits)}")
        return " or ".join(dict.fromkeys(texts))

    @property
    def with_unit(self) -> str:
        """What a reader sees, with the unit."""
        if self.unit.measure == "money":
            return f"{self.unit.of} {self.text} bn"
        if self.unit.measure in ("percent", "share"):
            base = f" of {self.unit.of}" if self.unit.of else ""
            return self.text + base
        return f"{self.text} {self.unit.of}".strip()

    @property
    def origin(self) -> Origin | None:
        """Sources in one line, vintages and the worst grade; None where no figure was used."""
        if not self.origins:
            return None
        names = list(dict.fromkeys(origin.source for origin in self.origins))
        told = "; ".join(names[:SHOWN_SOURCES])
        told += f"; and {len(names) - SHOWN_SOURCES} more" if len(names) > SHOWN_SOURCES else ""
        vintages = dict.fromkeys(v for origin in self.origins for v in origin.vintage.split("; ") if v)
        grades = [origin.grade for origin in self.origins]
        grade = worst_grade(grades if len(names) == 1 else ["B", *grades])
        return Origin(told, "; ".join(sorted(vintages)), grade)


def number(value: int | float | Fraction | str, unit: Unit = PLAIN) -> Quantity:
    """A plain number.

    Examples
    --------
    >>> number("2.5").value
    2.5
    """
    exact = value if isinstance(value, Fraction) else Fraction(str(value))
    return Quantity(((exact, exact),), unit)


def published(value: Fraction, unit: Unit, origin: Origin, period: str) -> Quantity:
    """A figure with its origin; money in billions."""
    if unit.measure == "money":
        unit = Unit("money", unit.of, BILLION, unit.per)
    return Quantity(((value, value),), unit, (origin,), (period,))


def add(left: Quantity, right: Quantity, sign: int = 1) -> Quantity:
    """Sum, or difference with ``sign`` -1; a plain number counts in the unit of the other.

    Raises
    ------
    InputError
        T206 for two units that have no common sum.

    Examples
    --------
    >>> add(number(3), number(2), -1).text
    '1'
    """
    left, right, unit = _common(left, right)
    if sign > 0:
        return _joined(left, right, unit, lambda a, b: (a[0] + b[0], a[1] + b[1]))
    return _joined(left, right, unit, lambda a, b: (a[0] - b[1], a[1] - b[0]))


def times(left: Quantity, right: Quantity) -> Quantity:
    """Product; of percentages and money the money, percentages as hundredths.

    Examples
    --------
    >>> times(number(3), number(2)).text
    '6'
    """
    if PLAIN in (left.unit, right.unit):
        unit = right.unit if left.unit == PLAIN else left.unit
    else:
        left, right = _hundredths(left), _hundredths(right)
        if left.unit.measure == "money" and right.unit.measure == "money":
            raise _no_unit(f"{left.unit} times {right.unit}")
        unit = left.unit if left.unit.measure == "money" else right.unit
    return _joined(left, right, unit, lambda a, b: _ends(x * y for x in a for y in b))


def over(left: Quantity, right: Quantity) -> Quantity:
    """Ratio; of two amounts of one money a share.

    Raises
    ------
    InputError
        T206 for two moneys; F310 for a division by zero.

    Examples
    --------
    >>> over(number(1), number(4)).value
    0.25
    """
    if any(low <= 0 <= high for low, high in right.spans):
        raise InputError(
            Trouble("F310", "computation", "it is divided by zero", "", "divide by something else")
        )
    if left.unit.measure == "money" and right.unit.measure == "money":
        if left.unit.of != right.unit.of:
            raise _no_unit(f"{left.unit} over {right.unit}")
        unit = SHARE
    elif right.unit == PLAIN:
        unit = left.unit
    else:
        left, right = _hundredths(left), _hundredths(right)
        unit = left.unit if left.unit.measure == "money" else SHARE
    return _joined(left, right, unit, lambda a, b: _ends(x / y for x in a for y in b))


def negative(one: Quantity) -> Quantity:
    """The same with the other sign."""
    return replace(one, spans=tuple((-high, -low) for low, high in one.spans))


def hull(parts: Iterable[Quantity]) -> Quantity:
    """The range from the least to the greatest of several.

    Examples
    --------
    >>> hull([number(1), number(3)]).text
    '1 to 3'
    """
    found = _alike(parts)
    ends = _ends(end for one in found for span in one.spans for end in span)
    return _gathered(found, (ends,))


def either(parts: Iterable[Quantity]) -> Quantity:
    """Several readings of which any may be meant.

    Examples
    --------
    >>> either([number(1), number(3)]).text
    '1 or 3'
    """
    found = _alike(parts)
    return _gathered(found, tuple(dict.fromkeys(span for one in found for span in one.spans)))


def at_least(one: Quantity) -> Quantity:
    """A lower bound."""
    return replace(one, spans=tuple((low, INFINITE) for low, _ in one.spans))


def compare(left: Quantity, operator: str, right: Quantity) -> bool | None:
    """Whether left is above, below or equal to right; None where ranges overlap.

    Examples
    --------
    >>> compare(number(1), "<", number(2)), compare(hull([number(1), number(3)]), "<", number(2))
    (True, None)
    """
    left, right, _ = _common(left, right)
    answers = {_answer(low, operator, high) for low, high in itertools.product(left.spans, right.spans)}
    return answers.pop() if len(answers) == 1 else None


def _answer(left: Span, operator: str, right: Span) -> bool | None:
    if operator in (">", ">="):
        left, right, operator = right, left, operator.replace(">", "<")
    if operator in ("==", "!="):
        apart = left[1] < right[0] or right[1] < left[0]
        same = left[0] == left[1] == right[0] == right[1]
        return (apart if operator == "!=" else same) if apart or same else None
    strict = operator == "<"
    if left[1] < right[0] or (not strict and left[1] == right[0]):
        return True
    if right[1] < left[0] or (strict and right[1] == left[0]):
        return False
    return None


def in_unit(one: Quantity, unit: Unit) -> Quantity:
    """The same in the unit of a claim: shares as percent, money in its scale, a plain number as it stands.

    Raises
    ------
    InputError
        T206 for a unit that measures something else.

    Examples
    --------
    >>> in_unit(number("0.5", SHARE), PERCENT).text
    '50.0 %'
    """
    if one.unit == PLAIN:
        return replace(one, unit=unit)
    rates = ("percent", "share")
    if one.unit.measure in rates and unit.measure in rates:
        return replace(_scaled(one, _RATES[one.unit.measure] / _RATES[unit.measure]), unit=unit)
    if one.unit.measure == "money" and unit.measure == "money" and one.unit.of == unit.of:
        return replace(_scaled(one, Fraction(one.unit.scale, unit.scale)), unit=unit)
    if one.unit.measure == unit.measure == "count" and unit.of in ("", one.unit.of):
        return one
    if unit.measure == "count" and one.unit.measure == "share":  # a multiple
        return replace(one, unit=unit)
    raise _no_unit(f"{one.unit} as {unit}")


_RATES = {"percent": Fraction(1, 100), "share": Fraction(1)}


def _common(left: Quantity, right: Quantity) -> tuple[Quantity, Quantity, Unit]:
    if left.unit == PLAIN:
        return left, right, right.unit
    if right.unit == PLAIN:
        return left, right, left.unit
    rates = ("percent", "share")
    if left.unit.measure in rates and right.unit.measure in rates and left.unit.measure != right.unit.measure:
        left, right = in_unit(left, PERCENT), in_unit(right, PERCENT)
    if (left.unit.measure, left.unit.currency) != (right.unit.measure, right.unit.currency):
        left.unit.check_addable(right.unit, "computation")
    return left, right, left.unit


def _hundredths(one: Quantity) -> Quantity:
    if one.unit.measure != "percent":
        return one
    return replace(_scaled(one, Fraction(1, 100)), unit=SHARE)


def _scaled(one: Quantity, factor: Fraction) -> Quantity:
    return replace(one, spans=tuple((low * factor, high * factor) for low, high in one.spans))


def _alike(parts: Iterable[Quantity]) -> list[Quantity]:
    found = list(parts)
    first = found[0]
    for index, other in enumerate(found[1:], 1):
        first, found[index], _ = _common(first, other)
    found[0] = first
    return found


def _gathered(parts: list[Quantity], spans: tuple[Span, ...]) -> Quantity:
    unit = next((one.unit for one in parts if one.unit != PLAIN), PLAIN)
    origins = tuple(dict.fromkeys(origin for one in parts for origin in one.origins))
    return Quantity(spans, unit, origins, tuple(dict.fromkeys(p for one in parts for p in one.periods)))


def _joined(left: Quantity, right: Quantity, unit: Unit, work: Callable[[Span, Span], Span]) -> Quantity:
    spans = tuple(work(a, b) for a, b in itertools.product(left.spans, right.spans))
    return replace(_gathered([left, right], spans), unit=unit)


def _ends(values: Iterable[Fraction | float]) -> Span:
    found = list(values)
    return min(found), max(found)


def _finite(value: Fraction | float) -> Fraction | None:
    return value if isinstance(value, Fraction) else (None if value == INFINITE else Fraction(str(value)))


def _digits(one: Quantity) -> int | None:
    """Digits after the point: of money and rates those of the unit, of others about four in all."""
    largest = max((abs(float(low)) for low, _ in one.spans), default=0.0)
    if one.unit.measure != "count":
        return 3 if 0 < largest < 0.1 and one.unit.measure == "money" else None
    for digits in (0, 1, 2):
        if all(_finite(end) in (None, round(end, digits)) for span in one.spans for end in span):
            return digits
    return max(0, 3 - len(str(int(largest))) + (largest < 1))


def _no_unit(what: str) -> InputError:
    mend = "multiply amounts by percentages and divide amounts of one money"
    return InputError(Trouble("T206", "computation", f"{what} has no unit", "", mend))
