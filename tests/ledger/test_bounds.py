"""Bounds contain the point and everything that the ranges allow; they are tight where claims are direct."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from fractions import Fraction as F

import pytest

from creditor.errors import InputError, NoSolutionError
from creditor.ledger.bounds import Interval, uncertain
from creditor.ledger.claims import UNALLOCATED, Claim, Ledger
from creditor.ledger.lookthrough import look_through
from creditor.ledger.network import build
from creditor.terms.provenance import Origin

SURE, ASSUMED = Origin("x", "2025", "A"), Origin("x", "2025", "C")


def one(name):
    """What counts for one owner: all of its claims."""
    return lambda claim: (float(claim.holder == name),) * 2


def bounds_of(book, name, ranges=None):
    return uncertain(book, build(book, "state"), ranges).bounds(one(name))


def random_ledger(rng, funds=4, people=4):
    """Funds that own each other in circles, people, unknown owners, and every grade."""
    ends = [*(f"p{i}" for i in range(people)), UNALLOCATED]
    names = [f"f{i}" for i in range(funds)]
    claims = []
    for holder in [*names, *ends]:
        if rng.random() < 0.7:
            grade = rng.choice([SURE, ASSUMED])
            claims.append(Claim(holder, "state", F(rng.randint(1, 50)), "bonds", origin=grade))
    for issuer in names:
        for holder in [*names, *ends]:
            if holder != issuer and rng.random() < 0.6:
                instrument = rng.choice(["shares", "loans"])
                grade = rng.choice([SURE, ASSUMED])
                claims.append(Claim(holder, issuer, F(rng.randint(1, 50)), instrument, origin=grade))
        claims.append(Claim("p0", issuer, F(rng.randint(1, 9)), "shares", origin=SURE))
    claims.append(Claim("f0", "state", F(5), "bills", origin=SURE))
    return Ledger(tuple(claims))


def another(rng, book):
    """A ledger that the ranges allow: assumed claims redistributed, unknown ones given to anyone."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in book:
        groups.setdefault((claim.issuer, claim.instrument), []).append(claim)
    people = sorted({name for name in book.holders if name.startswith("p")})
    made = []
    for claims in groups.values():
        free = [c for c in claims if c.grade == "C" and c.holder != UNALLOCATED]
        pool = sum((c.amount for c in free), F(0))
        cuts = sorted(F(rng.randint(0, 100), 100) for _ in free[1:])
        shares = [b - a for a, b in itertools.pairwise([F(0), *cuts, F(1)])]
        made += [replace(c, amount=pool * share) for c, share in zip(free, shares, strict=False)]
        for claim in claims:
            if claim.holder == UNALLOCATED:
                made.append(replace(claim, holder=rng.choice([*people, UNALLOCATED])))
            elif claim.grade != "C":
                made.append(claim)
    return Ledger(tuple(made))


@pytest.mark.parametrize("seed", range(30))
def test_every_ledger_that_the_ranges_allow_lies_within_the_bounds(seed):
    rng = random.Random(seed)
    book = random_ledger(rng)
    network = build(book, "state")
    cells = uncertain(book, network)
    intervals = {name: cells.bounds(one(name)) for name in book.holders if name.startswith("p")}
    through = list(network.intermediaries)
    for trial in range(12):
        allowed = book if trial == 0 else another(rng, book)
        owners = look_through(allowed, "state", through).owners
        for name, (low, high) in intervals.items():
            assert low - 1e-9 <= owners.get(name, 0.0) <= high + 1e-9, (name, trial)


def test_direct_bounds_are_reached_all_or_nothing():
    book = Ledger(
        (
            Claim("a", "state", F(10), origin=SURE),
            Claim("b", "state", F(4), origin=ASSUMED),
            Claim("c", "state", F(6), origin=ASSUMED),
            Claim(UNALLOCATED, "state", F(5), origin=SURE),
        )
    )
    assert bounds_of(book, "a") == (10.0, 15.0)
    assert bounds_of(book, "b") == (0.0, 15.0)
    assert bounds_of(book, "c") == (0.0, 15.0)


def test_totals_of_the_group_are_kept():
    book = Ledger((Claim("a", "state", F(10)), Claim("b", "state", F(10))))
    ranges = {id(claim): (2.0, 12.0) for claim in book}
    assert bounds_of(book, "a", ranges) == (8.0, 12.0), "b takes at most 12, so a has at least 8"


