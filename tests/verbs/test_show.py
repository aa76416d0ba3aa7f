"""The verbs that show a model: grids and payloads of show in every form, matrices as numbers, explain."""

from __future__ import annotations

import json

import pytest

from creditor.equations.load import closed_models
from creditor.errors import InputError
from creditor.export.html import to_html
from creditor.export.json import to_json
from creditor.export.text import to_text
from creditor.verbs.show import model_explain, model_show


def named(grid) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in grid.rows}


def test_show_gives_equations_and_givens_where_nothing_is_asked_for():
    answer = model_show("sim")
    assert [grid.name for grid in answer.grids] == ["equations", "givens"]
    assert named(answer.grids[0])["taxes"] == ("taxes = tax_rate * wages", "transaction", "sim.model:16")
    assert set(answer.payload) == {"name", "model_hash", "equations", "givens"}
    first = answer.payload["givens"][0]
    assert (first["name"], first["value"], first["grade"], first["grade_stated"]) == (
        "public_spending",
        20.0,
        "C",
        False,
    )
    json.loads(to_json(answer.payload))
    assert answer.payload["equations"]["columns"] == ["name", "equation", "kind", "place"]
    assert answer.payload["equations"]["rows"][0][0] == "money"
    assert "settled by the budgets: money, wages." in answer.story


def test_show_gives_what_is_asked_for_in_order():
    answer = model_show("sim", matrices=True, latex=True, blocks=True, tree="taxes")
    assert [grid.name for grid in answer.grids] == [
        "balance-sheet",
        "transactions",
        "revaluation",
        "other-changes",
        "net-worth",
        "blocks",
        "tree",
        "equations",
    ]
    assert len(model_show("sim", matrices=True).grids) == 5
    assert [grid.name for grid in model_show("sim", tree="wages").grids] == ["tree"]
    for grid in answer.grids:
        assert answer.payload[grid.name]["rows"] == [list(row) for row in grid.rows]


def test_show_matrices():
    sheet, flows, *_ = model_show("pc", matrices=True).grids
    assert named(sheet)["money"] == ("+money", "", "", "-money", "0")
    assert "change in bills" in named(flows) and flows.note.startswith("Every row")


def test_matrices_as_numbers():
    answer = model_show("bmw", period=3)
    assert [grid.name for grid in answer.grids] == ["balance-sheet", "transactions", "net-worth"]
    rows = named(answer.grids[1])
    assert rows["investment"] == ("", "20.00", "−20.00", "", "0")
    assert set(rows["sum"]) == {"0"}
    assert answer.payload["period"] == 3 and "equations" not in answer.payload
    assert answer.payload["transactions"]["columns"][2] == "firms, current"
    assert answer.payload["revaluation"]["rows"] == [["sum", *[0.0] * 4]]
    assert answer.certificate["rows_and_columns"].endswith("of the largest entry")
    assert [figure["kind"] for figure in answer.figures] == ["matrix", "matrix"]
    assert answer.provenance.scenario_hash and answer.exit_code == 0
    json.loads(to_json(answer.payload))


@pytest.mark.parametrize("name", closed_models())
def test_the_matrices_of_every_model_are_shown_and_add_up(name):
    answer = model_show(name, period=2, sankey=True)
    assert answer.exit_code == 0 and answer.figures[0]["kind"] == "sankey"
    for grid in answer.grids:
        assert all(grid.numeric[1:])
        if grid.name not in ("revaluation", "other-changes"):
            assert set(named(grid)["sum"]) == {"0"}, grid.name


def test_a_picture_of_payments_has_their_matrix_and_leaves_the_symbols():
    answer = model_show("sim", sankey=True)
    (grid,) = answer.grids
    assert grid.name == "transactions" and set(named(grid)["sum"]) == {"0"}
    assert {row[0]: row[1:] for row in answer.payload["transactions"]["rows"]}["purchases"][2] == -20.0
    both = model_show("sim", matrices=True, sankey=True)
    symbols = [grid.title for grid in model_show("sim", matrices=True).grids]
    assert [grid.title for grid in both.grids[1:]] == symbols and both.figures[0]["kind"] == "sankey"


def test_period_0_is_the_balance_sheet_of_the_opening():
    (grid,) = model_show("pc", period=0).grids
    assert grid.title == "Balance sheet at the opening"
    with pytest.raises(InputError, match="nobody pays anything in period 0"):
        model_show("pc", period=0, sankey=True)


