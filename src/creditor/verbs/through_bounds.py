"""Owns the intervals of the verb through: what each owner of a user's ledger can have at least and most."""

from __future__ import annotations

from collections.abc import Mapping

from creditor.ledger.bounds import Group, Interval, Share, uncertain
from creditor.ledger.claims import UNALLOCATED, Claim, Ledger
from creditor.ledger.lookthrough import LookThrough
from creditor.terms.finding import Finding
from creditor.terms.table import Table, column
from creditor.terms.units import SHARE

LIMIT = 2_000_000  # owners times claims up to which intervals are worked out


def bounds_of(
    result: LookThrough,
    book: Ledger,
    ranges: Mapping[str, Share],
    by_issuer: Mapping[tuple[str, str], object],
) -> tuple[dict[str, Interval], list[Finding]]:
    """The interval of each owner, where anything in the ledger is not certain.

    Parameters
    ----------
    result : LookThrough
    book : Ledger
        Of the same look-through.
    ranges : mapping of file and line to (low, high)
        Of cells whose amount was written ``?``.
    by_issuer : mapping of (issuer, instrument)
        Totals by instrument: claims of one instrument keep them, otherwise all claims on an issuer do.

    Returns
    -------
    intervals : dict of owner to Interval
        Empty where every amount is certain.
    findings : list of Finding
        Where the ledger is too large.
    """
    stuck = result.network.stuck
    loose = ranges or any(c.grade == "C" or c.holder == UNALLOCATED or c.holder in stuck for c in book)
    if not loose:
        return {}, []
    owners = result.owners
    if len(owners) * len(book) > LIMIT:
        sentence = "The ledger is too large for intervals; the amounts are given without."
        return {}, [Finding("note", "intervals", sentence)]

    def group_of(claim: Claim) -> Group:
        return claim.issuer, claim.instrument if (claim.issuer, claim.instrument) in by_issuer else ""

    stated = {id(claim): _around(ranges[claim.where], claim) for claim in book if claim.where in ranges}
    cells = uncertain(book, result.network, stated, group_of)
    found = {}
    for owner, amount in owners.items():
        low, high = cells.bounds(lambda claim, name=owner: (float(claim.holder == name),) * 2)  # type: ignore[misc]
        found[owner] = Interval(0.0 if owner == UNALLOCATED else low, high, cells.kind).containing(amount)
    return found, []


def _around(ends: Share, claim: Claim) -> Share:
    """A range that contains the amount that was filled in."""
    amount = float(claim.amount)
    return min(ends[0], amount), max(ends[1], amount)


def columns_of(intervals: Mapping[str, Interval], labels: Mapping[str, str], total: float) -> list[Table]:
    """Least and most as shares, for a table of owners; none where every amount is certain."""
    if not intervals or not total:
        return []
    ends = (("least", "low"), ("most", "high"))
    return [
        column(
            head,
            "holder",
            {name: getattr(intervals[name], end) / total if name in intervals else 1.0 for name in labels},
            SHARE,
            {},
            labels,
        )
        for head, end in ends
    ]
