"""Every provision has a rule with a case that fails without it, or a reason."""

from __future__ import annotations

import pytest

from creditor.regimes.assess import assess_case
from creditor.regimes.coverage import cases_of, coverage_of
from creditor.regimes.read import load_regime, regime_names

DECIDABLE = 61


@pytest.mark.parametrize("name", regime_names())
def test_nothing_is_left_out(name):
    regime = load_regime(name)
    rows = coverage_of(regime, cases_of(regime))
    assert len(rows) == len(regime.provisions)
    for row in rows:
        assert (row.executable and row.case) or (not row.executable and row.listed), row


def test_the_notice_is_covered_to_the_last_provision(notice):
    rows = coverage_of(notice, cases_of(notice))
    assert len(rows) == 86 and sum(bool(row.case) for row in rows) >= DECIDABLE


def test_a_changed_answer_is_told(notice):
    entry = next(e for e in cases_of(notice) if e.case.name == "exchange-desk")
    assert not entry.differences(assess_case(notice, entry.case))
    told = entry.differences(assess_case(notice.without("1e"), entry.case))
    assert any(sentence.startswith("articles") for sentence in told)


def test_a_regime_without_cases_has_none(tmp_path, notice):
    assert cases_of(notice, tmp_path) == []
