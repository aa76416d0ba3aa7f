"""Owners in a user's ledger have intervals where a cell, a rest or an assumption is not certain."""

from __future__ import annotations

import pytest

from creditor.ledger.claims import Claim, Ledger
from creditor.ledger.lookthrough import look_through
from creditor.verbs import through_bounds
from creditor.verbs.through import through
from creditor.verbs.through_bounds import bounds_of, columns_of

UNKNOWN = """holder,issuer,amount
bank,state,6
fund,state,4
ann,bank,?
bob,bank,?
ann,fund,?
bob,fund,?
total,bank,10
total,fund,10
ann,total,12
bob,total,8
"""


@pytest.fixture
def book(tmp_path):
    def write(text):
        path = tmp_path / "book.csv"
        path.write_text(text)
        return path

    return write


def test_unknown_cells_give_intervals_that_contain_the_answer(book):
    answer = through(book(UNKNOWN), debt_of="state")
    bounds = answer.payload["bounds"]
    assert bounds["ann"] == {"lo": pytest.approx(2.0), "hi": pytest.approx(10.0), "bound": "outer"}
    for name, amount in answer.payload["holders"].items():
        assert bounds[name]["lo"] <= amount <= bounds[name]["hi"]
    assert [table.title for table in answer.sheets[0].columns] == ["amount", "share", "least", "most"]
    assert all("range_text" in row for row in answer.figures[0]["rows"])


def test_outer_bounds_contain_every_ledger_that_meets_the_totals(book):
    bounds = through(book(UNKNOWN), debt_of="state").payload["bounds"]
    for of_bank in range(2, 11):  # ann has 12 in all
        known = UNKNOWN.replace("ann,bank,?", f"ann,bank,{of_bank}").replace(
            "bob,bank,?", f"bob,bank,{10 - of_bank}"
        )
        known = known.replace("ann,fund,?", f"ann,fund,{12 - of_bank}").replace(
            "bob,fund,?", f"bob,fund,{of_bank - 2}"
        )
        for name, amount in through(book(known), debt_of="state").payload["holders"].items():
            assert bounds[name]["lo"] - 1e-9 <= amount <= bounds[name]["hi"] + 1e-9


def test_a_rest_may_be_anyones_and_direct_bounds_are_exact(book):
    answer = through(book("holder,issuer,amount\nann,state,3\nbob,state,2\n"), debt_of="state", total="6")
    least, most = answer.sheets[0].columns[2:]
    assert least.at(holder="ann") == 0.5 and most.at(holder="ann") == pytest.approx(4 / 6)
    assert least.at(holder="UNALLOCATED") == 0 and "bounds" not in answer.payload


def test_a_certain_ledger_has_none(book):
    answer = through(book("holder,issuer,amount\nann,state,3\n"), debt_of="state")
    assert [table.title for table in answer.sheets[0].columns] == ["amount", "share"]
    assert columns_of({}, {"ann": "ann"}, 3.0) == []


def test_a_ledger_that_is_too_large_says_so(monkeypatch):
    claims = Ledger((Claim("ann", "state", 3), Claim("UNALLOCATED", "state", 1)))
    result = look_through(claims, "state")
    found, notes = bounds_of(result, claims, {}, {})
    assert found["ann"].high == 4 and found["ann"].bound == "exact" and not notes
    monkeypatch.setattr(through_bounds, "LIMIT", 1)
    assert bounds_of(result, claims, {}, {})[0] == {} and bounds_of(result, claims, {}, {})[1]
