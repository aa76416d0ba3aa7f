"""Owns what is published of the debt of the United States: its types, what falls due, what new debt pays."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parents[1] / "data/us"
TERMS = {"2y": "GS2", "3y": "GS3", "5y": "GS5", "7y": "GS7", "10y": "GS10", "20y": "GS20", "30y": "DGS30"}
OLDER = ("5y", "7y", "10y", "20y", "30y")  # the Government Account Series held by the public follows these
KINDS = {
    "bills": ("bills",),
    "floating": ("frn",),
    "indexed": ("tips",),
    "official": ("government_account_series",),
}
WEEKS = (4, 6, 8, 13, 17, 22, 26, 52)
STEPS = 30  # of a month, in which a yield is taken as constant
HALF = 0.5  # what falls due in a year is spread evenly over it


def table(name: str) -> dict[tuple[str, str], float]:
    """Numbers of a file by series and date."""
    with (DATA / name).open(encoding="utf-8") as file:
        return {(row["series"], row["date"]): float(row["value"]) for row in csv.DictReader(file)}


def stocks(year: int) -> dict[str, float]:
    """Debt held by the public at the end of a fiscal year by pool of the model, USD bn.

    Notes, bonds and what is not marketable, but for the Government Account Series, are one pool: fixed.
    """
    known, date = table("us-public-debt.csv"), f"{year}-09-30"
    found = {
        kind: sum(known[f"held_by_public_{name}", date] for name in names) for kind, names in KINDS.items()
    }
    return found | {"fixed": known["held_by_public_total", date] - sum(found.values())}


def mix(years: range, held: bool = False) -> dict[str, np.ndarray]:
    """Shares of the debt at the ends of fiscal years by pool: as published, or held at the year before."""
    found = [stocks(years[0] - 1 if held else year) for year in years]
    return {kind: np.array([one[kind] / sum(one.values()) for one in found]) for kind in found[0]}


def reference_growth(years: range) -> np.ndarray:
    """Growth of the index of inflation-protected securities over fiscal years.

    The reference index of the first day of a month is the price index, not seasonally adjusted, of the
    third month before (31 CFR 356, appendix B), so a year to September accrues from July to July.
    """
    known = table("us-public-debt.csv")
    levels = [known["cpi_u_not_seasonally_adjusted", f"{year}-07"] for year in (years[0] - 1, *years)]
    return np.array(levels[1:]) / levels[:-1] - 1


def months(series: str, first: str, last: str) -> np.ndarray:
    """A monthly yield from one month to another, in shares."""
    known = table("us-yields.csv")
    dates = sorted(date for name, date in known if name == series and first <= date <= last)
    return np.array([known[series, date] for date in dates]) / 100


def face_rates(weeks: float, first: str, last: str) -> np.ndarray:
    """What a bill of a term pays a year on its face value by month of issue, in shares.

    Bills are counted at face value, so a bill pays its discount: the rate of three months on a year of 365
    days; beyond three months with the slope of the yields of three months and one year, as discounts.
    """
    short = months("bill_3m_discount_basis_TB3MS", first, last) * 365 / 360
    three, one = months("cmt_3m_DGS3MO", first, last), months("cmt_1y_GS1", first, last)
    slope = (one / (1 + one) - three / (1 + three / 4)) / 0.75
    return short + max(weeks / 52 - 0.25, 0.0) * slope


def carried(rates: np.ndarray, length: float, count: int) -> np.ndarray:
    """Means over the last years of what is outstanding pays, from rates by month of issue.

    Parameters
    ----------
    rates : array [month]
        At issue; the last month is the end of the last year.
    length : float
        Months from issue to maturity, issued evenly.
    count : int
        Years of twelve months.
    """
    fine = np.repeat(rates, STEPS)
    width = max(round(length * STEPS), 1)
    paid = np.convolve(fine, np.full(width, 1.0 / width))[: len(fine)]
    return np.asarray(paid[-12 * STEPS * count :].reshape(count, -1).mean(axis=1))


def bill_rates(years: range) -> np.ndarray:
    """What bills outstanding pay on face value in fiscal years: each the rate of its issue, by term."""
    known, first, last = table("us-public-debt.csv"), f"{years[0] - 2}-10", f"{years[-1]}-09"
    weight = {weeks: known[f"bills_of_{weeks}_weeks", "2023-08-31"] for weeks in WEEKS}
    paid = [
        weight[weeks] * carried(face_rates(weeks, first, last), weeks * 12 / 52, len(years))
        for weeks in WEEKS
    ]
    return np.asarray(sum(paid) / sum(weight.values()))


def bill_age() -> float:
    """Mean time since issue of the bills outstanding, in years: half of their mean term."""
    known = table("us-public-debt.csv")
    weight = [known[f"bills_of_{weeks}_weeks", "2023-08-31"] for weeks in WEEKS]
    return float(np.average(WEEKS, weights=weight)) / 52 / 2


def floating_rates(years: range) -> np.ndarray:
    """The index of floating rate notes in fiscal years: bills of 13 weeks, on the price, days over 360."""
    short = table("us-yields.csv")
    found = np.array([short["bill_3m_discount_basis_TB3MS_fy_avg", f"FY{year}"] for year in years]) / 100
    return np.asarray(found / (1 - found * 91 / 360) * 365 / 360)


def issued() -> dict[str, float]:
    """Notes and bonds issued in fiscal 2025 by term, as shares: the only year with every term."""
    known = table("us-maturity.csv")
    amounts = {term: known[f"issued_nominal_{term}", "FY2025"] for term in TERMS}
    return {term: amount / sum(amounts.values()) for term, amount in amounts.items()}


def note_rates(years: range, terms: tuple[str, ...] = tuple(TERMS)) -> np.ndarray:
    """Yields of notes and bonds issued in fiscal years, weighted by term, as arrays [year, month]."""
    shares = {term: share for term, share in issued().items() if term in terms}
    by_term = [
        share * months(f"cmt_{term}_{TERMS[term]}", f"{years[0] - 1}-10", f"{years[-1]}-09")
        for term, share in shares.items()
    ]
    return np.asarray(sum(by_term) / sum(shares.values())).reshape(len(years), 12)


def within_year(rates: np.ndarray) -> np.ndarray:
    """Part of the year for which what is issued evenly over it pays its mean rate, from rates [year, month].

    A note of October pays for nearly the year, one of September for days: where yields rise through the
    year, that is less than half of the mean.
    """
    left = (np.arange(12, 0, -1) - 0.5) / 12
    return np.asarray(rates @ left / rates.sum(axis=1))


def real_rates(years: range) -> np.ndarray:
    """Real coupons of inflation-protected securities first issued in fiscal years, weighted by amount."""
    known, found = table("us-maturity.csv"), []
    for year in years:
        pairs = [
            (known[f"issued_tips_{term}", f"FY{year}"], known[f"issued_tips_{term}_avg_coupon", f"FY{year}"])
            for term in ("5y", "10y", "30y")
        ]
        found.append(sum(a * c for a, c in pairs) / sum(a for a, _ in pairs) / 100)
    return np.array(found)


def coupons_of_2021() -> float:
    """Mean coupon of the notes and bonds of September 2021, in shares."""
    known, rate = table("us-public-debt.csv"), table("us-maturity.csv")
    amount = {name: known[f"outstanding_{name}", "2021-09-30"] for name in ("notes", "bonds")}
    paid = sum(amount[name] * rate[f"avg_rate_{name}", "2021-09-30"] for name in amount)
    return paid / sum(amount.values()) / 100


def run_off() -> dict[str, np.ndarray]:
    """The notes and bonds of September 2021, as the public holds them: a schedule of the model, USD bn.

    ``stock`` and the coupons that are ``left`` have the opening first; ``redemption`` and ``interest`` are
    of fiscal 2022 to 2025. What is not marketable is taken to fall due like the notes and bonds.
    """
    known = table("us-public-debt.csv")
    years = [f"FY{year}" for year in range(2022, 2026)]
    scale = stocks(2021)["fixed"] / (
        known["outstanding_notes", "2021-09-30"] + known["outstanding_bonds", "2021-09-30"]
    )
    due = scale * np.array([known["nominal_of_2021_due", year] for year in years])
    rate = np.array([known["nominal_of_2021_due_avg_coupon", year] for year in years]) / 100
    stock = stocks(2021)["fixed"] - np.concatenate([[0.0], due.cumsum()])
    left = stocks(2021)["fixed"] * coupons_of_2021() - np.concatenate([[0.0], (due * rate).cumsum()])
    return {"stock": stock, "left": left, "redemption": due, "interest": left[1:] + HALF * due * rate}


def indexed_due() -> np.ndarray:
    """Share of the inflation-protected securities of September 2021 that falls due in fiscal 2022 to 2025."""
    known = table("us-public-debt.csv")
    due = np.array([known["tips_of_2021_due", f"FY{year}"] for year in range(2022, 2026)])
    left = known["outstanding_tips", "2021-09-30"] - np.concatenate([[0.0], due.cumsum()])
    return np.asarray(due / left[:-1])
