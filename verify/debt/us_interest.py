"""Owns two forecasts of the interest of the United States by the debt model, from a start and rates alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import us_debt

from creditor.sustainability.case import Case
from creditor.sustainability.instruments import INSTRUMENTS
from creditor.sustainability.path import Paths, simulate

ROUNDS, CLOSE = 60, 1e-10
NONE = 1e-9  # of what is outstanding: the model divides by what falls due
AT_ONCE = ("bills", "floating", "official")  # whose rates are of the year
YEARS = range(2022, 2026)


@dataclass(frozen=True)
class Rules:
    """Which published rules a forecast from 2021 keeps; without one, what the model does by itself.

    Parameters
    ----------
    index : bool
        Compensation for inflation by the index of three months before; else prices of the same year.
    bills : bool
        Bills pay the rate of their issue; else the mean yield of three months of the year.
    run_off : bool
        Notes and bonds fall due as they were issued, and new ones pay from their month of issue; else the
        same share falls due each year, and half of a year is paid.
    mix : bool
        Bills, notes and the rest have the published shares at each year's end; else those of 2021.
    flows : bool
        Debt also grows by the other means of financing; else by primary deficits and interest alone.
    """

    index: bool = True
    bills: bool = True
    run_off: bool = True
    mix: bool = True
    flows: bool = False


def case(
    start: dict[str, tuple[float, float]],
    gdp: np.ndarray,
    prices: np.ndarray,
    borrowed: tuple[np.ndarray, np.ndarray],
    rates: dict[str, np.ndarray],
    due: dict[str, np.ndarray],
) -> Case:
    """The case of a start; ``gdp`` begins with the year before, the others with the first year.

    ``start`` has USD bn and average rate by pool, ``borrowed`` the primary balance and what else adds to
    debt, ``due`` the share that falls due by pool; a pool without one falls due within the year.
    """
    balance, flow = borrowed
    periods, debt = len(balance), sum(amount for amount, _ in start.values())
    series = {
        ("deflator",): prices,
        ("real_growth",): gdp[1:] / gdp[:-1] / (1 + prices) - 1,
        ("primary_balance",): balance / gdp[1:],
        ("stock_flow",): flow / gdp[1:],
        ("within_year",): np.full(periods, us_debt.HALF),
    }
    starts = {("gdp",): gdp[0], ("debt",): debt, ("debt_ratio",): debt / gdp[0], ("published_debt",): debt}
    for kind in INSTRUMENTS:
        amount, rate = start.get(kind, (0.0, 0.0))
        share = due.get(kind, np.ones(periods))
        series["maturing_share", kind] = share
        series["refixed_share", kind] = np.ones(periods) if kind in AT_ONCE else us_debt.HALF * share
        series["issue_share", kind] = np.full(periods, amount / debt)
        series["market_rate", kind] = rates.get(kind, np.zeros(periods))
        starts |= {("outstanding", kind): amount, ("coupons", kind): amount * rate}
    return Case("USA", periods, series, starts)


def settle(first: Case, shares: dict[str, np.ndarray], terms: np.ndarray | None = None) -> Paths:
    """Run a case with the shares of new debt that give each pool its share of the debt at each year's end.

    Shares of new debt follow from what the run itself owes, so they are found by running again.

    Parameters
    ----------
    first : Case
    shares : mapping of pool to array [period]
        Of the debt; what is left over is the fixed pool, with the loans that have a schedule.
    terms : array [years since issue], optional
        Share of new notes that falls due in the years after their issue: the fixed pool then holds new
        notes alone.
    """
    found = first
    for _ in range(ROUNDS):
        run = simulate(found)
        changes = _issue_shares(run, shares)
        if terms is not None:
            share = _new_due(run.one("issue", "fixed")[1:], run.one("outstanding", "fixed"), terms)
            changes["maturing_share", "fixed"] = share
            changes["refixed_share", "fixed"] = us_debt.HALF * share
        far = max(float(np.abs(value - found.series[key]).max()) for key, value in changes.items())
        if far < CLOSE:
            return run
        found = found.put(changes)
    raise ArithmeticError(f"shares of new debt are not found in {ROUNDS} rounds, {far:.1e} away")


def _issue_shares(run: Paths, shares: dict[str, np.ndarray]) -> dict[tuple[str, ...], np.ndarray]:
    issue = sum(run.one("issue", kind)[1:] for kind in INSTRUMENTS)
    found = {}
    for kind, share in shares.items():
        if kind != "fixed":
            kept = run.one("outstanding", kind)[1:] - run.one("issue", kind)[1:]
            found["issue_share", kind] = (share * run.one("debt")[1:] - kept) / issue
    found["issue_share", "fixed"] = 1 - sum(found.values())
    return found


def _new_due(issue: np.ndarray, outstanding: np.ndarray, terms: np.ndarray) -> np.ndarray:
    share = np.full(len(issue), NONE)
    for t in range(1, len(issue)):
        due = sum(issue[s] * terms[t - s] for s in range(t) if t - s < len(terms))
        share[t] = max(due / outstanding[t], NONE)
    return share


def from_2021(rules: Rules) -> tuple[Paths, np.ndarray]:
    """Fiscal 2022 to 2025 from the debt at the end of fiscal 2021; and the interest that was paid, USD bn."""
    found, rate, cbo = (
        us_debt.table(name) for name in ("us-yields.csv", "us-maturity.csv", "cbo-2025-01-rates.csv")
    )

    def series(name: str, known: dict[tuple[str, str], float] = found) -> np.ndarray:
        return np.array([known[name, f"FY{year}"] for year in YEARS])

    notes = us_debt.note_rates(YEARS)
    rates = {
        "bills": us_debt.bill_rates(YEARS) if rules.bills else series("cmt_3m_DGS3MO_fy_avg") / 100,
        "floating": us_debt.floating_rates(YEARS),
        "official": us_debt.note_rates(YEARS, us_debt.OLDER).mean(axis=1),
        "fixed": notes.mean(axis=1),
        "indexed": us_debt.real_rates(YEARS),
    }
    paid = {
        kind: rate[f"avg_rate_{name}", "2021-09-30"] / 100
        for kind, name in (("bills", "bills"), ("floating", "frn"), ("indexed", "tips"))
    } | {"fixed": us_debt.coupons_of_2021(), "official": 0.0}
    start = {kind: (amount, paid[kind]) for kind, amount in us_debt.stocks(2021).items()}
    prices = us_debt.reference_growth(YEARS) if rules.index else series("cpiu_growth", cbo) / 100
    balance = series("primary_balance" if rules.flows else "primary_balance_without_student_loans")
    flow = series("other_means_of_financing") if rules.flows else np.zeros(len(YEARS))
    gdp = np.array([found["gdp_fiscal_year", f"FY{year}"] for year in (2021, *YEARS)])
    loans = us_debt.run_off()
    due = {"indexed": us_debt.indexed_due(), "fixed": loans["redemption"] / loans["stock"][:-1]}
    if not rules.run_off:
        due = {kind: np.full(len(YEARS), share[0]) for kind, share in due.items()}
    first, terms = case(start, gdp, prices, (balance, flow), rates, due), None
    if rules.run_off:
        first, terms = _with_loans(first, loans, us_debt.within_year(notes)), _terms()
    run = settle(first, us_debt.mix(YEARS, held=not rules.mix), terms)
    return run, series("net_interest_outlays")


def _with_loans(first: Case, loans: dict[str, np.ndarray], within: np.ndarray) -> Case:
    """Notes and bonds of the opening as loans of their own; the fixed pool begins with nothing."""
    series = {
        ("schedule_stock", "home"): loans["stock"][1:],
        ("schedule_redemption", "home"): loans["redemption"],
        ("schedule_interest", "home"): loans["interest"],
        ("within_year",): within,
    }
    starts = {
        ("scheduled", "home"): loans["stock"][0],
        ("outstanding", "fixed"): 0.0,
        ("coupons", "fixed"): 0.0,
    }
    return Case(first.code, first.periods, {**first.series, **series}, {**first.starts, **starts})


def _terms() -> np.ndarray:
    """Share of new notes and bonds that falls due by years since issue."""
    found = np.zeros(len(YEARS))
    for term, share in us_debt.issued().items():
        if int(term[:-1]) < len(found):
            found[int(term[:-1])] += share
    return found


def position() -> float:
    """Where the yield of new notes and bonds lies between bills (0) and ten years (1), fiscal 2021 and 2022.

    The two years of the file in which long yields were above short ones, as they are on the Budget
    Office's path.
    """
    found = us_debt.table("us-yields.csv")
    places = []
    for year in ("FY2021", "FY2022"):
        yields = {t: found[f"cmt_{t}_{code}_fy_avg", year] for t, code in us_debt.TERMS.items()}
        mean = sum(share * yields[term] for term, share in us_debt.issued().items())
        short = found["cmt_3m_DGS3MO_fy_avg", year]
        places.append((mean - short) / (yields["10y"] - short))
    return sum(places) / len(places)


def from_2025() -> tuple[Paths, np.ndarray]:
    """Fiscal 2025 to 2035 from the debt at the end of fiscal 2024 and the Budget Office's own rates."""
    cbo, rate = us_debt.table("cbo-2025-01-rates.csv"), us_debt.table("us-maturity.csv")
    years = range(2025, 2036)

    def series(name: str, ahead: int = 0) -> np.ndarray:
        return np.array([cbo[name, f"FY{year + ahead}"] for year in years])

    date = "2024-09-30"
    short, ten = series("treasury_bill_3m") * 365 / 360 / 100, series("treasury_note_10y") / 100
    before = series("treasury_bill_3m", -1) * 365 / 360 / 100
    growth = series("cpiu_growth") / 100
    prices = growth + (np.append(growth[1:], growth[-1]) - growth) / 3  # July to July is centred 4 months on
    notes = short + position() * (ten - short)
    rates = {
        "bills": short + us_debt.bill_age() * (before - short),
        "floating": short,
        "official": ten,
        "fixed": notes,
        "indexed": (1 + ten) / (1 + prices) - 1,
    }
    stock = us_debt.stocks(2024)
    scale = cbo["debt_held_by_public", "FY2024"] / sum(stock.values())  # the Office's is less of discounts
    soon = rate["all_marketable_by_time_to_repricing_within_1y", date] - stock["bills"] - stock["floating"]
    due = soon / (rate["marketable_total", date] - stock["bills"] - stock["floating"])
    notes_held, bonds_held = (
        us_debt.table("us-public-debt.csv")[f"held_by_public_{name}", date] for name in ("notes", "bonds")
    )
    coupon = notes_held * rate["avg_rate_notes", date] + bonds_held * rate["avg_rate_bonds", date]
    paid = {"fixed": coupon / (notes_held + bonds_held) / 100, "indexed": rate["avg_rate_tips", date] / 100}
    start = {kind: (scale * amount, paid.get(kind, 0.0)) for kind, amount in stock.items()}
    gdp = np.array([cbo["gdp", f"FY{year}"] for year in (2024, *years)])
    borrowed = series("primary_balance"), series("other_means_of_financing")
    shares = {kind: np.full(len(years), due) for kind in ("fixed", "indexed")}
    found = settle(case(start, gdp, prices, borrowed, rates, shares), us_debt.mix(years, held=True))
    return found, series("net_interest_outlays")


