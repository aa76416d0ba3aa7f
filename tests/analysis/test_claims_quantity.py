"""Quantities: numbers, ranges and readings keep unit and sources; what has no unit is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from creditor.analysis.claims_quantity import (
    PLAIN,
    Quantity,
    add,
    at_least,
    compare,
    either,
    hull,
    in_unit,
    negative,
    number,
    over,
    published,
    times,
)
from creditor.errors import InputError
from creditor.terms.provenance import Origin
from creditor.terms.units import PERCENT, SHARE, Unit, parse_unit

USD = Unit("money", "USD", 10**9)


def dollars(value: str, grade: str = "A", source: str = "x") -> Quantity:
    return published(Fraction(value), USD, Origin(source, "2026-01", grade), "2025")


def test_arithmetic_is_exact_and_keeps_the_money():
    both = add(dollars("0.1"), dollars("0.2", "A", "y"))
    assert both.spans == ((Fraction(3, 10), Fraction(3, 10)),) and both.unit == USD
    assert both.origin.grade == "B" and both.origin.source == "x; y"
    assert over(dollars("1"), dollars("3")).unit == SHARE
    assert times(number("25", PERCENT), dollars("8")).value == 2
    assert negative(dollars("2")).text == "−2.0"


def test_a_range_and_readings():
    span = hull([dollars("37.6"), dollars("38.5")])
    assert span.text == "37.6 to 38.5" and span.value is None
    less = add(number(40, USD), span, -1)
    assert less.spans == ((Fraction("1.5"), Fraction("2.4")),)
    assert either([number(1), number(3)]).text == "1 or 3"
    assert at_least(number(5)).text == "at least 5"


@pytest.mark.parametrize(
    ("left", "sign", "right", "answer"),
    [
        (number(1), "<", number(2), True),
        (number(2), "<=", number(2), True),
        (number(2), "<", number(2), False),
        (number(2), ">", number(1), True),
        (hull([number(1), number(3)]), ">", number(2), None),
        (hull([number(1), number(3)]), "==", number(5), False),
        (number(5), "!=", number(5), False),
        (either([number(1), number(9)]), ">", number(4), None),
    ],
)
def test_comparisons_know_what_they_do_not_know(left, sign, right, answer):
    assert compare(left, sign, right) is answer


def test_units_are_changed_or_refused():
    assert in_unit(number("0.306", SHARE), PERCENT).text == "30.6 %"
    assert in_unit(dollars("37637.6"), parse_unit("USD tn")).value == 37.6376
    with pytest.raises(InputError, match="T206"):
        in_unit(dollars("1"), PERCENT)
    with pytest.raises(InputError, match="T206"):
        add(dollars("1"), number(1, PERCENT))
    with pytest.raises(InputError, match="T206"):
        times(dollars("1"), dollars("1"))
    with pytest.raises(InputError, match="F310"):
        over(number(1), hull([number(-1), number(1)]))


def test_plain_numbers_show_as_many_digits_as_they_need():
    assert [number(text).text for text in ("104038.3299", "1.849", "0.0004", "7")] == [
        "104,038",
        "1.85",
        "<0.001",
        "7",
    ]
    assert number("4.4").unit == PLAIN
