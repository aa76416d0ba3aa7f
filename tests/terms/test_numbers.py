"""Numbers are rounded half to even on their decimal digits, whatever their size and kind."""

import decimal
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.terms.numbers import ABSENT, format_number, with_unit
from creditor.terms.units import PERCENT, SHARE, money, parse_unit

USD = money("USD")
HOUSEHOLDS = parse_unit("households")
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value="-1e20", max_value="1e20", places=7)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((28029.14, "28,029.1"), (0, "0.0"), (-0.0, "0.0"), (Decimal("-0"), "0.0"), (999.95, "1,000.0")),
        *((0.25, "0.2"), (0.35, "0.4"), (2.675, "2.7"), (1234567, "1,234,567.0"), (-1234.5, "−1,234.5")),
        *((Decimal("0.05"), "<0.1"), (Decimal("0.0500001"), "0.1"), (Decimal("-0.05"), ">−0.1")),
        *((1e-300, "<0.1"), (-1e-300, ">−0.1"), (5e-324, "<0.1"), (Fraction(1, 10**60), "<0.1")),
        *((1e15 + 0.5, "1,000,000,000,000,000.5"), (np.float64(1.25), "1.2"), (True, "1.0")),
    ],
)
def test_amounts(value, text):
    assert format_number(value, USD) == text


def test_years_have_parts_and_persons_have_none():
    assert format_number(6.44, parse_unit("years")) == "6.4"
    assert format_number(6.44, parse_unit("persons")) == "6"


def test_huge_numbers_have_all_their_digits():
    assert format_number(1e30, USD) == "1" + ",000" * 10 + ".0"
    assert format_number(10**40 + 1, HOUSEHOLDS).endswith(",000,001")
    assert len(format_number(1.7976931348623157e308, HOUSEHOLDS)) == 309 + 102


@pytest.mark.parametrize(
    "value",
    [None, math.nan, math.inf, -math.inf, np.nan, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")],
)
@pytest.mark.parametrize("unit", [USD, SHARE, HOUSEHOLDS])
def test_what_is_not_there_is_absent_never_zero(value, unit):
    assert format_number(value, unit) == ABSENT == with_unit(value, unit)


def test_shares_and_percentages_carry_their_sign():
    assert format_number(0.33, SHARE) == "33.0 %"
    assert format_number(Fraction(1, 3), SHARE, 3) == "33.333 %"
    assert format_number(0.0001, SHARE) == "<0.1 %"
    assert format_number(-4.25, PERCENT) == "−4.2 %"
    assert format_number(2.5, HOUSEHOLDS) == "2"


@pytest.mark.parametrize("tie", ["0.5", "1.5", "2.5", "-0.5", "-1.5", "12345678901234567890123456789012.5"])
def test_ties_go_to_the_even_digit_in_every_kind_of_number(tie):
    text = format_number(Decimal(tie), HOUSEHOLDS)
    assert text == format_number(Fraction(tie), HOUSEHOLDS)
    assert text in ("<1", ">−1") or int(text[-1]) % 2 == 0


def test_fractions_are_exact_beyond_any_precision():
    just_above, just_below = Fraction(5, 100) + Fraction(1, 10**50), Fraction(15, 100) - Fraction(1, 10**50)
    assert format_number(just_above, USD) == "0.1"
    assert format_number(just_below, USD) == "0.1"
    assert format_number(Fraction(15, 100), USD) == "0.2"


def test_the_decimal_context_of_the_caller_does_not_matter():
    with decimal.localcontext() as context:
        context.prec = 3
        context.rounding = decimal.ROUND_UP
        assert format_number(Decimal("123456.21"), USD) == "123,456.2"
        assert format_number(Fraction(1234567, 10), USD) == "123,456.7"


@given(DECIMALS, st.integers(0, 6))
def test_the_text_is_the_decimal_quantised_half_to_even(value, digits):
    with decimal.localcontext() as context:
        context.prec = 60
        wanted = value.quantize(Decimal(1).scaleb(-digits), rounding=decimal.ROUND_HALF_EVEN)
    text = format_number(value, USD, digits)
    if wanted == 0 and value != 0:
        assert text[0] in "<>"
    else:
        assert Decimal(text.replace("−", "-").replace(",", "")) == wanted
        assert len(text.partition(".")[2]) == digits


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=0))
def test_the_sign_changes_nothing_but_the_sign(value):
    positive, negative = format_number(value, USD), format_number(-value, USD)
    assert negative.replace("−", "").replace(">", "<") == positive
    assert ("−" in negative) == (value != 0)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1138.3, "USD bn", "USD 1,138.3 bn"),
        (1.0, "USD bn per year", "USD 1.0 bn per year"),
        (4.25, "percent of GDP", "4.2 % of GDP"),
        (0.5, "share", "50.0 %"),
        (12.0, "households", "12 households"),
    ],
)
def test_with_unit(value, unit, text):
    assert with_unit(value, parse_unit(unit)) == text


def test_money_in_no_currency_has_no_stray_space():
    assert with_unit(1.0, money("", "")) == "1.0"
