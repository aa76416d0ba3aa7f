"""Claim and Ledger: exact, non-negative, in one currency."""

from __future__ import annotations

from fractions import Fraction

import pytest

from creditor.errors import InputError, MissingError
from creditor.ledger.claims import Claim, Ledger, renamed
from creditor.terms.provenance import Origin

ONE = Fraction(1)


def test_names_keep_their_order_and_sums_are_exact(book) -> None:
    ledger = book("b state 0.1; a state 0.2; a b 1/3; b state 0.3")
    assert (ledger.holders, ledger.issuers, ledger.names) == (["b", "a"], ["state", "b"], ["b", "state", "a"])
    assert ledger.debt_of("state") == Fraction(6, 10)
    assert [claim.amount for claim in ledger.held_by("a")] == [Fraction(1, 5), Fraction(1, 3)]
    assert len(ledger.issued_by("state")) == 3 and len(ledger) == 4


def test_all_troubles_of_a_ledger_are_raised_together() -> None:
    rows = [Claim("a", "b", -ONE, currency="USD", where="x.csv:2"), Claim("a", "c", -ONE, currency="JPY")]
    with pytest.raises(InputError) as error:
        Ledger(tuple(rows))
    assert error.value.codes == ("C109", "C109", "C111")
    first, second, last = error.value.troubles
    assert (first.where, second.where) == ("x.csv:2", "ledger")
    assert "swap holder and issuer" in first.mend and "JPY and USD" in last.what


def test_the_currency_is_the_one_that_is_named() -> None:
    assert Ledger((Claim("a", "b", ONE), Claim("a", "b", ONE, currency="JPY"))).currency == "JPY"
    assert Ledger(()).currency == ""


def test_who_issues_nothing_and_who_is_not_there_are_told_apart(book) -> None:
    ledger = book("households government 1")
    with pytest.raises(MissingError) as missing:
        ledger.debt_of("households")
    assert missing.value.codes == ("L404",) and "government" in missing.value.troubles[0].mend
    with pytest.raises(InputError) as error:
        ledger.debt_of("goverment")
    assert error.value.codes == ("L402",) and "did you mean government" in error.value.troubles[0].mend


def test_claims_are_replaced_in_their_place(book) -> None:
    ledger = book("a state 1; b state 2; c state 3")
    old = ledger.claims[1]
    new = ledger.replaced(
        [(old, [renamed(old, holder="x", amount=ONE), renamed(old, holder="y", amount=ONE)])]
    )
    assert [claim.holder for claim in new] == ["a", "x", "y", "c"] and new.debt_of("state") == 6
    assert [claim.holder for claim in ledger.replaced([(old, [])])] == ["a", "c"]
    assert Claim("a", "b", ONE, origin=Origin("s", "", "C")).grade == "C"
