"""Small multiples: the same bars for several places, on one scale, or a refusal."""

from __future__ import annotations

import json

import pytest

from creditor.figures.multiples import Panel, multiples
from creditor.terms.table import column
from creditor.terms.units import SHARE, money

ABSENT = float("nan")


def panel(title: str, values: dict[str, float], **more) -> Panel:
    return Panel(title, "2019Q4", column("share", "class", values, SHARE), **more)


def test_the_specification_is_plain_json_on_one_scale():
    panels = [panel("A", {"x": 0.2, "y": 0.8}), panel("B", {"x": 0.9, "y": ABSENT})]
    spec = multiples("Holders", "", "", panels, {"x": "state"})
    assert json.loads(json.dumps(spec)) == spec and spec["kind"] == "multiples"
    assert spec["top"] == 0.9 and spec["sentence"] == "2 places, one scale."
    first, second = spec["panels"]
    assert [row["tone"] for row in first["rows"]] == ["state", "neutral"]
    assert [row["text"] for row in second["rows"]] == ["90.0 %", "–"] and "value" not in second["rows"][1]


def test_grades_are_kept():
    spec = multiples("Holders", "", "", [panel("A", {"x": 0.2}, grades={"x": "C"})])
    assert spec["panels"][0]["rows"][0]["grade"] == "C"


def test_what_cannot_stand_side_by_side_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        multiples("Holders", "", "", [])
    with pytest.raises(ValueError, match="not those of"):
        multiples("Holders", "", "", [panel("A", {"x": 1.0}), panel("B", {"y": 1.0})])
    other = Panel("B", "", column("share", "class", {"x": 1.0}, money("USD")))
    with pytest.raises(ValueError, match="not those of"):
        multiples("Holders", "", "", [panel("A", {"x": 1.0}), other])
