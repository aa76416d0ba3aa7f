"""Owns the series of one country before a projection, as the replication makes them from its raw rows.

Raw rows carry the source's column names: year 0 has parameters, 2023 to 2070 have series. Up to 2025 they
are forecasts; what follows is held, interpolated or grown here. Quirks are kept and named where they stand.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

START, END = 2023, 2070
YEARS = END - START + 1
FORECAST, GAP_GROUP, TEN, THIRTY = (
    3,
    6,
    10,
    30,
)  # years of forecasts; of the Output Gap Working Group; T+10; T+30
OTHER_MONEY = ("BGR", "CZE", "DNK", "HUN", "POL", "ROU", "SWE")  # those whose debt in euro is foreign
LONG_RATE = {"POL": 4.5, "ROU": 4.5, "HUN": 5.0}  # percent at T+30; 4 elsewhere
INFLATION = {"POL": 2.5, "ROU": 2.5, "HUN": 3.0}  # percent at T+30; 2 elsewhere
PENSION_FLOW = {"FIN": 20, "LUX": 24}  # year at which the flow of the pension balance has faded to nothing
LONGEST = 30  # years: no average life is taken to be longer

Row = dict[str, float]


def rows(path: Path) -> dict[str, dict[int, Row]]:
    """Raw rows by country and year; a blank is not-a-number."""
    found: dict[str, dict[int, Row]] = {}
    with path.open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            code, year = line.pop("COUNTRY"), int(line.pop("YEAR"))
            found.setdefault(code, {})[year] = {k: float(v) if v else np.nan for k, v in line.items()}
    return found


def prepared(code: str, raw: dict[int, Row]) -> tuple[dict[str, np.ndarray], dict[str, float]]:
    """Series over 2023 to 2070 and parameters of one country."""
    params = parameters(code, raw)
    series = {**_output(code, raw), **_rates(code, raw, params), **_budget(raw), **_debt(code, raw, params)}
    return series, params


def parameters(code: str, raw: dict[int, Row]) -> dict[str, float]:
    """Parameters of one country; shares are fractions, rates percent."""
    row = raw[0]
    # quirk: euro members whose domestic share is missing (0) have all their debt in dollars
    home = round(row["DEBT_DOMESTIC_SHARE"], 4)
    euro = round(row["DEBT_EUR_SHARE"], 4) if code in OTHER_MONEY else 0.0
    return {
        "start_year": START,
        "end_year": END,
        "adjustment_period": 4,
        "adjustment_start_year": START + 2,
        "ageing_cost_period": 10,
        "fiscal_multiplier": 0.75,
        "budget_balance_elasticity": row["BUDGET_BALANCE_ELASTICITY"],
        "expenditure_share": raw[START + 1]["PRIMARY_EXPENDITURE_SHARE"],
        "D_share_st": row["DEBT_ST_SHARE"],
        "D_share_lt": 1 - row["DEBT_ST_SHARE"],
        "D_share_lt_maturing_T": row["DEBT_LT_MATURING_SHARE"],
        "D_share_lt_mat_avg": row["DEBT_LT_MATURING_AVG_SHARE"],
        # quirk: a share below zero (Estonia, Luxembourg) gives a life below zero
        "avg_res_mat": min(round(1 / row["DEBT_LT_MATURING_AVG_SHARE"]), LONGEST),
        "D_share_domestic": home,
        "D_share_eur": euro,
        "D_share_usd": round(1 - home - euro, 4),
        "fwd_rate_st": row["FWD_RATE_3M10Y"],
        "fwd_rate_lt": row["FWD_RATE_10Y10Y"],
    }


def _column(raw: dict[int, Row], name: str, blank: float = np.nan) -> np.ndarray:
    found = np.array([raw[year][name] for year in range(START, END + 1)])
    return np.where(np.isnan(found), blank, found)


def _held(raw: dict[int, Row], name: str) -> np.ndarray:
    """Forecast to T+2, its last value afterwards."""
    found = _column(raw, name)
    found[FORECAST:] = found[FORECAST - 1]
    return found


def _forecast(raw: dict[int, Row], name: str, later: float) -> np.ndarray:
    found = _column(raw, name)
    found[FORECAST:] = later
    return found


def _between(known: dict[int, float]) -> np.ndarray:
    """Straight lines between known years; the nearest known value outside them."""
    at = {t: value for t, value in known.items() if not np.isnan(value)}
    return np.interp(np.arange(YEARS), list(at), list(at.values()))


def _output(code: str, raw: dict[int, Row]) -> dict[str, np.ndarray]:
    """Potential and real output, prices, nominal output and the gap."""
    growth, potential = _column(raw, "POTENTIAL_GDP_GROWTH"), _column(raw, "POTENTIAL_GDP")
    for t in range(GAP_GROUP, YEARS):
        potential[t] = potential[t - 1] * (1 + growth[t] / 100)
    early = np.arange(YEARS) < GAP_GROUP
    real = np.where(early, _column(raw, "REAL_GDP"), potential)
    real_growth = np.where(early, _column(raw, "REAL_GDP_GROWTH"), growth)
    prices = _prices(code, raw)
    nominal, nominal_growth = _column(raw, "NOMINAL_GDP"), _column(raw, "NOMINAL_GDP_GROWTH")
    for t in range(FORECAST, YEARS):
        factor = (1 + real_growth[t] / 100) * (1 + prices[t] / 100)
        nominal_growth[t], nominal[t] = 100 * (factor - 1), nominal[t - 1] * factor
    return {
        "rg_pot": growth,
        "rgdp_pot": potential,
        "rg_bl": real_growth,
        "rgdp_bl": real,
        "output_gap_bl": 100 * (real / potential - 1),
        "pi": prices,
        "ngdp_bl": nominal,
        "ng_bl": nominal_growth,
    }


def _prices(code: str, raw: dict[int, Row]) -> np.ndarray:
    """Inflation: forecast, then lines to the swap at T+10 and to the goal at T+30."""
    known = {t: raw[START + t]["GDP_DEFLATOR_PCH"] for t in range(FORECAST)}
    swap = raw[0]["FWD_INFL_5Y5Y"]
    if code in ("POL", "ROU"):
        swap += (known[2] - raw[START + 2]["EA_GDP_DEFLATOR_PCH"]) / 2
    return _between({**known, TEN: swap, THIRTY: INFLATION.get(code, 2.0)})


def _rates(code: str, raw: dict[int, Row], params: dict[str, float]) -> dict[str, np.ndarray]:
    """Market rates, the implicit rate, exchange rates and the share of long-term debt that matures."""
    last = LONG_RATE.get(code, 4.0)

    def market(name: str, forward: float, later: float) -> np.ndarray:
        # quirk: a short rate missing in 2023 (Estonia, Lithuania) is that of 2024
        return _between({0: raw[START][name], 1: raw[START + 1][name], TEN: forward, THIRTY: later})

    return {
        "i_st": market("INTEREST_RATE_ST", params["fwd_rate_st"], last / 2),
        "i_lt": market("INTEREST_RATE_LT", params["fwd_rate_lt"], last),
        "iir": _forecast(raw, "IMPLICIT_INTEREST_RATE", np.nan),
        "exr_eur": _held(raw, "EXR_EUR"),
        "exr_usd": _held(raw, "EXR_USD"),
        # quirk: shares below zero (Estonia, Luxembourg) or near it (Sweden) pass as they are
        "D_share_lt_maturing": _between(
            {0: params["D_share_lt_maturing_T"], TEN: params["D_share_lt_mat_avg"]}
        ),
    }


def _budget(raw: dict[int, Row]) -> dict[str, np.ndarray]:
    """Balances and the costs and revenues of age, percent of GDP; a blank revenue is nothing."""
    return {
        "pb": _held(raw, "PRIMARY_BALANCE"),
        "spb_bl": _held(raw, "STRUCTURAL_PRIMARY_BALANCE"),
        "ob": _forecast(raw, "FISCAL_BALANCE", np.nan),
        "ageing_cost": _column(raw, "AGEING_COST"),
        "pension_revenue": _column(raw, "PENSION_REVENUE", 0.0),
        "property_income": _column(raw, "PROPERTY_INCOME", 0.0),
    }


def _debt(code: str, raw: dict[int, Row], params: dict[str, float]) -> dict[str, np.ndarray]:
    """Debt, stock-flow adjustment and repayments to official lenders, billions of national currency."""
    official = _column(raw, "ESM_REPAYMENT", 0.0)
    found = {
        "D": _forecast(raw, "DEBT_TOTAL", 0.0),
        "d": _forecast(raw, "DEBT_RATIO", np.nan),
        "SF": _forecast(raw, "STOCK_FLOW", 0.0),
        "repayment_lt_esm": np.append(official[1:], 0.0),  # quirk: paid one year early
    }
    if code in PENSION_FLOW:
        found["pension_flow"] = _pension_flow(_column(raw, "PENSION_BALANCE"), PENSION_FLOW[code])
    return found


def _pension_flow(balance: np.ndarray, end: int) -> np.ndarray:
    """Pension balance from T+3 to T+10, faded to nothing in equal steps: percent of GDP, 0 before."""
    t = np.arange(YEARS)
    fading = balance[TEN] * np.clip((end - t) / (end - TEN), 0, 1)
    return np.where(t < FORECAST, 0.0, np.where(t <= TEN, balance, fading))
