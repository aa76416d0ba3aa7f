"""Owns two forecasts of the interest of the United States by the debt model, from a start and rates alone."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from creditor.analysis.debt_path import INSTRUMENTS, Case, Paths, simulate

DATA = Path(__file__).resolve().parents[1] / "data/us"
TERMS = {"2y": "GS2", "3y": "GS3", "5y": "GS5", "7y": "GS7", "10y": "GS10", "20y": "GS20", "30y": "DGS30"}
HALF = 0.5  # what falls due, or is borrowed, in a year is spread evenly over it


def table(name: str) -> dict[tuple[str, str], float]:
    """Numbers of a file by series and date."""
    with (DATA / name).open(encoding="utf-8") as file:
        return {(row["series"], row["date"]): float(row["value"]) for row in csv.DictReader(file)}


def start_2021() -> dict[str, tuple[float, float, float]]:
    """Pools at the end of fiscal 2021: USD bn, average rate, share that falls due in a year.

    Debt held by the public; what is not marketable is counted with the notes and bonds. The stocks by type
    are
    approximate figures; rates and the buckets by time to repricing are published.
    """
    stock = table("us-maturity.csv")

    def at(name: str) -> float:
        return stock[name, "2021-09-30"]

    bills, frn, tips = at("mspd_bills_approx"), at("mspd_frn_approx"), at("mspd_tips_approx")
    fixed = at("debt_held_by_public_cbo") - bills - frn - tips
    notes, bonds = at("mspd_notes_approx"), at("mspd_bonds_approx")
    coupon = (notes * at("avg_rate_notes") + bonds * at("avg_rate_bonds")) / (notes + bonds)
    nominal = at("marketable_total") - bills - frn - tips
    soon = at("all_marketable_by_time_to_repricing_within_1y") - bills - frn
    soon *= nominal / (nominal + tips)
    return {
        "bills": (bills, at("avg_rate_bills") / 100, 1.0),
        "fixed": (fixed, coupon / 100, soon / nominal),
        "floating": (frn, at("avg_rate_frn") / 100, 0.5),
        "indexed": (tips, at("avg_rate_tips") / 100, soon / nominal),
    }


def case(
    pools: dict[str, tuple[float, float, float]],
    gdp: np.ndarray,
    prices: np.ndarray,
    balance: np.ndarray,
    flow: np.ndarray,
    rates: dict[str, np.ndarray],
) -> Case:
    """The case of a start; ``gdp`` begins with the year before, the others with the first year."""
    periods, debt = len(balance), sum(amount for amount, _, _ in pools.values())
    series = {
        ("deflator",): prices,
        ("real_growth",): gdp[1:] / gdp[:-1] / (1 + prices) - 1,
        ("primary_balance",): balance / gdp[1:],
        ("stock_flow",): flow / gdp[1:],
        ("within_year",): np.full(periods, HALF),
    }
    growth = debt * 0.07
    wanted = {k: amount * (due + growth / debt) for k, (amount, _, due) in pools.items()}
    starts = {("gdp",): gdp[0], ("debt",): debt, ("debt_ratio",): debt / gdp[0], ("published_debt",): debt}
    for kind in INSTRUMENTS:
        amount, rate, due = pools.get(kind, (0.0, 0.0, 0.2))
        refixed = 1.0 if kind in ("bills", "floating") else HALF * due
        series["maturing_share", kind] = np.full(periods, due)
        series["refixed_share", kind] = np.full(periods, refixed)
        series["issue_share", kind] = np.full(periods, wanted.get(kind, 0.0) / sum(wanted.values()))
        series["market_rate", kind] = rates.get(kind, np.zeros(periods))
        starts |= {("outstanding", kind): amount, ("coupons", kind): amount * rate}
    return Case("USA", periods, series, starts)


def from_2021(flows: bool) -> tuple[Paths, np.ndarray]:
    """Fiscal 2022 to 2025 from the debt at the end of fiscal 2021; and the interest that was paid, USD bn."""
    found, cbo, stock = table("us-yields.csv"), table("cbo-2025-01-rates.csv"), table("us-maturity.csv")
    years = [f"FY{year}" for year in range(2022, 2026)]

    def series(name: str) -> np.ndarray:
        return np.array([found[name, year] for year in years])

    gdp = np.array([found["gdp_fiscal_year", year] for year in ["FY2021", *years]])
    prices = np.array([cbo["cpiu_growth", year] for year in years]) / 100
    issued = {term: stock[f"issued_nominal_{term}", "FY2025"] for term in TERMS}
    names = {t: f"cmt_{t}_{code}_fy_avg" for t, code in TERMS.items()}
    notes = sum(issued[t] * series(names[t]) for t in TERMS) / sum(issued.values()) / 100
    bills = series("cmt_3m_DGS3MO_fy_avg") / 100
    rates = {
        "bills": bills,
        "floating": bills,
        "fixed": notes,
        "indexed": np.full(4, start_2021()["indexed"][1]),
    }
    balance = series("primary_balance" if flows else "primary_balance_without_student_loans")
    flow = series("other_means_of_financing") if flows else np.zeros(4)
    return simulate(case(start_2021(), gdp, prices, balance, flow, rates)), series("net_interest_outlays")


def position() -> float:
    """Where the yield of new notes and bonds lies between bills (0) and ten years (1), fiscal 2021 and 2022.

    The two years of the file in which long yields were above short ones, as they are on the Budget
    Office's path.
    """
    found, stock = table("us-yields.csv"), table("us-maturity.csv")
    issued = {term: stock[f"issued_nominal_{term}", "FY2025"] for term in TERMS}
    places = []
    for year in ("FY2021", "FY2022"):
        yields = {t: found[f"cmt_{t}_{code}_fy_avg", year] for t, code in TERMS.items()}
        mean = sum(issued[t] * yields[t] for t in TERMS) / sum(issued.values())
        short = found["cmt_3m_DGS3MO_fy_avg", year]
        places.append((mean - short) / (yields["10y"] - short))
    return sum(places) / len(places)


def start_2024() -> dict[str, tuple[float, float, float]]:
    """Pools at the end of fiscal 2024: stock of the Budget Office, types of April 2025, rates of "
    "September 2024."""
    stock, cbo = table("us-maturity.csv"), table("cbo-2025-01-rates.csv")
    types = {
        k: stock[f"mspd_{k}_held_by_public", "2025-04-30"] for k in ("bills", "notes", "bonds", "frn", "tips")
    }
    rate = {k: stock[f"avg_rate_{k}", "2024-09-30"] / 100 for k in types}
    scale = (
        cbo["debt_held_by_public", "FY2024"] / stock["mspd_total_public_debt_held_by_public", "2025-04-30"]
    )
    fixed = cbo["debt_held_by_public", "FY2024"] - scale * (types["bills"] + types["frn"] + types["tips"])
    coupon = (types["notes"] * rate["notes"] + types["bonds"] * rate["bonds"]) / (
        types["notes"] + types["bonds"]
    )
    soon = stock["all_marketable_by_time_to_repricing_within_1y", "2024-09-30"]
    soon -= scale * (types["bills"] + types["frn"])
    due = soon / (stock["marketable_total", "2024-09-30"] - scale * (types["bills"] + types["frn"]))
    return {
        "bills": (scale * types["bills"], rate["bills"], 1.0),
        "fixed": (fixed, coupon, due),
        "floating": (scale * types["frn"], rate["frn"], 0.5),
        "indexed": (scale * types["tips"], rate["tips"], due),
    }


