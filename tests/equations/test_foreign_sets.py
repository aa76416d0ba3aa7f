"""Tests of sets of equations inside programs."""

from __future__ import annotations

from creditor.equations.foreign_sets import read_pysolve, read_sfcr


def test_sets_are_found_wherever_they_stand() -> None:
    text = """eqs <- sfcr_set(
  Y ~ C + G,   # a comment, with ~ and )
  e2 = C ~ a *
       max(Y[-1], 0)
)
x <- "sfcr_set(Z ~ 1)"
ext <- sfcr_set(a ~ 0.6, G ~ 20)
"""
    foreign = read_sfcr(text)
    assert [(one.line, one.name) for one in foreign.said] == [(2, "Y"), (3, "C"), (7, "a"), (7, "G")]
    assert not foreign.refused


def test_formulas_without_a_set_are_lines() -> None:
    foreign = read_sfcr("Y ~ C + G,\nC ~ 0.6 * Y")
    assert [one.name for one in foreign.said] == ["Y", "C"]


def test_a_shock_is_told_and_its_value_is_not_taken() -> None:
    foreign = read_sfcr(
        "a <- sfcr_set(G ~ 20)\nsfcr_shock(variables = sfcr_set(G ~ 30), start = 5, end = 60)"
    )
    assert [one.name for one in foreign.said] == ["G"]
    assert [(one.line, one.what) for one in foreign.refused] == [(2, "a shock is no equation")]


def test_a_script_is_read_and_never_run() -> None:
    text = (
        "import os\nos.abort()\nm.var('h', default=80)\nm.set_values({'g': 20, 'k': -1})\nm.add('d(h) = g')\n"
    )
    foreign = read_pysolve(text)
    assert [(one.line, one.name) for one in foreign.said] == [(3, "h"), (4, "g"), (4, "k"), (5, "h")]
    assert [(line, shown) for line, shown, _ in foreign.passed] == [(2, "os.abort()")]


def test_names_that_are_no_strings_are_told() -> None:
    foreign = read_pysolve("m.add(x)\nm.param(n, default=2)\nm.set_values({n: 2})\nm.set_values(dict(a=1))")
    assert [one.line for one in foreign.refused] == [1, 2, 3, 4]
