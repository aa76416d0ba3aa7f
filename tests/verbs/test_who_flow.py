"""The flow of direct holders goes over residence and loses nothing."""

from __future__ import annotations

import math

import pytest

from creditor.figures.svg import draw
from creditor.opening.country import available
from creditor.verbs.who import who


@pytest.mark.parametrize("code", available())
def test_every_economy_has_a_flow_that_adds_up(code):
    answer = who(code)
    kinds = [figure["kind"] for figure in answer.figures]
    assert kinds == ["bars", "sankey"]
    flow = answer.figures[1]
    last = max(node["layer"] for node in flow["nodes"])
    for layer in range(last + 1):
        total = math.fsum(node["value"] for node in flow["nodes"] if node["layer"] == layer)
        assert total == pytest.approx(answer.payload["total"])
    assert flow["source"] and flow["sentence"]


def test_places_are_residents_foreigners_and_what_is_not_told():
    flow = who("PAK").figures[1]
    titles = [node["title"] for node in flow["nodes"] if node["layer"] == 1]
    assert titles == ["Own residents", "Foreigners"]
    assert [node["title"] for node in who("SAU").figures[1]["nodes"]][1] == "Residence not told"


@pytest.mark.parametrize("narrow", [False, True])
def test_it_can_be_drawn(narrow):
    assert draw(who("ARG").figures[1], narrow=narrow).canvas.labels
