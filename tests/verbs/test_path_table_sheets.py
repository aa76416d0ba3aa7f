"""The tables of a debt of one's own: who is owed, in which money, and on whose figures they rest."""

from __future__ import annotations

import pytest

from creditor.export.text import to_text
from creditor.verbs.path_table import path_table

LOANS = (
    "name,currency,amount,rate,start,maturity,holder\na,KES,30,9,2020,2030,banks\nb,USD,0.2,5,2018,2028,\n"
)
YEARS = "year,gdp,real_growth,primary_balance,market_rate,fx_USD\n2024,100,,,,130\n2025,107,4,-1,9,133\n2026,115,4,-1,9,136\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "loans.csv").write_text(LOANS)
    (tmp_path / "years.csv").write_text(YEARS)
    return str(tmp_path / "loans.csv"), str(tmp_path / "years.csv")


def test_holders_stand_in_the_text(files):
    answer = path_table(*files)
    sheet = next(s for s in answer.sheets if s.name == "holders")
    assert sheet.columns[0].at(holder="banks") == 30 and sheet.columns[0].at(holder="not named") == 26
    assert sheet.columns[1].at(holder="banks") + sheet.columns[1].at(holder="not named") == pytest.approx(100)
    assert "Holders at the opening" in to_text(answer, 100)


def test_each_table_says_that_its_numbers_rest_on_own_figures(files):
    answer = path_table(*files, "KEN", paths=50)
    assert len(answer.sheets) == 7
    assert all("Grade C" in sheet.note or sheet.name == "fan_errors" for sheet in answer.sheets)


def test_moneys_and_holders_have_amount_share_and_number_of_loans(files):
    sheets = {sheet.name: sheet for sheet in path_table(*files).sheets}
    for name, key, label in (("moneys", "money", "USD"), ("holders", "holder", "not named")):
        amount, share, loans = (table.at(**{key: label}) for table in sheets[name].columns)
        assert (amount, loans) == (26, 1) and share == pytest.approx(100 * 26 / 56)
