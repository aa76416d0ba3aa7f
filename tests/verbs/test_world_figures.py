"""The pictures of the world's debt lose nothing, and mark what is assumed."""

from __future__ import annotations

import math

import pytest

from creditor.analysis.world import world_of
from creditor.figures.svg import draw
from creditor.opening.country import available, load_country
from creditor.verbs.world_figures import SHOWN, figures, source_line

WORLD = world_of([load_country(code) for code in available()], "2024")


def test_the_flow_adds_up_on_each_side():
    flow = figures(WORLD)[0]
    by_layer = {
        layer: math.fsum(n["value"] for n in flow["nodes"] if n["layer"] == layer) for layer in (0, 1, 2)
    }
    assert set(by_layer) == {0, 1, 2}
    for value in by_layer.values():
        assert value == pytest.approx(WORLD.total)
    assert sum(node["layer"] == 1 for node in flow["nodes"]) == SHOWN + 2


def test_holders_of_another_date_are_drawn_as_assumptions():
    flow = figures(WORLD)[0]
    assert {link["grade"] for link in flow["links"] if link["to"] == "2:central_bank"} == {"C"}


@pytest.mark.parametrize("narrow", [False, True])
def test_every_picture_can_be_drawn(narrow):
    for figure in figures(WORLD):
        drawing = draw(figure, narrow=narrow)
        assert drawing.height > 100 and drawing.canvas.labels


def test_the_ranking_has_the_most_at_home_first():
    ranking = figures(WORLD)[2]
    values = [row["value"] for row in ranking["rows"]]
    assert values == sorted(values, reverse=True) and len(values) == 32
    assert "UNCTAD" in source_line(WORLD)
