"""Published figures have source, vintage and grade; a mark inside a span gives no verdict."""

from __future__ import annotations

import math

from creditor.analysis.debt_published import Span, figures, judged, newest


def test_figures_have_where_they_come_from():
    figure = newest("KEN", "public_pv_gdp")
    assert figure.number == 60.6 and figure.period == "2030" and "National Treasury" in figure.told
    assert len(figures("ZMB", "cpia")) == 10 and figures("ITA", "cpia") == {}
    assert newest("GHA", "debt_carrying_capacity").text == "medium"


def test_marks_and_spans():
    assert judged(Span(0.5, 0.9), 1.0, "").margin > 0 > judged(Span(1.1, math.inf), 1.0, "").margin
    unknown = judged(Span(0.9, 1.1), 1.0, "wide")
    assert unknown.margin is None and unknown.told.endswith("wide") and unknown.value == 1.0
