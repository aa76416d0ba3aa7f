"""Computes headline numbers of the library's scenarios without our engine and compares with their twins."""

from __future__ import annotations

import csv
import sys
import tomllib
from collections.abc import Mapping
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(Path(__file__).with_name("godley_lavoie")))

import openflex  # noqa: E402
import pc  # noqa: E402
from newton import simulate  # noqa: E402

TWINS = ROOT / "tests" / "library" / "scenarios"
USA = ROOT / "src" / "creditor" / "library" / "countries" / "USA"
SAME = 1e-10
BANKS = ("deposit_takers", "dealers", "other_financial")
FUNDS = ("money_market_funds", "investment_funds", "insurers", "pension_funds")
Rows = list[dict[str, float]]
Headlines = dict[str, dict[int, float]]


def pick(rows: Rows, names: Mapping[str, str], periods: tuple[int, ...]) -> Headlines:
    """Some variables in some periods, under our names."""
    return {ours: {t: rows[t][theirs] for t in periods} for ours, theirs in names.items()}


def pc_rate_rise() -> Headlines:
    """Chapter 4 with a rate of 3.5 per cent from period 5 on."""

    def given(number: int) -> dict[str, float]:
        return {**pc.GIVENS, "Rbar": 0.035 if number >= 5 else 0.025}

    rows = simulate(partial(pc.period, "pc"), pc.opening(), given, ["YD"], 60)
    names = {"wages": "Y", "disposable_income": "YD", "bills[households]": "Bh", "money": "Hh"}
    return pick(rows, names, (4, 5, 6, 20, 60))


def openflex_import_step() -> Headlines:
    """Chapter 12 with mu0 = -2.0 from period 5 on and a floating rate."""

    def given(number: int) -> dict[str, float]:
        return {**openflex.GIVENS, "mu0": -2.0 if number >= 5 else -2.1}

    circle = [*openflex.CIRCLE, "XRUK"]
    rows = simulate(partial(openflex.period, "openflex"), openflex.opening(False), given, circle, 60)
    names = {"exchange_rate[UK]": "XRUK", "real_output[UK]": "YkUK", "real_output[US]": "YkUS"}
    return pick(rows, names | {"imports[UK, US]": "IMUK"}, (4, 5, 6, 20, 60))


def ceiling_with_leakage() -> Headlines:
    """Chapter 3's SIM with a ceiling of 90 on money: at it, taxes and three tenths of the gap are spent."""
    share, tax, limit, rows = 0.3, 0.2, 90.0, [{"money": 80.0}]
    for number in range(1, 61):
        before = rows[-1]["money"]
        wish, passed = 25.0 if number >= 5 else 20.0, 1.0 if before < limit else share
        # wages = passed * wish + (1 - passed) * taxes + consumption, while the wish is above the taxes
        kept = (1 - passed) * tax + 0.6 * (1 - tax)
        wages = (passed * wish + 0.4 * before) / (1 - kept)
        assert wish >= tax * wages - 1e-9, "the budget is in surplus and the equation another one"
        spent = passed * wish + (1 - passed) * tax * wages
        rows.append({"money": before + spent - tax * wages, "wages": wages, "spent": spent})
    return pick(rows, {"money": "money", "wages": "wages", "purchases": "spent"}, (4, 5, 9, 20, 60))


def table(name: str) -> list[dict[str, str]]:
    """Rows of a file of the country folder."""
    lines = (USA / name).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def held(*holders: str) -> float:
    """What holders had of the debt at the end of the third quarter of 2025."""
    return sum(
        float(row["amount"])
        for row in table("claims.csv")
        if row["set"] == "z1-2026-03-19" and row["period"] == "2025Q3" and row["holder"] in holders
    )


def owed(issuer: str, holder: str, *instruments: str) -> float:
    """What an intermediary owes a holder."""
    return sum(
        float(row["amount"])
        for row in table("claims.csv")
        if (row["issuer"], row["holder"]) == (issuer, holder) and row["instrument"] in instruments
    )


def fact(indicator: str, perimeter: str, period: str) -> float:
    """A fact of the country folder."""
    key = (indicator, perimeter, period)
    (row,) = (r for r in table("facts.csv") if (r["indicator"], r["perimeter"], r["period"]) == key)
    return float(row["value"])