def computed(run: Paths) -> np.ndarray:
    """Interest as the budget counts it, with the compensation for inflation, USD bn."""
    return np.asarray(run.one("effective_rate")[1:] * run.one("debt")[:-1])


def mean_coupons(run: Paths) -> tuple[np.ndarray, np.ndarray]:
    """Mean coupon of notes and bonds at the ends of fiscal 2022 to 2024 in percent, and as published."""
    loans, rate, known = (
        us_debt.run_off(),
        us_debt.table("us-maturity.csv"),
        us_debt.table("us-public-debt.csv"),
    )
    old, new = loans["left"][1:4], run.one("coupons", "fixed")[1:4]
    made = 100 * (old + new) / (loans["stock"][1:4] + run.one("outstanding", "fixed")[1:4])
    told = []
    for date in (f"{year}-09-30" for year in YEARS[:3]):
        held = {name: known[f"held_by_public_{name}", date] for name in ("notes", "bonds")}
        paid = sum(held[name] * rate[f"avg_rate_{name}", date] for name in held)
        told.append(paid / sum(held.values()))
    return made, np.array(told)


STEPS = (
    ("the model by itself", Rules(False, False, False, False)),
    ("+ index of three months before", Rules(True, False, False, False)),
    ("+ bills at the rate of their issue", Rules(True, True, False, False)),
    ("+ notes as they fall due", Rules(True, True, True, False)),
    ("+ mix as published", Rules()),
    ("other means of financing known", Rules(flows=True)),
    ("the same with the mix of 2021", Rules(mix=False, flows=True)),
)


