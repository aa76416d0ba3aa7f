"""The tables of a path show each published year, then every fifth; the picture has the fan and both paths."""

from __future__ import annotations

import pytest

from creditor.figures.svg import to_svg
from creditor.sustainability.baseline import baseline
from creditor.sustainability.path import case_of, simulate
from creditor.verbs.path import path
from creditor.verbs.path_sheets import annex


def test_years_and_origins():
    answer = path("ITA", paths=50)
    debt = answer.sheets[0]
    assert debt.labels[:8] == tuple(str(y) for y in range(2024, 2032)) and debt.labels[8:] == tuple(
        str(y) for y in range(2035, 2056, 5)
    )
    assert [debt.origins[year].grade for year in ("2024", "2030")] == ["A", "B"]
    assert debt.origins["2031"].grade == "C"
    assert len(answer.figures[0]["fans"][0]["points"]) == 32
    names = [entry["name"] for entry in answer.figures[1]["series"]]
    assert names[:3] == ["constant", "rising", "without"] and len(names) == 8
    plain = path("EGY", paths=20).figures[1]["series"]
    assert "without" not in [entry["name"] for entry in plain] and len(plain) == 8
    assert to_svg(answer.figures[0]).startswith("<svg")


def test_what_is_not_known_of_ageing_is_no_column_and_each_early_year_is_shown():
    titles = {
        c: [t.title for t in path(c, paths=20, stress="none").sheets[1].columns] for c in ("ITA", "GHA")
    }
    assert "ageing" in titles["ITA"] and "ageing" not in titles["GHA"]
    assert path("ZMB", paths=20, stress="none").sheets[0].labels[:8] == tuple(
        map(str, [*range(2024, 2031), 2035])
    )


def test_annex_has_every_year():
    run = simulate(case_of(baseline("ITA"), 2035))
    grid = annex(run, range(2024, 2036))
    assert [row[0] for row in grid.rows] == [str(y) for y in range(2025, 2036)] and len(grid.columns) == 11


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
