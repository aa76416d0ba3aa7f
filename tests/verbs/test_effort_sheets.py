"""Sentences and tables of efforts: room is told as room, absent stays absent, numbers have two digits."""

from __future__ import annotations

import pytest

from creditor.verbs.effort import effort
from creditor.verbs.effort_sheets import two


def test_two_digits():
    assert two(-0.00004) == ">−0.01" and two(float("nan")) == two(None) == "–" and two(0.0123) == "1.23"


def test_room_is_told_as_room():
    story = effort("SWE", paths=50).story
    assert "leaves room of" in story and "needs" not in story
    assert "The deficit procedure and the safeguards add nothing." in story


def test_tables_have_the_numbers_of_the_payload():
    answer = effort("ITA", paths=50)
    grids = {grid.name: grid for grid in answer.grids}
    assert list(grids) == ["rules", "steps", "plan", "tests", "inputs"]
    totals = [row[1] for row in grids["rules"].rows]
    assert totals == [two(row["total"]) for row in answer.payload["rules"]]
    last = answer.payload["rules"][-1]["steps"]
    assert grids["steps"].rows[-1][1:] == tuple(two(step) for step in last) and len(last) == 4
    assert last == pytest.approx([row["step"] for row in answer.payload["plan"] if "step" in row])
    plan = grids["plan"]
    assert plan.rows[0][:2] == ("2025", "–") and plan.rows[1][1] == two(answer.payload["plan"][1]["step"])
    assert plan.values[1][1] == pytest.approx(100 * answer.payload["plan"][1]["step"])
    assert [row[-1] for row in grids["tests"].rows].count("yes") == 1
    assert all(len(grid.columns) == len(row) for grid in answer.grids for row in grid.rows)
    assert all(len(v) == len(g.columns) for g in answer.grids for v in g.values)


def test_the_guidance_of_low_debt_is_technical_information():
    answer = effort("NLD", "commission_2024", paths=50)
    assert (
        "Technical information" in answer.grids[0].note
        and answer.payload["reading"] == "technical information"
    )


def test_the_picture_has_three_paths():
    (figure,) = effort("ITA", "debt").figures
    assert [line["name"] for line in figure["series"]] == [
        "with the effort",
        "structural balance held",
        "projection, then held",
    ]


def test_who_is_not_under_the_framework_is_told_so_first():
    from creditor.verbs.effort import effort

    assert "2024, which it is not under, " in effort("GBR", paths=50).story
    assert "not under" not in effort("FRA", paths=50).story
