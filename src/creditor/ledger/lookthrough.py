"""Owns the look-through: who owns a debt in the end, by a direct solve over all liabilities in between.

U = D + W (I - M)^-1 R (Mian, Straub and Sufi 2021, in the exact form): D is the debt held directly by final
owners, W that held by intermediaries, M and R the shares of other intermediaries and of final owners in all
liabilities of each intermediary. The sum over owners equals the debt.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

import numpy as np

from creditor.ledger import flows
from creditor.ledger.claims import UNALLOCATED, Ledger
from creditor.ledger.network import Network, build
from creditor.terms.finding import Finding
from creditor.terms.provenance import Origin
from creditor.terms.vocabulary import title_of

Key = TypeVar("Key")
DIRECT = ""  # the "intermediary" of a part that is held directly


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the debt that reaches a final owner through a last intermediary and instrument.

    Parameters
    ----------
    owner : str
        Final owner; `UNALLOCATED` where it ends in a closed group.
    last : str
        Last intermediary before the owner, `DIRECT` where there is none; of what is not allocated, the member
        of a closed group that it ends with.
    instrument : str
        What the owner holds.
    amount : float
        In the unit of the ledger.
    origin : Origin
        Of the claim that the owner holds.
    """

    owner: str
    last: str
    instrument: str
    amount: float
    origin: Origin


@dataclass(frozen=True)
class LookThrough:
    """Who owns a debt in the end.

    Parameters
    ----------
    debt : Fraction
        Exact sum of the claims on the debtor.
    parts : tuple of Part
        Adding up to the debt.
    passing : mapping of intermediary to float
        Amount of the debt that passes through it, cycles counted each time.
    network : Network
        The arrays behind it.
    findings : tuple of Finding
        Closed groups that a part of the debt ends in (L403).
    method, conservation : str, float
        How it was solved and the gap that remained.
    """

    debt: Fraction
    parts: tuple[Part, ...]
    passing: dict[str, float]
    network: Network
    findings: tuple[Finding, ...]
    method: str
    conservation: float

    @property
    def owners(self) -> dict[str, float]:
        """Amount by final owner, in order of appearance, exactly summed."""
        return _sums((part.owner, part.amount) for part in self.parts)

    def by_instrument(self, owner: str) -> dict[tuple[str, str], float]:
        """Amount of one owner by last intermediary and instrument."""
        return _sums(
            ((part.last, part.instrument), part.amount) for part in self.parts if part.owner == owner
        )

    def share(self, owner: str) -> float:
        """Share of one owner in the debt."""
        return self.owners.get(owner, 0.0) / float(self.debt) if self.debt else 0.0

    @property
    def layers_per_dollar(self) -> float:
        """How many intermediaries an indirectly held unit of the debt passes on average."""
        entering = float(self.network.entering.sum())
        return math.fsum(self.passing.values()) / entering if entering else 0.0


def look_through(
    ledger: Ledger, issuer: str, through: Iterable[str] | None = None, final: Iterable[str] = ()
) -> LookThrough:
    """Find who owns a debt in the end.

    Parameters
    ----------
    ledger : Ledger
        Claims on the debtor and all liabilities of the intermediaries, equity among them.
    issuer : str
        Whose debt.
    through, final : iterable of str
        As in `creditor.ledger.network.build`.

    Returns
    -------
    LookThrough

    Raises
    ------
    InputError, MissingError, NoSolutionError
        See `creditor.ledger.network.build` and `creditor.ledger.flows.solve`.

    Examples
    --------
    >>> from creditor.ledger.claims import Claim
    >>> owners = Claim("a", "fund", Fraction(3)), Claim("b", "fund", Fraction(1))
    >>> book = Ledger((Claim("fund", "state", Fraction(2)), *owners))
    >>> look_through(book, "state").owners
    {'a': 1.5, 'b': 0.5}
    """
    network = build(ledger, issuer, through, final)
    solved = flows.solve(network.cross, network.leaving, network.entering)
    stuck, names, per_unit = network.stuck, network.intermediaries, solved.per_unit
    parts = []
    for claim in network.direct:
        end, last = (UNALLOCATED, claim.holder) if claim.holder in stuck else (claim.holder, DIRECT)
        parts.append(Part(end, last, claim.instrument, float(claim.amount), claim.origin))
    amounts = network.owned_amounts * per_unit[network.owned_positions]
    for (claim, position), amount in zip(network.owned, amounts.tolist(), strict=True):
        if amount != 0 and claim.holder in stuck:
            parts.append(Part(UNALLOCATED, claim.holder, claim.instrument, amount, claim.origin))
        elif amount != 0:
            parts.append(Part(claim.holder, names[position], claim.instrument, amount, claim.origin))
    passing = dict(zip(names, (network.liabilities * per_unit).tolist(), strict=True))
    met = {stuck[part.last] for part in parts if part.last in stuck and part.amount != 0}
    findings = tuple(_closed_finding(network.closed[group]) for group in sorted(met))
    debt = ledger.debt_of(issuer)
    return LookThrough(debt, tuple(parts), passing, network, findings, solved.method, solved.conservation)


