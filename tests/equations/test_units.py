"""Moneys are inferred from the equations; where two are mixed, the slots of that equation are known."""

from __future__ import annotations

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.linear import of_slot, show
from creditor.equations.parse import parse
from creditor.equations.units import Inference

TWO = """
dimension country = N, S
sector people[country], state[country]
currency of country worth rate
claim money: state owes people
given rate[N] = 1, rate[S] = 0.5, share = 0.1
transaction taxes: people -> state = share * net_worth[people](-1)
start money = 1
"""


def made(text, merge=True):
    model = elaborate(draft(parse(text)))
    return model, Inference(model, merge).made()


def test_each_country_counts_in_its_money():
    model, found = made(TWO)
    counted = {label: show(found.reduced(of_slot(model.slot("taxes", (label,)))).known) for label in "NS"}
    assert counted == {"N": "common money", "S": "S"}  # the money of N is worth one
    apart = made(TWO, merge=False)[1]
    assert show(apart.reduced(of_slot(model.slot("taxes", ("N",)))).known) == "N"
    assert found.mixtures == 0 and found.spoiled == set()


def test_two_moneys_that_are_mixed_are_counted():
    model, found = made(TWO + "let all = taxes[N] + taxes[S]")
    assert found.mixtures == 1 and found.spoiled == {model.slot("all")}


def test_what_is_determined_is_solved():
    model, found = made(
        "sector a, b claim m: a owes b transaction t: a -> b = m(-1) start m = 1 let x = m * t"
    )
    assert show(found.solved()[model.slot("x")]) == "money^2"
