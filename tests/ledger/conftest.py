"""What the tests of the ledger share: a short way to write ledgers, and an exact look-through."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

import pytest

from creditor.ledger.claims import UNALLOCATED, Claim, Ledger

Owners = dict[str, Fraction]


def claims_of(text: str) -> Ledger:
    """A ledger from lines such as ``fund state 3/2 bonds``: holder, issuer, amount, instrument."""
    rows = [line.split() for line in text.replace(";", "\n").splitlines() if line.strip()]
    return Ledger(
        tuple(Claim(r[0], r[1], Fraction(r[2]), *r[3:4], where=f"test:{i}") for i, r in enumerate(rows))
    )


def eliminated(system: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """Solve by Gaussian elimination over fractions."""
    rows = [[*row, value] for row, value in zip(system, right, strict=True)]
    count = len(rows)
    for k in range(count):
        pivot = next(i for i in range(k, count) if rows[i][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(count):
            if i != k and rows[i][k]:
                factor = rows[i][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [row[-1] for row in rows]


def exact_owners(ledger: Iterable[Claim], issuer: str, through: Iterable[str] | None = None) -> Owners:
    """U = D + W (I - M)^-1 R in fractions; M holds what one has of itself, too."""
    held: dict[tuple[str, str], Fraction] = {}
    for claim in ledger:
        key = (claim.issuer, claim.holder)
        held[key] = held.get(key, Fraction(0)) + claim.amount
    issued = {
        debtor for (debtor, _), amount in held.items() if amount and debtor not in (issuer, UNALLOCATED)
    }
    between = issued if through is None else set(through)
    known: set[str] = set()
    while more := {
        debtor
        for (debtor, holder), amount in held.items()
        if amount and debtor in between - known and (holder not in between or holder in known)
    }:
        known |= more
    names = sorted(known)
    total = {k: sum(amount for (debtor, _), amount in held.items() if debtor == k) for k in names}
    share = {(k, h): amount / total[k] for (k, h), amount in held.items() if k in total}
    system = [[Fraction(k == m) - share.get((k, m), Fraction(0)) for k in names] for m in names]
    solved = eliminated(system, [held.get((issuer, k), Fraction(0)) for k in names])
    passing = dict(zip(names, solved, strict=True))
    owners: Owners = {}
    for (debtor, holder), amount in held.items():
        if holder not in known and (debtor == issuer or debtor in known):
            part = amount if debtor == issuer else share[debtor, holder] * passing[debtor]
            name = UNALLOCATED if holder in between else holder
            owners[name] = owners.get(name, Fraction(0)) + part
    return owners


@pytest.fixture(scope="session")
def book() -> Callable[[str], Ledger]:
    """Writes a ledger."""
    return claims_of


@pytest.fixture(scope="session")
def exact() -> Callable[..., Owners]:
    """Exact owners of a debt."""
    return exact_owners


@pytest.fixture(scope="session")
def exact_solve() -> Callable[[list[list[Fraction]], list[Fraction]], list[Fraction]]:
    """Exact solution of a linear system."""
    return eliminated
