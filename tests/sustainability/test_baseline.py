"""Baselines: one vintage for stock and path, fills that say so, the federal table by the identity."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.errors import InputError, MissingError
from creditor.sustainability.baseline import baseline
from creditor.sustainability.history import FEDERAL, economies_with_path, projections
from creditor.sustainability.path import case_of, simulate


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


def test_without_published_debt_the_rest_of_the_projection_is_followed():
    base = baseline("ZMB")
    assert len(base.published["real_growth"]) == 6 and not len(base.published["debt"])
    assert base.after["real_growth"] == pytest.approx(0.0476) and base.after["rate"] < 0.12
    told = next(f for f in base.findings if f.place == "projection")
    assert "follow the projection to 2030" in told.sentence
    run = simulate(case_of(base, 2030), 1, [("interest_ratio",), ("balance_now",)])
    paid, held = run.one("interest_ratio")[1:], run.one("balance_now")[1:]
    assert 100 * held == pytest.approx([0.685, 2.025, 3.229, 2.89, 2.508, 2.127])
    assert 100 * paid == pytest.approx([5.607, 5.995, 4.947, 4.687, 4.176, 3.835], abs=1.0)


@pytest.mark.parametrize("code", ["DEU", "ITA", "JPN", "NLD"])
def test_holders_are_allocated_wherever_the_six_classes_stand(code):
    shares = baseline(code).holders
    assert shares["not_allocated"] == 0.0 and len(shares) == 7
    assert sum(shares.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("code", ["GHA", "KEN", "LKA", "NGA", "PAK", "ZMB"])
def test_holders_are_those_of_the_split_by_creditor_where_nothing_finer_is_published(code):
    shares = baseline(code).holders
    assert {"domestic", "multilateral", "bilateral", "foreign_private"} <= set(shares)
    assert shares["not_allocated"] == 0.0 and sum(shares.values()) == pytest.approx(1.0)
    assert baseline("SAU").holders == {"not_allocated": 1.0}


def test_holders_are_brought_to_the_newest_table():
    germany = baseline("DEU").holders
    abroad = sum(germany[name] for name in ("foreign_official", "foreign_banks", "foreign_others"))
    assert abroad == pytest.approx(0.5133, abs=1e-4)