def test_bounds_behind_an_intermediary_by_hand():
    book = Ledger(
        (
            Claim("fund", "state", F(8)),
            Claim("a", "fund", F(1), origin=ASSUMED),
            Claim("b", "fund", F(2), origin=ASSUMED),
            Claim(UNALLOCATED, "fund", F(1)),
        )
    )
    assert bounds_of(book, "a") == pytest.approx((0.0, 8.0))
    ranges = {id(book.claims[1]): (0.5, 1.5)}
    assert bounds_of(book, "a", ranges) == pytest.approx((8 * 0.5 / 4, 8 * 2.5 / 4))


def test_circles_of_owners_are_solved_and_not_cut():
    book = Ledger(
        (
            Claim("f", "state", F(1)),
            Claim("g", "f", F(99)),
            Claim("f", "g", F(99)),
            Claim("a", "f", F(1), "x", origin=ASSUMED),
            Claim("b", "f", F(1), "x", origin=ASSUMED),
            Claim("b", "g", F(1)),
        )
    )
    low, high = bounds_of(book, "a")
    exact = look_through(
        Ledger((*book.claims[:3], replace(book.claims[3], amount=F(2)), book.claims[5])), "state"
    )
    assert low == 0.0 and high == pytest.approx(exact.owners["a"], rel=1e-12)


def test_an_interval_shrinks_when_a_cell_becomes_known():
    rng = random.Random(7)
    for _ in range(10):
        book = random_ledger(rng)
        for claim in [c for c in book if c.grade == "C"][:3]:
            known = Ledger(tuple(replace(c, origin=SURE) if c is claim else c for c in book))
            for name in ("p0", "p1"):
                before, after = bounds_of(book, name), bounds_of(known, name)
                assert before[0] - 1e-9 <= after[0] and after[1] <= before[1] + 1e-9


def test_groups_without_owners_are_all_or_nothing():
    book = Ledger(
        (Claim("x", "state", F(3)), Claim("y", "x", F(1)), Claim("x", "y", F(1)), Claim("a", "state", F(1)))
    )
    assert bounds_of(book, "a") == (1.0, 4.0)


def test_a_range_without_its_figure_is_refused():
    book = Ledger((Claim("a", "state", F(10)),))
    with pytest.raises(InputError) as caught:
        bounds_of(book, "a", {id(book.claims[0]): (11.0, 12.0)})
    assert caught.value.codes == ("L410",)


def test_hulls_and_points():
    first, second = Interval(1.0, 2.0, "exact"), Interval(1.5, 3.0, "outer")
    assert first.hull(second) == Interval(1.0, 3.0, "outer")
    assert first.hull(first) == first
    assert first.containing(2.0 + 1e-12) == Interval(1.0, 2.0 + 1e-12, "exact")
    for point in (2.5, 0.9):
        with pytest.raises(NoSolutionError) as caught:
            first.containing(point)
        assert caught.value.codes == ("L411",)


def vertices(claims):
    """Every extreme division of a group: each order in which its cells can be filled up."""
    free = [c for c in claims if c.grade == "C" and c.holder != UNALLOCATED]
    fixed = [c for c in claims if c not in free]
    pool = sum((c.amount for c in free), F(0))
    for chosen in free or [None]:
        yield [*fixed, *([replace(chosen, amount=pool)] if chosen else [])]


@pytest.mark.parametrize("seed", range(12))
def test_the_ends_are_reached_where_each_intermediary_can_be_chosen_by_itself(seed):
    rng = random.Random(100 + seed)
    book = random_ledger(rng, funds=2, people=3)
    network = build(book, "state")
    cells = uncertain(book, network)
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in book:
        groups.setdefault((claim.issuer, claim.instrument), []).append(claim)
    ledgers = [
        Ledger(tuple(claim for part in parts for claim in part))
        for parts in itertools.product(*(list(vertices(claims)) for claims in groups.values()))
    ]
    for name in ("p0", "p1"):
        low, high = cells.bounds(one(name))
        own = []
        for ledger in ledgers:
            names = {n for claim in ledger for n in (claim.holder, claim.issuer)}
            owners = look_through(ledger, "state", [k for k in network.intermediaries if k in names]).owners
            rest = owners.get(UNALLOCATED, 0.0)
            own += [owners.get(name, 0.0), owners.get(name, 0.0) + rest]
        assert min(own) == pytest.approx(low, abs=1e-9)
        assert max(own) == pytest.approx(high, abs=1e-9)


def test_an_owner_who_is_told_completely_takes_nothing_of_the_rest():
    book = Ledger((Claim("a", "state", F(10)), Claim(UNALLOCATED, "state", F(5))))
    cells = uncertain(book, build(book, "state"))
    assert cells.bounds(one("a")) == (10.0, 15.0)
    assert cells.bounds(one("a"), rest=False) == (10.0, 10.0)
    assert cells.kind == "exact"
