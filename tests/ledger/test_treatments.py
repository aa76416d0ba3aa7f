"""Treatments: the central bank looked through (T0) or consolidated (T1), netting, splitting, codes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from creditor.errors import InputError
from creditor.ledger.claims import UNALLOCATED, Claim, Ledger
from creditor.ledger.lookthrough import look_through
from creditor.ledger.treatments import (
    CODES,
    Treatment,
    consolidate,
    parse_treatment,
    split_holder,
    without_holders,
)

BONDS_ONLY = "cb state 10; banks state 3; x state 7; banks cb 6; x cb 4; x banks 8; y banks 1; f cb 0"


def test_consolidation_by_hand(book) -> None:
    ledger = book(
        "cb state 10; x state 5; cb homes 4; banks cb 8; state cb 2; foreign cb 4; y banks 1; cb cb 1"
    )
    one = consolidate(ledger, "state", "cb")
    rows = [(claim.holder, claim.issuer, claim.amount) for claim in one]
    assert rows == [
        ("x", "state", 5),
        ("state", "homes", 4),
        ("banks", "state", 8),
        ("foreign", "state", 4),
        ("y", "banks", 1),
    ]
    assert one.debt_of("state") == 17


def test_consolidating_keeps_what_the_state_holds_of_itself(book, exact) -> None:
    ledger = book("state state 3; cb state 2; a cb 2; b state 1")
    one = consolidate(ledger, "state", "cb")
    assert one.debt_of("state") == ledger.debt_of("state") == 6
    assert exact(one, "state") == exact(ledger, "state") == {"state": 3, "a": 2, "b": 1}


def test_t0_equals_t1_where_the_bank_holds_only_bonds_of_the_state(book, exact) -> None:
    ledger = book(BONDS_ONLY)
    one = consolidate(ledger, "state", "cb")
    assert exact(ledger, "state") == exact(one, "state")
    assert look_through(one, "state").owners["x"] == pytest.approx(
        look_through(ledger, "state").owners["x"], rel=1e-15
    )


@settings(max_examples=100)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("abcdx"), st.sampled_from(["state", *"abcd"]), st.integers(1, 999)),
        max_size=25,
    ),
    bank=st.dictionaries(st.sampled_from("abcdxy"), st.integers(1, 999), min_size=1),
)
def test_t0_equals_t1_holder_by_holder_in_fractions(exact, rows, bank) -> None:
    claims = [Claim(holder, issuer, Fraction(amount, 7)) for holder, issuer, amount in rows]
    claims += [Claim(holder, "cb", Fraction(amount, 3)) for holder, amount in bank.items()]
    claims.append(Claim("cb", "state", Fraction(sum(bank.values()), 3)))
    zero, one = Ledger(tuple(claims)), consolidate(Ledger(tuple(claims)), "state", "cb")
    wanted = exact(zero, "state")
    assume(UNALLOCATED not in wanted)
    assert exact(one, "state") == wanted
    for ledger in (zero, one):
        found = dict.fromkeys(wanted, 0.0) | look_through(ledger, "state").owners
        assert found == pytest.approx(
            {name: float(amount) for name, amount in wanted.items()}, rel=1e-12, abs=0
        )


@pytest.mark.parametrize(
    "more", ["cb homes 5; z cb 5", "state cb 2; cb homes 2"], ids=["other assets", "treasury account"]
)
def test_t0_differs_from_t1_otherwise(book, exact, more) -> None:
    ledger = book(f"{BONDS_ONLY}; {more}")
    zero, one = exact(ledger, "state"), exact(consolidate(ledger, "state", "cb"), "state")
    assert {k: v for k, v in zero.items() if v} != {k: v for k, v in one.items() if v}


def test_netting_leaves_out_what_some_hold(book) -> None:
    ledger = book("fund state 5; x state 1; fund other 3")
    net = without_holders(ledger, "state", ["fund"])
    assert net.debt_of("state") == 1 and net.debt_of("other") == 3


def test_splitting_is_exact(book) -> None:
    ledger = book("funds state 1; x state 1; funds state 2; funds other 1")
    split = split_holder(ledger, "state", "funds", {"a": Fraction(1), "b": Fraction(2), "c": Fraction(0)})
    assert [(c.holder, c.amount) for c in split][:3] == [
        ("a", Fraction(1, 3)),
        ("b", Fraction(2, 3)),
        ("c", 0),
    ]
    assert split.debt_of("state") == 4 and split.held_by("funds")[0].issuer == "other"
    for weights, code in (
        ({"a": Fraction(-1), "b": Fraction(2)}, "C109"),
        ({"a": Fraction(0)}, "L406"),
        ({}, "L406"),
    ):
        with pytest.raises(InputError) as error:
            split_holder(ledger, "state", "funds", weights)
        assert error.value.codes == (code,)


def test_codes_are_read_in_any_order_and_case() -> None:
    assert parse_treatment(" i0, t1 ,") == Treatment("T1", "I0", "F0", "P0")
    assert parse_treatment("") == Treatment() and str(Treatment()) == "T0,I1,F0,P0"
    assert Treatment("T2").sentences[0] == f"T2: {CODES['T2']}"
    for code in CODES:
        assert code in parse_treatment(code).codes
    with pytest.raises(InputError) as error:
        parse_treatment("T9,T0,T1,I0,I0")
    assert error.value.codes == ("U501", "U501")
    assert "T0 and T1 exclude each other" in error.value.troubles[1].what
