"""The chains through which an owner holds a debt."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditor.errors import InputError
from creditor.ledger.claims import UNALLOCATED, Claim, Ledger
from creditor.ledger.lookthrough import look_through
from creditor.ledger.paths import largest_paths, path_amount

SMALL = st.integers(1, 9).map(Fraction)


@st.composite
def without_circles(draw) -> Ledger:
    """Each holds only those before it; z ends everything."""
    names = ["state", *"abcdefg", "z"]
    claims = [Claim("z", name, Fraction(1)) for name in names[:-1]]
    pairs = draw(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=24))
    claims += [Claim(names[b], names[a], draw(SMALL)) for a, b in sorted(pairs) if a < b]
    return Ledger(tuple(claims))


@settings(max_examples=60)
@given(ledger=without_circles())
def test_all_chains_without_circles_add_up_to_the_debt(ledger) -> None:
    result = look_through(ledger, "state")
    paths = largest_paths(result, 10_000)
    amounts = [path.amount for path in paths]
    assert amounts == sorted(amounts, reverse=True)
    assert len({path.names for path in paths}) == len(paths)
    assert math.fsum(amounts) == pytest.approx(float(result.debt), rel=1e-12)
    for path in paths[:20]:
        assert path_amount(result, path.names[1:]) == pytest.approx(path.amount, rel=1e-14)
    for name in result.network.intermediaries:
        through = [path.amount for path in paths if name in path.names]
        assert math.fsum(through) == pytest.approx(result.passing[name], rel=1e-12)
        assert [p.amount for p in largest_paths(result, 5, via=name)] == pytest.approx(
            sorted(through)[::-1][:5]
        )


def test_circles_give_ever_smaller_chains(book) -> None:
    result = look_through(book("k state 6; l k 1; k l 1; a k 1; b l 1; b state 1"), "state")
    paths = largest_paths(result, 1000)
    assert [path.names for path in paths[:3]] == [
        ("state", "k", "a"),
        ("state", "k", "l", "b"),
        ("state", "b"),
    ]
    assert [path.amount for path in paths[:4]] == [3.0, 1.5, 1.0, 0.75]
    assert math.fsum(path.amount for path in paths) == pytest.approx(7.0, rel=1e-10)
    assert all(here >= there for here, there in pairwise(path.amount for path in paths))
    assert path_amount(result, ("k", "l", "k", "a")) == 0.75


def test_only_one_owner_or_intermediary(book) -> None:
    ledger = book("k state 6; l k 1; k l 1; a k 1; b l 1; b state 1; m state 1; b m 1")
    result = look_through(ledger, "state")
    assert [p.names[1:] for p in largest_paths(result, 3, owner="b")] == [("k", "l", "b"), ("b",), ("m", "b")]
    assert [p.names[1:] for p in largest_paths(result, 1, via="l")] == [("k", "l", "b")]
    assert largest_paths(result, 2, owner="a", via="l")[0].names[1:] == ("k", "l", "k", "a")
    for nothing in ({"owner": "m"}, {"owner": "nobody"}, {"via": "b"}, {"owner": "a", "via": "m"}):
        assert largest_paths(result, 5, **nothing) == []


def test_an_owner_hard_to_reach_is_found_at_once() -> None:
    """Ranked by what they amount to so far, tens of thousands of chains would come before it."""
    names = [f"k{i}" for i in range(30)]
    claims = [Claim(name, "state", Fraction(1)) for name in names]
    claims += [Claim(h, i, Fraction(1)) for h in names for i in names if h != i]
    claims += [Claim("a", name, Fraction(1, 10)) for name in names] + [Claim("b", "k0", Fraction(1, 10**6))]
    result = look_through(Ledger(tuple(claims)), "state")
    (path,) = largest_paths(result, 1, owner="b")
    assert path.names == ("state", "k0", "b")
    assert largest_paths(result, 1, owner="nobody") == []


def test_what_is_not_allocated_ends_in_its_group(book) -> None:
    result = look_through(
        book("k state 6; l k 1; m l 1; l m 1; a k 2; n state 3"), "state", through=["k", "l", "m", "n"]
    )
    assert {p.names: p.amount for p in largest_paths(result)} == {
        ("state", "k", "a"): 4.0,
        ("state", "k", "l", UNALLOCATED): 2.0,
        ("state", "n", UNALLOCATED): 3.0,
    }
    assert path_amount(result, ("k", "l", UNALLOCATED)) == 2.0
    assert path_amount(result, ("n", UNALLOCATED)) == 3.0
    assert path_amount(result, ("l", UNALLOCATED)) == 0.0


def test_wrong_paths_are_refused(book) -> None:
    result = look_through(book("fund state 6; k fund 1; a k 1; a state 2; a state 1 bonds"), "state")
    assert path_amount(result, ("a",)) == 3.0
    assert path_amount(result, ("fund", "a")) == path_amount(result, ("b",)) == 0.0
    for names, said in (
        (("fnd", "a"), "did you mean fund"),
        (("fund", "k"), "final owner"),
        ((), "no names"),
    ):
        with pytest.raises(InputError, match=said) as error:
            path_amount(result, names)
        assert error.value.codes == ("L402",)
