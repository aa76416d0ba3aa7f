"""The heat table is a grid where it fits and lists where it does not; no number is lost."""

import pytest

from creditor.figures.matrix import matrix
from creditor.figures.svg import draw
from creditor.terms.table import matrix as table
from creditor.terms.units import money


def of(columns):
    names = [f"Issuer number {index}" for index in range(columns)]
    cells = {("Holder", name): 1000.0 + index for index, name in enumerate(names)}
    return matrix("T", "", "", table("t", ("holder", "issuer"), ["Holder"], names, cells, money("USD")))


@pytest.mark.parametrize("columns", [1, 5, 40])
@pytest.mark.parametrize("narrow", [False, True])
def test_every_number_is_shown_once(columns, narrow):
    spec = of(columns)
    texts = [label.pieces[0][0] for label in draw(spec, narrow=narrow).canvas.labels]
    for cell in spec["cells"]:
        assert texts.count(cell["text"]) == 1


def test_numbers_of_a_column_end_in_line():
    cells = {("a", "x"): 1.0, ("b", "x"): 1000.0}
    spec = matrix("T", "", "", table("t", ("holder", "issuer"), ["a", "b"], ["x"], cells, money("USD")))
    ends = {label.x for label in draw(spec).canvas.labels if label.anchor == "end"}
    assert len(ends) == 1


def test_negative_cells_have_the_other_hue():
    cells = {("a", "x"): -1.0, ("b", "x"): 1.0, ("c", "x"): 0.0}
    spec = matrix("T", "", "", table("t", ("holder", "issuer"), ["a", "b", "c"], ["x"], cells, money("USD")))
    parts = "".join(draw(spec).canvas.parts)
    assert "cold-5" in parts and "heat-5" in parts
