"""Debt tables: schedules add up to the model's debt, and every fault is told at once with its line."""

from __future__ import annotations

import random

import numpy as np
import pytest

from creditor.sustainability.path import simulate
from creditor.sustainability.schedules import schedules
from creditor.sustainability.table import read_book

YEARS = "year,gdp,real_growth,primary_balance,market_rate,short_rate,fx_USD,fx_EUR,fx_CNY\n"


def years(folder, first=2024, count=12, head=YEARS, **fx):
    rows = [head]
    for y in range(count):
        fields = [first + y, 1000 * 1.06**y, 3, -1, 8, 7, 100 * 1.03**y, 110 * 1.02**y, 15]
        rows.append(",".join(f"{f:g}" if not isinstance(f, int) else str(f) for f in fields) + "\n")
    path = folder / "years.csv"
    path.write_text("".join(rows))
    return path


def loans(folder, count=200, seed=3):
    draw = random.Random(seed)
    rows = ["name,currency,amount,rate,start,maturity,kind,repayment,holder\n"]
    for i in range(count):
        code = draw.choice(["KES", "USD", "EUR", "CNY"])
        kind = draw.choice(["fixed", "floating", "indexed"] if code == "KES" else ["fixed", "floating"])
        start = draw.randint(2010, 2024)
        end = max(2025, start + draw.randint(2, 20))
        how = draw.choice(["bullet", "equal"])
        rows.append(
            f"l{i},{code},{draw.uniform(0.01, 1):.4f},{draw.uniform(0, 9):.2f},{start},{end},{kind},{how},banks\n"
        )
    path = folder / "loans.csv"
    path.write_text("".join(rows))
    return path


def test_two_hundred_loans_in_four_moneys_are_one_debt(tmp_path):
    book = read_book(loans(tmp_path), years(tmp_path))
    run = simulate(book.case)
    assert len(book.loans) == 200 and len(book.by_currency) == 4 and book.own == "KES"
    parts = sum(v[:, 0] for key, v in run.values.items() if key[0] in ("outstanding", "scheduled"))
    assert np.abs(parts / run.one("debt") - 1).max() < 1e-11
    assert run.one("debt")[0] == pytest.approx(sum(book.by_currency.values()))
    # financing need of the first year, loan by loan
    rate = {"KES": 1.0, "USD": 103.0, "EUR": 110 * 1.02, "CNY": 15.0}
    prices, need = 1.06 / 1.03 - 1, 0.0
    for loan in book.loans:
        left = loan.amount * (1 + prices if loan.kind == "indexed" else 1)
        runs = loan.maturity - 2024
        paid = left if runs == 1 else left / runs if loan.repayment == "equal" else 0.0
        interest = left * (loan.rate + (0.07 if loan.kind == "floating" else 0.0))
        need += (paid + interest) * rate[loan.currency]
    assert run.one("financing_ratio")[1] == pytest.approx(need / 1060 + 0.01, rel=1e-6)


def test_schedules_end(tmp_path):
    book = read_book(loans(tmp_path, 40), years(tmp_path, count=30))
    flows = schedules(book.loans, book.assumptions, book.own)
    for side in ("home", "linked", "abroad"):
        assert flows["schedule_stock"][side][-1] == pytest.approx(0, abs=1e-9)
        assert flows["schedule_redemption"][side].sum() > 0


def test_a_dearer_foreign_money_moves_foreign_loans_only(tmp_path):
    book = read_book(loans(tmp_path, 50), years(tmp_path))
    shock = np.zeros(book.case.periods)
    shock[2] = 0.5
    base, up = simulate(book.case), simulate(book.case.add({("depreciation_shock",): shock}))
    assert up.one("scheduled", "home") == pytest.approx(base.one("scheduled", "home"))
    assert up.one("scheduled", "abroad")[3:] == pytest.approx(1.5 * base.one("scheduled", "abroad")[3:])


def test_a_negative_amount_is_an_asset(tmp_path):
    table = tmp_path / "loans.csv"
    table.write_text(
        "name,currency,amount,rate,start,maturity\na,KES,10,5,2020,2030\ndeposit,KES,-30,2,2020,2027\n"
    )
    book = read_book(table, years(tmp_path))
    assert book.debt == -20 and any("financial asset" in f.sentence for f in book.findings)
    assert simulate(book.case).one("debt_ratio")[-1] < 0.2