def united_states(market: tuple[float, ...], policy: tuple[float, ...], recycled: tuple[float, ...]) -> Rows:
    """The debt year by year, from its own budget: what is spent and not received is borrowed.

    Only the government, the central bank and the demands for its debt are followed; whoever is left takes the
    rest. Tuples hold a number for each year.
    """
    gdp = fact("gdp", "fiscal year", "FY2025")
    growth = fact("gdp_growth_projected", "fiscal year", "FY2026") / 100
    deficit = -fact("primary_balance", "federal", "FY2025") / gdp
    external = -fact("current_account_gdp", "economy", "2025") / 100
    refixed = fact("debt_repriced_within_year", "marketable, face", "2025-09-30")
    refixed /= fact("debt_marketable", "public and funds, face", "2025Q3")
    rate = fact("net_interest", "federal", "FY2025") / fact("total", "z1-2026-03-19", "2025Q3")
    central, banks, funds, abroad = held("central_bank"), held(*BANKS), held(*FUNDS), held("rest_of_world")
    others = held("nonfinancial_business", "state_and_local_government")
    households = held("households_and_nonprofits")
    account = owed("central_bank", "central_government", "treasury_account")
    notes = sum(
        owed("central_bank", who, "currency") for who in ("households_and_nonprofits", "rest_of_world")
    )
    repo = sum(
        owed("central_bank", who, "reverse_repurchase_agreements")
        for who in ("money_market_funds", "rest_of_world")
    )
    reserves = owed("central_bank", "deposit_takers", "reserve_balances", "currency")
    mortgages = fact("central_bank_assets", "mortgage-backed securities", "2025-10-01")
    rows = [{"debt": central + banks + funds + abroad + others + households, "gdp": gdp}]
    rows[0] |= {"households": households, "abroad": abroad, "reserves": reserves}
    for year in range(len(market)):
        gdp *= 1 + growth
        rate += refixed * (market[year] - rate)
        interest = rate * rows[-1]["debt"]
        income = rate * central + 0.025 * mortgages - policy[year] * (reserves + repo)
        remitted = max(0.0, income)
        debt = rows[-1]["debt"] + interest + deficit * gdp - remitted + growth * account
        # the central bank: reserves take what its other assets and liabilities leave
        reserves += remitted - income - 0.08 * mortgages - growth * (notes + account)
        mortgages, notes, account = 0.92 * mortgages, notes * (1 + growth), account * (1 + growth)
        banks, funds, others = (amount * (1 + growth) for amount in (banks, funds, others))
        abroad += recycled[year] * external * gdp
        households = debt - central - banks - funds - others - abroad
        row = {"debt": debt, "gdp": gdp, "households": households, "abroad": abroad, "reserves": reserves}
        rows.append(row | {"interest": interest, "rate": rate, "ratio": debt / gdp, "remitted": remitted})
    return rows


def us(rows: Rows) -> Headlines:
    """Headlines of a scenario of the United States."""
    names = {"debt": "debt", "debt_ratio": "ratio", "interest_bill": "interest", "effective_rate": "rate"}
    names |= {"bonds[households]": "households", "bonds[foreigners]": "abroad", "reserves": "reserves"}
    return pick(rows, names | {"remittances": "remitted"}, (1, 2, 5, 10))


YIELD, FUNDS_RATE = 0.0412, 0.0422  # September 2025, as in facts.csv
COMPUTED = {
    "pc_rate_rise": pc_rate_rise,
    "openflex_import_step": openflex_import_step,
    "ceiling_with_leakage": ceiling_with_leakage,
    "us_baseline": lambda: us(united_states((YIELD,) * 10, (FUNDS_RATE,) * 10, (0.5,) * 10)),
    "us_rate_shock": lambda: us(united_states((0.0612,) * 10, (0.0622,) * 10, (0.5,) * 10)),
    "us_sell_off": lambda: us(united_states((YIELD,) * 10, (FUNDS_RATE,) * 10, (-0.1,) * 3 + (0.5,) * 7)),
}


def main() -> None:
    """Compare with the kept twins, or write them if the word `write` is given."""
    worst = 0.0
    for name, compute in COMPUTED.items():
        found, path = compute(), TWINS / f"{name}.toml"
        if "write" in sys.argv[1:]:
            lines = ["schema = 1", 'source = "verify/scenarios.py, which does not use the engine"', ""]
            for variable, numbers in found.items():
                lines += ["[[expect]]", f'name = "{variable}"', f"periods = {list(numbers)}"]
                lines += [f"values = {[float(value) for value in numbers.values()]}", ""]
            path.write_text("\n".join(lines).rstrip() + "\n", "utf-8")
        for entry in tomllib.loads(path.read_text("utf-8"))["expect"]:
            mine = [found[entry["name"]][t] for t in entry["periods"]]
            gaps = [abs(a - b) / abs(b) for a, b in zip(mine, entry["values"], strict=True) if b]
            worst = max(worst, *gaps, 0.0)
        print(f"{name}: {len(found)} variables, largest difference so far {worst:.1e}")
    if worst > SAME:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
