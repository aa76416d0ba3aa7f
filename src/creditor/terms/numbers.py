"""Owns the one number formatter: decimal, half to even, the same text on every surface."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from creditor.terms.units import Unit

ABSENT = "–"
DIGITS = {"money": 1, "percent": 1, "share": 1, "count": 0}


def format_number(value: float | Decimal | Fraction | None, unit: Unit, digits: int | None = None) -> str:
    """Format a number for people.

    Parameters
    ----------
    value : number or None
        None and not-a-number mean absent.
    unit : Unit
        Decides the digits; a share is written in percent.
    digits : int, optional
        Digits after the point, if not those of the unit.

    Returns
    -------
    str
        With comma between thousands, a true minus sign, ``%`` after shares and percentages.

    Examples
    --------
    >>> from creditor.terms.units import parse_unit
    >>> format_number(28029.14, parse_unit("USD bn"))
    '28,029.1'
    >>> format_number(0.3300, parse_unit("share"))
    '33.0 %'
    """
    if value is None or value != value:
        return ABSENT
    exact = _decimal(value)
    if not exact.is_finite():
        return ABSENT
    if unit.measure == "share":
        exact *= 100
    places = DIGITS[unit.measure] if digits is None else digits
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    text = f"{abs(rounded):,.{places}f}"
    if rounded < 0:
        text = "−" + text
    elif rounded == 0 and exact != 0:
        text = ("<" if exact > 0 else ">−") + f"{Decimal(1).scaleb(-places):f}"
    return text + " %" if unit.measure in ("share", "percent") else text


def _decimal(value: float | Decimal | Fraction) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(repr(float(value)))


def with_unit(value: float | Decimal | Fraction | None, unit: Unit) -> str:
    """Format a number with its unit, for sentences.

    Examples
    --------
    >>> from creditor.terms.units import parse_unit
    >>> with_unit(1138.3, parse_unit("USD bn"))
    'USD 1,138.3 bn'
    >>> with_unit(4.25, parse_unit("percent of GDP"))
    '4.2 % of GDP'
    """
    text = format_number(value, unit)
    name = str(unit)
    if unit.measure == "money":
        return f"{unit.of} {text}{name.removeprefix(unit.of)}"
    if unit.measure in ("share", "percent"):
        return f"{text} {name.removeprefix(unit.measure).strip()}".strip()
    return f"{text} {name}"
