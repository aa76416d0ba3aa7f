"""Owns the split of a ledger into the debt, its intermediaries and its final owners, as arrays for the solve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.errors import Troubles
from creditor.ledger import flows
from creditor.ledger.claims import UNALLOCATED, Claim, Ledger
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt


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
    """

    issuer: str
    intermediaries: tuple[str, ...]
    closed: tuple[tuple[str, ...], ...]
    entering: npt.NDArray[np.float64]
    cross: Any
    leaving: npt.NDArray[np.float64]
    direct: tuple[Claim, ...]
    owned: tuple[tuple[Claim, int], ...]

    @property
    def liabilities(self) -> npt.NDArray[np.float64]:
        """All liabilities of each intermediary, own holdings left out."""
        return self.leaving + np.asarray(self.cross.sum(axis=0)).ravel()


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

    Examples
    --------
    >>> from fractions import Fraction as F
    >>> book = Ledger((Claim("fund", "state", F(2)), Claim("people", "fund", F(5))))
    >>> build(book, "state").intermediaries
    ('fund',)
    """
    ledger.debt_of(issuer)
    chosen = _chosen(ledger, issuer, None if through is None else list(through), list(final))
    closed = _closed(ledger, issuer, chosen)
    stuck = {name for group in closed for name in group}
    kept = tuple(name for name in chosen if name not in stuck)
    index = {name: i for i, name in enumerate(kept)}
    entering, leaving = np.zeros(len(kept)), np.zeros(len(kept))
    rows: list[int] = []
    columns: list[int] = []
    amounts: list[float] = []
    direct: list[Claim] = []
    owned: list[tuple[Claim, int]] = []
    for claim in ledger:
        if claim.issuer == issuer:
            if claim.holder in index:
                entering[index[claim.holder]] += float(claim.amount)
            else:
                direct.append(claim)
        elif claim.issuer in index and claim.holder != claim.issuer:
            position = index[claim.issuer]
            if claim.holder in index:
                rows.append(index[claim.holder])
                columns.append(position)
                amounts.append(float(claim.amount))
            else:
                leaving[position] += float(claim.amount)
                owned.append((claim, position))
    cross = _cross(len(kept), rows, columns, amounts)
    return Network(issuer, kept, closed, entering, cross, leaving, tuple(direct), tuple(owned))


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
            troubles.add("L408", "--through", f"{name!r} is the debtor", "its own debt ends with it", "leave it out")
    troubles.raise_if_any()
    if through is not None:
        return list(dict.fromkeys(through))
    left_out = {issuer, UNALLOCATED, *final}
    issuing = [claim.issuer for claim in ledger if claim.amount > 0]
    return [name for name in dict.fromkeys(issuing) if name not in left_out]


def _closed(ledger: Ledger, issuer: str, chosen: list[str]) -> tuple[tuple[str, ...], ...]:
    """Groups among `chosen` from which no final owner is reached, found from the owners backwards."""
    members = set(chosen)
    issuers_held: dict[str, set[str]] = {}
    reached: list[str] = []
    for claim in ledger:
        if claim.amount == 0 or claim.issuer not in members:
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
    return _groups(stuck, issuers_held)


def _groups(names: list[str], issuers_held: dict[str, set[str]]) -> tuple[tuple[str, ...], ...]:
    """Strongly connected components among `names`, in their order."""

    def reach(start: str, arrows: dict[str, set[str]]) -> set[str]:
        seen, todo = {start}, [start]
        while todo:
            for other in arrows.get(todo.pop(), ()):
                if other in inside and other not in seen:
                    seen.add(other)
                    todo.append(other)
        return seen

    inside = set(names)
    owners: dict[str, set[str]] = {}
    for holder, held in issuers_held.items():
        for name in held:
            owners.setdefault(name, set()).add(holder)
    groups: list[tuple[str, ...]] = []
    done: set[str] = set()
    for name in names:
        if name not in done:
            both = reach(name, owners) & reach(name, issuers_held)
            groups.append(tuple(other for other in names if other in both))
            done |= both
    return tuple(groups)


def _cross(count: int, rows: list[int], columns: list[int], amounts: list[float]) -> Any:
    if count >= flows.SPARSE_FROM and len(rows) < flows.SPARSE_DENSITY * count * count:
        import scipy.sparse

        return scipy.sparse.coo_array((amounts, (rows, columns)), shape=(count, count)).tocsc()
    cross = np.zeros((count, count))
    np.add.at(cross, (rows, columns), amounts)
    return cross
