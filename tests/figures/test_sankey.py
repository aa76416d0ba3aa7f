"""The flow loses nothing, says each number once with its text, and refuses what cannot be drawn."""

import json
import math

import pytest

from creditor.figures.sankey import sankey
from creditor.figures.specification import Node
from creditor.terms.table import matrix as table
from creditor.terms.units import money

BOXES = [Node("a", "A", 0, "state"), Node("b", "B", 1, "intermediary"), Node("c", "C", 2, "household")]


def flow_of(cells, boxes=BOXES, **more):
    labels = sorted({name for link in cells for name in link} | {box.id for box in boxes})
    links = table("flow", ("from", "to"), labels, labels, cells, money("USD"))
    return sankey("T", "", "Q", boxes, links, **more)


def test_specification_is_plain_json(flow):
    assert json.loads(json.dumps(flow, allow_nan=False)) == flow


def test_every_box_conserves(flow):
    for node in flow["nodes"]:
        into = math.fsum(link["value"] for link in flow["links"] if link["to"] == node["id"])
        out = math.fsum(link["value"] for link in flow["links"] if link["from"] == node["id"])
        if into and out:
            assert into == pytest.approx(out, rel=1e-9)
        assert node["value"] == pytest.approx(into or out, rel=1e-12)


def test_final_shares_add_up_to_one(flow):
    assert math.fsum(node["share"] for node in flow["nodes"] if node["final"]) == pytest.approx(1, rel=1e-12)


def test_texts_titles_and_grades(flow):
    link = next(x for x in flow["links"] if x["to"] == "pension_funds")
    assert link["title"] == "Debt of Erehwon → Private pension funds: USD 1,138.3 bn (3.2 %)"
    assert link["text"] == "1,138.3"
    assert {x["grade"] for x in flow["links"]} == {"B", "C"}


def test_loss_is_refused_and_rounding_is_not():
    with pytest.raises(ValueError, match="nothing may be lost"):
        flow_of({("a", "b"): 1.0, ("b", "c"): 0.999999})
    flow_of({("a", "b"): 1.0, ("b", "c"): 1.0 + 1e-10})


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({("a", "b"): -1.0}, "links are positive"),
        ({("a", "b"): math.inf}, "links are positive"),
        ({("b", "a"): 1.0}, "later layer"),
        ({("a", "q"): 1.0}, "no node"),
        ({("a", "b"): 0.0}, "no link"),
        ({}, "no link"),
    ],
)
def test_what_cannot_be_drawn_is_refused(cells, words):
    with pytest.raises(ValueError, match=words):
        flow_of(cells)


def test_dimensions_and_repeated_nodes_are_refused():
    links = table("flow", ("holder", "issuer"), ["a"], ["b"], {("a", "b"): 1.0}, money("USD"))
    with pytest.raises(ValueError, match="from and to"):
        sankey("T", "", "", BOXES, links)
    with pytest.raises(ValueError, match="same id"):
        flow_of({("a", "b"): 1.0}, [*BOXES, BOXES[0]])


def test_boxes_without_links_and_empty_layers_vanish():
    spec = flow_of({("a", "c"): 1.0}, layers=("Issuer", "Between", "Owner"))
    assert [node["id"] for node in spec["nodes"]] == ["a", "c"]
    assert [layer["title"] for layer in spec["layers"]] == ["Issuer", "Owner"]


def test_sentence_is_made_where_none_is_given():
    spec = flow_of({("a", "b"): 2.0, ("b", "c"): 2.0})
    assert spec["sentence"] == "Of USD 2.0 bn, the largest part ends with C: 2.0 (100.0 %)."