def test_surprises_of_prices_move_linked_loans_only(tmp_path):
    book = read_book(loans(tmp_path, 80), years(tmp_path))
    shock = np.zeros(book.case.periods)
    shock[1] = 0.1
    base, up = simulate(book.case), simulate(book.case.add({("deflator_shock",): shock}))
    assert up.one("scheduled", "linked")[2:] == pytest.approx(1.1 * base.one("scheduled", "linked")[2:])
    for side in ("home", "abroad"):
        assert up.one("scheduled", side) == pytest.approx(base.one("scheduled", side))
    # what prices add to linked loans counts as interest, as for the pools of the model
    paid = book.case.series["schedule_redemption", "linked"]
    gained = np.diff(base.one("scheduled", "linked")) + paid
    cash = sum(book.case.series["schedule_interest", side] for side in ("home", "linked", "abroad"))
    assert base.one("interest")[1] == pytest.approx(cash[0] + gained[0])


def test_floating_loans_feel_a_surprise_of_rates_and_fixed_ones_do_not(tmp_path):
    table = tmp_path / "loans.csv"
    for kind, felt in (("floating", True), ("fixed", False)):
        table.write_text(f"name,currency,amount,rate,start,maturity,kind\na,KES,500,2,2020,2035,{kind}\n")
        book = read_book(table, years(tmp_path))
        shock = np.full(book.case.periods, 0.01)
        base, up = simulate(book.case), simulate(book.case.add({("rate_shock",): shock}))
        more = up.one("interest")[1] - base.one("interest")[1]
        assert more == pytest.approx(5.0 if felt else 0.0)


def test_new_debt_in_foreign_money_is_said_and_moves_with_it(tmp_path):
    plan = years(tmp_path)
    rows = plan.read_text().splitlines()
    table = loans(tmp_path, 30)
    assert "All of it is in KES" in next(
        f.sentence for f in read_book(table, plan).findings if f.place == "new debt"
    )
    plan.write_text("\n".join([rows[0] + ",new_foreign,foreign_rate", *(row + ",50,6" for row in rows[1:])]))
    book = read_book(table, plan)
    run = simulate(book.case)
    assert run.one("outstanding", "foreign")[-1] > 0 and "new_foreign" in book.findings[-2].sentence
    shock = np.zeros(book.case.periods)
    shock[-1] = 0.2
    dearer = simulate(book.case.add({("depreciation_shock",): shock}))
    assert dearer.one("foreign_money_share")[-1] > run.one("foreign_money_share")[-1] > 0


def test_what_looks_wrong_is_told(tmp_path):
    table, plan = tmp_path / "loans.csv", tmp_path / "years.csv"
    table.write_text(
        "name,currency,amount,rate,start,maturity\na,KES,9,0.05,2020,2030\nb,KES,9,0.09,2020,2031\n"
    )
    plan.write_text("year,gdp,real_growth,primary_balance,market_rate\n2024,100,,,\n2025,250,4,-1,0.09\n")
    told = " ".join(f.sentence for f in read_book(table, plan).findings)
    assert (
        "rate of the loans is below 1" in told
        and "market rate is below 1" in told
        and "prices change" in told
    )


def test_the_opening_has_its_shares_and_a_debt_below_zero_has_none(tmp_path):
    table = tmp_path / "loans.csv"
    head = "name,currency,amount,rate,start,maturity,kind\n"
    table.write_text(f"{head}a,KES,60,5,2020,2025,\nb,KES,20,1,2020,2034,floating\nc,USD,0.2,2,2020,2028,\n")
    found = read_book(table, years(tmp_path)).opening
    assert found == pytest.approx(
        {"foreign_money_share": 0.2, "refixing_share": 0.8, "average_maturity": 0.6 + 0.2 * 10 + 0.2 * 4}
    )
    table.write_text(f"{head}a,KES,-60,5,2020,2025,\n")
    assert read_book(table, years(tmp_path)).opening == {}
