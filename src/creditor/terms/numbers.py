"""Owns the one number formatter: decimal, half to even, the same text on every surface."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from creditor.terms.units import Unit

ABSENT = "–"
DIGITS = {"money": 1, "percent": 1, "share": 1, "count": 0}
PARTED = ("years",)  # counted things that have parts


def format_number(value: float | Decimal | Fraction | None, unit: Unit, digits: int | None = None) -> str:
    """Format a number for people.

    Parameters
    ----------
    value : number or None
        None, not-a-number and infinity mean absent.
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
    exact = _exact(value)
    if exact is None:
        return ABSENT
    if unit.measure == "share":
        exact *= 100
    places = digits_of(unit) if digits is None else digits
    count = round(exact * 10**places)  # of units of the last place; Python rounds a fraction half to even
    text = _written(abs(count), places)
    if count < 0:
        text = "−" + text
    elif count == 0 and exact != 0:
        text = ("<" if exact > 0 else ">−") + _written(1, places)
    return text + " %" if unit.measure in ("share", "percent") else text


def digits_of(unit: Unit) -> int:
    """Digits after the point that a unit has.

    Examples
    --------
    >>> digits_of(Unit("count", "years")), digits_of(Unit("count", "persons"))
    (1, 0)
    """
    return 1 if unit.of in PARTED else DIGITS[unit.measure]


def _written(count: int, places: int) -> str:
    whole, part = divmod(count, 10**places)
    return f"{whole:,}.{part:0{places}d}" if places else f"{whole:,}"


def _exact(value: float | Decimal | Fraction | None) -> Fraction | None:
    """The number as written in its shortest form, None where it is absent."""
    if value is None or isinstance(value, Fraction):
        return value
    if isinstance(value, int):
        return Fraction(value)
    number = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return Fraction(number) if number.is_finite() else None


def with_unit(value: float | Decimal | Fraction | None, unit: Unit, digits: int | None = None) -> str:
    """Format a number with its unit, for sentences.

    Examples
    --------
    >>> from creditor.terms.units import parse_unit
    >>> with_unit(1138.3, parse_unit("USD bn"))
    'USD 1,138.3 bn'
    >>> with_unit(4.25, parse_unit("percent of GDP"))
    '4.2 % of GDP'
    """
    text = format_number(value, unit, digits)
    name = str(unit)
    if text == ABSENT:
        return ABSENT
    if unit.measure == "money":
        return f"{unit.of} {text} {name.removeprefix(unit.of).strip()}".strip()
    if unit.measure in ("share", "percent"):
        return f"{text} {name.removeprefix(unit.measure).strip()}".strip()
    return f"{text} {name}"
