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


def faults(
    folder, loans, plan="year,gdp,real_growth,primary_balance,market_rate\n2024,100,,,\n2025,105,3,0,5\n"
):
    table, years = folder / "loans.csv", folder / "years.csv"
    table.write_text(f"name,currency,amount,rate,start,maturity,kind\n{loans}")
    years.write_text(plan)
    with pytest.raises(InputError) as wrong:
        read_loans(table, years)
    return str(wrong.value)


def test_mends_are_those_of_the_field(tmp_path):
    text = faults(tmp_path, "a,KES,10,9%,01/02/2020,2030,\n,usd,10,5,2020,2030,\n")
    for words in (
        "9%' has a percent sign",
        "write 9\n",
        "write 2020, or a date",
        "name is empty",
        "write USD",
    ):
        assert words in text, words


def test_a_date_is_read_by_its_year(tmp_path):
    table, plan = tmp_path / "loans.csv", tmp_path / "years.csv"
    table.write_text("name,currency,amount,rate,start,maturity\na,KES,10,5,2020-01-31,2030-06-30\n")
    plan.write_text("year,gdp,real_growth,primary_balance,market_rate\n2024,100,,,\n2025-12,105,3,0,5\n")
    found, years, _ = read_loans(table, plan)
    assert (found[0].start, found[0].maturity, years.years) == (2020, 2030, (2024, 2025))


def test_loans_that_count_twice_or_in_another_unit_are_refused(tmp_path):
    assert "line 2 is alike in every field" in faults(
        tmp_path, "a,KES,1,5,2020,2030,\na,KES,1,5,2020,2030,\n"
    )
    nothing = "a,KES,10,5,2020,2030,\nb,KES,-10,5,2020,2030,\n"
    assert "the loans add up to nothing" in faults(tmp_path, nothing)
    assert "times GDP" in faults(tmp_path, "a,KES,30000000000,5,2020,2030,\n")
    plan = "year,gdp,real_growth,primary_balance,market_rate,fx_USD\n2024,100,,,,130\n2025,105,3,0,5,130\n"
    text = faults(tmp_path, "a,KES,1,5,2020,2030,\nb,USD,0.1,5,2020,2030,indexed\n", plan)
    assert "b is indexed and in USD" in text and "which is in KES" in text


def test_faults_do_not_follow_from_faults(tmp_path):
    plan = "year,gdp,real_growth,primary_balance,market_rate\n31/12/2024,100,,,\n31/12/2025,105,3,0,5\n"
    text = faults(tmp_path, "a,KES,1,5,2020,2030,\n", plan)
    assert "starts in" not in text and text.count("is no year") == 2
    text = faults(tmp_path, "a,KES,1,5,2020,2030,\n", "year;gdp\n2024;100\n")
    assert "semicolons" in text and "0 years" not in text
    plan = "year,gdp,real_growth,primary_balance,market_rate,notes\n2024,100,,,,x\n2025,105,3,0,5,y\n"
    text = faults(tmp_path, "a,KES,1,5,2020,2030,\n", plan)
    assert text.count("notes") == 1 and "fx_zmw" not in text


def test_new_debt_is_checked(tmp_path):
    head = "year,gdp,real_growth,primary_balance,market_rate,"
    rest = "2024,100,,,,{}\n2025,105,3,0,5,{}\n"
    text = faults(tmp_path, "a,KES,1,5,2020,2030,\n", head + "new_maturity\n" + rest.format(-5, ""))
    assert "new_maturity -5" in text
    text = faults(tmp_path, "a,KES,1,5,2020,2030,\n", head + "new_foreign\n" + rest.format("", 140))
    assert "given together" in text and "new_foreign 140" in text and "without an exchange rate" in text
