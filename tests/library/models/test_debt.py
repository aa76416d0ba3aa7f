"""The debt model: one debt in money, ratio, instruments and holders, an exact decomposition, no floor, r(b)."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario
from creditor.sustainability.case import Case
from creditor.sustainability.instruments import INSTRUMENTS
from creditor.sustainability.path import PARTS, simulate, stochastic

PERIODS = 30
SHARES = dict(zip(INSTRUMENTS, (0.15, 0.4, 0.1, 0.1, 0.2, 0.05), strict=True))


def mixed(**changes: float) -> Case:
    """All six instruments, inflation, depreciation, cash, asset sales and liabilities at once."""
    level = {
        "real_growth": 0.015,
        "deflator": 0.03,
        "primary_balance": -0.02,
        "ageing_cost": 0.003,
        "stock_flow": 0.004,
        "deposits_drawn": 0.002,
        "recognised_liabilities": 0.001,
        "asset_sales": 0.0005,
        "depreciation": 0.02,
        "premium_slope": 0.02,
        "debt_reference": 0.9,
        "within_year": 0.5,
    } | changes
    series = {(name,): np.full(PERIODS, value) for name, value in level.items()}
    for kind, share in SHARES.items():
        series["issue_share", kind] = np.full(PERIODS, share)
        series["maturing_share", kind] = np.full(PERIODS, 1.0 if kind == "bills" else 0.12)
        series["refixed_share", kind] = np.full(PERIODS, 1.0 if kind in ("bills", "floating") else 0.0)
        series["market_rate", kind] = np.full(PERIODS, 0.05 if kind != "foreign" else 0.03)
    for name, share in (("central_bank", 0.2), ("foreign_banks", 0.3), ("not_allocated", 0.5)):
        series["holder_share", name] = np.full(PERIODS, share)
    starts = {("gdp",): 500.0, ("debt",): 450.0, ("debt_ratio",): 0.9, ("published_debt",): 450.0}
    for kind, share in SHARES.items():
        starts |= {("outstanding", kind): 450 * share, ("coupons", kind): 450 * share * 0.04}
    return Case("ITA", PERIODS, series, starts)


def gaps(run) -> dict[str, float]:
    debt, gdp = run["debt"], run["gdp"]
    pools = sum(run.values["outstanding", kind] for kind in INSTRUMENTS)
    held = sum(values for key, values in run.values.items() if key[0] == "holding")
    parts = sum(run[name] for name in PARTS)
    return {
        "instruments": float(np.abs(pools / debt - 1).max()),
        "holders": float(np.abs(held / debt - 1)[1:].max()),
        "ratio": float(np.abs(run["debt_ratio"] * gdp / debt - 1).max()),
        "parts": float(np.abs(parts - run["change_of_debt"])[1:].max()),
    }


def test_debt_is_one_in_every_period_and_path():
    case = mixed()
    rng = np.random.default_rng(0)
    shocked = {
        (n,): 0.02 * rng.standard_normal((PERIODS, 50))
        for n in ("growth_shock", "balance_shock", "rate_shock")
    }
    shocked["depreciation_shock",] = 0.1 * rng.random((PERIODS, 50))
    for run in (simulate(case), simulate(case.put(shocked), 50)):
        assert max(gaps(run).values()) < 1e-11, gaps(run)
        assert run.certificate.residual <= 1e-10


def test_law_of_motion_by_hand():
    """One pool at a constant rate: d = d(-1) (1 + i) / (1 + g) - pb + sf, and GFN = redemptions + I - PB + SF."""
    none = dict.fromkeys(
        (
            "ageing_cost",
            "deposits_drawn",
            "recognised_liabilities",
            "asset_sales",
            "depreciation",
            "premium_slope",
        ),
        0.0,
    )
    case = mixed(**none, within_year=0.0)
    only = {("issue_share", kind): np.full(PERIODS, float(kind == "fixed")) for kind in INSTRUMENTS}
    starts = {("outstanding", kind): 450.0 * (kind == "fixed") for kind in INSTRUMENTS}
    starts |= {("coupons", kind): 450.0 * 0.05 * (kind == "fixed") for kind in INSTRUMENTS}
    run = simulate(Case("ITA", PERIODS, {**case.series, **only}, {**case.starts, **starts}))
    growth = 1.015 * 1.03 - 1
    d = 0.9
    for t in range(1, PERIODS + 1):
        need = d / (1 + growth) * (0.12 + 0.05) + 0.02 + 0.004
        assert run.one("financing_ratio")[t] == pytest.approx(need, abs=1e-12)
        holding = d * (0.05 - growth) / (1 + growth) + 0.004
        assert run.one("stabilising_balance")[t] == pytest.approx(holding, abs=1e-12)
        d = d * 1.05 / (1 + growth) + 0.02 + 0.004
        assert run.one("debt_ratio")[t] == pytest.approx(d, abs=1e-12)
    assert run.one("average_maturity")[-1] == pytest.approx(1 / 0.12)


def test_debt_that_grows_evenly_pays_on_its_mean():
    """What falls due and what is new are borrowed over the year, interest among it: i (D(-1) + D) / 2."""
    none = dict.fromkeys(("deposits_drawn", "recognised_liabilities", "asset_sales", "depreciation"), 0.0)
    case = mixed(**none, premium_slope=0.0)
    alike = {}
    for kind in INSTRUMENTS:
        alike["market_rate", kind] = np.full(PERIODS, 0.05)
        alike["refixed_share", kind] = np.full(PERIODS, 0.0)
        alike["issue_share", kind] = np.full(PERIODS, float(kind == "fixed"))
    starts = {("outstanding", kind): 450.0 * (kind == "fixed") for kind in INSTRUMENTS}
    starts |= {("coupons", kind): 450.0 * 0.05 * (kind == "fixed") for kind in INSTRUMENTS}
    run = simulate(Case("ITA", PERIODS, {**case.series, **alike}, {**case.starts, **starts}))
    debt = run.one("debt")
    assert run.one("interest")[1:] == pytest.approx(0.05 * (debt[1:] + debt[:-1]) / 2, rel=1e-12)


def test_what_replaces_a_loan_pays_from_within_the_year():
    """A loan paid back in the year is borrowed anew over it: half a year of interest at the new rate."""
    none = dict.fromkeys(
        ("deposits_drawn", "recognised_liabilities", "asset_sales", "depreciation", "stock_flow"), 0.0
    )
    case = mixed(**none, premium_slope=0.0, primary_balance=0.0, ageing_cost=0.0)
    only = {("issue_share", kind): np.full(PERIODS, float(kind == "fixed")) for kind in INSTRUMENTS}
    paid = np.zeros(PERIODS)
    paid[0] = 450.0
    only[("schedule_redemption", "home")] = paid
    starts = {("scheduled", "home"): 450.0}
    for kind in INSTRUMENTS:
        starts |= {("outstanding", kind): 0.0, ("coupons", kind): 0.0}
    run = simulate(Case("ITA", PERIODS, {**case.series, **only}, {**case.starts, **starts}))
    assert run.one("interest")[1] == pytest.approx(0.5 * 0.05 * run.one("debt")[1], rel=1e-12)
    assert run.one("outstanding", "fixed")[1] == pytest.approx(run.one("debt")[1])


def test_a_floating_rate_follows_at_once_and_a_fixed_one_as_it_is_renewed():
    base, up = simulate(mixed()), simulate(mixed().add({("market_shock",): 0.01}))
    rise = (up.one("interest") - base.one("interest"))[1] / 450
    refixed = SHARES["bills"] + SHARES["floating"] * 1.0
    grown = 0.5 * (base.one("debt")[1] / 450 - 1)  # half of what is new, and indexed debt is a little dearer
    assert rise == pytest.approx(0.01 * (refixed + grown), rel=0.1)
    later = (up.one("effective_rate") - base.one("effective_rate"))[10]
    assert 0.006 < later < 0.011


def test_depreciation_raises_foreign_debt_only():
    base, up = simulate(mixed(depreciation=0.0)), simulate(mixed(depreciation=0.3))
    assert up.one("exchange_rate_part")[1] == pytest.approx(
        0.3 * 0.2 * 450 * 1.04 / base.one("gdp")[1], rel=1e-6
    )
    assert base.one("exchange_rate_part")[1] == 0


def test_nothing_is_cut_off_at_zero():
    run = simulate(mixed(primary_balance=0.2, premium_slope=0.0))
    assert run.one("debt_ratio")[-1] < 0 and gaps(run)["parts"] < 1e-11
    assert run.one("financing_ratio")[-1] < 0


def test_a_shock_to_stock_flow_is_debt_beside_the_deficit():
    base, up = simulate(mixed()), simulate(mixed().add({("stock_flow_shock",): 0.01}))
    assert (up.one("adjustment") - base.one("adjustment"))[1:] == pytest.approx(0.01)
    assert (up.one("debt_ratio") - base.one("debt_ratio"))[1] == pytest.approx(0.01, rel=0.05)
    assert gaps(up)["parts"] < 1e-11


def test_beyond_its_range_the_premium_follows_the_logarithm_of_debt():
    line = {("premium_range",): np.full(PERIODS, 9.0)}
    case = mixed(primary_balance=-0.15)
    far, straight = simulate(case), simulate(case.put(line))
    debt = far.one("debt_ratio")
    near = debt < 0.9 + 0.3
    first = int(np.argmin(near))
    assert 1 < first < PERIODS
    assert far.one("effective_rate")[1 : first + 1] == pytest.approx(
        straight.one("effective_rate")[1 : first + 1]
    )
    assert (far.one("debt_ratio") < straight.one("debt_ratio"))[first + 2 :].all()
    edge, rate = 1.2, 0.05 + 0.02 * 0.3
    t = PERIODS  # bills are renewed at the rate of the year
    wanted = rate + 0.02 * edge * np.log(debt[t - 1] / edge)
    bills = far.values["coupons", "bills"][:, 0] / far.values["outstanding", "bills"][:, 0]
    assert bills[t] == pytest.approx(wanted, abs=1e-12)


def test_the_balance_takes_back_its_share_of_debt_that_was_not_expected():
    base = simulate(mixed())
    surprise = np.zeros(PERIODS)
    surprise[0] = 0.2
    answer = {("balance_reaction",): np.full(PERIODS, 0.05), ("debt_expected",): base.one("debt_ratio")[:-1]}
    still = simulate(mixed().put(answer))
    assert still.one("debt_ratio") == pytest.approx(base.one("debt_ratio"), abs=1e-14)
    hit = simulate(mixed().put({**answer, ("stock_flow_shock",): surprise}))
    gap = hit.one("debt_ratio") - base.one("debt_ratio")
    assert (hit.one("balance_now") - base.one("balance_now"))[2:] == pytest.approx(
        0.05 * gap[1:-1], abs=1e-14
    )
    alone = simulate(mixed().put({("stock_flow_shock",): surprise}))
    assert gap[-1] < 0.6 * (alone.one("debt_ratio") - base.one("debt_ratio"))[-1]


def test_a_wrong_ledger_would_be_seen():
    case = mixed()
    broken = Case("ITA", PERIODS, case.series, {**case.starts, ("outstanding", "fixed"): 100.0})
    assert gaps(simulate(broken))["instruments"] > 0.01


def test_the_bindings_run_on_published_figures():
    run = run_scenario(make_scenario(model="debt", economies=["ITA"], periods=6, known_at="2025-12"))
    assert run.result.series("debt_ratio", "ITA")[0, 0] == pytest.approx(1.35286, abs=1e-5)
    assert not [f for f in run.findings if "check" in f.sentence]


def test_shocks_move_each_path():
    run = stochastic(mixed(), 20, 1, "normal", ["debt_ratio"])
    assert np.ptp(run["debt_ratio"][5]) > 0.01


def test_what_prices_add_to_indexed_debt_is_interest_that_is_paid_when_it_falls_due():
    base, up = simulate(mixed()), simulate(mixed().add({("deflator_shock",): np.eye(PERIODS)[0] * 0.1}))
    owed = SHARES["indexed"] * 450
    prices = 0.1 * 1.03  # more than before, of which the uplift is all of it
    more = (up.one("interest") - base.one("interest"))[1]
    assert more > owed * prices > 0.85 * more
    one, same = mixed(), mixed().put({("indexed_to_prices", "indexed"): np.zeros(PERIODS)})
    linked, plain = simulate(one), simulate(same)
    uplift = owed * 0.03
    gain = linked.one("interest")[1] - plain.one("interest")[1]
    assert gain == pytest.approx(uplift, rel=0.06)  # the coupon rises with prices too
    need = (linked.one("financing_ratio") - plain.one("financing_ratio"))[1] * linked.one("gdp")[1]
    assert 0 < need < 0.2 * uplift  # the part that falls due, and the coupon
    assert (linked.one("debt") - plain.one("debt"))[1] == pytest.approx(gain, rel=1e-9)


def test_interest_follows_the_published_one_with_indexed_debt_inside():
    flags = {("anchored",): np.ones(PERIODS), ("interest_published",): np.full(PERIODS, 0.045)}
    flags[("debt_published",)] = np.linspace(0.9, 1.2, PERIODS)
    run = simulate(mixed().put(flags))
    assert run.one("interest_ratio")[1:] == pytest.approx(np.full(PERIODS, 0.045), abs=1e-12)
    assert run.one("debt_ratio")[1:] == pytest.approx(np.linspace(0.9, 1.2, PERIODS), rel=1e-12)
    assert max(gaps(run).values()) < 1e-12
