"""The heat table keeps present cells only and shades them by size."""

import json

import pytest

from creditor.figures.matrix import heat_step, matrix
from creditor.figures.palette import HEAT
from creditor.terms.table import column
from creditor.terms.table import matrix as table
from creditor.terms.units import money

USD = money("USD")


def test_absent_cells_are_left_out():
    made = table(
        "claims", ("holder", "issuer"), ["a", "b"], ["x", "y"], {("a", "x"): 2.0, ("b", "y"): -4.0}, USD
    )
    spec = matrix("T", "", "Q", made)
    assert [(c["row"], c["column"], c["text"]) for c in spec["cells"]] == [
        ("a", "x", "2.0"),
        ("b", "y", "−4.0"),
    ]
    assert spec["sentence"] == "The largest of 2 cells is b, y: USD −4.0 bn."
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


def test_steps_grow_with_size():
    steps = [heat_step(value / 100, 1.0) for value in range(1, 101)]
    assert steps == sorted(steps) and steps[0] == 0 and steps[-1] == len(HEAT) - 1
    assert heat_step(-1.0, 1.0) == len(HEAT) - 1
    assert heat_step(0.0, 1.0) is None


def test_other_shapes_are_refused():
    with pytest.raises(ValueError, match="two dimensions"):
        matrix("T", "", "", column("x", "holder", {"a": 1.0}, USD))
    with pytest.raises(ValueError, match="at least one cell"):
        matrix("T", "", "", table("t", ("x", "y"), [], [], {}, USD))


def test_empty_table_says_so():
    assert (
        matrix("T", "", "", table("t", ("x", "y"), ["a"], ["b"], {}, USD))["sentence"]
        == "No number is known."
    )
