"""Interventions: nothing changes while they are zero, books close while they are not, what is derived is refused."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.program import compile_model
from creditor.engine.reference import reference
from creditor.engine.run import Inputs, run
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.interventions import intervene, refusal
from creditor.equations.load import load_model
from creditor.equations.parse import parse

MARKET = """
given supply = 8, slope = 2
find price so that 10 - slope * price = supply
let sold = 10 - slope * price
"""


def model_of(text: str):
    return elaborate(draft(parse(text)))


@pytest.mark.parametrize("name", ["pc", "insout", "openflex"])
def test_slots_that_are_zero_change_no_bit(name: str) -> None:
    model = load_model(name)
    free = [slot for slot in model.variables if not refusal(model, slot)]
    changed = intervene(model, free, free).model
    plain = run(compile_model(model), Inputs(6))
    same = run(compile_model(changed), Inputs(6))
    assert np.array_equal(plain.values, same.values[: len(model.slots)], equal_nan=True)
    assert len(model.slots) == len(plain.values) < len(same.values), "the first model is left as it was"


def test_all_engines_and_the_reference_agree_on_add_factors_and_fixes() -> None:
    model = load_model("pc")
    consumption, taxes = model.slot("consumption"), model.slot("taxes")
    changed = intervene(model, [consumption], [taxes])
    givens = {
        changed.add[consumption]: np.array([0, 2.0, 2.0, -1.0, 0]),
        changed.mask[taxes]: np.array([0, 0, 1.0, 1.0, 0]),
        changed.value[taxes]: np.array([0, 0, 25.0, 26.0, 0]),
    }
    program = compile_model(changed.model)
    by_numpy = run(program, Inputs(5, givens=givens, machine="numpy"))
    pytest.importorskip("numba")
    for machine in ("numba", "fused"):
        compiled = run(program, Inputs(5, givens=givens, machine=machine))
        assert np.array_equal(by_numpy.values, compiled.values, equal_nan=True), machine
    opening = {slot: float(x) for slot, x in enumerate(by_numpy.values[:, 0, 0]) if np.isfinite(x)}
    states = reference(changed.model, opening, 5, {slot: list(map(float, x)) for slot, x in givens.items()})
    for slot in model.variables:
        twin = [state[slot] for state in states[1:]]
        assert by_numpy.values[slot, 1:, 0] == pytest.approx(twin, rel=1e-10, abs=1e-10), model.title(slot)
    assert by_numpy.series("taxes")[3:5, 0].tolist() == [25.0, 26.0]
    assert by_numpy.certificate.books <= 1e-12


def test_an_add_factor_moves_the_right_side_by_its_number() -> None:
    model = load_model("sim")
    purchases = model.slot("purchases")
    changed = intervene(model, [purchases])
    program = compile_model(changed.model)
    added = run(program, Inputs(9, givens={changed.add[purchases]: np.full(9, 5.0)}))
    spent = run(compile_model(model), Inputs(9, givens={model.slot("public_spending"): np.full(9, 25.0)}))
    assert added.series("wages")[1:] == pytest.approx(spent.series("wages")[1:], rel=1e-14)


def test_a_market_whose_price_is_fixed_or_that_gets_an_add_factor() -> None:
    model = model_of(MARKET)
    price = model.slot("price")
    changed = intervene(model, [price], [price])
    program = compile_model(changed.model)
    mask, value = np.array([0.0, 1.0, 0.0]), np.array([0.0, 3.0, 0.0])
    add = np.array([0.0, 0.0, 1.0])
    givens = {changed.mask[price]: mask, changed.value[price]: value, changed.add[price]: add}
    done = run(program, Inputs(3, givens=givens, starts={price: 1.0}))
    assert done.series("price")[1:, 0] == pytest.approx([1.0, 3.0, 0.5])
    assert done.series("sold")[2, 0] == pytest.approx(4.0), "demand at the fixed price, not supply"


def test_a_suspended_equation_may_be_without_a_value() -> None:
    model = model_of("given a = -1 let b = log(a) let c = 2 * b")
    b = model.slot("b")
    changed = intervene(model, fixes=[b])
    givens = {changed.mask[b]: np.ones(2), changed.value[b]: np.full(2, 7.0)}
    assert run(compile_model(changed.model), Inputs(2, givens=givens)).series("c")[2, 0] == 14.0


def test_what_the_budgets_decide_is_refused() -> None:
    model = load_model("pc")
    words = {
        "money": "settled",
        "net_worth[firms]": "net worth",
        "saving[firms]": "saving",
        "tax_rate": "given",
    }
    titles = {model.title(slot): slot for slot in (*model.variables, *model.givens)}
    for title, word in words.items():
        assert word in refusal(model, titles[title])
    assert not refusal(model, model.slot("consumption"))


def test_equations_apart_read_copies_of_a_given() -> None:
    model = model_of("given a = 2 let b = a let c = a + a(-1) let d = b + c")
    a, b, c = (model.slot(name) for name in "abc")
    changed = intervene(model, apart={b: [a], c: [a]})
    assert len(changed.own) == 2
    own = {model.equations[b].statement: 5.0, model.equations[c].statement: 2.0}
    givens = {slot: np.full(1, own[statement]) for (statement, _), slot in changed.own.items()}
    done = run(compile_model(changed.model), Inputs(1, givens=givens))
    assert [float(done.series(name)[1, 0]) for name in "bcd"] == [5.0, 4.0, 9.0]
