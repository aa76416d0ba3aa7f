"""Tables of an annex: parts add up, many holders become few columns, one picture for each question."""

from __future__ import annotations

import pytest

from creditor.verbs.path_table import path_table
from creditor.verbs.path_table_sheets import MOST, OTHERS

YEARS = "year,gdp,real_growth,primary_balance,market_rate,fx_USD\n2024,100,,,,130\n2025,107,4,-1,9,133\n2026,115,4,90,9,136\n"


@pytest.fixture
def answer(tmp_path):
    rows = "".join(f"l{n},KES,{1 + n},5,2020,{2025 + n % 3},holder {n}\n" for n in range(12))
    (tmp_path / "loans.csv").write_text("name,currency,amount,rate,start,maturity,holder\n" + rows)
    (tmp_path / "years.csv").write_text(YEARS)
    return path_table(str(tmp_path / "loans.csv"), str(tmp_path / "years.csv"), stress="interest_rate")


def sheet(answer, name):
    return next(s for s in answer.sheets if s.name == name)


@pytest.mark.parametrize("name", ["financing", "reasons", "holders_by_year", "due_by_holder", "due_by_money"])
def test_the_first_column_is_the_sum_of_the_others(answer, name):
    first, *others = sheet(answer, name).columns
    for year in ("2025", "2026"):
        assert sum(c.at(year=year) for c in others) == pytest.approx(first.at(year=year), abs=1e-9)


def test_many_holders_become_few_columns(answer):
    titles = [c.title for c in sheet(answer, "holders_by_year").columns]
    assert len(titles) == MOST + 3 and titles[1] == "holder 11" and titles[-2] == OTHERS
    assert len(answer.payload["holders"]) == 13


def test_new_debt_below_zero_is_an_asset(answer):
    assert answer.payload["holders"]["new debt, holder not named"][-1] < 0
    assert "financial asset" in sheet(answer, "holders_by_year").note
    assert "Below zero it is a financial asset." in answer.story


def test_the_opening_stands_in_the_first_row(answer):
    shown = {c.title: c.at(year="2024") for c in sheet(answer, "path").columns}
    assert shown["foreign money"] == 0 and shown["average maturity"] == pytest.approx(
        answer.payload["opening"]["average_maturity"]
    )
    assert f"{shown['average maturity']:.1f} years" in answer.story


def test_pictures(answer):
    assert [figure["title"] for figure in answer.figures] == ["Debt under stress", "Debt by holder"]


def test_moneys_and_holders_have_amount_share_and_number_of_loans(answer):
    for name, key, label in (("moneys", "money", "KES"), ("holders", "holder", "holder 3")):
        amount, share, loans = (table.at(**{key: label}) for table in sheet(answer, name).columns)
        total = answer.payload["debt"]
        assert (amount, loans) == ((78, 12) if key == "money" else (4, 1))
        assert share == pytest.approx(100 * amount / total)