def _line(name: str, made: np.ndarray, actual: np.ndarray) -> str:
    pairs = zip(made, actual, strict=True)
    return f"{name:36}" + "".join(f"{value:8.1f} {100 * (value / real - 1):+5.1f} %" for value, real in pairs)


def main() -> None:
    """Print the tables: fiscal 2022 to 2025 rule by rule, coupons, what net interest is, and to 2035."""
    actual = from_2021(Rules())[1]
    print(f"{'USD bn':36}" + "".join(f"{f'FY{year}':>16}" for year in YEARS))
    print(f"{'net interest paid':36}" + "".join(f"{value:8.1f}{'':8}" for value in actual))
    print("from primary deficits alone:")
    for name, rules in STEPS:
        print(_line(name, computed(from_2021(rules)[0]), actual))
    run, _ = from_2021(Rules(flows=True))
    for year, made, told in zip(YEARS, *mean_coupons(run), strict=False):
        print(f"mean coupon of notes and bonds, end of FY{year}: {made:.2f} %, published {told:.2f} %")
    split = us_debt.table("us-public-debt.csv")
    names = ("interest_on_treasury_securities_gross", "interest_received_by_trust_funds")
    outside = sum(split[name, "FY2024"] for name in names)
    print(f"FY2024: computed {computed(run)[2]:.1f}, net interest {actual[2]:.1f},")
    print(f"        interest on securities outside trust funds {outside:.1f}")
    run, actual = from_2025()
    for year, made, real in zip(range(2025, 2036), computed(run), actual, strict=True):
        print(f"from January 2025  FY{year} {made:8.1f} {real:8.1f} {100 * (made / real - 1):+6.1f} %")


if __name__ == "__main__":
    main()
