"""Holds the series that are made of raw rows against the ready series of four countries, and the raw rows together."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

VERIFY = Path(__file__).resolve().parents[2] / "verify"
sys.path[:0] = [str(VERIFY / "debt")]

import commission  # noqa: E402
import prepare  # noqa: E402

DATA = VERIFY / "data/dsa"
KNOWN = prepare.rows(DATA / "raw_known.csv")
MORE = prepare.rows(DATA / "raw_part1.csv") | prepare.rows(DATA / "raw_part2.csv")
NOT_MADE = {"D_lt_esm"}  # official debt outstanding: nothing reads it


@pytest.mark.parametrize("code", sorted(KNOWN))
def test_raw_rows_give_the_ready_series(code):
    series, params = prepare.prepared(code, KNOWN[code])
    ready = commission.load(code)
    assert set(series) == set(ready.series) - NOT_MADE
    for name, values in series.items():
        np.testing.assert_allclose(values, ready.series[name], rtol=1e-6, atol=1e-7, err_msg=name)
    assert params == pytest.approx(ready.params, rel=1e-9)


def test_every_country_is_there_once():
    assert len(KNOWN) == 4 and len(MORE) == 18 and not set(MORE) & set(KNOWN)
    assert len(commission.countries()) == 27
    for code, raw in (KNOWN | MORE).items():
        assert sorted(raw) == [0, *range(2023, 2071)], code


@pytest.mark.parametrize("code", sorted(KNOWN | MORE))
def test_raw_rows_agree_with_each_other(code):
    """Growth is that of the levels, nominal growth that of volume and price, the ratio that of the debt."""
    raw = (KNOWN | MORE)[code]
    for year in range(2023, 2029):
        row, before = raw[year], raw.get(year - 1, {})
        if year <= 2025:
            both = (1 + row["REAL_GDP_GROWTH"] / 100) * (1 + row["GDP_DEFLATOR_PCH"] / 100)
            assert 1 + row["NOMINAL_GDP_GROWTH"] / 100 == pytest.approx(both, abs=2e-6), year
            assert row["DEBT_TOTAL"] / row["NOMINAL_GDP"] == pytest.approx(
                row["DEBT_RATIO"] / 100, rel=2e-3
            ), year
        for level in ("NOMINAL_GDP", "REAL_GDP", "POTENTIAL_GDP"):
            if before and not np.isnan(row[level]):
                growth = 1 + row[f"{level}_GROWTH"] / 100
                assert row[level] / before[level] == pytest.approx(growth, abs=2e-6), (year, level)


def test_forecasts_are_joined_by_straight_lines_to_goals():
    row = {"GDP_DEFLATOR_PCH": 4.0, "EA_GDP_DEFLATOR_PCH": 2.0, "FWD_INFL_5Y5Y": 2.0}
    raw = {year: row for year in (0, 2023, 2024, 2025)}
    plain, other = prepare._prices("DNK", raw), prepare._prices("ROU", raw)
    assert plain[[2, 6, 10, 20, 30, 47]] == pytest.approx([4, 3, 2, 2, 2, 2])
    assert other[[2, 10, 20, 30]] == pytest.approx([4, 3, 2.75, 2.5])


def test_a_pension_balance_fades_to_nothing():
    flow = prepare._pension_flow(np.full(prepare.YEARS, 2.0), 20)
    assert flow[[0, 2, 3, 10, 15, 20, 47]] == pytest.approx([0, 0, 2, 2, 1, 0, 0])


def test_oddities_pass_as_they_are():
    """A life below zero, a share of a fifth of a percent, debt in dollars only, and a short rate not yet known."""
    made = {code: prepare.prepared(code, MORE[code]) for code in ("EST", "LUX", "SWE", "IRL", "LTU")}
    assert made["EST"][1]["avg_res_mat"] < 0 and made["LUX"][1]["avg_res_mat"] < 0
    assert made["SWE"][1]["avg_res_mat"] == 30 and made["SWE"][0]["D_share_lt_maturing"].min() < 0.003
    assert made["IRL"][1]["D_share_usd"] == 1
    for code in ("EST", "LTU"):
        assert np.isnan(MORE[code][2023]["INTEREST_RATE_ST"])
        assert made[code][0]["i_st"][0] == made[code][0]["i_st"][1]
