"""Conversions: the money of an amount is found, two rates exchange it, and what has no one money is refused."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.program import compile_model
from creditor.engine.run import Inputs, Result, run
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.infer import infer_units
from creditor.equations.model import Model
from creditor.equations.parse import parse
from creditor.errors import InputError

WORLD = """
dimension country = N, S
dimension debtor as country
dimension partner as country
sector people[country], state[country], fund
currency of country worth rate
currency of world = USD
claim bonds: state[debtor] owes people[country]
claim money: state owes people
claim shares: fund owes people
claim deposits: state[debtor] owes fund
given rate[N] = 2, rate[S] = 0.5
given tax[N] = 10, tax[S] = 40
transaction taxes: people -> state = tax
hold bonds by people where debtor == country = bonds(-1) + 1
hold bonds[S] by people[N] = bonds(-1)
hold deposits[N] by fund = deposits(-1)
hold shares by people = shares(-1)
start bonds[N, N] = 1, bonds[N, S] = 3, bonds[S, N] = 8, bonds[S, S] = 16
start money = 1, shares[N] = 6, shares[S] = 4, deposits[N] = 2, deposits[S] = 12
"""


def model_of(text: str) -> Model:
    return elaborate(draft(parse(WORLD + text)))


def result_of(text: str, periods: int = 3, **changes: float) -> Result:
    model = model_of(text)
    givens = {model.slot("rate", (label,)): np.array([2.0, value, value]) for label, value in changes.items()}
    return run(compile_model(model), Inputs(periods, givens=givens, machine="numpy"))


def last(result: Result, name: str, *labels: str) -> float:
    return float(result.series(name, *labels)[-1, 0])


def test_into_a_label_a_dimension_and_the_common_unit() -> None:
    result = result_of(
        "let one = taxes[N] in S let each[debtor] = taxes[N] in debtor "
        "let common = taxes[S] in world let named = taxes[S] in USD"
    )
    assert last(result, "one") == 40.0  # 10 at 2 over 0.5
    assert [last(result, "each", label) for label in "NS"] == [10.0, 40.0]
    assert last(result, "common") == last(result, "named") == 20.0


def test_claims_count_in_the_issuers_money_pooled_sectors_in_the_common_unit() -> None:
    result = result_of(
        "let held[country] = sum(bonds[debtor, country](-1) in country over debtor)"
        "let mine = shares[N] in N let pooled = net_worth[fund] in S let own = net_worth[people, S] in N"
    )
    assert result.series("held", "N")[1, 0] == 1 + 8 * 0.5 / 2
    assert result.series("held", "S")[1, 0] == 3 * 2 / 0.5 + 16
    assert last(result, "mine") == 3.0
    assert last(result, "pooled") == pytest.approx(last(result, "net_worth.fund") / 0.5)
    assert last(result, "own") == pytest.approx(last(result, "net_worth.people", "S") * 0.5 / 2)


def test_the_result_varies_by_the_dimension_that_is_named() -> None:
    model = model_of("let abroad = sum(taxes[partner] in country over partner where partner <> country)")
    assert model.spaces["abroad"].dims == ("country",)
    assert model_of("let told = taxes[N] in debtor").spaces["told"].dims == ("debtor",)


def test_a_lag_inside_is_converted_today_and_previous_at_yesterdays_rates() -> None:
    result = result_of(
        "let today = tax[S](-1) in N let whole = previous(tax[S] in N) let moved = change(tax[S] in N)", N=4.0
    )
    assert result.series("today")[2, 0] == 40 * 0.5 / 4
    assert result.series("whole")[2, 0] == 40 * 0.5 / 2
    assert result.series("moved")[2, 0] == 5.0 - 10.0


def test_a_money_worth_one_is_still_told_from_the_common_unit() -> None:
    text = WORLD.replace("rate[N] = 2", "rate[N] = 1") + "let common = taxes[N] in world"
    model = elaborate(draft(parse(text)))
    givens = {model.slot("rate", ("N",)): np.array([1.0, 3.0])}
    result = run(compile_model(model), Inputs(2, givens=givens, machine="numpy"))
    assert result.series("common")[1:, 0].tolist() == [10.0, 30.0]


def test_conversions_may_need_each_other_in_any_order() -> None:
    text = "let third = second in world let second = first in S let first = tax[N] in N"
    assert last(result_of(text), "third") == 20.0
    assert last(result_of("let twice = taxes[N] in S in world"), "twice") == 20.0


def test_in_every_place_an_expression_has() -> None:
    text = """
    claim notes: state[S] owes people[N]
    hold notes by people worth taxes[S] in N
    write off notes = 0.1 * notes(-1)
    transaction gift: state[N] -> people[N] = taxes[S] in N
    given target = 1
    find share so that share * gift = taxes[S] in N
    let largest = max(taxes[N], if(taxes[S] in N > 9, taxes[S] in N, -taxes[S] in N))
    start notes = 4, largest = tax[S] in N
    check taxes[S] in N = 10
    check taxes[N] in country >= 10
    """
    result = result_of(text)
    assert last(result, "notes") == 40.0
    assert [last(result, name) for name in ("gift", "share", "largest")] == [10.0, 1.0, 10.0]
    assert result.series("largest")[0, 0] == 10.0


def test_units_agree_with_what_was_converted() -> None:
    model = model_of("let all[country] = taxes + sum(taxes[partner] in country over partner)")
    units = infer_units(model)
    assert [finding.place for finding in units.findings] == ["model:15"]  # a number is added to bonds there
    assert units.text(model.slot("all", ("S",))) == "S/period"
    assert units.text(model.slot("rate", ("S",))) == "USD/S"


@pytest.mark.parametrize("rate", ["2", "1"])  # a money worth one is told from the common unit too
def test_a_declared_unit_says_the_money(rate: str) -> None:
    text = WORLD.replace("rate[N] = 2", f"rate[N] = {rate}")
    text += """
    given gift = 8 unit N, aid[country] = 6 unit money/year, price = 3 unit S/goods, fee = 5 unit USD
    let one = gift in S let two = aid[S] in world let three = price in USD let four = (price * 2) in N
    let five = fee in S
    """
    model = elaborate(draft(parse(text)))
    result = run(compile_model(model), Inputs(1, machine="numpy"))
    n = float(rate)
    found = [last(result, name) for name in ("one", "two", "three", "four")]
    assert found == [8 * n / 0.5, 3.0, 1.5, 6 * 0.5 / n]
    assert last(result, "five") == 10.0


def test_rates_per_year_do_not_disturb_the_money() -> None:
    text = "frequency quarterly given i = 0.04 unit 1/year let due = per_period(i) * taxes[N] in S"
    assert last(result_of(text), "due") == 0.01 * 10 * 2 / 0.5


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("let x = (taxes[N] + taxes[S]) in N", "counts more than one money"),
        ("let mixed = taxes[N] + taxes[S] let x = mixed in N", "the equation for mixed mixes moneys"),
        ("let x = 3 in N", "3 is a pure number"),
        ("let x = taxes[N] * taxes[N] in S", "has the unit N\\^2"),
        ("given hours = 3 let x = hours in N", "counts an unknown money"),
        ("let x = taxes[N] in Mars", "no such money 'Mars'"),
        ("let x = taxes[N] in S where", "where"),
    ],
)
def test_what_has_no_one_money_is_refused_by_name(line: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        model_of(line)


def test_one_statement_is_told_once() -> None:
    with pytest.raises(InputError) as caught:
        model_of("given hours[country] = 3 let x[country] = hours in N")
    assert len(caught.value.troubles) == 1
