"""Stages as a specification: plain JSON, arrows from earlier boxes only."""

from __future__ import annotations

import json

import pytest

from creditor.figures.stages import Stage, stages


def test_plain_json_with_what_is_set_off():
    boxes = [Stage("1", "First", "n", (("a", "b"), ("c",)), strong=("b",)), Stage("2", "Then", after=("1",))]
    spec = stages("T", "S", "source", boxes, {"state": "blue"})
    assert json.loads(json.dumps(spec)) == spec
    assert [name["strong"] for name in spec["stages"][0]["lines"][0]] == [False, True]
    assert spec["stages"][1]["after"] == ["1"] and spec["keys"] == [{"tone": "state", "text": "blue"}]


@pytest.mark.parametrize(
    "boxes",
    [
        [Stage("1", "a"), Stage("1", "b")],
        [Stage("1", "a", after=("2",)), Stage("2", "b")],
        [Stage("1", "a", after=("x",))],
        [Stage("1", "a", after=("1",))],
    ],
)
def test_boxes_that_do_not_fit_are_refused(boxes):
    with pytest.raises(ValueError, match="box"):
        stages("T", "", "", boxes)


def test_unknown_tones_are_refused():
    with pytest.raises(ValueError, match="tone"):
        Stage("1", "a", tone="red")
    with pytest.raises(ValueError, match="tone"):
        stages("T", "", "", [], {"red": "x"})
