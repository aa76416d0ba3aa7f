"""The period as a base: sums of stocks and flows are read as a step of one period, or refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from creditor.equations.declared import PERIOD
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.expressions import Cell, Place
from creditor.equations.linear import of_slot
from creditor.equations.parse import parse
from creditor.equations.times import Mixed, Term, Times, fits, possible

STOCK, FLOW, OTHER = Fraction(0), Fraction(-1), Fraction(1)
MONEY = "sector a, b claim m: a owes b transaction t: a -> b = share * m(-1) given share = 0.1 start m = 1 "


def mixed(*terms):
    """A sum of (sign, whether of the last period)."""
    made = tuple(Term(Cell(slot), of_slot(slot), sign, before) for slot, (sign, before) in enumerate(terms))
    return Mixed(made, of_slot(9), Place(), 9)


@pytest.mark.parametrize(
    ("terms", "times", "result", "fitting"),
    [
        ([(1, True), (1, False)], [STOCK, FLOW], STOCK, True),  # stock(-1) + flow
        ([(1, True), (1, False)], [STOCK, FLOW], FLOW, False),
        ([(1, False), (-1, True)], [STOCK, STOCK], FLOW, True),  # stock - stock(-1)
        ([(1, False), (-1, True)], [STOCK, STOCK], STOCK, True),
        ([(1, False), (1, True)], [STOCK, STOCK], FLOW, False),  # both are added
        ([(1, False), (1, False), (-1, True)], [FLOW, STOCK, STOCK], FLOW, True),
        ([(1, False), (1, True)], [STOCK, FLOW], STOCK, False),  # today's stock has the flow in it
        ([(1, True), (1, True)], [OTHER, FLOW], None, False),
        ([(1, True), (1, False)], [None, None], FLOW, True),
        ([(1, True), (1, False)], [None, FLOW], OTHER, False),
    ],
)
def test_readings_of_a_sum(terms, times, result, fitting):
    assert fits(mixed(*terms), times, result) is fitting


@pytest.mark.parametrize(
    ("terms", "times", "place", "wanted"),
    [
        ([(1, False), (1, True)], [None, None, FLOW], 0, {FLOW}),
        ([(1, True), (1, False)], [STOCK, None, STOCK], 1, {STOCK, FLOW}),
        ([(1, True), (1, False)], [STOCK, FLOW, None], 2, {STOCK}),
        ([(1, False), (-1, True)], [STOCK, STOCK, None], 2, {STOCK, FLOW}),
        ([(1, False), (-1, True)], [FLOW, FLOW, None], 2, {FLOW}),
        ([(1, False), (1, True)], [None, FLOW, None], 2, set()),
    ],
)
def test_what_an_open_part_can_be(terms, times, place, wanted):
    assert possible(mixed(*terms), times, place) == wanted


@pytest.mark.parametrize(
    ("line", "name", "time"),
    [
        ("", "share", FLOW),
        ("let x = m(-1) + t", "x", STOCK),
        ("let x = t + change(m)", "x", FLOW),
        ("let x = 1 + t / m", "x", STOCK),  # a factor
        ("let x = t / m - 0.02", "x", FLOW),  # a rate less a number
        ("let x = 2 * t", "x", FLOW),
        ("let x = max(0.6, m / t)", "x", OTHER),
        ("let x = exp(m / m(-1))", "x", None),
        ("let x = t ^ 2", "x", Fraction(-2)),
    ],
)
def test_times_of_names(line, name, time):
    model = elaborate(draft(parse(MONEY + line)))
    found = Times(model).made()
    assert found.clashes == []
    assert found.exponent(of_slot(model.slot(name)), PERIOD) == time
