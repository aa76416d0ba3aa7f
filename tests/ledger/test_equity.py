"""Negative equity: a sponsor is liable (N-a), or the creditors share what there is (N-b)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from creditor.errors import InputError
from creditor.ledger.equity import equity_of, settle
from creditor.ledger.lookthrough import look_through

UNDERFUNDED = "fund state 8; teachers fund 6; nurses fund 4"


def test_a_sponsor_makes_up_for_the_gap(book) -> None:
    ledger, balance = settle(book(UNDERFUNDED), "fund", "N-a", "town")
    assert (balance.assets, balance.liabilities, balance.gap, balance.coverage) == (8, 10, 2, Fraction(4, 5))
    assert equity_of(ledger, "fund").gap == 0
    (claim,) = ledger.held_by("fund")[1:]
    assert (claim.issuer, claim.amount, claim.instrument) == ("town", 2, "pension_sponsor_claims")
    assert look_through(ledger, "state").owners == pytest.approx({"teachers": 4.8, "nurses": 3.2}, rel=1e-15)
    assert look_through(ledger, "town").owners == pytest.approx({"teachers": 1.2, "nurses": 0.8}, rel=1e-15)


def test_nobody_is_liable_and_the_coverage_is_told(book) -> None:
    before = book(UNDERFUNDED)
    ledger, balance = settle(before, "fund", "N-b")
    assert ledger is before and balance.coverage == Fraction(4, 5)
    owners = look_through(ledger, "state").owners
    assert owners == pytest.approx({"teachers": 4.8, "nurses": 3.2}, rel=1e-15)
    assert owners["teachers"] == pytest.approx(6 * float(balance.coverage))


@pytest.mark.parametrize("text", ["fund state 10; a fund 10", "fund state 12; a fund 10", "fund state 12"])
def test_without_a_gap_nothing_is_added(book, text) -> None:
    before = book(text)
    ledger, balance = settle(before, "fund", "N-a", "town")
    assert ledger is before and balance.gap == 0 and balance.coverage >= 1


@pytest.mark.parametrize(
    ("name", "rule", "sponsor", "code"),
    [
        ("fund", "N-c", "", "L405"),
        ("fund", "N-a", "", "L405"),
        ("fund", "N-a", "fund", "L405"),
        ("fnd", "N-b", "", "L402"),
    ],
)
def test_other_rules_are_refused(book, name, rule, sponsor, code) -> None:
    with pytest.raises(InputError) as error:
        settle(book(UNDERFUNDED), name, rule, sponsor)
    assert error.value.codes == (code,) and error.value.troubles[0].mend
