"""Owns carried classes: what a newer table does not tell apart is divided as in an older one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from creditor.errors import InputError, Trouble
from creditor.ledger.claims import Claim, renamed
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin
from creditor.terms.vocabulary import title_of

Parts = Mapping[str, Sequence[str]]
Shares = frozenset[tuple[str, str]]


def with_carried(
    settings: Mapping[str, Any], claims: Sequence[Claim], shares: Shares
) -> tuple[tuple[Claim, ...], Shares]:
    """The claims of a folder, with those that its perimeters carry on.

    Parameters
    ----------
    settings : mapping
        country.toml. `carried` of a perimeter names sets of one debt, that of the classes first; `parts` says
        what a holder of a newer set is made of, where it is no class itself.
    claims : sequence of Claim
        As published.
    shares : frozenset of (set, period)
        Those that are in percent.

    Returns
    -------
    tuple of Claim, and shares
        A set for each period of a newer table. A class that the table tells keeps its origin; what was
        divided is of grade C and names both tables.

    Raises
    ------
    InputError
        C112 for a holder that is neither a class nor has parts.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> book = [claim for claim in load_country("BEL").claims if claim.set_name == "six-classes"]
    >>> round(float(sum(claim.amount for claim in book)), 6), sorted({claim.grade for claim in book})
    (100.0, ['C'])
    """
    found, percent = list(claims), set(shares)
    for name, entry in settings["perimeters"].items():
        if "carried" not in entry:
            continue
        kept = str(settings["sets"][entry["sets"][0]])
        first, *later = [str(settings["sets"][key]) for key in entry["carried"]]
        older = _tables(claims, [first])[-1]
        for newer in _tables(claims, later):
            known = (newer[0].set_name, newer[0].period) in shares
            older = [
                renamed(claim, set_name=kept, perimeter=name)
                for claim in _carry(older, newer, entry.get("parts", {}))
            ]
            found += older
            percent |= {(kept, newer[0].period)} if known else set()
    return tuple(found), frozenset(percent)


def bounds(
    settings: Mapping[str, Any], claims: Sequence[Claim], perimeter: str, period: str
) -> dict[str, tuple[Fraction, Fraction]]:
    """The least and the most of each class of a carried perimeter; empty for any other.

    A class has at least what the newer table tells of it alone, and at most all that it may be a part of.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> belgium = load_country("BEL")
    >>> low, high = bounds(belgium.settings, belgium.claims, "six-classes", "2025")["foreign_banks"]
    >>> float(low), round(float(high), 1)
    (0.0, 63.4)
    """
    entry = settings["perimeters"][perimeter]
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for claim in told(settings, claims, perimeter, period):
        members = entry.get("parts", {}).get(claim.holder, [claim.holder])
        for one in members:
            low, high = found.get(one, (Fraction(0), Fraction(0)))
            alone = claim.amount if len(members) == 1 else Fraction(0)
            found[one] = (low + alone, high + claim.amount)
    return found


def told(
    settings: Mapping[str, Any], claims: Sequence[Claim], perimeter: str, period: str
) -> tuple[Claim, ...]:
    """The claims of the newer table that a carried perimeter divides; empty for any other.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> greece = load_country("GRC")
    >>> [claim.holder for claim in told(greece.settings, greece.claims, "six-classes", "2025-06")]
    ['foreign_official', 'private_creditors']
    """
    entry = settings["perimeters"][perimeter]
    names = [str(settings["sets"][key]) for key in entry.get("carried", ())][1:]
    return tuple(claim for claim in claims if claim.set_name in names and claim.period == period)


def _tables(claims: Iterable[Claim], names: Sequence[str]) -> list[list[Claim]]:
    """The claims of sets, a list for each set and period, the oldest first."""
    tables: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.set_name in names:
            tables.setdefault((claim.set_name, claim.period), []).append(claim)
    return sorted(tables.values(), key=lambda table: parse_period(table[0].period).last_day)


def _carry(older: Sequence[Claim], newer: Sequence[Claim], parts: Parts) -> list[Claim]:
    """The classes of the older table, in the newer one."""
    before = {claim.holder: claim for claim in older}
    into: dict[str, list[tuple[Claim, Fraction]]] = {name: [] for name in before}
    for claim in newer:
        members = parts.get(claim.holder, [claim.holder])
        for one in members:
            if one not in before:
                what = f"{claim.holder} of set {claim.set_name} is no class of set {older[0].set_name}"
                mend = f"say in parts of which it is made: {', '.join(before)}"
                raise InputError(Trouble("C112", claim.where, what, "it cannot be carried", mend))
        whole = sum((before[one].amount for one in members), Fraction(0))
        for one in members:
            share = before[one].amount / whole if whole else Fraction(1, len(members))
            into[one].append((claim, share))
    return [_class(before[name], found, name) for name, found in into.items() if found]


def _class(before: Claim, found: Sequence[tuple[Claim, Fraction]], name: str) -> Claim:
    first = found[0][0]
    amount = sum((claim.amount * share for claim, share in found), Fraction(0))
    if [share for _, share in found] == [Fraction(1)]:
        return renamed(first, holder=name)
    titles = " and ".join(title_of(claim.holder).lower() for claim, _ in found)
    used = [claim for claim, _ in found] + [before]
    alone = all(share == 1 for _, share in found)
    how = f"{titles} added" if alone else f"{titles} of {first.period}, divided as in {before.period}"
    sources = dict.fromkeys(one for claim in used for one in _sources(claim.origin.source))
    vintages = dict.fromkeys(one for claim in used for one in claim.origin.vintage.split("; ") if one)
    origin = Origin(f"derived: {how}; from {'; '.join(sources)}", "; ".join(vintages), "C")
    return renamed(first, holder=name, amount=amount, origin=origin)


def _sources(source: str) -> list[str]:
    """What a claim was made from, without its formula."""
    return (source.partition("; from ")[2] or source).split("; ")
