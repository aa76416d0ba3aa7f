"""Explanations: equations as text and LaTeX, blocks, and what decides, reads and is read by one variable."""

from __future__ import annotations

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.evaluate import scalar
from creditor.equations.explain import KINDS, equation_text, equations_grid, explain, readable
from creditor.equations.expressions import Cell
from creditor.equations.load import load_model, model_names
from creditor.equations.model import Model
from creditor.equations.parse import parse, parse_expression
from creditor.equations.resolve import Resolver
from creditor.equations.show import to_text


def made(text: str) -> Model:
    return elaborate(draft(parse(text, "m.model")), "m")


def facts(model: Model, name: str, *labels: str) -> dict[str, str]:
    return dict(explain(model, model.slot(name, labels)).rows)


def test_what_decides_a_definition() -> None:
    got = facts(load_model("pc"), "disposable_income")
    assert got["equation"] == "disposable_income = wages + interest[households] - taxes"
    assert got["kind"] == "definition" and got["place"].startswith("pc.model:")
    assert got["reads"] == "wages, interest[households], taxes"
    assert got["solved"].startswith("together with 5 others, on ")
    assert "consumption" in got["read by"] and "bills[households]" in got["read by"]


def test_what_decides_a_settled_cell() -> None:
    got = facts(load_model("sim"), "money")
    assert got["kind"] == "settled by the budgets" and got["place"].startswith("sim.model:")
    assert got["equation"] == "money = money(-1) + (purchases - taxes)"
    assert got["opens at"] == "80"
    assert got["solved"] == "after what it reads"


def test_givens_and_what_nobody_reads() -> None:
    model = made("given a = 2, b = 3 let c = a")
    assert facts(model, "a") == {"name": "a", "given": "2", "read by": "c"}
    assert facts(model, "b")["read by"] == "nothing"
    assert facts(model, "c")["read by"] == "nothing" and facts(model, "c")["reads"] == "a"


def test_a_variable_that_reads_itself_yesterday_is_not_its_own_reader() -> None:
    got = facts(made("let a = a(-1) + 1 start a = 0"), "a")
    assert got["reads"] == "a(-1)" and got["read by"] == "nothing" and got["opens at"] == "0"


def test_what_is_found_is_shown_with_both_sides() -> None:
    got = facts(made("given a = 2 find x so that x ^ 2 = a + 1 start x = 1"), "x")
    assert got["equation"] == "x ^ 2 = a + 1"
    assert got["kind"] == "found so that both sides agree"
    assert got["solved"] == "together with 0 others, on x"


@pytest.mark.parametrize("name", model_names())
def test_every_equation_of_the_library_is_read_back_to_the_same_value(name: str) -> None:
    model = load_model(name)
    resolver = Resolver(model)
    numbers = {slot: 0.5 + (slot * 0.618) % 1 for slot in range(len(model.slots))}

    def read(slot: int, lag: int) -> float:
        title = model.slots[slot][0]
        if title.startswith("payment."):  # shown by what is paid
            return scalar(model.equations[slot].tree, read)  # type: ignore[return-value]
        return numbers[slot] + 0.25 * lag

    for slot in model.variables:
        equation = model.equations[slot]
        text = to_text(readable(model, equation.tree))
        if "_of_" in text or equation.kind == "find":
            continue  # auxiliary cells, such as what is written off, have no name of their own
        again = resolver.tree(parse_expression(text), {})
        assert scalar(again, read) == pytest.approx(scalar(equation.tree, read), rel=1e-12, nan_ok=True), text


def test_every_kind_of_equation_has_a_name_and_every_model_a_list() -> None:
    for name in model_names():
        model = load_model(name)
        assert {equation.kind for equation in model.equations.values()} <= set(KINDS)
        grid = equations_grid(model)
        assert {row[0] for row in grid.rows} >= {model.title(slot) for slot in model.settled}
        assert not any(row[0].startswith("payment") for row in grid.rows)


def test_equations_as_latex() -> None:
    model = load_model("sim")
    text = equation_text(model, model.equations[model.slot("taxes")], latex=True)
    assert r"\cdot" in text or r"\," in text
    assert equations_grid(model, latex=True).rows[0][1] != equations_grid(model).rows[0][1]


def test_write_offs_are_listed_where_the_text_has_them() -> None:
    text = "dimension d = N, S sector a, b claim k[d]: a owes b write off k[N] = 1 hold k by b = 0 transaction t: a -> b"
    names = [row[0] for row in equations_grid(made(text)).rows]
    assert not any("written" in name for name in names)
    model = made(text)
    cell = readable(model, Cell(model.slot("written_off.k", ("N",)), 1))
    assert to_text(cell) == "written_off_of_k[N](-1)"


def test_long_lists_are_cut() -> None:
    text = "given a = 1 " + " ".join(f"let x{n} = a" for n in range(20))
    assert facts(made(text), "a")["read by"].endswith("x11 and 8 more")
