"""Accounts: settlement by a spanning tree, payments in whose money, net worth by flows and by stocks."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from creditor.engine.program import compile_model
from creditor.engine.run import Inputs, run
from creditor.equations.accounts import edges, show
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.load import closed_models, find_model, load_model
from creditor.equations.model import Model
from creditor.equations.parse import parse, read_model_text
from creditor.equations.readable import equation_text
from creditor.errors import InputError
from creditor.scenario.givens import givens_of
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

D = "dimension country = N, S dimension partner as country "
WORLD = """
dimension country = A, B
dimension debtor  as country
dimension partner as country
sector households[country], firms[country], state[country], bank[country]
currency of country worth rate
given rate[A] = 1, rate[B] = 0.8
given price[country] = 1, haircut[country] = 0, due = 0.1
claim bonds: state[debtor] owes households[country], bank[country] at bond_price
claim notes: bank owes households
let bond_price[debtor] = price[debtor]
transaction coupons on bonds = 0.03 * bonds(-1)
write off bonds = haircut[debtor] * bonds(-1)
redeem bonds = due * bonds(-1) at 1
transaction purchases: state -> firms = 20
transaction imports: firms[country] -> firms[partner] where partner <> country = 0.1 * purchases[country]
transaction wages: firms -> households
transaction taxes: households -> state = 0.2 * wages
asset houses: households at house_price
let houses = houses(-1) * 1.01
given house_price[country] = 2
hold bonds by households worth 0.2 * net_worth[households, country](-1)
hold bonds by bank = 0.9 * bonds(-1)
hold bonds by bank where debtor == country = settled
hold bonds[A] by bank[B] = settled
start bonds = 10, notes = 20, houses = 3
set price[B] = 0.7 from 2, rate[B] = 0.5 from 3, house_price[A] = 3 from 2
set haircut[B] = 0.4 from 4 to 4
"""


def made(text: str) -> Model:
    return elaborate(draft(parse(text, "m.model")), "m")


def last(text: str, periods: int = 1) -> dict[str, float]:
    """Every value of the last period, by its title."""
    model = made(text)
    givens = givens_of(model, make_scenario(model="sim", periods=periods))
    values = run(compile_model(model), Inputs(periods, givens=givens, machine="numpy")).values
    return {model.title(slot): float(values[slot, -1, 0]) for slot in range(len(model.slots))}


def refused(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        made(text)
    return caught.value


def message(error: InputError, number: int = 0) -> str:
    trouble = error.troubles[number]
    return f"{trouble.where}: {trouble.what}. {trouble.why} | {trouble.mend}"


# --- the tree
def library(name: str, old: str, new: str) -> str:
    text = read_model_text(find_model(name))
    assert old in text
    return text.replace(old, new)


def test_a_sector_that_nothing_settles() -> None:
    text = library("sim", "firms      -> households  ", "firms      -> households = 3")
    assert message(refused(text)) == (
        "m.model: 1 sector unsettled. firms: nothing settles between it and government, households. "
        "everything that crosses has an equation: purchases, consumption, wages | "
        "take the equation from one of these, or declare a claim in which the surplus is held"
    )


def test_cells_that_form_a_circle() -> None:
    text = library("pc", "hold bills by households =", "let wanted =")
    assert message(refused(text)) == (
        "m.model: the budgets cannot tell these apart: bills[central_bank], bills[households], money. "
        "each is left to be settled and together they form a circle (central_bank - government - households): "
        "money could run round it in any amount | give one of them an equation (hold ... by ... = ...)"
    )


def test_two_groups_of_the_same_size_are_told_once() -> None:
    error = refused("sector a, b, c, d transaction t: a -> b transaction u: c -> d transaction x: b -> c = 2")
    assert error.codes == ("E613",)
    assert error.troubles[0].what == "2 sectors unsettled. c, d: nothing settles between them and b"


def test_three_sectors_between_which_nothing_settles_are_two_troubles() -> None:
    error = refused("sector a, b, c transaction t: a -> b = 1 transaction u: b -> c = 1")
    assert [t.what.split(":")[0] for t in error.troubles] == [
        "1 sector unsettled. b",
        "1 sector unsettled. c",
    ]
    assert error.troubles[0].why == "everything that crosses has an equation: t, u"


def test_parts_that_nothing_declared_joins_settle_each_for_itself() -> None:
    model = made("sector a, b, c, d, lone transaction t: a -> b = 2 claim k: b owes a transaction u: c -> d")
    assert set(model.settled.values()) == {"k", "u"}
    error = refused(
        "sector a, b, c, d, e transaction t: a -> b = 2 transaction u: c -> d transaction v: d -> e = 1"
    )
    assert [t.what.split(":")[0] for t in error.troubles] == [
        "1 sector unsettled. b",
        "1 sector unsettled. e",
    ]


def test_a_payment_to_itself_cannot_be_settled() -> None:
    error = refused("sector a, b transaction t: a -> a transaction u: a -> b")
    assert error.codes == ("E612",)
    assert error.troubles[0].what == "the budgets cannot tell these apart: t"


def test_where_cells_have_labels() -> None:
    error = refused(D + "sector a[country] claim k: a[country] owes a[partner] where partner <> country")
    assert error.troubles[0].what == "the budgets cannot tell these apart: k[N, S], k[S, N]"
    assert "(a[S] - a[N])" in error.troubles[0].why


def test_edges_run_from_holder_to_issuer_and_from_payer_to_payee() -> None:
    model = made("sector a, b claim k: a owes b transaction t: a -> b = 1")
    assert [(show(e.payer), show(e.payee)) for e in edges(model)] == [("b", "a"), ("a", "b")]


# --- settled amounts against small cases worked out by hand
def test_only_what_crosses_the_cut_enters() -> None:
    text = "sector a, b, c claim k: a owes b transaction t: b -> c transaction u: a -> b = 5 transaction v: a -> c = 2"
    text += " transaction w: b -> c = 1 start k = 100"
    model = made(text)
    assert equation_text(model, model.equations[model.slot("k")]) == "k = k(-1) + u + v"
    assert equation_text(model, model.equations[model.slot("t")]) == "t = -v - w"
    got = last(text)
    assert (got["k"], got["t"]) == (107.0, -3.0)


def test_a_settled_claim_is_bought_at_its_price() -> None:
    text = "sector a, b given p = 4 claim k: a owes b at p transaction t: a -> b = 10 start k = 100"
    assert last(text)["k"] == 102.5
    assert last(text)["net_worth[b]"] == 410.0


@pytest.mark.parametrize("behaviour", ["", "hold k by b = k(-1) - 10 + 5 transaction x: a -> b"])
def test_what_is_written_off_is_not_paid(behaviour: str) -> None:
    text = "sector a, b given p = 2 claim k: a owes b at p write off k = 10 transaction t: a -> b = 10 start k = 100 "
    got = last(text + behaviour)
    assert got["k"] == 95.0
    assert got["payment of k"] == 10.0
    assert (got["net_worth[b]"], got["net_worth[a]"], got["saving[b]"]) == (190.0, -190.0, 10.0)
    assert got.get("x", 0.0) == 0.0


@pytest.mark.parametrize("behaviour", ["", "hold k by b = 95 transaction x: a -> b"])
def test_what_is_redeemed_is_paid_at_its_own_price(behaviour: str) -> None:
    text = "sector a, b given p = 2 claim k: a owes b at p write off k = 10 redeem k = 20 at 1 "
    text += "transaction t: a -> b = 30 start k = 100 "
    got = last(text + behaviour)
    assert got["k"] == 95.0  # 100 - 10 - 20 + (30 + 20 * 1) / 2
    assert got["payment of k"] == 30.0
    assert got["net_worth[b]"] == 190.0
    assert got.get("x", 0.0) == 0.0


def test_a_claim_held_among_cells_of_one_sector() -> None:
    text = D + "sector a[country] claim k: a[country] owes a[partner] where country == N and partner == S "
    text += "transaction t: a[country] -> a[partner] where country <> partner = 1 given more = 2 "
    text += "transaction u: a[N] -> a[S] = more start k = 0"
    got = last(text)
    assert got["k[N, S]"] == 2.0
    assert (got["net_worth[a, N]"], got["net_worth[a, S]"]) == (-2.0, 2.0)


# --- money
MONEY = D + "sector firms[country] currency of country worth rate given rate[N] = 1, rate[S] = 0.5 "
MONEY += "transaction imports: firms[country] -> firms[partner] where partner <> country = 10 start loan = 0 "


@pytest.mark.parametrize(
    ("claim", "amount"), [("firms[N] owes firms[S]", 5.0), ("firms[S] owes firms[N]", -10.0)]
)
def test_payments_count_in_the_payers_money_and_claims_in_the_issuers(claim: str, amount: float) -> None:
    got = last(MONEY + f"claim loan: {claim}")
    assert got["payment of imports[N, S]"] == 10.0 and got["payment of imports[S, N]"] == 5.0
    assert got["loan"] == amount
    assert (got["net_worth[firms, N]"], got["net_worth[firms, S]"]) == (-5.0, 10.0)
    assert (got["saving[firms, N]"], got["saving[firms, S]"]) == (-5.0, 10.0)


def test_worth_is_counted_in_the_holders_money() -> None:
    text = (
        MONEY
        + "claim loan: firms[N] owes firms[S] hold loan by firms worth 8 transaction rest: firms[S] -> firms[N]"
    )
    got = last(text)
    assert got["loan"] == 4.0
    assert got["rest"] == 2.0  # S receives 5, lends 4: 1 in common money, 2 in its own


def test_a_settled_payment_is_counted_in_the_payers_money() -> None:
    text = MONEY.replace("start loan = 0 ", "") + "transaction rest: firms[S] -> firms[N]"
    assert last(text)["rest"] == 10.0


def test_a_fall_of_the_currency_is_a_gain_of_the_foreign_debtor() -> None:
    text = MONEY.replace("= 10 start loan = 0", "= 0 start loan = 100")
    text += "claim loan: firms[S] owes firms[N] set rate[S] = 0.4 from 1"
    got = last(text)
    assert got["loan"] == 100.0
    assert (got["net_worth[firms, N]"], got["net_worth[firms, S]"]) == (40.0, -100.0)
    assert got["saving[firms, N]"] == 0.0


# --- net worth by flows is net worth by stocks, and the four causes add up
@lru_cache
def outcome(name: str, text: str = "") -> tuple[Model, np.ndarray]:
    if text:
        model = made(text)
        givens = givens_of(model, make_scenario(model="sim", periods=8))
        return model, run(compile_model(model), Inputs(8, givens=givens, machine="numpy")).values[:, :, 0]
    result = run_scenario(make_scenario(model=name, periods=20), path=0)
    return result.model, result.result.values[:, :, 0]


SMALL_WORLD = str(Path(__file__).with_name("small_world.model"))
CASES = [*((name, "") for name in closed_models()), (SMALL_WORLD, ""), ("a world of two", WORLD)]


def one(values: np.ndarray, slot: int | None) -> np.ndarray:
    return np.ones(values.shape[1]) if slot is None else values[slot]


@pytest.mark.parametrize(("name", "text"), CASES, ids=lambda case: Path(case).stem[:20])
def test_net_worth_by_flows_is_net_worth_by_stocks(name: str, text: str) -> None:
    model, values = outcome(name, text)
    for party in model.sectors:
        stocks, scale = np.zeros(values.shape[1]), np.full(values.shape[1], 1e-9)
        for cell in model.claims:
            amount = values[cell.slot] * one(values, cell.price) * one(values, cell.worth)
            for end, sign in ((cell.holder, 1), (cell.issuer, -1)):
                if end == party:
                    stocks, scale = stocks + sign * amount, np.maximum(scale, abs(amount))
        for asset in model.assets:
            if asset.owner == party:
                amount = values[asset.slot] * one(values, asset.price) * one(values, model.worth[party])
                stocks, scale = stocks + amount, np.maximum(scale, abs(amount))
        flows = values[model.slot(f"net_worth.{party[0]}", party[1])] * one(values, model.worth[party])
        known = np.isfinite(stocks) & np.isfinite(flows)
        assert known[1:].all()
        assert (abs(stocks - flows)[known] <= 1e-11 * scale[known]).all(), party


@pytest.mark.parametrize(("name", "text"), CASES, ids=lambda case: Path(case).stem[:20])
def test_saving_revaluation_and_other_changes_are_the_change_of_net_worth(name: str, text: str) -> None:
    model, values = outcome(name, text)
    for party in model.sectors:
        own = one(values, model.worth[party])
        worth = values[model.slot(f"net_worth.{party[0]}", party[1])] * own
        causes = (values[model.slot(f"saving.{party[0]}", party[1])] * own)[1:]
        scale = np.maximum(abs(causes), abs(worth[1:])) + 1e-6
        for cell in model.claims:
            sign = (cell.holder == party) - (cell.issuer == party)
            price = one(values, cell.price) * one(values, cell.worth)
            part = values[cell.slot][:-1] * np.diff(price)
            if cell.written_off is not None:
                part = part - (values[cell.written_off] * price)[1:]
            if cell.redeemed is not None:
                paid = values[cell.redemption_price] * one(values, cell.worth)
                part = part + (values[cell.redeemed] * (paid - price))[1:]
            causes, scale = causes + sign * part, np.maximum(scale, abs((values[cell.slot] * price)[1:]))
        for asset in model.assets:
            if asset.owner == party:
                value = values[asset.slot] * one(values, asset.price) * own
                causes, scale = causes + np.diff(value), np.maximum(scale, abs(value[1:]))
        change = np.diff(worth)
        known = np.isfinite(change) & np.isfinite(causes)
        assert known[1:].all()
        assert (abs(change - causes)[known] <= 1e-11 * scale[known]).all(), party


def test_opening_net_worth_is_that_of_the_stocks() -> None:
    model, values = outcome("pc")
    assert values[model.slot("net_worth.households"), 0] == pytest.approx(64.865 + 21.62)
    assert values[model.slot("net_worth.central_bank"), 0] == pytest.approx(21.576 - 21.62)


def test_net_worth_does_not_depend_on_todays_portfolio() -> None:
    model = load_model("pc")
    text = equation_text(model, model.equations[model.slot("net_worth.households")])
    assert not re.search(r"(bills\[households\]|money)(?!\(-1\))", text)
