"""Who owns a debt in the end, against exact fractions."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from creditor.errors import InputError, MissingError, NoSolutionError
from creditor.ledger.claims import UNALLOCATED, Claim, Ledger
from creditor.ledger.lookthrough import DIRECT, layered, look_through, unallocated
from creditor.terms.provenance import Origin

CLOSE = 1e-12
CASES = {
    "direct": "a state 3; b state 4",
    "chain": "k1 state 5; k2 k1 7; k3 k2 1/3; a k3 2; b k3 5; b k1 1",
    "itself": "k state 5; k k 1000000; a k 1; b k 3",
    "two in a circle": "k state 5; l k 9; k l 9; a k 1; b l 2",
    "three in a circle": "k state 5; l k 9; m l 8; k m 7; a k 1/7; b l 2; c m 3",
    "narrow outlet": "k state 5; l k 1; k l 1; a k 1/100000000000000; b l 3/100000000000000",
    "narrow outlet on one side": "k state 5; l k 1e14; m l 1e14; k m 1e14; a m 1; b state 2",
    "narrow circle met by little": "k state 1; a k 1e13; l k 1; m l 1e14; l m 1e14; b m 1; c l 2",
    "closed circle": "k state 5; l k 1; k l 1; a state 3",
    "closed circle behind an open one": "k state 5; l k 2; k l 1; a k 1; m l 3; n m 4; m n 4; b state 1",
    "owners not known": "k state 5; l k 2; a k 1; n l 0",
    "treasury account": "cb state 10; banks cb 6; state cb 2; people banks 7; state banks 1",
    "own debt": "state state 4; a state 1",
    "several instruments": "k state 1 bills; k state 2 bonds; a k 3 deposits; a k 4 shares; a state 5 bills",
    "zero amounts": "k state 0; k state 5; a k 0; b k 3; c state 0; l k 0; a l 1",
    "unallocated holds": f"k state 5; {UNALLOCATED} k 1; a k 1; {UNALLOCATED} state 1",
    "unrelated circle": "a state 5; x y 1; y x 1",
    "holds the debtor's debt twice over": "k state 5; l state 4; k l 3; l k 2; a k 1; b l 1; state k 2",
    "sizes": "k state 1e-9; l k 1e12; a k 1e-12; b l 1e300; k l 1e-200",
}


def agree(found: dict[str, float], wanted: dict[str, Fraction], close: float = CLOSE) -> None:
    assert set(found) <= set(wanted)
    assert {name: found.get(name, 0.0) for name in wanted} == pytest.approx(
        {name: float(amount) for name, amount in wanted.items()}, rel=close, abs=0
    )


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_owners_are_the_exact_ones_each_to_twelve_digits(book, exact, text) -> None:
    ledger = book(text)
    result, wanted = look_through(ledger, "state"), exact(ledger, "state")
    agree(result.owners, wanted)
    assert sum(wanted.values()) == ledger.debt_of("state") == result.debt
    assert sum(result.owners.values()) == pytest.approx(float(result.debt), rel=CLOSE)


def names_and_amounts() -> st.SearchStrategy[list[tuple[str, str, Fraction]]]:
    letters = st.sampled_from(["state", *"abcdefghijk"])
    size = st.builds(
        lambda n, e, d: Fraction(n, d) * Fraction(10) ** e,
        st.integers(0, 99),
        st.integers(-8, 9),
        st.integers(1, 7),
    )
    return st.lists(st.tuples(letters, letters, size), min_size=1, max_size=40)


@settings(max_examples=300)
@given(rows=names_and_amounts(), order=st.randoms(use_true_random=False))
@example(rows=[("a", "state", Fraction(1)), ("a", "a", Fraction(1))], order=random.Random(0))
def test_random_ledgers_agree_with_fractions_in_any_order(exact, rows, order) -> None:
    claims = [Claim("z", "state", Fraction(1)), *(Claim(*row) for row in rows)]
    result = look_through(Ledger(tuple(claims)), "state")
    agree(result.owners, exact(claims, "state"))
    assert sum(result.owners.values()) == pytest.approx(float(result.debt), rel=CLOSE)
    cut = layered(result)
    assert sum(cut.values()) == pytest.approx(float(result.debt), rel=CLOSE)
    for name, amount in result.owners.items():
        assert sum(v for (_, _, owner), v in cut.items() if owner == name) == pytest.approx(
            amount, rel=CLOSE, abs=0
        )
    order.shuffle(claims)
    again = look_through(Ledger(tuple(claims)), "state").owners
    assert again == pytest.approx(result.owners, rel=1e-13, abs=0)


@settings(max_examples=60)
@given(rows=names_and_amounts(), chosen=st.sets(st.sampled_from("abcdefghijk"), min_size=1))
def test_only_those_named_are_looked_through(exact, rows, chosen) -> None:
    claims = [Claim("z", "state", Fraction(1)), *(Claim(*row) for row in rows)]
    ledger = Ledger(tuple(claims))
    through = sorted(chosen & set(ledger.names))
    agree(look_through(ledger, "state", through).owners, exact(claims, "state", through))
    issuing = {c.issuer for c in claims if c.amount} - {"state"}
    others = look_through(ledger, "state", final=through).owners
    agree(others, exact(claims, "state", issuing - set(through)))


def test_closed_circles_are_not_allocated_and_said(book) -> None:
    result = look_through(
        book("k state 5; l k 2; k l 1; a k 2; m l 3; n m 4; m n 4; b state 1; u v 1; v u 1"), "state"
    )
    (finding,) = result.findings
    assert (finding.code, finding.severity, finding.place) == ("L403", "warning", "m, n")
    assert unallocated(result) == result.owners[UNALLOCATED] > 0
    (part,) = [part for part in result.parts if part.owner == UNALLOCATED]
    assert part.last == "m"
    assert result.network.closed == (("m", "n"), ("v", "u"))


def test_a_holder_whose_owners_are_unknown_is_named(book) -> None:
    result = look_through(book("k state 5; a state 1; b k 0"), "state", through=["k"])
    assert result.owners == {UNALLOCATED: 5.0, "a": 1.0}
    assert "k: who owns them is not in the ledger" in result.findings[0].sentence
    assert layered(result) == {("k", DIRECT, UNALLOCATED): 5.0, (DIRECT, DIRECT, "a"): 1.0}


def test_a_long_chain_is_not_truncated() -> None:
    count = 3000
    claims = [Claim("k0", "state", Fraction(7))]
    claims += [Claim(f"k{i + 1}", f"k{i}", Fraction(999)) for i in range(count - 1)]
    claims += [Claim(f"side{i % 3}", f"k{i}", Fraction(1)) for i in range(count - 1)]
    claims.append(Claim("end", f"k{count - 1}", Fraction(1)))
    result = look_through(Ledger(tuple(claims)), "state")
    assert result.method == "superlu" and len(result.network.intermediaries) == count
    assert result.owners["end"] == pytest.approx(float(7 * Fraction(999, 1000) ** (count - 1)), rel=CLOSE)
    assert sum(result.owners.values()) == pytest.approx(7, rel=CLOSE)


def test_a_million_layers_per_dollar_are_not_truncated(book, exact) -> None:
    ledger = book("k state 5; l k 999999; k l 999999; a k 1; b l 1")
    result = look_through(ledger, "state")
    assert result.layers_per_dollar == pytest.approx(1e6, rel=1e-9)
    agree(result.owners, exact(ledger, "state"))


def test_a_ring_of_many_with_a_narrow_outlet_goes_to_elimination(exact) -> None:
    count = 1100
    claims = [Claim("k0", "state", Fraction(1))]
    claims += [Claim(f"k{(i + 1) % count}", f"k{i}", Fraction(10**9)) for i in range(count)]
    claims += [Claim("a", "k10", Fraction(1)), Claim("b", "k20", Fraction(3))]
    result = look_through(Ledger(tuple(claims)), "state")
    assert result.method == "elimination"
    stays = Fraction(10**9, 10**9 + 1)  # per round: past a's door, then past b's
    past_b = Fraction(10**9, 10**9 + 3)
    wanted = (1 - stays) / (1 - stays * past_b)
    agree(result.owners, {"a": wanted, "b": 1 - wanted})


def test_amounts_add_up_by_instrument_and_share(book) -> None:
    result = look_through(
        book("k state 6 bonds; a k 1 deposits; a k 1 shares; b k 1 shares; a state 2 bonds"), "state"
    )
    assert result.by_instrument("a") == {("", "bonds"): 2.0, ("k", "deposits"): 2.0, ("k", "shares"): 2.0}
    assert result.share("a") == 0.75 and result.share("nobody") == 0.0
    assert result.passing == {"k": 6.0} and result.layers_per_dollar == 1.0
    assert layered(result) == {("", "", "a"): 2.0, ("k", "", "a"): 4.0, ("k", "", "b"): 2.0}


def test_layers_show_the_two_nearest_intermediaries(book) -> None:
    result = look_through(book("k state 6; l k 2; a k 1; m l 5; b m 1; c m 1; l m 2"), "state")
    assert layered(result) == pytest.approx({("k", "", "a"): 2.0, ("k", "l", "b"): 2.0, ("k", "l", "c"): 2.0})


def test_parts_keep_the_origin_of_the_claim() -> None:
    one, two = Origin("one", "2026-01-01", "C"), Origin("two", "", "B")
    ledger = Ledger(
        (
            Claim("k", "state", Fraction(1)),
            Claim("a", "k", Fraction(1), origin=one),
            Claim("a", "state", Fraction(1), origin=two),
        )
    )
    assert {part.last: part.origin for part in look_through(ledger, "state").parts} == {"": two, "k": one}


def test_what_cannot_be_asked_is_refused(book) -> None:
    ledger = book("fund state 5; a fund 3")
    with pytest.raises(InputError) as error:
        look_through(ledger, "stat")
    assert error.value.codes == ("L402",) and "state" in str(error.value)
    with pytest.raises(MissingError) as missing:
        look_through(ledger, "a")
    assert missing.value.codes == ("L404",)
    with pytest.raises(InputError) as error:
        look_through(ledger, "state", through=["fnd", "fund", "state"], final=["fund", "b"])
    assert error.value.codes == ("L402", "L402", "L408", "L408")


@pytest.mark.parametrize("amount", ["1e400", "1e-400"])
def test_amounts_beyond_floating_point_are_refused(book, amount) -> None:
    with pytest.raises(NoSolutionError) as error:
        look_through(book(f"k state 1; a k {amount}; b k 1"), "state")
    assert error.value.codes == ("L407",)
