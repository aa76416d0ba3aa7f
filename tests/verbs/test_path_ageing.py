"""The table of ageing begins with the last projected year, and debt with it less debt without it is what it added."""

from __future__ import annotations

import pytest

from creditor.verbs.path import path


def test_the_table_of_ageing_begins_with_the_last_projected_year_and_adds_up():
    answer = path("USA", paths=20, stress="none", perimeter="federal", horizon=2065)
    sheet = next(sheet for sheet in answer.sheets if sheet.name == "ageing")
    assert sheet.labels[0] == "2035" and sheet.columns[1].at(year="2035") == 0
    titles = [column.title for column in sheet.columns]
    assert titles[:2] == ["cost", "cost above 2035"] and titles[4] == titles[7] == "added"
    for year in sheet.labels:
        for place in (2, 5):
            debt, plain, added = (sheet.columns[place + i].at(year=year) for i in range(3))
            assert debt - plain == added
    assert [sheet.origins[year].grade for year in ("2035", "2055", "2060")] == ["B", "C", "C"]
    own = path("USA", paths=20, stress="none", ageing=3)
    sheet = next(sheet for sheet in own.sheets if sheet.name == "ageing")
    assert sheet.columns[0].at(year="2055") == pytest.approx(3)
    assert sheet.origins["2055"].grade == "C"
