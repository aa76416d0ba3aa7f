"""Every provision has a rule with a case that fails without it, or a reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from creditor.regimes.assess import assess_case
from creditor.regimes.casefile import read_case_file
from creditor.regimes.coverage import cases_of, coverage_of
from creditor.regimes.read import load_regime, regime_names

DECIDABLE = 61
FILES = Path(__file__).parents[1] / "library" / "regimes"


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


def test_no_rule_can_be_dropped_unnoticed(notice):
    """Without any one rule something that is said of some case changes; rules for a reading that is off, with it off."""
    files = [read_case_file(path, notice)[0] for path in sorted(FILES.glob("*.toml"))]
    cases = [*(entry.case for entry in cases_of(notice)), *files]
    before = [assess_case(notice, case).as_dict() for case in cases]
    unnoticed = []
    for rule in notice.rules:
        smaller = replace(notice, rules=tuple(r for r in notice.rules if r is not rule), memory={})
        off = [name for name in notice.readings if f"reading_{name} == no" in rule.when.text]
        if off:
            before_off = [assess_case(notice, case, off).as_dict() for case in cases]
            told = [assess_case(smaller, case, off).as_dict() for case in cases] != before_off
        else:
            article = notice.article(rule.provision)
            pairs = sorted(
                zip(cases, before, strict=True), key=lambda pair: article not in pair[1]["articles"]
            )
            told = any(assess_case(smaller, case).as_dict() != said for case, said in pairs)
        if not told:
            unnoticed.append(rule.name)
    assert unnoticed == []
