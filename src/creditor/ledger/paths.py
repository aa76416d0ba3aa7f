"""Owns paths: the chains of claims through which an owner holds a debt, largest first."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from creditor.errors import InputError, Trouble
from creditor.ledger.claims import UNALLOCATED
from creditor.ledger.lookthrough import LookThrough
from creditor.terms.suggest import mend_with


@dataclass(frozen=True, slots=True)
class Path:
    """One chain from the debtor to a final owner.

    Parameters
    ----------
    names : tuple of str
        Debtor, intermediaries in order, final owner.
    amount : float
        W[k1] M[k1, k2] ... R[kn, owner], in the unit of the ledger.
    """

    names: tuple[str, ...]
    amount: float


def largest_paths(result: LookThrough, count: int = 10, owner: str = "", via: str = "") -> list[Path]:
    """The largest chains, found best first; exact also where intermediaries own each other in circles.

    Parameters
    ----------
    result : LookThrough
    count : int
        How many.
    owner : str
        Only chains that end here.
    via : str
        Only chains through this intermediary.

    Returns
    -------
    list of Path
        Largest first. Chains below 1e-12 of the debt are left out. Each unfinished chain is ranked by the
        most that can reach the owner over it, so nothing else is walked.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from creditor.ledger.claims import Claim, Ledger
    >>> from creditor.ledger.lookthrough import look_through
    >>> book = Ledger((Claim("fund", "state", Fraction(2)), Claim("teacher", "fund", Fraction(3))))
    >>> largest_paths(look_through(book, "state"))[0].names
    ('state', 'fund', 'teacher')
    """
    network = result.network
    arrows = _arrows(result)
    to_owner = _best(arrows, {name: 1.0 for name in result.owners if not owner or name == owner})
    to_via = _best(arrows, {via: to_owner.get(via, 0.0) if via in arrows else 0.0})
    smallest = 1e-12 * float(result.debt)
    heap: list[tuple[float, tuple[str, ...], float, bool]] = []

    def push(names: tuple[str, ...], amount: float, met: bool) -> None:
        name = names[-1]
        met = met or (name == via and name in arrows)
        bound = amount * (to_owner if met else to_via).get(name, 0.0)
        if bound > smallest:
            heapq.heappush(heap, (-bound, names, amount, met))

    for name, amount in _starts(result).items():
        push((network.issuer, name), amount, not via)
    found: list[Path] = []
    while heap and len(found) < count:
        _, names, amount, met = heapq.heappop(heap)
        if names[-1] not in arrows:
            found.append(Path(names, amount))
            continue
        for name, share in arrows[names[-1]].items():
            push((*names, name), amount * share, met)
    return sorted(found, key=lambda path: -path.amount)


def path_amount(result: LookThrough, names: tuple[str, ...]) -> float:
    """Amount that runs through exactly one chain.

    Parameters
    ----------
    result : LookThrough
    names : tuple of str
        Intermediaries and members of closed groups in order, then the final owner; the debtor is left out.

    Raises
    ------
    InputError
        L402 for a name that is no intermediary of this look-through.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from creditor.ledger.claims import Claim, Ledger
    >>> from creditor.ledger.lookthrough import look_through
    >>> book = Ledger((Claim("fund", "state", Fraction(2)), Claim("teacher", "fund", Fraction(3))))
    >>> path_amount(look_through(book, "state"), ("fund", "teacher"))
    2.0
    """
    arrows = _arrows(result)
    for name in names[:-1]:
        if name not in arrows:
            trouble = Trouble("L402", "path", f"{name!r} is not looked through", "", mend_with(name, arrows))
            raise InputError(trouble)
    if not names or names[-1] in arrows:
        what = (
            f"the path ends in {names[-1]!r}, which is looked through" if names else "the path has no names"
        )
        raise InputError(Trouble("L402", "path", what, "", "end it with a final owner"))
    amount = _starts(result).get(names[0], 0.0)
    for here, there in pairwise(names):
        amount *= arrows[here].get(there, 0.0)
    return amount


def _starts(result: LookThrough) -> dict[str, float]:
    """Amounts by direct holder, intermediary or not."""
    network = result.network
    starts = dict(zip(network.intermediaries, network.entering.tolist(), strict=True))
    for claim in network.direct:
        starts[claim.holder] = starts.get(claim.holder, 0.0) + float(claim.amount)
    return starts


def _arrows(result: LookThrough) -> dict[str, dict[str, float]]:
    """For each intermediary and member of a closed group: who holds its liabilities, with which share."""
    network = result.network
    names, liabilities = network.intermediaries, network.liabilities.tolist()
    arrows: dict[str, dict[str, float]] = {name: {} for name in names}
    arrows |= {name: {UNALLOCATED: 1.0} for name in network.stuck}
    for behind, position, held in network.cross_claims:
        arrows[names[position]][names[behind]] = held / liabilities[position]
    for (claim, position), amount in zip(network.owned, network.owned_amounts.tolist(), strict=True):
        shares = arrows[names[position]]
        shares[claim.holder] = shares.get(claim.holder, 0.0) + amount / liabilities[position]
    return arrows


def _best(arrows: Mapping[str, Mapping[str, float]], ends: dict[str, float]) -> dict[str, float]:
    """Largest product of shares from each name to one of the ends, times the value of that end."""
    backwards: dict[str, list[tuple[str, float]]] = {}
    for here, shares in arrows.items():
        for there, share in shares.items():
            backwards.setdefault(there, []).append((here, share))
    best: dict[str, float] = {}
    heap = [(-value, name) for name, value in ends.items()]
    heapq.heapify(heap)
    while heap:
        value, name = heapq.heappop(heap)
        if name not in best:
            best[name] = -value
            for here, share in backwards.get(name, ()):
                if here not in best:
                    heapq.heappush(heap, (value * share, here))
    return best
