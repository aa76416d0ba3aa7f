"""The tables of a path show each published year, then every fifth, with the grade of each row."""

from __future__ import annotations

from creditor.verbs.path import path


def test_years_and_origins():
    answer = path("ITA", paths=50)
    debt = answer.sheets[0]
    assert debt.labels[:8] == tuple(str(y) for y in range(2024, 2032)) and debt.labels[8:] == tuple(
        str(y) for y in range(2035, 2056, 5)
    )
    assert [debt.origins[year].grade for year in ("2024", "2030")] == ["A", "B"]
    assert debt.origins["2031"].grade == "C"


def test_what_is_not_known_of_ageing_is_no_column_and_each_early_year_is_shown():
    titles = {
        c: [t.title for t in path(c, paths=20, stress="none").sheets[1].columns] for c in ("ITA", "GHA")
    }
    assert "ageing" in titles["ITA"] and "ageing" not in titles["GHA"]
    assert path("ZMB", paths=20, stress="none").sheets[0].labels[:8] == tuple(
        map(str, [*range(2024, 2031), 2035])
    )
