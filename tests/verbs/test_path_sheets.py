"""The tables of a path show each published year, then every fifth; the picture has the fan and both paths."""

from __future__ import annotations

from creditor.analysis.debt_baseline import baseline
from creditor.analysis.debt_path import case_of, simulate
from creditor.figures.svg import to_svg
from creditor.verbs.path import path
from creditor.verbs.path_sheets import annex


def test_years_and_origins():
    answer = path("ITA", paths=50)
    debt = answer.sheets[0]
    assert debt.labels[:8] == tuple(str(y) for y in range(2024, 2032)) and debt.labels[8:] == tuple(
        str(y) for y in range(2035, 2056, 5)
    )
    assert debt.origins["2030"].grade == "A" and debt.origins["2031"].grade == "C"
    assert len(answer.figures[0]["fans"][0]["points"]) == 32
    names = [entry["name"] for entry in answer.figures[1]["series"]]
    assert names[:2] == ["constant", "rising"] and len(names) == 8
    assert to_svg(answer.figures[0]).startswith("<svg")


def test_annex_has_every_year():
    run = simulate(case_of(baseline("ITA"), 2035))
    grid = annex(run, range(2024, 2036))
    assert [row[0] for row in grid.rows] == [str(y) for y in range(2025, 2036)] and len(grid.columns) == 10
