"""One-step errors: exact slopes, what is computed on the way, lags, gaps, equations that are left out."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.analysis.one_step import OneStep
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.parse import parse

TEXT = """
given a = 0.5, b = 2, c = 1
let y = a * y(-1) + b * log(x)
let hidden = c * x
let z = hidden ^ a + y(-2)
let far = a * unseen(-1)
let unseen = x
start y = 1
start y(-1) = 1
start unseen = 1
let x = 3
"""


def problem(free, **columns):
    model = elaborate(draft(parse(TEXT)))
    series = {model.slot(name): np.array(column) for name, column in columns.items()}
    return model, OneStep(model, series, [model.slot(name) for name in free])


Y, X, Z = [1.0, 2.0, 1.5, 3.0], [1.0, 2.0, 4.0, 3.0], [0.0, 1.0, 2.0, 3.0]


def test_errors_are_what_each_equation_says_from_observed_values() -> None:
    _, errors = problem("ab", y=Y, x=X)
    ((e, slopes),) = errors(np.array([0.5, 2.0]))
    y, x = np.array(Y), np.array(X)
    assert e == pytest.approx(y[1:] - 0.5 * y[:-1] - 2 * np.log(x[1:]), rel=1e-12)
    assert slopes == pytest.approx(-np.c_[y[:-1], np.log(x[1:])], rel=1e-12)


def test_what_is_not_observed_is_computed_on_the_way_and_slopes_pass_through() -> None:
    _, errors = problem("ac", z=Z, y=Y, x=X)
    values = np.array([0.7, 1.3])
    found = dict(zip([used.slot for used in errors.used], errors(values), strict=True))
    e, slopes = found[errors.model.slot("z")]
    hidden = 1.3 * np.array(X)[2:]
    assert e == pytest.approx(np.array(Z)[2:] - hidden**0.7 - np.array(Y)[:2], rel=1e-12), (
        "two lags cost two rows"
    )
    by_c = -0.7 * hidden ** (0.7 - 1) * np.array(X)[2:]
    assert slopes[:, 1] == pytest.approx(by_c, rel=1e-12)
    nudge = np.array([1e-6, 0])
    moved = (dict(zip(found, errors(values + nudge), strict=True))[errors.model.slot("z")][0] - e) / 1e-6
    assert slopes[:, 0] == pytest.approx(moved, rel=1e-4)


def test_rows_with_gaps_are_left_out_one_by_one() -> None:
    _, errors = problem("a", y=[1.0, np.nan, 1.5, 3.0, 2.0], x=[1.0, 2.0, 4.0, 3.0, 1.0])
    (used,) = errors.used
    assert used.finite.tolist() == [False, False, True, True]


def test_an_equation_that_reads_what_is_not_there_is_named() -> None:
    model, errors = problem("a", far=Y, x=X)
    assert (
        errors.used == [] and "unseen(-1), which the series do not have" in errors.left_out[model.slot("far")]
    )