def from_2025() -> tuple[Paths, np.ndarray]:
    """Fiscal 2025 to 2035 from the debt at the end of fiscal 2024 and the Budget Office's own rates."""
    cbo, years = table("cbo-2025-01-rates.csv"), [f"FY{year}" for year in range(2025, 2036)]

    def series(name: str) -> np.ndarray:
        return np.array([cbo[name, year] for year in years])

    bills, ten = series("treasury_bill_3m") / 100, series("treasury_note_10y") / 100
    prices = series("cpiu_growth") / 100
    notes = bills + position() * (ten - bills)
    rates = {"bills": bills, "floating": bills, "fixed": notes, "indexed": (1 + ten) / (1 + prices) - 1}
    gdp = np.array([cbo["gdp", year] for year in ["FY2024", *years]])
    flow = series("other_means_of_financing")
    found = case(start_2024(), gdp, prices, series("primary_balance"), flow, rates)
    return simulate(found), series("net_interest_outlays")


def main() -> None:
    """Print both tables."""
    for flows in (False, True):
        run, actual = from_2021(flows)
        name = "with other means of financing" if flows else "primary deficits alone"
        for i, year in enumerate(range(2022, 2026)):
            made = run.one("interest")[i + 1] + _uplift(run, i + 1)
            print(f"{name:30} FY{year} {made:8.1f} {actual[i]:8.1f} {100 * (made / actual[i] - 1):+6.1f} %")
    run, actual = from_2025()
    for i, year in enumerate(range(2025, 2036)):
        made = run.one("interest")[i + 1] + _uplift(run, i + 1)
        print(
            f"from January 2025  FY{year} {made:8.1f} {actual[i]:8.1f} {100 * (made / actual[i] - 1):+6.1f} %"
        )


def _uplift(run: Paths, t: int) -> float:
    """Compensation for inflation, which the budget counts as interest: USD bn."""
    return float(run.one("effective_rate")[t] * run.one("debt")[t - 1] - run.one("interest")[t])


if __name__ == "__main__":
    main()
