"""The matrices of a ledger add up."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from creditor.ledger.claims import Claim, Ledger
from creditor.ledger.matrices import balance_sheet, who_to_whom
from creditor.terms.units import money

NAMES = st.sampled_from("abcde")


def test_who_to_whom_sums_and_leaves_absent_cells_out(book) -> None:
    ledger = book("a state 1 bills; a state 2 bonds; b state 4 bonds; b a 5 loans")
    table = who_to_whom(ledger, money("USD"))
    assert table.at(holder="a", issuer="state") == 3.0 and table.at(holder="b", issuer="a") == 5.0
    assert math.isnan(table.at(holder="a", issuer="a"))
    bonds = who_to_whom(ledger, money("USD"), "bonds")
    assert bonds.at(holder="a", issuer="state") == 2.0 and "bonds" in bonds.title.casefold()


def known(cells: Iterable[float]) -> float:
    return math.fsum(cell for cell in cells if not math.isnan(cell))


@given(st.lists(st.tuples(NAMES, NAMES, st.integers(0, 10**6), st.sampled_from(["", "loans"])), min_size=1))
def test_each_row_of_the_balance_sheet_sums_to_zero(rows) -> None:
    ledger = Ledger(
        tuple(Claim(holder, issuer, Fraction(amount), kind) for holder, issuer, amount, kind in rows)
    )
    table = balance_sheet(ledger, money("USD"))
    kinds = dict.fromkeys(kind or "claims" for *_, kind in rows)
    for kind in kinds:
        assert known(table.at(instrument=kind, sector=name) for name in ledger.names) == 0.0
    for name in ledger.names:
        worth = sum(c.amount for c in ledger.held_by(name)) - sum(c.amount for c in ledger.issued_by(name))
        assert known(table.at(instrument=kind, sector=name) for kind in kinds) == float(worth)
