"""The rules of the Union for a path: what is not asked has no number and says why; two readings differ."""

from __future__ import annotations

import pytest

from creditor.sustainability.adjustment import adjustment
from creditor.sustainability.baseline import baseline
from creditor.sustainability.guidance import guidance
from creditor.sustainability.procedure import procedure
from creditor.sustainability.published import Reading
from creditor.sustainability.union import EFFORT, union


@pytest.fixture(scope="module")
def france():
    return adjustment(baseline("FRA"), 4, 100, 1)


def test_values_are_those_of_the_sequence(france):
    for paper, solve in ((True, procedure), (False, guidance)):
        found, solved = union(france, paper), solve(france)
        totals = {e.test: 100 * e.total for e in solved.efforts}
        assert found["all_rules"] == Reading(100 * solved.total, -100 * solved.total, EFFORT)
        assert found["deficit"].value == totals["deficit"]
    assert found["debt"].value == min(totals["all_decline"], totals["all_below"])


def test_the_deficit_is_of_the_year_that_each_reading_looks_at(france):
    assert union(france, True)["deficit_procedure"].told.startswith("deficit of 2026")
    assert union(france, False)["deficit_procedure"].told.startswith("deficit of 2025")


def test_what_is_not_asked_has_no_number():
    found = union(adjustment(baseline("NLD"), 4, 50, 1), True)
    assert found["debt_safeguard"].value is None and found["deficit_resilience"].value is None
    greece = union(adjustment(baseline("GRC"), 4, 50, 1), True)
    safeguard = greece["debt_safeguard"]
    assert safeguard.margin == pytest.approx(safeguard.value - 1) and "1 is asked for" in safeguard.told
