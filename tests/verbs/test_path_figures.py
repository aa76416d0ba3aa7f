"""The pictures of a path: the fan year by year, and no more lines than can be told apart."""

from __future__ import annotations

from creditor.figures.svg import to_svg
from creditor.verbs.path import path
from creditor.verbs.path_figures import LINES


def test_the_fan_has_every_year_and_the_lines_both_paths():
    answer = path("ITA", paths=50)
    assert len(answer.figures[0]["fans"][0]["points"]) == 32
    names = [entry["name"] for entry in answer.figures[1]["series"]]
    assert names[:3] == ["constant", "rising", "without"] and len(names) == LINES
    plain = path("EGY", paths=20).figures[1]["series"]
    assert "without" not in [entry["name"] for entry in plain] and len(plain) == LINES
    assert to_svg(answer.figures[0]).startswith("<svg")


def test_tests_that_are_not_drawn_are_counted():
    figures = path("ITA", paths=20).figures
    assert "5 more tests are in the table." in figures[1]["sentence"]
    assert "more tests" not in path("ITA", paths=20, stress="none").figures[1]["sentence"]
