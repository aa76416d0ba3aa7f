"""The tree of a variable: what it depends on to some depth, each thing followed once."""

from __future__ import annotations

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.load import load_model
from creditor.equations.parse import parse
from creditor.equations.tree import tree_grid, tree_rows


def rows(text: str, name: str, depth: int = 3):
    model = elaborate(draft(parse(text)))
    return tree_grid(model, model.slot(name), depth).rows


def test_what_is_read_stands_below_what_reads_it():
    found = rows("given a = 2 let b = 2 * a let c = b + a let d = c + 1 let e = d", "e")
    assert found == (
        ("e", "e = d"),
        ("└─ d", "d = c + 1"),
        ("   └─ c", "c = b + a"),
        ("      ├─ b", "b = 2 * a"),
        ("      └─ a", "given 2"),
    )


def test_depth_ends_the_tree():
    text = "given a = 2 let b = 2 * a let c = b let d = c let e = d"
    assert [len(rows(text, "e", depth)) for depth in (1, 2, 3, 4, 9)] == [2, 3, 4, 5, 5]
    assert len(rows(text, "a")) == 1


def test_lags_are_named_and_not_followed():
    found = rows("given a = 2 let b = b(-1) + a let c = b(-1) start b = 1", "c")
    assert found == (("c", "c = b(-1)"), ("└─ b(-1)", "a period ago"))


def test_a_circle_and_what_stands_above_are_followed_once():
    found = rows("given a = 2 let b = 0.5 * c + a let c = 0.5 * b + d let d = a", "b")
    texts = dict(found)
    assert texts["│  ├─ b"] == "the root itself"
    again = rows("given a = 2 let x = a let b = x + 1 let c = x + b let d = b + c", "d")
    assert ("   ├─ x", "above") in again or ("   └─ b", "above") in again


def test_a_thing_read_twice_stands_once():
    assert len(rows("given a = 2 let b = a * a + a", "b")) == 2


@pytest.mark.parametrize("name", ["sim", "pc", "openflex", "country"])
def test_no_auxiliary_payment_is_shown_and_every_variable_has_a_tree(name):
    model = load_model(name)
    for slot in model.variables[:60]:
        grid = tree_grid(model, slot)
        assert grid.rows[0][0] == model.title(slot) and grid.columns == ("name", "decided by")
        assert not any(row[0].lstrip("│├└─ ").startswith("payment of") for row in grid.rows)
        assert all(len(row) == 2 and row[1] for row in grid.rows)


def test_rows_say_of_what_kind_they_are():
    model = elaborate(draft(parse("given a = 2 let b = b(-1) + a let c = b + a let d = c + b start b = 1")))
    found = tree_rows(model, model.slot("d"))
    assert [(row.depth, row.title, row.kind) for row in found] == [
        (0, "d", "equation"),
        (1, "c", "equation"),
        (2, "b", "equation"),
        (3, "b(-1)", "before"),
        (3, "a", "given"),
        (2, "a", "given"),
        (1, "b", "again"),
    ]
    assert [row.title for row in tree_rows(model, model.slot("d"), 0)] == ["d"]
