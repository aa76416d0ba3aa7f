"""Instruments: every split adds up, names its source, and reaches the paths; what is not told is said."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.sustainability.baseline import baseline
from creditor.sustainability.history import economies_with_path
from creditor.sustainability.instruments import (
    INSTRUMENTS,
    OTHER,
    by_kind,
    foreign_money,
    of_model,
    pools,
    told,
)
from creditor.sustainability.path import case_of, simulate

SPLIT = [code for code in economies_with_path() if pools(code)]
# Told in full: bills or their absence aside, floating and indexed debt have their own figures.
FULL = {"BRA", "FRA", "GBR", "ITA", "MEX", "TUR", "USA", "ZAF"}


def test_every_split_adds_up_and_names_its_source():
    assert len(SPLIT) == 25 and set(SPLIT) >= FULL
    for code in SPLIT:
        rows = pools(code)
        assert sum(pool.share for pool in rows) == pytest.approx(1, abs=1e-9), code
        assert len({pool.kind for pool in rows}) == len(rows)
        for pool in rows:
            assert pool.kind in (*INSTRUMENTS, OTHER) and 0 < pool.share <= 1
            assert pool.maturing is None or 0 < pool.maturing <= 1
            assert 0 <= pool.refixed <= 1 and pool.perimeter
            assert pool.origin.source and pool.origin.vintage and pool.origin.grade in "ABC"
            if pool.kind == "bills":
                assert pool.maturing == 1.0 and pool.refixed == 1.0


def test_figures_as_they_were_read():
    """Amounts of the publishers, recomputed here."""
    south_africa = {"bills": 550, "fixed": 3249, "indexed": 1078, "floating": 184, OTHER: 30, "foreign": 602}
    total = sum(south_africa.values())
    assert by_kind("ZAF") == pytest.approx({k: v / total for k, v in south_africa.items()}, abs=1e-6)
    assert by_kind("BRA") == pytest.approx(
        {"floating": 0.4629, "indexed": 0.2696, "fixed": 0.2199, "foreign": 0.0476}, abs=1e-9
    )
    italy = by_kind("ITA")
    assert italy["indexed"] == pytest.approx(0.0838 + 0.0203) and italy["fixed"] == pytest.approx(0.7823)
    mexico = by_kind("MEX")
    assert mexico["indexed"] / (1 - mexico["foreign"]) == pytest.approx(4280.42 / 14635.37, abs=1e-5)
    assert by_kind("USA")["indexed"] == pytest.approx(2027 / 28852.7, abs=1e-6)


def test_money_of_official_loans():
    abroad = {code: [p.abroad for p in pools(code) if p.kind == "official"] for code in SPLIT}
    assert abroad["GRC"] == [False] and abroad["KEN"] == [True]
    assert foreign_money("GRC") is None and foreign_money("BEL") is None and foreign_money("CHN") is None
    share, origin = foreign_money("NGA") or (0.0, None)
    assert share == pytest.approx(0.489, abs=0.001) and origin and origin.grade == "B"


def test_the_pools_of_the_model_add_up_and_other_debt_runs_as_fixed():
    for code in economies_with_path():
        base = baseline(code)
        found = of_model(code, base.foreign_share, base.maturity)
        assert sum(pool.share for pool in found.values()) == pytest.approx(1, abs=1e-9), code
        assert set(found) <= set(INSTRUMENTS) and all(pool.maturing for pool in found.values())
        abroad = sum(pool.share for pool in found.values() if pool.abroad)
        assert abroad == pytest.approx(base.foreign_share, abs=1e-9), code
    merged = of_model("PAK", 0.0, 9.0)["fixed"]
    rows = {pool.kind: pool for pool in pools("PAK")}
    assert merged.share == pytest.approx(rows["fixed"].share + rows[OTHER].share)
    assert of_model("CHN", 0.25, 8.0)["foreign"].share == 0.25


def test_what_is_not_told_is_said():
    assert [f.severity for f in told("ITA")] == ["note"] and "78 %" in told("ITA")[0].evidence
    (nothing,) = told("CHN")
    assert nothing.severity == "warning" and "one pool" in nothing.sentence
    split, missing = told("DEU")
    assert "2023" in split.sentence and missing.severity == "warning"
    assert "floating and indexed debt are not told apart" in missing.sentence
    for code in FULL - {"ZAF"}:
        assert all("not told" not in f.sentence for f in told(code)), code


def test_paths_keep_the_split_and_their_books():
    for code in ("ITA", "KEN", "PAK", "GRC"):
        base = baseline(code)
        run = simulate(case_of(base, 2055))
        kinds = of_model(code, base.foreign_share, base.maturity)
        debt = run.one("debt")
        held = sum(run.one("outstanding", kind) for kind in INSTRUMENTS)
        assert np.abs(held - debt).max() / run.one("gdp").min() < 1e-9, code
        for kind, pool in kinds.items():
            assert run.one("outstanding", kind)[0] / debt[0] == pytest.approx(pool.share, abs=1e-9)
            assert run.one("outstanding", kind)[6] / debt[6] == pytest.approx(pool.share, abs=0.06), kind


def test_a_rate_shock_reaches_floating_debt_at_once():
    base = baseline("BRA")
    case = case_of(base, 2032)
    up = simulate(case.add({("market_shock",): 0.01}))
    more = (up.one("interest") - simulate(case).one("interest"))[1] / (base.debt * base.gdp)
    kinds = of_model("BRA", base.foreign_share, base.maturity)
    assert more == pytest.approx(0.01 * kinds["floating"].share, rel=0.05)


def test_dearer_foreign_money_and_prices_reach_their_debt():
    base = baseline("TUR")
    case = case_of(base, 2032)
    kinds = of_model("TUR", base.foreign_share, base.maturity)
    plain = simulate(case)
    dear = simulate(case.add({("depreciation_shock",): np.eye(8)[0] * 0.3}))
    carried = kinds["foreign"].share * base.debt * base.gdp * (1 + base.published["depreciation"][0])
    rise = (dear.one("debt") - plain.one("debt"))[1]
    assert rise == pytest.approx(0.3 * carried, rel=0.25)
    inflation = simulate(case.add({("deflator_shock",): np.eye(8)[0] * 0.1}))
    paid = (inflation.one("interest") - plain.one("interest"))[1] / (base.debt * base.gdp)
    prices = 0.1 * (1 + base.published["deflator"][0])
    assert paid == pytest.approx(kinds["indexed"].share * prices, rel=0.35)
