"""Givens: what is said about each, what is inferred, and the grade where none is stated."""

from __future__ import annotations

import json

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.givens import given_notes, givens_grid, plain
from creditor.equations.load import closed_models, load_model
from creditor.equations.parse import parse


def notes(text: str):
    return {note.name: note for note in given_notes(elaborate(draft(parse(text, "m.model"))))}


def test_everything_that_is_said():
    note = notes('given a = 0.05 in 0 .. 0.2 unit 1/year source cbo_2024 grade A "the rate"')["a"]
    assert (note.text, note.bounds, note.unit_text) == ("0.05", "0 .. 0.2", "1/year")
    assert (note.source, note.grade, note.note, note.place) == ("cbo_2024", "A", "the rate", "m.model:1")
    assert note.unit_stated and note.grade_stated and note.formula == ""
    assert json.loads(json.dumps(note.as_dict()))["high"] == 0.2


def test_units_are_inferred_and_stand_in_brackets():
    model = load_model("sim")
    found = {note.name: note for note in given_notes(model)}
    assert found["public_spending"].unit_text == "(money/period)" and not found["public_spending"].unit_stated
    assert notes("given a = 1")["a"].unit_text == ""


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("given x = 1", "C"),
        ("given x = 1 source s", "A"),
        ("given x = 2 * a source s, a = 1", "B"),
        ("given x = 1 source s grade C", "C"),
        ("given x = 1 source assumption", "C"),
        ("given x = 1 source s grade A", "A"),
        ("given a = 1 grade A, x = 2 * a", "B"),
        ("given a = 1 grade A, x = a", "A"),
        ("given a = 1 grade B, x = a", "B"),
        ("given a = 1 grade A, b = 2, x = a * b", "C"),
        ("given x = 2 * a grade A, a = 1", "A"),
        ("given x = 2 * a, a = b, b = 1 grade A", "B"),
    ],
)
def test_grades_where_none_is_stated(text, grade):
    assert notes(text)["x"].grade == grade


def test_the_statement_about_the_fewest_cells_counts():
    text = "dimension d = N, S given x[d] = 1 source general grade B given x[N] = 2 source special grade A"
    found = notes(text + " let y = x")
    assert (found["x[N]"].source, found["x[N]"].grade, found["x[N]"].value) == ("special", "A", 2.0)
    assert (found["x[S]"].source, found["x[S]"].grade, found["x[S]"].value) == ("general", "B", 1.0)


def test_columns_without_anything_are_left_out():
    assert givens_grid(load_model("sim")).columns == ("given", "value", "unit", "grade")
    model = elaborate(draft(parse('given a = 1 in 0 .. 2 source s grade A "n", b = 2 * a')))
    grid = givens_grid(model)
    assert grid.columns == ("given", "value", "bounds", "grade", "source", "formula", "note")
    assert grid.rows == (("a", "1", "0 .. 2", "A", "s", "", "n"), ("b", "2", "", "B", "", "2 * a", ""))
    assert grid.note.startswith("Grades: A published by its owner; B derived")
    assert "C stands" in grid.note and "brackets" not in grid.note


@pytest.mark.parametrize("name", closed_models())
def test_every_given_of_the_library_is_listed_once(name):
    model = load_model(name)
    assert [note.slot for note in given_notes(model)] == list(model.givens)
    assert len(givens_grid(model).rows) == len(model.givens)


def test_a_model_without_givens():
    grid = givens_grid(elaborate(draft(parse("let a = 1"))))
    assert grid.rows == () and grid.note == ""


@pytest.mark.parametrize(
    ("value", "text"), [(1e21, "1e+21"), (0.1 + 0.2, "0.3"), (-0.0, "-0"), (1234567.0, "1234567")]
)
def test_numbers_as_in_a_text(value, text):
    assert plain(value) == text
