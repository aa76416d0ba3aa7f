"""A path from one's own loans has the tables of an annex, with a fan where an economy is named."""

from __future__ import annotations

import json

import pytest

from creditor.errors import InputError
from creditor.export.json import to_json
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


def test_annex(files):
    answer = path_table(*files, economy="KEN", paths=100)
    assert [sheet.name for sheet in answer.sheets] == [
        "path",
        "reasons",
        "moneys",
        "holders",
        "fan",
        "fan_errors",
        "stress",
    ]
    payload = json.loads(to_json(answer.payload))
    assert payload["debt"] == 56 and payload["by_currency"] == {"KES": 30, "USD": 26}
    assert answer.certificate["books"] < 1e-12 and len(payload["fan"]["p50"]) == 3
    change = answer.sheets[1].columns
    assert sum(c.at(year="2026") for c in change[1:]) == pytest.approx(change[0].at(year="2026"), abs=1e-10)


def test_without_an_economy_there_is_no_fan_and_it_says_so(files):
    answer = path_table(*files)
    assert answer.payload["fan"] == {} and "name an economy" in to_text(answer, 100)
    assert not any(row["name"] == "growth" for row in answer.payload["stress"])


@pytest.mark.parametrize(
    ("paths", "shocks", "codes"), [(1, "normal", ("U501",)), (1, "norml", ("U501", "S703"))]
)
def test_draws_that_cannot_be_are_refused_before_anything_is_run(files, paths, shocks, codes):
    with pytest.raises(InputError) as wrong:
        path_table(*files, economy="KEN", paths=paths, shocks=shocks)
    assert wrong.value.codes == codes
