"""The rules of the Union for a path: what is not asked has no number and says why; two readings differ."""

from __future__ import annotations

import pytest

from creditor.sustainability.adjustment import adjustment
from creditor.sustainability.baseline import baseline
from creditor.sustainability.guidance import guidance
from creditor.sustainability.procedure import procedure
from creditor.sustainability.union import EFFORT, union


@pytest.fixture(scope="module")
def france():
    return adjustment(baseline("FRA"), 4, 100, 1)


def test_values_are_those_of_the_sequence(france):
    for paper, solve in ((True, procedure), (False, guidance)):
        found, solved = union(france, paper), solve(france)
        totals = {e.test: 100 * e.total for e in solved.efforts}
        assert found["all_rules"] == (100 * solved.total, -100 * solved.total, EFFORT)
        assert found["deficit"][0] == totals["deficit"]
    assert found["debt"][0] == min(totals["all_decline"], totals["all_below"])


def test_the_deficit_is_of_the_year_that_each_reading_looks_at(france):
    assert union(france, True)["deficit_procedure"][2].startswith("deficit of 2026")
    assert union(france, False)["deficit_procedure"][2].startswith("deficit of 2025")


def test_what_is_not_asked_has_no_number():
    found = union(adjustment(baseline("NLD"), 4, 50, 1), True)
    assert found["debt_safeguard"][0] is None and found["deficit_resilience"][0] is None
    greece = union(adjustment(baseline("GRC"), 4, 50, 1), True)
    value, margin, told = greece["debt_safeguard"]
    assert margin == pytest.approx(value - 1) and "1 is asked for" in told
