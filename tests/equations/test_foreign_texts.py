"""Tests of equation texts of ModelFlow and EViews."""

from __future__ import annotations

from creditor.equations.foreign_texts import read_eviews, read_modelflow
from creditor.equations.show import to_text


def _said(foreign) -> list[tuple[int, str, str]]:  # type: ignore[no-untyped-def]
    return [(one.line, one.name, to_text(one.right)) for one in foreign.said]


def test_statements_end_with_their_sign_over_lines() -> None:
    text = "FRML <> y = c + ! first\n  g $ frml <> c = 0.6*y $\n\nk = k(-1)\n<exo> m = 2"
    foreign = read_modelflow(text)
    assert _said(foreign) == [
        (1, "Y", "C + G"),
        (1, "C", "0.6 * Y"),
        (4, "K", "K(-1)"),
        (5, "M", "2"),
    ]
    assert foreign.passed == [(5, "<exo>", "options of an equation are ignored")]
    assert not foreign.refused


def test_a_bracket_that_is_open_goes_on_in_the_next_line() -> None:
    assert _said(read_modelflow("y = (a +\n b)\n")) == [(1, "Y", "A + B")]


def test_values_stand_in_comments_as_an_export_writes_them() -> None:
    foreign = read_modelflow("! data: X = -2.5e-3\n! start: Y(-1) = 4\n! a remark: X = 3")
    assert [(one.name, one.back) for one in foreign.said] == [("X", None), ("Y", 1)]
    assert not foreign.refused


def test_words_before_an_equation_are_passed() -> None:
    text = "identity y = c\n@identity d(k) = i\nseries g = 20\nm.append x = y\nm.append @identity z = y\nshow = 2"
    assert [name for _, name, _ in _said(read_eviews(text))] == ["Y", "K", "G", "X", "Z", "SHOW"]


def test_commands_are_passed_over_and_estimation_is_not_understood() -> None:
    foreign = read_eviews("wfcreate q 2000 2010\nequation e.ls y c x\nfor !i = 1 to 2\nnext ' end\nSolve m")
    assert [line for line, _, _ in foreign.passed] == [1, 5]
    assert [(one.line, one.what) for one in foreign.refused] == [
        (2, "equation is no equation"),
        (3, "for is no equation"),
        (4, "next is no equation"),
    ]


def test_a_line_is_continued() -> None:
    assert _said(read_eviews("y = c _\n + g _\n + i\nx = 1")) == [(1, "Y", "C + G + I"), (4, "X", "1")]
