"""The pictures of who: a Sankey whose layers carry the whole debt, bars of holders, a matrix of channels."""

from __future__ import annotations

import json
import math

import pytest

from creditor.figures.svg import to_svg
from creditor.verbs.who import who

CASES = [
    {"through": True},
    {"through": True, "perimeter": "public", "treatment": "T1"},
    {"through": True, "by": "wealth"},
    {"through": True, "by": "age", "treatment": "I2,F1"},
    {"through": True, "by": "instrument", "perimeter": "general-government"},
    {"through": True, "by": "country", "perimeter": "public", "as_of": "2022Q4"},
]


@pytest.mark.parametrize("options", CASES)
def test_every_picture_is_plain_data_with_title_sentence_and_source(options):
    answer = who("USA", **options)
    assert len(answer.figures) == 4
    for figure in answer.figures:
        assert json.loads(json.dumps(figure)) == figure
        assert figure["title"] and figure["sentence"].endswith(".") and figure["source"]
        drawn = to_svg(figure)
        assert drawn.startswith("<svg") and "NaN" not in drawn and "nan" not in drawn.split("<style")[0]


@pytest.mark.parametrize("options", CASES)
def test_what_enters_a_node_leaves_it_and_the_owners_have_the_whole_debt(options):
    answer = who("USA", **options)
    figure, total = answer.figures[0], answer.payload["total"]
    layer = {node["id"]: node["layer"] for node in figure["nodes"]}
    entering: dict[str, float] = {}
    leaving: dict[str, float] = {}
    for link in figure["links"]:
        start, end, amount = link["from"], link["to"], link["value"]
        assert layer[start] < layer[end]
        leaving[start] = leaving.get(start, 0.0) + amount
        entering[end] = entering.get(end, 0.0) + amount
    for name in set(entering) & set(leaving):
        if layer[name] < 3:
            assert entering[name] == pytest.approx(leaving[name], rel=1e-9), name
    owners = math.fsum(amount for name, amount in entering.items() if layer[name] == 3)
    assert owners == pytest.approx(total, rel=1e-12)
    (debtor,) = [name for name in leaving if layer[name] == 0]
    assert leaving[debtor] == pytest.approx(total, rel=1e-12)


def test_divided_households_have_a_layer_of_their_own():
    figure = who("USA", through=True, by="wealth").figures[0]
    titles = [node["title"] for node in figure["nodes"] if node["layer"] == 4]
    assert len(titles) == 5 and "Richest 0.1 %" in titles
    assert figure["layers"][-1]["title"] == "Households by wealth"
    assert len(who("USA", through=True).figures[0]["layers"]) == 4


def test_links_over_assumptions_are_marked():
    figure = who("USA", through=True).figures[0]
    assumed = {(link["from"], link["to"]) for link in figure["links"] if link.get("grade") == "C"}
    assert ("1:exchange_traded_funds", "3:households_and_nonprofits") in assumed
    assert not any(start.startswith("0:") for start, _ in assumed), "government funds: the total is published"


def test_direct_holders_are_bars():
    figure, flow = who("USA", perimeter="public").figures
    assert flow["kind"] == "sankey"
    assert len(figure["rows"]) == 12
    assert math.fsum(row["value"] for row in figure["rows"]) == pytest.approx(28029.2)
    assert "Rest of the world with 33.0 %" in figure["sentence"]


def test_the_source_line_names_publishers_releases_and_treatment():
    source = who("USA", through=True).figures[0]["source"]
    assert "Federal Reserve Board" in source and source.endswith("treatment T0,I1,F0,P0")
    assert "; release 2026-03-19; " in who("USA", perimeter="public").figures[0]["source"]


def test_the_sentence_tells_what_households_hold_themselves():
    sentence = who("USA", through=True, perimeter="public", treatment="T2").figures[0]["sentence"]
    assert "34.0 % of the debt in the end: 10.3 % directly" in sentence


def test_owed_and_borne_stand_in_one_picture():
    answer = who("USA", borne_by=True, perimeter="public")
    figure = answer.figures[3]
    rows = {row["id"]: row for row in figure["rows"]}
    for view, side in answer.payload["sides"].items():
        for entry in side:
            row = rows[f"{view} {entry['owner']}"]
            assert row["value"] == pytest.approx(entry["share"])
            assert row["low"] == pytest.approx(entry["lo"] / answer.payload["total"])
    titles = [row["title"] for row in figure["rows"]]
    assert titles[:2] == ["Owed: households", "Loss borne: households"]
    assert titles[-1].endswith("not allocated")
