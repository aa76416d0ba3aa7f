"""Owns paths: the chains of claims through which an owner holds a debt, largest first."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from creditor.errors import InputError, Trouble
from creditor.ledger.lookthrough import LookThrough
from creditor.ledger.network import final_name
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
        Largest first. Chains below 1e-12 of the debt are not searched.

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
    start = [(-float(claim.amount), (network.issuer, claim.holder), True) for claim in network.direct]
    start = [(a, (n[0], *_stuck(network.closed, n[1])), True) for a, n, _ in start]
    for name, amount in zip(network.intermediaries, network.entering, strict=True):
        start.append((-float(amount), (network.issuer, name), False))
    heap = [entry for entry in start if entry[0] < 0]
    heapq.heapify(heap)
    smallest = 1e-12 * float(result.debt)
    found: list[Path] = []
    while heap and len(found) < count:
        amount, names, ended = heapq.heappop(heap)
        if ended:
            if (not owner or names[-1] == owner) and (not via or via in names[1:-1]):
                found.append(Path(names, -amount))
            continue
        for name, share, final in arrows[names[-1]]:
            if -amount * share > smallest:
                heapq.heappush(heap, (amount * share, (*names, name), final))
    return found


def path_amount(result: LookThrough, names: tuple[str, ...]) -> float:
    """Amount that runs through exactly one chain.

    Parameters
    ----------
    result : LookThrough
    names : tuple of str
        Intermediaries in order, then the final owner; the debtor is left out.

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
    network = result.network
    for name in names[:-1]:
        if name not in network.intermediaries:
            mend = mend_with(name, network.intermediaries)
            raise InputError(Trouble("L402", "path", f"{name!r} is not looked through", "", mend))
    if len(names) == 1:
        return float(sum(claim.amount for claim in network.direct if claim.holder == names[0]))
    amount = float(network.entering[network.intermediaries.index(names[0])])
    arrows = _arrows(result)
    for here, there in zip(names, names[1:], strict=False):
        amount *= sum(share for name, share, _ in arrows[here] if name == there)
    return amount


def _stuck(closed: tuple[tuple[str, ...], ...], holder: str) -> tuple[str, ...]:
    name = final_name(closed, holder)
    return (name,) if name == holder else (holder, name)


def _arrows(result: LookThrough) -> dict[str, list[tuple[str, float, bool]]]:
    """For each intermediary: who holds its liabilities, with which share, and whether that is a final owner."""
    network = result.network
    liabilities = network.liabilities
    cross = network.cross if hasattr(network.cross, "flat") else network.cross.toarray()
    arrows: dict[str, list[tuple[str, float, bool]]] = {}
    for position, name in enumerate(network.intermediaries):
        shares: dict[tuple[str, bool], float] = {}
        for behind, other in enumerate(network.intermediaries):
            if cross[behind, position] > 0:
                shares[other, False] = float(cross[behind, position] / liabilities[position])
        for claim, owned in network.owned:
            if owned == position:
                key = (final_name(network.closed, claim.holder), True)
                shares[key] = shares.get(key, 0.0) + float(claim.amount) / float(liabilities[position])
        arrows[name] = [(other, share, final) for (other, final), share in shares.items()]
    return arrows
