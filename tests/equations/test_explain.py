"""Explanations: equations as text and LaTeX, blocks, and what decides, reads and is read by one variable."""

from __future__ import annotations

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.explain import KINDS, equations_grid, explain
from creditor.equations.expressions import Cell
from creditor.equations.load import closed_models, load_model
from creditor.equations.model import Model
from creditor.equations.parse import parse
from creditor.equations.readable import equation_text, readable
from creditor.equations.show import to_text


def made(text: str) -> Model:
    return elaborate(draft(parse(text, "m.model")), "m")


def facts(model: Model, name: str, *labels: str) -> dict[str, str]:
    return dict(explain(model, model.slot(name, labels)).rows)


def test_what_decides_a_definition() -> None:
    got = facts(load_model("pc"), "disposable_income")
    assert got["equation"] == "disposable_income = wages + interest[households] - taxes"
    assert got["kind"] == "definition" and got["place"].startswith("pc.model:")
    assert got["reads"] == "wages, interest[households], taxes" and got["unit"] == "money/period"
    assert got["latex"].startswith(r"\mathit{disposable\_income} = \mathit{wages} + ")
    assert got["solved"] == "together with 5 others, step 2 of 3; solved for wages"
    assert "consumption" in got["read by"] and "bills[households]" in got["read by"]


def test_what_decides_a_settled_cell() -> None:
    got = facts(load_model("sim"), "money")
    assert got["kind"] == "settled by the budgets" and got["place"].startswith("sim.model:")
    assert got["equation"] == "money = money(-1) + purchases - taxes"
    assert got["opens at"] == "80"
    assert got["solved"] == "after what it reads, step 3 of 3"


def test_givens_and_what_nobody_reads() -> None:
    model = made("given a = 2, b = 3 let c = a")
    assert facts(model, "a") == {
        "name": "a",
        "given": "2",
        "grade": "C: assumption",
        "place": "m.model:1",
        "read by": "c",
    }
    assert facts(model, "b")["read by"] == "nothing"
    assert facts(model, "c")["read by"] == "nothing" and facts(model, "c")["reads"] == "a"


def test_a_variable_that_reads_itself_yesterday_is_not_its_own_reader() -> None:
    got = facts(made("let a = a(-1) + 1 start a = 0"), "a")
    assert got["reads"] == "a(-1)" and got["read by"] == "nothing" and got["opens at"] == "0"


def test_what_is_found_is_shown_with_both_sides() -> None:
    got = facts(made("given a = 2 find x so that x ^ 2 = a + 1 start x = 1"), "x")
    assert got["equation"] == "x ^ 2 = a + 1"
    assert got["kind"] == "found so that both sides agree"
    assert got["solved"] == "by itself, step 1 of 1; solved for x"


def test_every_kind_of_equation_has_a_name_and_every_model_a_list() -> None:
    for name in closed_models():
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


def test_who_reads_a_settled_payment_reads_what_it_pays():
    got = facts(load_model("sim"), "wages")
    assert {"disposable_income", "saving[firms]", "net_worth[households]"} <= set(got["read by"].split(", "))


def test_what_is_said_about_a_given():
    text = 'given a = 2 in 0 .. 9 unit money source s grade A "n", b = 3 * a let c = a + b'
    assert facts(made(text), "a") == {
        "name": "a",
        "given": "2",
        "bounds": "0 .. 9",
        "unit": "money",
        "grade": "A: published by its owner",
        "source": "s",
        "note": "n",
        "place": "m.model:1",
        "read by": "c",
    }
    assert facts(made(text), "b")["formula"] == "3 * a"
