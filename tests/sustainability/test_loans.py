"""Loans of one's own: every fault is told at once with its line, and a stated total is held against them."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.sustainability.loans import read_loans


def test_all_faults_at_once(tmp_path):
    table = tmp_path / "loans.csv"
    table.write_text(
        "name,currency,amount,rate,start,maturity\n"
        "a,KES,10,5,2020,2019\n"
        "b,USD,x,5,2020,2030\n"
        "c,USD,1,5,2020,2023\n"
        "d,usd,1,5,2020,2030\n"
        "e,EUR,1,5,2026,2030\n"
    )
    plan = tmp_path / "years.csv"
    plan.write_text(
        "year,gdp,real_growth,primary_balance,market_rate\n2024,100,,,\n2026,105,-100,0,5\n2027,-4,3,0,5\n"
    )
    with pytest.raises(InputError) as wrong:
        read_loans(table, plan)
    text = str(wrong.value)
    for words in (
        "loans.csv:2: a matures in 2019",
        "loans.csv:3",
        "loans.csv:4: c matured in 2023",
        "loans.csv:5: currency 'usd'",
        "loans.csv:6: e starts in 2026",
        "after 2024 comes 2026",
        "real_growth -100",
        "gdp -4",
        "have no exchange rate",
    ):
        assert words in text, words


def test_a_stated_total_is_held_against_the_loans(tmp_path):
    table = tmp_path / "loans.csv"
    table.write_text("name,currency,amount,rate,start,maturity\na,KES,10,5,2020,2030\n")
    plan = tmp_path / "years.csv"
    head = "year,gdp,real_growth,primary_balance,market_rate,stated_total\n"
    plan.write_text(head + "2024,100,,,,12\n2025,105,3,0,5,\n")
    with pytest.raises(InputError) as wrong:
        read_loans(table, plan)
    assert wrong.value.codes == ("F304",) and "-2" in str(wrong.value)
    table.write_text("name,currency,amount,rate,start,maturity\na,KES,10,5,2020,2030\nb,KES,4,5,2020,2019\n")
    with pytest.raises(InputError) as wrong:
        read_loans(table, plan)
    assert wrong.value.codes == ("P802", "F304") and "+2" in str(wrong.value)  # beside another fault
    table.write_text("name,currency,amount,rate,start,maturity\na,KES,10,5,2020,2030\nb,KES,x,5,2020,2030\n")
    with pytest.raises(InputError) as wrong:
        read_loans(table, plan)
    assert "F304" not in wrong.value.codes  # an amount that cannot be read has no total
    table.write_text("name,currency,amount,rate,start,maturity\na,KES,10,5,2020,2030\n")
    plan.write_text(head + "2024,100,,,,10.001\n2025,105,3,0,5,\n")
    assert sum(loan.amount for loan in read_loans(table, plan)[0]) == 10
