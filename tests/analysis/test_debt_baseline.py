"""Baselines: one vintage for stock and path, fills that say so, the federal table by the identity."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.analysis.debt_baseline import FEDERAL, baseline
from creditor.analysis.debt_history import economies_with_path, projections
from creditor.errors import InputError, MissingError


def test_all_economies_have_one_and_what_is_assumed_is_said():
    codes = economies_with_path()
    assert len(codes) == 33
    for code in codes:
        base = baseline(code)
        assert base.debt > 0 and base.gdp > 0 and base.maturity >= 1 and 0 <= base.foreign_share <= 1
        assert sum(base.holders.values()) == pytest.approx(1)
    assert {code for code in codes if not baseline(code).anchored} == {"LKA", "ZMB"}
    assert any(f.place == "projection" for f in baseline("LKA").findings)
    assert any(f.place == "average maturity" for f in baseline("ZMB").findings)


def test_stock_and_path_are_of_one_vintage_and_the_gap_has_a_name():
    japan = baseline("JPN")
    assert japan.debt == pytest.approx(2.3666) and japan.published["debt"][0] == pytest.approx(2.34858)
    assert japan.revision == pytest.approx(2.145 - 2.3666)
    (finding,) = [f for f in japan.findings if f.place == "vintage revision"]
    assert finding.severity == "warning" and "214.5" in finding.sentence


def test_the_federal_table_closes():
    base, table = baseline("USA", FEDERAL), projections("USA", FEDERAL)
    assert base.last_published == 2035 and base.published["debt"][-1] == pytest.approx(
        52055.866 / table["gdp"][2035]
    )
    assert round(table["net_interest"][2035]) == 1783
    growth = (1 + base.published["real_growth"]) * (1 + base.published["deflator"])
    gdp = np.array([table["gdp"][y] for y in range(2024, 2036)])
    assert growth == pytest.approx(gdp[1:] / gdp[:-1])


def test_faults():
    with pytest.raises(InputError) as wrong:
        baseline("ITA", "federal")
    assert wrong.value.codes == ("U501",)
    with pytest.raises(MissingError) as missing:
        baseline("ROW")
    assert missing.value.codes == ("F303",)
