"""What a run of own loans has found: the books close, and the story says what falls due to whom."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.sustainability.path import simulate
from creditor.sustainability.table import read_book
from creditor.verbs.path_table_found import NEW, TableFound, by_size, gap_of, story_of

LOANS = "name,currency,amount,rate,start,maturity,kind,holder\na,KES,30,9,2020,2026,indexed,banks\nb,KES,8,5,2018,2025,,\n"
YEARS = "year,gdp,real_growth,primary_balance,market_rate\n2024,100,,,\n2025,107,4,-1,9\n2026,115,4,-1,9\n"


@pytest.fixture
def found(tmp_path):
    (tmp_path / "loans.csv").write_text(LOANS)
    (tmp_path / "years.csv").write_text(YEARS)
    book = read_book(tmp_path / "loans.csv", tmp_path / "years.csv")
    run = simulate(book.case)
    return TableFound(book, run, run, None, (), "", "normal", 2, 1)


def test_holders_and_needs_add_up(found):
    assert np.sum(list(found.held.values()), axis=0) == pytest.approx(found.run.one("debt"))
    assert np.sum(list(found.need.values()), axis=0)[1:] == pytest.approx(
        found.run.one("financing_ratio")[1:]
    )
    assert (
        gap_of(found) < 1e-12
        and list(found.held)[-1] == NEW
        and list(by_size(found.book)) == ["banks", "not named"]
    )


def test_without_draws_there_is_no_chance(found):
    assert found.fan is None and found.chances == {}


def test_the_story_counts_in_plain_words(found):
    told = story_of(found)
    assert told.startswith("2 loans in 1 money are 38.0 % of GDP, 0.0 % of it in foreign money.")
    assert "Most falls due in 2026" in told and "100.0 % of it to banks" in told and "paths lie" not in told