def test_labels_apart_and_changes():
    apart = model_show("openflex", period=1, apart=True).payload["transactions"]["columns"]
    assert "households[UK]" in apart and "households" not in apart
    more = [{"name": "public_spending", "value": 25.0, "from": 2}]
    flows = model_show("sim", period=2, changes=more).payload["transactions"]["rows"]
    assert {row[0]: row[1:] for row in flows}["purchases"][2] == -25.0


@pytest.mark.parametrize(
    ("more", "told"),
    [({"apart": True}, "--apart"), ({"changes": [{"name": "tax_rate", "value": 1}]}, "--set")],
)
def test_what_is_about_numbers_needs_a_period(more, told):
    with pytest.raises(InputError, match=told):
        model_show("sim", matrices=True, **more)
    for wrong in (-1, "-1", "2026Q1", "soon"):
        with pytest.raises(InputError, match="--period"):
            model_show("sim", period=wrong, **more)


def test_show_latex():
    answer = model_show("sim", latex=True)
    rows = named(answer.grids[0])
    assert answer.payload["latex"].startswith("% sim") and len(answer.grids) == 1
    assert rows["taxes"][0] == r"\mathit{taxes} = \mathit{tax\_rate} \cdot \mathit{wages}"


def test_show_blocks():
    rows = model_show("sim", blocks=True).grids[0].rows
    assert any("together" in row[1] and "wages" in row[3] for row in rows)


def test_show_tree_finds_names_with_any_spaces_or_says_the_nearest():
    assert model_show("pc", tree=" bills[ households ]").grids[0].rows[0][0] == "bills[households]"
    with pytest.raises(InputError) as caught:
        model_show("pc", tree="bils[households]")
    assert caught.value.codes == ("S702",) and "bills[households]" in str(caught.value)


def test_explain():
    answer = model_explain("sim", "consumption")
    assert answer.story.startswith("consumption = spend_of_income * disposable_income")
    payload = answer.payload
    assert payload["variable"] == "consumption" and payload["kind"] == "transaction"
    assert (
        "spend_of_income" in payload["reads"]
        and "wages" in payload["read by"]
        and payload["place"] == "sim.model:14"
    )
    given = model_explain("sim", "tax_rate").payload
    assert given["given"] == "0.2" and "taxes" in given["read by"]
    assert model_explain("pc", "bills[ households ]").payload["variable"] == "bills[households]"
    assert model_explain("sim", "money").payload["opens at"] == "80"


def test_explain_names_the_nearest():
    with pytest.raises(InputError) as caught:
        model_explain("sim", "consumtion")
    assert caught.value.codes == ("S702",) and "consumption" in str(caught.value)
    with pytest.raises(InputError):
        model_explain("sim", "x" * 100_000)


@pytest.mark.parametrize(
    "name", ["__import__('os').system('x')", "../sim", "/", "", "sim\0", "a" * 9000, "~", "con"]
)
def test_hostile_names_are_no_models(name):
    with pytest.raises(InputError) as caught:
        model_show(name)
    assert caught.value.codes[0] in ("E618", "C101")


def test_what_is_said_about_a_given_is_on_every_surface(tmp_path):
    text = 'given a = 0.05 in 0 .. 0.2 unit 1/year source cbo_2026_02 grade A "a rate", b = 3 let c = a + b'
    (tmp_path / "x.model").write_text(text)
    answer = model_show(str(tmp_path / "x.model"))
    for shown in (to_text(answer, 140), to_html(answer)):
        for part in ("0 .. 0.2", "1/year", "cbo_2026_02", "a rate", "C*", "published by its owner"):
            assert part in shown, part
    first, second = answer.payload["givens"]
    assert (first["source"], first["grade"], first["unit"], first["high"]) == (
        "cbo_2026_02",
        "A",
        "1/year",
        0.2,
    )
    assert (second["grade"], second["grade_stated"], second["source"]) == ("C", False, None)
    said = to_text(model_explain(str(tmp_path / "x.model"), "a"), 140)
    assert "cbo_2026_02" in said and "A: published by its owner" in said


def test_an_explanation_has_a_title_and_wraps_on_a_narrow_page():
    answer = model_explain("growth", "bills[banks]")
    assert answer.title == "growth: bills[banks]"
    assert 'class="words pairs"' in to_html(answer) and answer.payload["opens at"] == "4389040"


def test_a_period_may_be_a_date():
    by_date, by_number = model_show("us_debt", period="2027"), model_show("us_debt", period=2)
    assert by_date.payload == by_number.payload
    assert (by_date.payload["period"], by_date.payload["date"]) == (2, "2027")
    assert by_date.grids[0].title == "Balance sheet, period 2 (2027)"
    assert "date" not in model_show("sim", period="2").payload
