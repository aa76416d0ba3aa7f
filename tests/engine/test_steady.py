"""Steady states against closed forms and the book's own equations; growth; what never settles."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from creditor.engine.compare import residuals
from creditor.engine.program import compile_model
from creditor.engine.run import Inputs, run
from creditor.engine.steady import steady
from creditor.equations.load import load_model
from creditor.errors import NoSolutionError

VERIFY = Path(__file__).parents[2] / "verify/godley_lavoie"


def rest(name: str, **givens: float):
    model = load_model(name)
    slots = {model.slot(key): value for key, value in givens.items()}
    found = steady(compile_model(model), lambda n: {s: np.full(n, v) for s, v in slots.items()}, {})

    def value(name: str, *labels: str) -> float:
        return found.values[model.slot(name, labels)]

    return found, value


@pytest.mark.parametrize(("spending", "tax"), [(20.0, 0.2), (25.0, 0.2), (20.0, 0.25)])
def test_sim_rests_where_the_book_says(spending: float, tax: float) -> None:
    """Income is spending over the tax rate; wealth is disposable income; the root is written out."""
    found, value = rest("sim", public_spending=spending, tax_rate=tax)
    assert found.is_stationary
    assert value("wages") == pytest.approx(spending / tax, rel=1e-10)
    assert value("money") == pytest.approx((1 - tax) * spending / tax, rel=1e-10)
    kept = 1 - tax
    root = 0.6 + 0.4 * kept * 0.4 / (1 - 0.6 * kept)
    assert found.root == pytest.approx(root, abs=1e-6)
    assert found.half_life == pytest.approx(np.log(0.5) / np.log(root), rel=1e-3)


def test_sim_as_it_stands_is_exact() -> None:
    found, value = rest("sim")
    assert value("wages") == 100 and value("money") == 80 and found.residual == 0 and found.periods == 1


@pytest.mark.parametrize("rate", [0.025, 0.035])
def test_pc_rests_where_interest_and_taxes_balance(rate: float) -> None:
    found, value = rest("pc", target_rate=rate)
    share = 0.635 + 5 * rate - 0.01
    income = 0.8 * 20 / (0.2 - 0.8 * rate * share)
    assert found.is_stationary and found.residual <= 1e-10
    assert value("disposable_income") == pytest.approx(income, rel=1e-9)
    assert value("wealth") == pytest.approx(income, rel=1e-9)
    assert value("bills", "households") == pytest.approx(share * income, rel=1e-9)


def test_lp_rests_where_interest_and_taxes_balance() -> None:
    found, value = rest("lp")
    rate, price, tax = 0.03, 20.0, 0.1938
    bills = 0.44196 + 1.1 * rate - 1.0 / price - 0.03
    bonds = 0.3997 - 1.0 * rate + 1.1 / price - 0.03
    kept = 1 - tax
    income = kept * 20 / (tax - kept * (rate * bills + bonds / price))
    assert found.is_stationary
    assert value("wealth") == pytest.approx(income, rel=1e-9)
    assert value("bills", "households") == pytest.approx(bills * income, rel=1e-9)


def test_bmw_rests_where_the_book_says() -> None:
    found, value = rest("bmw", autonomous_consumption=30.0)
    income = 30 / ((1 - 0.75) * (1 - 0.1) - 0.1)
    assert found.is_stationary
    assert value("output") == pytest.approx(income, rel=1e-9)
    assert value("loans") == value("capital") == pytest.approx(income, rel=1e-9)


def test_open_rests_where_the_equations_of_the_book_do(monkeypatch) -> None:
    """A period of the book's equations, solved by other means, leaves every variable where it is."""
    monkeypatch.syspath_prepend(str(VERIFY))
    for module in ("open", "newton", "twin"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    book, newton = __import__("open"), __import__("newton")
    found, value = rest("open")
    assert found.is_stationary
    state = {"XR": 1.0}
    for here in "NS":
        own = {"Y": value("wages", here), "V": value("wealth", here), "R": value("bill_rate", here)}
        own |= {"Bh": value("bills", here, "households"), "Bcb": value("bills", here, "central_bank")}
        own |= {"Hh": value("money", here), "OR": value("gold", here), "Pg": 1.0, "G": 20.0}
        own |= {"Bs": own["Bh"] + own["Bcb"], "Hs": own["Hh"]}
        state |= {symbol + here: number for symbol, number in own.items()}
    rows = newton.simulate(partial(book.period, "open"), state, lambda n: book.GIVENS, ["YN", "YS"], 1)
    for symbol, number in state.items():
        assert rows[1][symbol] == pytest.approx(number, rel=1e-9), symbol


def test_the_certificate_is_a_state_that_repeats_itself() -> None:
    for name in ("pc", "lp", "openflex", "reg"):
        found, _ = rest(name)
        model = load_model(name)
        assert found.is_stationary and residuals(model, found.values, found.values)[0] <= 1e-10
        moved = dict(found.values)
        slot = next(s for s in model.equations if abs(moved[s]) > 1)
        moved[slot] *= 1.001
        assert residuals(model, moved, moved)[0] > 1e-5


def test_what_grows_is_named_with_its_rate() -> None:
    found, _ = rest("growth")
    model = load_model("growth")
    assert not found.is_stationary and found.root is None and found.half_life is None
    rates = {model.title(slot): rate for slot, rate in found.rates.items()}
    assert rates["real_output"] == pytest.approx(0.03, abs=1e-7)  # growth of productivity plus nothing else
    price = rates["price"]
    assert rates["output"] == pytest.approx(1.03 * (1 + price) - 1, abs=1e-7)
    assert found.residual < 1e-7


def test_growth_of_a_text_of_ones_own(laid_out) -> None:
    text = "given g = 0.04, a = 2 let b = (1 + g) * b(-1) let c = c(-1) + a let d = 7 + 0 * c"
    program = laid_out(f"{text} start b = 1 start c = 5")
    found = steady(program, lambda n: {}, {})
    slot = program.model.slot
    assert found.rates == {slot("b"): pytest.approx(0.04, abs=1e-12)}
    assert found.steps == {slot("c"): pytest.approx(2, rel=1e-12)}


def test_a_state_that_is_stationary_and_not_stable_is_said_to_be(laid_out) -> None:
    found = steady(laid_out("given a = 1 let b = 1.25 * b(-1) - 0.25 * a start b = 1"), lambda n: {}, {})
    assert found.is_stationary and found.root == pytest.approx(1.25, rel=1e-3)
    assert found.half_life == float("inf")


@pytest.mark.parametrize(
    ("text", "slowest"),
    [
        ("given a = 1 let b = c(-1) let c = -b(-1) + 0 * a start b = 1 start c = 0.5", "b"),
        ("given r = 3.7 let x = r * x(-1) * (1 - x(-1)) start x = 0.3", "x"),
    ],
    ids=["circle", "chaos"],
)
def test_what_never_settles_is_refused_by_name(laid_out, text: str, slowest: str) -> None:
    with pytest.raises(NoSolutionError) as error:
        steady(laid_out(text), lambda n: {}, {})
    assert error.value.codes == ("E631",)
    said = str(error.value)
    assert "does not settle in 16,384 periods" in said and "its last change was" in said
    assert f"{slowest} is slowest" in said or "c is slowest" in said


def test_small_change_is_not_taken_for_rest(laid_out) -> None:
    """Half a per cent of the way each period: 1e-12 is what remains, not what the last step was."""
    found = steady(laid_out("given a = 1 let b = b(-1) + 0.005 * (a - b(-1)) start b = 0"), lambda n: {}, {})
    program = laid_out("given a = 1 let b = b(-1) + 0.005 * (a - b(-1)) start b = 0")
    assert found.values[program.model.slot("b")] == pytest.approx(1, rel=2e-12)
    assert found.root == pytest.approx(0.995, abs=1e-5)


def test_a_path_that_breaks_on_the_way_has_no_state(laid_out) -> None:
    with pytest.raises(NoSolutionError) as error:
        steady(laid_out("given a = 1 let b = b(-1) + a let c = 1 / (b - 300) start b = 0"), lambda n: {}, {})
    assert error.value.codes == ("E621",) and "period 300" in str(error.value)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("given a = 1 let b = a + 0.9 * b(-1) let c = b + 0.5 * c(-1)", 0.9),
        ("given a = 1 let b = a + 0.6 * b(-1) - 0.6 * c(-1) let c = 0.6 * b(-1) + 0.6 * c(-1)", 0.6 * 2**0.5),
        ("given a = 1 let b = a let c = 2 * b", 0.0),
    ],
    ids=["real", "complex", "none"],
)
def test_the_largest_root_is_that_of_the_map(laid_out, text: str, root: float) -> None:
    found = steady(laid_out(f"{text} start b = 0 start c = 0"), lambda n: {}, {})
    assert found.root == pytest.approx(root, abs=1e-5)


def test_roots_are_those_of_the_jacobian_of_the_whole_model() -> None:
    """Among them are ones (what is conserved), and what books that do not balance would do; no others."""
    for name in ("pc", "lp", "bmwk", "dis"):
        model = load_model(name)
        program = compile_model(model)
        found = steady(program, lambda n: {}, {})
        slots = [slot for slot in program.lagged if slot not in model.givens]
        starts = {slot: np.full(2 * len(slots), found.values[slot]) for slot in found.values}
        steps = [1e-5 * max(abs(found.values[slot]), 1e-2) for slot in slots]
        for place, (slot, step) in enumerate(zip(slots, steps, strict=True)):
            starts[slot][2 * place] += step
            starts[slot][2 * place + 1] -= step
        after = run(program, Inputs(1, 2 * len(slots), {}, starts)).values[slots, 1, :]
        jacobian = (after[:, ::2] - after[:, 1::2]) / (2 * np.array(steps))
        moduli = np.abs(np.linalg.eigvals(jacobian))
        assert np.abs(moduli - found.root).min() < 1e-4
        assert found.root == pytest.approx(moduli[moduli < 0.99].max(), abs=1e-4)
