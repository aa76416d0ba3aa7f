"""What comes to a text from outside: labels of the scenario, lines that are dropped, numbers of givens."""

from __future__ import annotations

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.givens import given_notes
from creditor.equations.outside import Outside, with_numbers
from creditor.equations.parse import parse
from creditor.errors import InputError

OPEN = "dimension country = from scenario\n"


def made(text, *labels, numbers=None):
    drafted = draft(parse(text, "m.model"), labels=labels)
    given = {cell: Outside(number, "somebody", "B") for cell, number in (numbers or {}).items()}
    drafted.givens = with_numbers(drafted.givens, drafted.dims, given)
    return elaborate(drafted)


def dropped(text, *labels):
    found = draft(parse(OPEN + text, "m.model"), labels=labels).dropped
    return [(entry.place.line, entry.labels, entry.what) for entry in found]


def givens(model):
    return {model.title(slot): value for slot, value in model.givens.items()}


def test_a_text_serves_any_economies():
    text = OPEN + "dimension partner as country\ngiven a[country] = 1, b[country, partner] = 2\n"
    assert len(givens(made(text, "USA"))) == 2
    assert len(givens(made(text, "USA", "JPN", "ITA"))) == 12


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("given a[country] = 1\ngiven a[JPN] = 2", "the statement"),
        ("let a[country] = 1\nlet a[JPN] = 2", "the statement"),
        ("let a[country] = 1\nstart a[JPN] = 2", "the statement"),
        ("given a[country] = 1\nset a[JPN] = 2 from 3", "the statement"),
        ("let a[country] = 1\ncheck a[JPN] >= a[USA]", "the statement"),
        ("let a[country] = 1\nreport a[USA], a[JPN]", "a of a list"),
        ("sector b[country], h[country]\nclaim m: b owes h[JPN]", "h of a list"),
        ("sector b[country], h[country]\ntransaction m: b[JPN] -> h = 1", "the statement"),
    ],
)
def test_lines_about_an_absent_economy_are_dropped(text, what):
    assert dropped(text, "USA") == [(3, ("JPN",), what)]
    assert dropped(text, "USA", "JPN") == []


def test_conditions_about_an_absent_economy():
    text = "sector b[country], h[country]\nclaim m: b owes h\n"
    text += "hold m by h where country == JPN = 3\nhold m by h where country <> JPN = 4\nstart m = 0\n"
    assert [line for line, _, _ in dropped(text, "USA", "ITA")] == [4]
    only = (
        "sector b[country], h[country]\nclaim m: b owes h\ntransaction t: b -> h = sum(1 over country where "
    )
    model = made(OPEN + only + "country <> JPN)\nstart m = 0", "USA", "ITA")
    assert model.title(model.slot("m", ("USA",))) == "m[USA]"


def test_names_of_sectors_and_labels_of_other_dimensions_are_not_economies():
    text = "dimension kind = ITA, other\nsector JPN\ngiven a[kind] = 1, a[ITA] = 2\n"
    assert dropped(text, "USA") == []


def test_a_statement_that_names_an_economy_rules_where_it_is_the_only_one():
    text = OPEN + "given a[ITA] = 2\ngiven a[country] = 1\nlet x[country] = 1\nlet x[ITA] = 5 * a\n"
    text += "let y[country] = y(-1)\nstart y = 3\nstart y[ITA] = 4"
    for labels in (("ITA",), ("ITA", "USA")):
        model = made(text, *labels)
        assert givens(model)["a[ITA]"] == 2
        assert model.starts[model.slot("y", ("ITA",))] == 4
        assert model.equations[model.slot("x", ("ITA",))].place.line == 5
    with pytest.raises(InputError) as caught:
        made(OPEN + "given a[ITA] = 2\ngiven a[country] = 1\nlet a[ITA] = 3", "ITA")
    assert caught.value.codes == ("E612",)


def test_two_general_statements_still_quarrel():
    with pytest.raises(InputError) as caught:
        made(OPEN + "let x[country] = 1\nlet x = 2 + 0 * sum(1 over country)", "ITA")
    assert caught.value.codes == ("E612",)


def test_missing_labels_name_each_dimension():
    with pytest.raises(InputError) as caught:
        made(OPEN + "dimension land = from scenario\nlet x = 1")
    assert caught.value.codes == ("S704", "S704")
    assert [trouble.where for trouble in caught.value.troubles] == ["m.model:1", "m.model:2"]


def test_a_text_without_open_dimensions_has_no_use_for_labels():
    found = draft(parse("dimension c = N, S given a[N] = 1 let b[c] = 1"), labels=["USA"])
    assert found.dims.of("c") == ("N", "S") and not found.dropped and not found.dims.is_open("c")


def test_numbers_take_the_place_of_those_of_the_text():
    text = "dimension c = N, S\ngiven a = 1, b[c] = 2, b[S] = 3, d = a + b[N]\nlet x = 1"
    assert givens(made(text)) == {"a": 1, "b[N]": 2, "b[S]": 3, "d": 3}
    numbers = {("a", ()): 10.0, ("b", ("N",)): 20.0, ("b", ("S",)): 30.0}
    assert givens(made(text, numbers=numbers)) == {"a": 10, "b[N]": 20, "b[S]": 30, "d": 30}
    assert givens(made(text, numbers={("none", ()): 1.0})) == givens(made(text))


def test_bounds_hold_for_numbers_from_outside():
    text = "dimension c = N, S\ngiven b[c] = 2 in 1 .. 3\nlet x = 1"
    assert givens(made(text, numbers={("b", ("S",)): 3.0}))["b[S]"] == 3
    with pytest.raises(InputError) as caught:
        made(text, numbers={("b", ("S",)): 4.0})
    assert caught.value.codes == ("E620",)


def test_source_and_grade_come_with_the_number():
    text = 'dimension c = N, S\ngiven b[c] = 2 source own grade A "what"\nlet x = 1'
    notes = {note.name: note for note in given_notes(made(text, numbers={("b", ("S",)): 4.0}))}
    assert (notes["b[S]"].source, notes["b[S]"].grade, notes["b[S]"].note) == ("somebody", "B", "what")
    assert (notes["b[N]"].source, notes["b[N]"].grade) == ("own", "A")


def test_a_statement_all_of_whose_cells_have_numbers_is_replaced():
    assert givens(made("dimension c = N\ngiven b[c] = 2\nlet x = 1", numbers={("b", ("N",)): 4.0})) == {
        "b[N]": 4
    }
    text = "dimension c = N, S\ngiven b[c] = 2, b[N] = 3\nlet x = 1"
    whole = {("b", ("N",)): 4.0, ("b", ("S",)): 5.0}
    assert givens(made(text, numbers=whole)) == {"b[N]": 4, "b[S]": 5}
    assert givens(made(OPEN + "given b[country] = 2", "ITA", numbers={("b", ("ITA",)): 4.0})) == {"b[ITA]": 4}
