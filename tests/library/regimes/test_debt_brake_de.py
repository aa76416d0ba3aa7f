"""The cases of debt_brake_de have the answers that are expected, and its numbers are those of the law."""

from __future__ import annotations

import pytest

from creditor.regimes.assess import assess_case
from creditor.regimes.coverage import cases_of
from creditor.regimes.read import load_regime

REGIME = load_regime("debt_brake_de")


@pytest.mark.parametrize("entry", cases_of(REGIME), ids=lambda entry: entry.case.name)
def test_each_case(entry):
    assert not entry.case.troubles and not entry.differences(assess_case(REGIME, entry.case))


def test_the_source_is_named():
    assert REGIME.about["source"].startswith("https://") and REGIME.about["kind"] == "figures"
