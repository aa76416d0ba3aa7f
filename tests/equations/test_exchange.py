"""Assets that change hands: what one gets the other gives, whatever the payment, the price and the money."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditor.engine.program import compile_model
from creditor.engine.run import Inputs, Result, run
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.infer import infer_units
from creditor.equations.model import Model
from creditor.equations.parse import parse
from creditor.equations.readable import equation_text
from creditor.errors import InputError

TWO = """
dimension country = N, S
dimension partner as country
sector firms[country], bank[country]
currency of country worth rate
asset gold: bank at gold_price
claim credit: bank owes firms
given rate[N] = 2, rate[S] = 0.5, pg = 8, spending[N] = 5, spending[S] = 3
let gold_price = pg / rate
transaction imports: firms[country] -> firms[partner] where partner <> country = spending[country]
start gold = 40, credit = 100
"""


def model_of(text: str) -> Model:
    return elaborate(draft(parse(text, "m.model")), "m")


def result_of(text: str, periods: int = 3) -> Result:
    return run(compile_model(model_of(text)), Inputs(periods, machine="numpy"))


def test_a_settled_payment_moves_gold_from_one_to_the_other() -> None:
    result = result_of(TWO + "transaction paid: bank[N] -> bank[S] for gold")
    assert result.series("paid")[1:, 0].tolist() == pytest.approx([(3 * 0.5 - 5 * 2) / 2] * 3)
    bought = result.series("paid")[1:, 0] / 4.0  # the price in N
    assert np.diff(result.series("gold", "N")[:, 0]) == pytest.approx(bought)
    assert np.diff(result.series("gold", "S")[:, 0]) == pytest.approx(-bought)


def test_the_two_lines_read_one_quantity() -> None:
    model = model_of(TWO + "transaction paid: bank[N] -> bank[S] for gold")
    lines = [equation_text(model, model.equations[model.slot("gold", (label,))]) for label in "NS"]
    assert lines == [
        "gold[N] = gold[N](-1) + paid / gold_price[N]",
        "gold[S] = gold[S](-1) - paid / gold_price[N]",
    ]
    assert infer_units(model).findings == []


def test_every_pair_may_trade_and_several_transactions_add_up() -> None:
    text = (
        TWO
        + """
    transaction trade: bank[country] -> bank[partner] for gold where partner <> country = spending[country]
    transaction more: bank[N] -> bank[S] for gold = 4
    claim notes: bank[N] owes bank[S]
    start notes = 0
    """
    )
    result = result_of(text, 1)
    moved = 5 / 4 + 4 / 4 - 3 / 16  # in N gold costs 4, in S 16
    assert result.series("gold", "N")[1, 0] == pytest.approx(40 + moved)
    assert result.series("gold", "S")[1, 0] == pytest.approx(40 - moved)


def test_between_two_sectors_that_both_own_it() -> None:
    text = """
    sector households, banks
    asset land: households, banks at price
    given price = 2, sold = 6
    claim money: banks owes households
    transaction sale: households -> banks for land = sold
    start land[households] = 1, land[banks] = 9, money = 10
    """
    result = result_of(text, 2)
    assert result.series("land", "households")[:, 0].tolist() == [1, 4, 7]
    assert result.series("land", "banks")[:, 0].tolist() == [9, 6, 3]
    assert result.series("money")[:, 0].tolist() == [10, 4, -2]
    assert result.series("net_worth.households")[:, 0].tolist() == [12.0] * 3


def test_a_price_is_not_needed_within_one_money() -> None:
    text = "sector a, b asset land: a, b claim m: a owes b transaction t: a -> b for land = 3 start m = 0, land = 5"
    assert result_of(text, 1).series("land", "a")[1, 0] == 8


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-9, 9)), min_size=1, max_size=6),
    st.integers(1, 5),
)
def test_the_whole_quantity_never_changes(trades: list[tuple[int, int, int]], price: int) -> None:
    lines = ["sector s0, s1, s2, s3, state", "asset land: s0, s1, s2, s3 at price", f"given price = {price}"]
    lines += [f"claim m{i}: state owes s{i} start m{i} = 0" for i in range(4)]
    lines += [
        f"transaction t{number}: s{one} -> s{other} for land = {amount if amount >= 0 else f'0 - {-amount}'}"
        for number, (one, other, amount) in enumerate(trades)
    ]
    owned = {f"s{i}" for one, other, _ in trades if one != other for i in (one, other)}
    lines += [f"let land[s{i}] = land[s{i}](-1)" for i in range(4) if f"s{i}" not in owned]
    result = result_of("\n".join([*lines, "start land = 10"]))
    total = sum(result.series("land", f"s{i}")[:, 0] for i in range(4))
    assert total == pytest.approx([40.0] * 4, rel=1e-12)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("transaction paid: bank[N] -> bank[S] for silver", "silver, which is no asset"),
        ("transaction paid: firms[N] -> bank[S] for gold = 1", r"firms\[N\] does not own it"),
        ("let gold = gold(-1) transaction paid: bank[N] -> bank[S] for gold", "an equation of its own"),
    ],
)
def test_what_cannot_change_hands_is_refused_by_name(line: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        model_of(TWO + line)
    assert len(caught.value.troubles) == 1
