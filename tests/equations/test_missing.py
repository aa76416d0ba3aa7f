"""Missing openings: one unknown cell of a claim is what a stated total or net worth leaves; two are not computed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditor.engine.openings import opening
from creditor.engine.program import compile_model
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.expressions import Cell
from creditor.equations.missing import missing_openings, opening_trees, resolvable
from creditor.equations.model import Model
from creditor.equations.parse import parse
from creditor.errors import InputError

WORLD = """
dimension country = N, S
sector people[country], state[country], fund
currency of country worth rate
claim bills: state owes people, fund at price
claim money: state owes people
claim shares: fund owes people[N]
asset land: people at land_price
given rate[N] = 2, rate[S] = 4, price[country] = 0.5, land_price[country] = 3
let land = land(-1)
hold bills by fund = bills(-1)
hold bills by people = bills(-1)
transaction aid: state[N] -> state[S]
start land = 2, shares = 7
"""


def model_of(text: str) -> Model:
    return elaborate(draft(parse(WORLD + text)))


def computed(model: Model) -> list[str]:
    return [model.title(slot) for slot in missing_openings(model, {*model.givens, *model.starts})]


def opened(model: Model, name: str, *cell: str, **starts: float) -> float:
    known = {model.slot(key): value for key, value in starts.items()}
    return float(opening(compile_model(model), known, 1)[model.slot(name, cell), 0])


def test_a_total_leaves_one_cell() -> None:
    model = model_of(
        "start total bills[N] = 30, bills[people, N] = 12 start money = 1, bills[people, S] = 2, bills[S, fund] = 3"
    )
    assert computed(model) == ["bills[N, fund]"]
    assert opened(model, "bills", "N", "fund") == 18.0


def test_net_worth_leaves_one_cell_at_its_price_and_money() -> None:
    rest = "start bills = 10, money[N] = 5 "
    model = model_of(rest + "start net_worth[people, S] = 33")
    assert computed(model) == ["money[S]"]
    assert opened(model, "money", "S") == pytest.approx(33 - 10 * 0.5 - 2 * 3)
    model = model_of("start bills[people] = 10, bills[S, fund] = 4, money = 5 start net_worth[fund] = 11")
    assert computed(model) == ["bills[N, fund]"]  # in the common unit: 11 = q * 0.5 * 2 + 4 * 0.5 * 4 - 7 * 1
    assert opened(model, "bills", "N", "fund") == pytest.approx(11 - 8 + 7)


def test_the_issuers_net_worth_leaves_a_liability() -> None:
    model = model_of("start bills = 10, money[N] = 5 start net_worth[state, S] = 0 - 30")
    assert computed(model) == ["money[S]"]
    assert opened(model, "money", "S") == pytest.approx(30 - 20 * 0.5)


def test_a_cell_that_was_found_may_leave_another_alone() -> None:
    text = "start bills[people] = 10, bills[S, fund] = 4, money[N] = 5 "
    model = model_of(text + "start net_worth[state, N] = 0 - 25 start total bills = 40")
    assert computed(model) == ["bills[N, fund]"]
    model = model_of(text + "start total money = 9 start net_worth[fund] = 11")
    assert computed(model) == ["money[S]", "bills[N, fund]"]
    assert opened(model, "money", "S") == 4.0


def test_two_unknown_cells_are_not_computed() -> None:
    model = model_of("start bills[people] = 10, money = 5 start total bills = 40")
    assert computed(model) == []
    with pytest.raises(InputError) as caught:
        opened(model, "money", "N")
    assert [trouble.mend for trouble in caught.value.troubles] == [
        "write start bills[N, fund] = ...",
        "write start bills[S, fund] = ...",
    ]


def test_a_price_that_is_not_known_is_not_guessed() -> None:
    text = "sector a, b claim m: a owes b at p let p = p(-1) transaction t: a -> b = 1 start net_worth[b] = 3"
    assert computed(elaborate(draft(parse(text)))) == []


def test_what_a_scenario_opens_is_taken_into_account() -> None:
    text = (
        "sector a, b, c claim m: a owes b, c claim n: a owes b transaction t: b -> c = 1 hold n by b = n(-1)"
    )
    model = elaborate(draft(parse(text + " start total m = 9 start n = 2, m[b] = 4")))
    program, slots = compile_model(model), {key: model.slot("m", (key,)) for key in "bc"}
    assert opening(program, {}, 1)[slots["c"], 0] == 5.0
    assert opening(program, {slots["b"]: np.array([1.0, 2.0])}, 2)[slots["c"]].tolist() == [8.0, 7.0]
    assert opening(program, {slots["c"]: 3.0}, 1)[slots["c"], 0] == 3.0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-99, 99), min_size=2, max_size=6), st.integers(0, 5))
def test_any_one_cell_of_a_total_is_found_exactly(cells: list[int], left_out: int) -> None:
    out = left_out % len(cells)
    names = [f"s{number}" for number in range(len(cells))]
    text = f"sector state, {', '.join(names)} claim m: state owes {', '.join(names)} "
    text += f"start total m = {sum(cells)}".replace("= -", "= 0 - ")
    stated = [
        f", m[{name}] = 0 - {-cells[i]}" if cells[i] < 0 else f", m[{name}] = {cells[i]}"
        for i, name in enumerate(names)
    ]
    text += "".join(entry for i, entry in enumerate(stated) if i != out)
    model = elaborate(draft(parse(text)))
    values = opening(compile_model(model), {}, 1)[:, 0]
    assert [values[model.slot("m", (name,))] for name in names] == cells


def test_what_is_resolvable() -> None:
    assert resolvable({1: Cell(2), 2: Cell(1)}, ()) == {}
    assert list(resolvable({1: Cell(2), 2: Cell(3)}, {3})) == [2, 1]
    model = model_of("")
    assert model.slot("money", ("N",)) not in opening_trees(
        model, ()
    )  # the budgets decide it, from period 1 on
    assert model.slot("net_worth.fund") in opening_trees(model, ())
