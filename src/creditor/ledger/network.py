"""Owns the split of a ledger into a debt, its intermediaries and its final owners, as arrays to solve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.errors import NoSolutionError, Trouble, Troubles
from creditor.ledger import flows
from creditor.ledger.claims import UNALLOCATED, Claim, Ledger
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Network:
    """A debt, the intermediaries between it and its owners, and what those owners hold.

    Parameters
    ----------
    issuer : str
        The debtor.
    intermediaries : tuple of str
        Looked through; each reaches a final owner.
    closed : tuple of tuple of str
        Groups of intermediaries without any final owner; what reaches them is not allocated.
    entering : array over intermediaries
        The debt that each holds directly.
    cross : array or sparse array, [holder, issuer] over intermediaries
        What they hold of each other.
    leaving : array over intermediaries
        Their liabilities held by final owners.
    direct : tuple of Claim
        The debt held directly by final owners.
    owned : tuple of (Claim, int)
        Liabilities of intermediaries held by final owners, with the position of the intermediary.
    owned_amounts : array over `owned`
        Their amounts.
    """

    issuer: str
    intermediaries: tuple[str, ...]
    closed: tuple[tuple[str, ...], ...]
    entering: Floats
    cross: Any
    leaving: Floats
    direct: tuple[Claim, ...]
    owned: tuple[tuple[Claim, int], ...]
    owned_amounts: Floats

    @property
    def liabilities(self) -> Floats:
        """All liabilities of each intermediary, own holdings left out."""
        total: Floats = self.leaving + np.asarray(self.cross.sum(axis=0)).ravel()
        return total

    @cached_property
    def owned_positions(self) -> npt.NDArray[np.intp]:
        """For each of `owned` the position of the intermediary."""
        return np.array([position for _, position in self.owned], dtype=np.intp)

    @property
    def cross_claims(self) -> list[tuple[int, int, float]]:
        """What intermediaries hold of each other: positions of holder and issuer, and the amount."""
        if isinstance(self.cross, np.ndarray):
            rows, columns = np.nonzero(self.cross)
            amounts = self.cross[rows, columns]
        else:
            sparse = self.cross.tocoo()
            rows, columns, amounts = sparse.row, sparse.col, sparse.data
        return list(zip(rows.tolist(), columns.tolist(), amounts.tolist(), strict=True))

    @cached_property
    def stuck(self) -> dict[str, int]:
        """Members of closed groups, with the position of their group."""
        return {name: i for i, group in enumerate(self.closed) for name in group}


def build(
    ledger: Ledger, issuer: str, through: Iterable[str] | None = None, final: Iterable[str] = ()
) -> Network:
    """Split a ledger for the look-through of one debt.

    Parameters
    ----------
    ledger : Ledger
    issuer : str
        Whose debt.
    through : iterable of str, optional
        Whom to look through; by default every holder whose own liabilities are in the ledger.
    final : iterable of str
        Whom not to look through.

    Raises
    ------
    InputError
        L402 for names not in the ledger, L408 for a name in both lists.
    NoSolutionError
        L407 for an amount beyond the range of floating point.

    Examples
    --------
    >>> from fractions import Fraction as F
    >>> book = Ledger((Claim("fund", "state", F(2)), Claim("people", "fund", F(5))))
    >>> build(book, "state").intermediaries
    ('fund',)
    """
    ledger.debt_of(issuer)
    chosen = _chosen(ledger, issuer, None if through is None else list(through), list(final))
    members = {issuer, *chosen}
    relevant = [claim for claim in ledger if claim.issuer in members]
    closed = _closed(relevant, issuer, chosen)
    stuck = {name for group in closed for name in group}
    kept = tuple(name for name in chosen if name not in stuck)
    return _arrays(issuer, kept, closed, relevant)


def _arrays(
    issuer: str, kept: tuple[str, ...], closed: tuple[tuple[str, ...], ...], claims: list[Claim]
) -> Network:
    index = {name: i for i, name in enumerate(kept)}
    entering, leaving = np.zeros(len(kept)), np.zeros(len(kept))
    pairs: list[tuple[int, int]] = []
    amounts: list[float] = []
    direct: list[Claim] = []
    owned: list[tuple[Claim, int]] = []
    owned_amounts: list[float] = []
    for claim, amount in zip(claims, _floats(claims), strict=True):
        held_by, owed_by = index.get(claim.holder), index.get(claim.issuer)
        if claim.issuer == issuer:
            if held_by is None:
                direct.append(claim)
            else:
                entering[held_by] += amount
        elif owed_by is not None and held_by != owed_by:
            if held_by is None:
                leaving[owed_by] += amount
                owned.append((claim, owed_by))
                owned_amounts.append(amount)
            else:
                pairs.append((held_by, owed_by))
                amounts.append(amount)
    cross = _cross(len(kept), pairs, amounts)
    held = np.array(owned_amounts, dtype=np.float64)
    return Network(issuer, kept, closed, entering, cross, leaving, tuple(direct), tuple(owned), held)


def _floats(claims: list[Claim]) -> list[float]:
    try:
        amounts = [float(claim.amount) for claim in claims]
    except OverflowError:
        amounts = []
    if len(amounts) < len(claims) or any(a == 0.0 and c.amount for a, c in zip(amounts, claims, strict=True)):
        what, why = "an amount above 1e308 or below 1e-323", "floating point has no room for it"
        raise NoSolutionError(Trouble("L407", "look-through", what, why, "write amounts in another unit"))
    return amounts


def final_name(network_closed: Iterable[Iterable[str]], holder: str) -> str:
    """Name under which a final owner is shown: members of closed groups are not allocated.

    Examples
    --------
    >>> final_name([("a", "b")], "a")
    'UNALLOCATED'
    """
    return UNALLOCATED if any(holder in group for group in network_closed) else holder


def _chosen(ledger: Ledger, issuer: str, through: list[str] | None, final: list[str]) -> list[str]:
    troubles = Troubles()
    names = ledger.names
    for option, wanted in (("--through", through or []), ("--final", final)):
        for name in wanted:
            if name not in names:
                troubles.add("L402", option, f"{name!r} is not in the ledger", "", mend_with(name, names))
    for name in through or []:
        if name in final:
            troubles.add("L408", "--through, --final", f"{name!r} is in both", "", "keep it in one of them")
        if name == issuer:
            troubles.add(
                "L408", "--through", f"{name!r} is the debtor", "its own debt ends with it", "leave it out"
            )
    troubles.raise_if_any()
    if through is not None:
        return list(dict.fromkeys(through))
    left_out = {issuer, UNALLOCATED, *final}
    issuing = dict.fromkeys(claim.issuer for claim in ledger if claim.amount)
    return [name for name in issuing if name not in left_out]


def _closed(claims: list[Claim], issuer: str, chosen: list[str]) -> tuple[tuple[str, ...], ...]:
    """Groups among `chosen` from which no final owner is reached, found from the owners backwards."""
    members = set(chosen)
    issuers_held: dict[str, set[str]] = {}
    reached: list[str] = []
    for claim in claims:
        if claim.issuer == issuer or not claim.amount:
            continue
        if claim.holder in members:
            issuers_held.setdefault(claim.holder, set()).add(claim.issuer)
        else:
            reached.append(claim.issuer)
    open_names: set[str] = set()
    while reached:
        name = reached.pop()
        if name not in open_names:
            open_names.add(name)
            reached.extend(issuers_held.get(name, ()))
    stuck = [name for name in chosen if name not in open_names]
    return _groups(stuck, issuers_held) if stuck else ()


def _groups(names: list[str], issuers_held: dict[str, set[str]]) -> tuple[tuple[str, ...], ...]:
    """Strongly connected components among `names`, in their order: two walks (Kosaraju)."""
    owners: dict[str, list[str]] = {name: [] for name in names}
    for holder in names:
        for issuer in issuers_held.get(holder, ()):
            if issuer in owners:
                owners[issuer].append(holder)
    finished: list[str] = []
    seen: set[str] = set()
    for start in names:
        todo = [(start, False)]
        while todo:
            name, done = todo.pop()
            if done:
                finished.append(name)
            elif name not in seen:
                seen.add(name)
                todo.append((name, True))
                todo.extend((other, False) for other in owners[name])
    group_of: dict[str, str] = {}
    for first in reversed(finished):
        walk = [first]
        while walk:
            name = walk.pop()
            if name not in group_of:
                group_of[name] = first
                walk.extend(other for other in issuers_held.get(name, ()) if other in owners)
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(group_of[name], []).append(name)
    return tuple(tuple(group) for group in groups.values())


def _cross(count: int, pairs: list[tuple[int, int]], amounts: list[float]) -> Any:
    rows, columns = [row for row, _ in pairs], [column for _, column in pairs]
    if count >= flows.SPARSE_FROM and len(pairs) < flows.SPARSE_DENSITY * count * count:
        import scipy.sparse

        return scipy.sparse.coo_array((amounts, (rows, columns)), shape=(count, count)).tocsc()
    cross = np.zeros((count, count), order="F")
    np.add.at(cross, (rows, columns), amounts)
    return cross
