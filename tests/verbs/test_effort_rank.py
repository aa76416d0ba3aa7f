"""Efforts side by side: the same numbers as one by one, the one that needs most first."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.verbs.effort import effort
from creditor.verbs.effort_rank import effort_rank


def test_the_table_has_the_numbers_of_each_economy():
    payload = effort_rank(years=7, paths=60).payload
    totals = [row["total"] for row in payload["economies"]]
    assert len(totals) == 9 and totals == sorted(totals, reverse=True)
    row = next(row for row in payload["economies"] if row["economy"] == "ITA")
    alone = effort("ITA", years=7, paths=60).payload
    assert row["total"] == alone["total"] and row["binding"] == alone["binding"]["test"]
    assert row["rules"] == {rule["rule"]: rule["total"] for rule in alone["rules"]}


def test_both_readings_and_single_criteria():
    for criterion in ("commission_2024", "deficit"):
        answer = effort_rank(criterion, paths=30)
        assert [grid.name for grid in answer.grids] == ["rank", "tests"]
        assert all(len(grid.columns) == len(row) for grid in answer.grids for row in grid.rows)
    with pytest.raises(InputError):
        effort_rank("eu", 0, 1)
