"""Units as authors write them: read into the bases of their model, or refused with the nearest name."""

from __future__ import annotations

import pytest

from creditor.equations.declared import exponents, pieces, unit_names
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.linear import show
from creditor.equations.parse import parse
from creditor.errors import InputError

ONE = """
sector a, b
claim shares: a owes b at price
claim m: a owes b
asset stock: a at price
given price = 2
hold shares by b = 1
let stock = 1
start shares = 1, m = 0
"""
TWO = """
dimension country = N, S
sector people[country], state[country]
currency of country worth rate
currency of world = EUR
claim money: state owes people
given rate[N] = 1, rate[S] = 0.5
transaction taxes: people -> state = money(-1)
start money = 1
"""


def made(text):
    return elaborate(draft(parse(text, "m.model")), "m")


@pytest.mark.parametrize(
    ("frequency", "unit", "shown"),
    [
        ("", "money/period", "money/period"),
        ("", "1/year", "1/period"),
        ("frequency quarterly ", "1/year", "1/year"),
        ("frequency quarterly ", "1/quarter", "1/period"),
        ("frequency quarterly ", "period/year", "period/year"),
        ("frequency yearly ", "money/year", "money/period"),
        ("frequency monthly ", "1/quarter^2", "1/quarter^2"),
        ("", "share", "pure number"),
        ("", "1", "pure number"),
        ("", "money/shares", "money/shares"),
        ("", "stock/goods", "pure number"),
        ("", "goods*goods/year", "goods^2/period"),
    ],
)
def test_units_are_read(frequency, unit, shown):
    assert show(exponents(made(frequency + ONE), unit)) == shown


def test_moneys_of_several():
    model = made(TWO)
    assert show(exponents(model, "S/period")) == "S/period"
    assert show(exponents(model, "N")) == show(exponents(model, "EUR")) == "EUR"  # its rate is given as 1
    assert exponents(model, "money") is None  # of whom
    assert show(exponents(model, "money", cell=("S",))) == "S"
    assert {"money", "EUR", "N", "S"} <= set(unit_names(model))
    assert pieces(model) == {}


@pytest.mark.parametrize(
    ("unit", "mend"),
    [
        ("1/yaer", "did you mean year"),
        ("mony", "did you mean money"),
        ("USD/year", "currency of world = USD"),
        ("10/year", "write 1"),
        ("share/percent", "use one of"),
    ],
)
def test_what_is_no_unit_is_refused_with_its_place(unit, mend):
    with pytest.raises(InputError) as caught:
        made(ONE + f"given x = 1 unit {unit}")
    (trouble,) = caught.value.troubles
    assert trouble.code == "T207" and trouble.where == "m.model:10" and mend in trouble.mend, trouble


def test_every_unit_that_is_not_known_is_told_at_once():
    with pytest.raises(InputError) as caught:
        made(ONE + "given x = 1 unit mony, y = 2 unit gods")
    assert caught.value.codes == ("T207", "T207")
