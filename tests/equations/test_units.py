"""Units are inferred from the equations, and only what adds two moneys is complained of."""

from __future__ import annotations

from fractions import Fraction

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.load import load_model, model_names
from creditor.equations.parse import parse
from creditor.equations.units import Linear, Units, infer_units, show

TWO = """
dimension country = N, S
dimension debtor as country
sector people[country], state[country]
currency of country worth rate
claim bonds: state[debtor] owes people[country]
claim money: state owes people
given rate[N] = 1, rate[S] = 0.5, share = 0.1
transaction taxes: people -> state = share * net_worth[people](-1)
hold bonds by people where debtor == country = bonds(-1)
hold bonds[S] by people[N] = bonds(-1)
start bonds = 1, money = 1
"""


def units_of(text):
    model = elaborate(draft(parse(text)))
    return model, infer_units(model)


def test_parameters_are_inferred_in_a_model_of_one_money():
    model, units = units_of(
        "sector a, b claim m: a owes b given share = 0.5, level = 3 "
        "transaction pay: a -> b = share * m(-1) + level start m = 1 "
        "let twice = sqrt(pay * m) let ratio = pay / m(-1)"
    )
    assert units.findings == []
    assert {name: units.text(model.slot(name)) for name in ("share", "level", "pay", "twice", "ratio")} == {
        "share": "pure number",
        "level": "money",
        "pay": "money",
        "twice": "money",
        "ratio": "pure number",
    }


def test_a_price_turns_pieces_into_money():
    model, units = units_of(
        "sector a, b claim shares: a owes b at price claim m: a owes b given price = 2, pieces = 5 "
        "hold shares by b = pieces start shares = 5, m = 0 let value = shares * price"
    )
    assert units.findings == []
    assert units.text(model.slot("value")) == "money"
    assert units.text(model.slot("pieces")) == ""  # what a piece is, nothing says


def test_the_money_of_each_country_and_its_value():
    model, units = units_of(TWO)
    assert units.findings == []
    assert units.text(model.slot("taxes", ("S",))) == "S"
    assert units.text(model.slot("taxes", ("N",))) == "common money"  # its money is worth one
    assert units.text(model.slot("rate", ("S",))) == "common money/S"
    assert units.text(model.slot("bonds", ("S", "N"))) == "S"


def test_two_moneys_are_not_added():
    _, units = units_of(TWO + "let worth_of_bonds[country] = sum(bonds[debtor, country] over debtor)")
    assert len(units.findings) == 2  # one for each country
    sentence = units.findings[0].sentence
    assert "bonds[N, " in sentence and "bonds[S, " in sentence and "common money/S" in sentence
    converted = (
        "let worth_of_bonds[country] = sum(bonds[debtor, country] * rate[debtor] over debtor) / rate[country]"
    )
    assert units_of(TWO + converted)[1].findings == []


@pytest.mark.parametrize(
    "equation",
    [
        "let x = max(m, share * m)",
        "let x = if(m > 0, m, 0)",
        "let x = abs(m) - 0",
        "let x = m ^ 2 / m",
        "let x = -m",
    ],
)
def test_functions_keep_units(equation):
    model, units = units_of("sector a, b claim m: a owes b given share = 1 start m = 1 " + equation)
    assert units.findings == [] and units.text(model.slot("x")) == "money"


@pytest.mark.parametrize(
    "equation", ["let x = m + 1", "let x = if(m > share, 1, 2) + m", "let x = log(m) + m"]
)
def test_money_and_pure_numbers_are_not_added(equation):
    _, units = units_of(
        "sector a, b claim m: a owes b given share = 1 let s = share + 1 start m = 1 " + equation
    )
    assert units.findings and "money" in units.findings[0].sentence


def test_no_model_of_the_library_adds_two_moneys():
    assert {
        name: infer_units(load_model(name)).findings for name in model_names() if name != "three_economies"
    } == {name: [] for name in model_names() if name != "three_economies"}


def test_units_as_people_write_them():
    half = Fraction(1, 2)
    assert show({"UK": half, "US": Fraction(-1)}) == "UK^1/2/US"
    assert Units({}, []).text(3) == ""
    assert Linear({1: Fraction(1)}).plus(Linear({1: Fraction(1)}), Fraction(-1)).slots == {}
