"""Owns residence: which class of creditor a holder is on one definition, and what is owed at home."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from creditor.ledger.claims import UNALLOCATED
from creditor.terms.vocabulary import sectors

# Name: title, residence. The first six are those of the investor base; the others are coarser or finer.
CLASSES: dict[str, tuple[str, str]] = {
    "central_bank": ("Central bank", "resident"),
    "resident_banks": ("Resident banks", "resident"),
    "resident_nonbanks": ("Resident nonbanks", "resident"),
    "foreign_official": ("Foreign official", "foreign"),
    "foreign_banks": ("Foreign banks", "foreign"),
    "foreign_nonbanks": ("Foreign nonbanks", "foreign"),
    "residents": ("Residents, not told apart", "resident"),
    "multilateral": ("Multilateral", "foreign"),
    "bilateral": ("Bilateral", "foreign"),
    "foreign_private": ("Foreign private, not told apart", "foreign"),
    "foreigners": ("Foreigners, not told apart", "foreign"),
    "unknown": ("Not allocated or residence not told", "unknown"),
}
_FOREIGN = ("foreign_official", "foreign_banks", "foreign_nonbanks", "multilateral", "bilateral")
COARSE = {  # classes that are not told apart, and what they may be made of
    "residents": ("central_bank", "resident_banks", "resident_nonbanks"),
    "foreign_private": ("foreign_banks", "foreign_nonbanks"),
    "foreigners": (*_FOREIGN, "foreign_private"),
    "unknown": tuple(name for name in CLASSES if name != "unknown"),
}
SIX = tuple(CLASSES)[:6]
RESIDENCES = ("resident", "foreign", "unknown")
_BY_NAME = {
    "central_bank": "central_bank",
    "deposit_takers": "resident_banks",
    "residents": "residents",
    "other_residents": "residents",
    "public_bodies": "residents",
    "banks_and_other_financial": "residents",
    "foreign_official": "foreign_official",
    "multilateral_creditors": "multilateral",
    "bilateral_creditors": "bilateral",
    "foreign_banks": "foreign_banks",
    "foreign_nonbanks": "foreign_nonbanks",
    "hedge_funds_abroad": "foreign_nonbanks",
    "stablecoin_issuers_abroad": "foreign_nonbanks",
    "foreign_private": "foreign_private",
    "foreign_bondholders": "foreign_private",
    "foreign_banks_and_other_private": "foreign_private",
    UNALLOCATED: "unknown",
}


def class_of(holder: str) -> str:
    """Class of creditor of a holder, a key of `CLASSES`.

    A group whose members belong to several classes belongs to the coarser class; nothing is divided by guess.

    Examples
    --------
    >>> class_of("pension_funds"), class_of("rest_of_world"), class_of("private_creditors")
    ('resident_nonbanks', 'foreigners', 'unknown')
    """
    if holder in _BY_NAME:
        return _BY_NAME[holder]
    entry = sectors().get(holder)
    role = entry.role if entry else ""
    return {"foreign": "foreigners", "mixed": "unknown", "aggregate": "unknown", "": "unknown"}.get(
        role, "resident_nonbanks"
    )


def classes(holders: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Sum amounts by class, in the order of `CLASSES`; classes that nobody belongs to are absent.

    Examples
    --------
    >>> classes([("insurers", 2.0), ("households", 1.0), ("rest_of_world", 4.0)])
    {'resident_nonbanks': 3.0, 'foreigners': 4.0}
    """
    sums: dict[str, list[float]] = {}
    for holder, amount in holders:
        sums.setdefault(class_of(holder), []).append(amount)
    return {name: math.fsum(sums[name]) for name in CLASSES if name in sums}


@dataclass(frozen=True, slots=True)
class Loop:
    """How much of a debt is owed to the debtor's own residents.

    Parameters
    ----------
    resident, foreign, unknown : float
        Shares of the debt, adding up to one; `unknown` is not allocated, or its residence is not told.

    Examples
    --------
    >>> Loop(0.5, 0.25, 0.25).most
    0.75
    """

    resident: float
    foreign: float
    unknown: float

    @property
    def most(self) -> float:
        """The loop share if all that is unknown were at home; `resident` is the least."""
        return self.resident + self.unknown


def loop_of(amounts: Mapping[str, float]) -> Loop:
    """The loop share of a debt by class.

    Parameters
    ----------
    amounts : mapping of class to float
        As `classes` gives them; positive in sum.

    Examples
    --------
    >>> loop_of({"central_bank": 1.0, "foreigners": 3.0})
    Loop(resident=0.25, foreign=0.75, unknown=0.0)
    """
    total = math.fsum(amounts.values())
    shares = {
        residence: math.fsum(value for name, value in amounts.items() if CLASSES[name][1] == residence)
        for residence in RESIDENCES
    }
    return Loop(*(shares[residence] / total for residence in RESIDENCES))


def class_bounds(amounts: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """The least and the most of each class, where coarser classes may belong to finer ones.

    Parameters
    ----------
    amounts : mapping of class to float

    Returns
    -------
    dict of class to (low, high)
        A class may have all of each coarser class that it is part of, and of what is not told. A coarser
        class may turn out to be nothing but finer ones.

    Examples
    --------
    >>> class_bounds({"foreign_banks": 2.0, "foreigners": 3.0, "unknown": 1.0})["foreign_banks"]
    (2.0, 6.0)
    """
    found = {}
    for name, amount in amounts.items():
        more = math.fsum(amounts.get(coarse, 0.0) for coarse, finer in COARSE.items() if name in finer)
        found[name] = (0.0 if name in COARSE else amount, amount + more)
    return found
