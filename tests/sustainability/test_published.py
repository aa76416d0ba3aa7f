"""Published figures have source, vintage and grade; a mark inside a span gives no verdict."""

from __future__ import annotations

import math

from creditor.opening.country import available
from creditor.sustainability.published import COLUMNS, Span, figures, judged, newest
from creditor.terms import library
from creditor.terms.csvfile import read_csv


def test_figures_have_where_they_come_from():
    figure = newest("KEN", "public_pv_gdp")
    assert figure.number == 60.6 and figure.period == "2030" and "National Treasury" in figure.told
    assert len(figures("ZMB", "cpia")) == 10 and figures("ITA", "cpia") == {}
    assert newest("GHA", "debt_carrying_capacity").text == "medium"


def test_marks_and_spans():
    assert judged(Span(0.5, 0.9), 1.0, "").margin > 0 > judged(Span(1.1, math.inf), 1.0, "").margin
    unknown = judged(Span(0.9, 1.1), 1.0, "wide")
    assert unknown.margin is None and unknown.told.endswith("wide") and unknown.value == 1.0


def test_every_row_has_a_unit_and_a_grade_and_fractions_are_told_from_scores():
    rows = read_csv(library.ROOT / "debt" / "assessments.csv", COLUMNS, schema=True).finish()
    beside = {"CHL", "ISR", "LUX"}  # only to read institutions off
    for row in rows:
        assert row["grade"] in "ABC" and row["unit"] and row["source"] and row["period"].isdigit()
        assert row["economy"] in available() or row["economy"] in beside
    assert all(1 <= float(row["value"]) <= 6 for row in rows if row["indicator"] == "cpia")
