"""Paths: published projections are met to the last year, own dynamics follow, r(b) differs, seeds repeat."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.sustainability.baseline import baseline
from creditor.sustainability.history import FEDERAL, economies_with_path, projections
from creditor.sustainability.instruments import INSTRUMENTS
from creditor.sustainability.path import PARTS, SLOPE, case_of, simulate, stochastic


def test_every_economy_meets_its_projection_and_keeps_one_debt():
    for code in economies_with_path():
        base = baseline(code)
        run = simulate(case_of(base, 2040, SLOPE))
        n = base.anchored
        assert run.one("debt_ratio")[1 : n + 1] == pytest.approx(base.published["debt"], rel=1e-12), code
        assert run.one("interest_ratio")[1 : n + 1] == pytest.approx(
            base.published["interest"][:n], abs=1e-13
        ), code
        debt, gdp = run.one("debt"), run.one("gdp")
        pools = sum(run.one("outstanding", kind) for kind in INSTRUMENTS)
        held = sum(values[:, 0] for key, values in run.values.items() if key[0] == "holding")
        for other in (pools, held, run.one("debt_ratio") * gdp):
            assert np.abs(other - debt).max() / gdp.min() < 1e-9, code
        parts = sum(run.one(name) for name in PARTS)
        assert np.abs(parts - run.one("change_of_debt"))[1:].max() < 1e-13, code


def test_the_federal_debt_in_money_is_the_published_one():
    run, table = simulate(case_of(baseline("USA", FEDERAL), 2035)), projections("USA", FEDERAL)
    assert run.one("debt")[-1] == pytest.approx(table["debt"][2035], rel=1e-12)
    assert run.one("interest")[-1] == pytest.approx(table["net_interest"][2035], rel=1e-9)
    # the stock-flow of the published table: other means of financing of fiscal 2030, USD bn
    assert run.one("adjustment")[6] * run.one("gdp")[6] == pytest.approx(27.43, abs=0.2)


def test_the_rate_rises_in_debt_after_the_projection_only():
    base = baseline("BEL")
    flat, rising = simulate(case_of(base, 2055)), simulate(case_of(base, 2055, SLOPE))
    n = base.anchored
    assert rising.one("debt_ratio")[: n + 1] == pytest.approx(flat.one("debt_ratio")[: n + 1])
    assert rising.one("debt_ratio")[-1] > flat.one("debt_ratio")[-1] + 0.1


def test_the_same_seed_gives_the_same_paths():
    case = case_of(baseline("ITA"), 2032)
    one, other = (stochastic(case, paths, 5, "normal", ["debt_ratio"])["debt_ratio"] for paths in (30, 30))
    assert (one == other).all()
    many = stochastic(case, 60, 5, "normal", ["debt_ratio"])["debt_ratio"]
    assert many[:, :30] == pytest.approx(one, abs=1e-14)


def test_the_published_split_is_kept_and_refixes_more():
    run = simulate(case_of(baseline("USA"), 2040))
    debt = run.one("debt")
    bills = run.one("outstanding", "bills") / debt
    assert bills[0] == pytest.approx(0.210008) and np.abs(bills - 0.21).max() < 0.02
    assert 0.3 < run.one("refixing_share")[1] < 0.36