def layered(result: LookThrough) -> dict[tuple[str, str, str], float]:
    """Cut a look-through into three steps that draw without circles.

    Parameters
    ----------
    result : LookThrough

    Returns
    -------
    dict of (first, second, owner) to float
        Direct holder (`DIRECT` where the owner is the direct holder), the next intermediary or member of a
        closed group behind it (`DIRECT` where there is none), and the final owner; everything behind the
        second intermediary is summed. Adds up to the debt.

    Examples
    --------
    >>> from creditor.ledger.claims import Claim
    >>> book = Ledger((Claim("fund", "state", Fraction(2)), Claim("a", "fund", Fraction(3))))
    >>> layered(look_through(book, "state"))
    {('fund', '', 'a'): 2.0}
    """
    network = result.network
    stuck, names = network.stuck, network.intermediaries
    found: list[tuple[tuple[str, str, str], float]] = []
    for claim in network.direct:
        first, owner = (claim.holder, UNALLOCATED) if claim.holder in stuck else (DIRECT, claim.holder)
        found.append(((first, DIRECT, owner), float(claim.amount)))
    per_unit = network.entering / network.liabilities
    amounts = network.owned_amounts * per_unit[network.owned_positions]
    for (claim, position), amount in zip(network.owned, amounts.tolist(), strict=True):
        second, owner = (claim.holder, UNALLOCATED) if claim.holder in stuck else (DIRECT, claim.holder)
        found.append(((names[position], second, owner), amount))
    ultimate = _ultimate(network)
    for behind, position, held in network.cross_claims:
        amount = held * per_unit[position]
        if amount != 0:
            pair = (names[position], names[behind])
            found.extend(((*pair, owner), amount * share) for owner, share in ultimate[behind])
    return {key: value for key, value in _sums(found).items() if value != 0}


def _ultimate(network: Network) -> list[list[tuple[str, float]]]:
    """Final owners of each intermediary, behind all layers, with their shares."""
    owners: dict[str, int] = {}
    stuck = network.stuck
    columns = [owners.setdefault(_final_name(claim.holder, stuck), len(owners)) for claim, _ in network.owned]
    owned = np.zeros((len(network.intermediaries), len(owners)))
    np.add.at(owned, (network.owned_positions, np.array(columns, dtype=np.intp)), network.owned_amounts)
    rows = flows.shares(network.cross, network.leaving, owned)
    return [[(name, row[column]) for name, column in owners.items() if row[column]] for row in rows.tolist()]


def _final_name(holder: str, stuck: Container[str]) -> str:
    return UNALLOCATED if holder in stuck else holder


def _closed_finding(group: tuple[str, ...]) -> Finding:
    names = ", ".join(title_of(name) for name in group)
    if len(group) == 1:
        sentence = f"{names}: who owns them is not in the ledger; their part is not allocated."
    else:
        sentence = f"{names} own each other without any final owner; their part is not allocated."
    return Finding("warning", ", ".join(group), sentence, mend="add who holds their liabilities", code="L403")


def _sums(pairs: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    collected: dict[Key, list[float]] = {}
    for key, amount in pairs:
        collected.setdefault(key, []).append(amount)
    return {key: math.fsum(amounts) for key, amounts in collected.items()}


def unallocated(result: LookThrough) -> float:
    """Amount that no owner is known for.

    Examples
    --------
    >>> from creditor.ledger.claims import Claim
    >>> unallocated(look_through(Ledger((Claim("a", "state", Fraction(2)),)), "state"))
    0.0
    """
    return result.owners.get(UNALLOCATED, 0.0)
