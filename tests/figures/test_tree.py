"""A tree as a specification: plain JSON, each row with its parent."""

from __future__ import annotations

import json

import pytest

from creditor.figures.tree import Branch, tree


def test_every_row_knows_what_it_belongs_to():
    depths = [0, 1, 2, 2, 1, 2, 3]
    spec = tree("T", "", "", [Branch(depth, f"n{place}", "note") for place, depth in enumerate(depths)])
    assert [row["parent"] for row in spec["rows"]] == [None, 0, 1, 1, 0, 4, 5]
    assert json.loads(json.dumps(spec)) == spec


@pytest.mark.parametrize("depths", [[], [1], [0, 2], [0, 0], [0, 1, 3], [0, -1]])
def test_rows_below_nothing_are_refused(depths):
    with pytest.raises(ValueError, match=r"root|depth"):
        tree("T", "", "", [Branch(depth, "x") for depth in depths])


def test_unknown_tones_are_refused():
    with pytest.raises(ValueError, match="tone"):
        Branch(0, "a", tone="red")
