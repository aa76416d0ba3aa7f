"""Owns the bounds of a look-through: the least and the most that an owner can have while cells are uncertain.

Each claim has a range. Claims of one group (an issuer and instrument, unless the caller groups otherwise)
keep the total of the group. A claim that nobody is known for is all or nothing. Direct claims enter linearly,
so their bounds are exact. What an intermediary passes on is the largest (least) share that its owners can
absorb, a Markov decision problem over the owners, solved by policy iteration; totals that tie the rows of
several intermediaries together are left out, so these bounds are outer ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.errors import InputError, NoSolutionError, Trouble
from creditor.ledger.claims import UNALLOCATED, Claim, Ledger
from creditor.ledger.network import Network

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Share = tuple[float, float]  # least and most of a claim that counts for the owner in question
Group = tuple[str, str]
STEPS = 200
CLOSE = 1e-14
ROUNDING = 1e-9  # relative: by how much a point may miss its interval
EXACT, OUTER = "exact", "outer"


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the most that an owner can have.

    Parameters
    ----------
    low, high : float
        In the unit of the ledger.
    bound : str
        ``exact`` where direct claims alone are uncertain, ``outer`` where owners of intermediaries are.

    Examples
    --------
    >>> Interval(1.0, 2.0, EXACT).hull(Interval(0.0, 1.5, OUTER))
    Interval(low=0.0, high=2.0, bound='outer')
    """

    low: float
    high: float
    bound: str

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that contains both."""
        bound = OUTER if OUTER in (self.bound, other.bound) else EXACT
        return Interval(min(self.low, other.low), max(self.high, other.high), bound)

    def containing(self, point: float) -> Interval:
        """The same, widened by what rounding may have cost.

        Raises
        ------
        NoSolutionError
            L411 where the point lies outside by more than that.
        """
        slack = ROUNDING * max(abs(self.high), abs(point))
        if not self.low - slack <= point <= self.high + slack:
            what = f"{point!r} lies outside its interval {self.low!r} to {self.high!r}"
            why = "bounds and look-through disagree"
            raise NoSolutionError(Trouble("L411", "intervals", what, why, "report it as a defect"))
        return Interval(min(self.low, point), max(self.high, point), self.bound)


@dataclass(frozen=True, slots=True)
class Cell:
    """One uncertain or known claim within its group.

    Parameters
    ----------
    claim : Claim
    low, high : float
        Range of its amount.
    """

    claim: Claim
    low: float
    high: float


@dataclass(frozen=True)
class Uncertain:
    """A ledger with a range for each claim, ready to be asked for the bounds of any owner.

    Parameters
    ----------
    issuer : str
        The debtor.
    intermediaries : tuple of str
        Looked through.
    absorbed : frozenset of str
        Holders of what nobody is known for: all of it may be anyone's, or no one's.
    rows : mapping of issuer to tuple of tuple of Cell
        The groups of the debtor and of each intermediary.

    Examples
    --------
    >>> from fractions import Fraction as F
    >>> from creditor.ledger.network import build
    >>> rest = Claim("UNALLOCATED", "fund", F(1)), Claim("a", "fund", F(3))
    >>> book = Ledger((Claim("fund", "state", F(2)), Claim("b", "state", F(1)), *rest))
    >>> uncertain(book, build(book, "state")).bounds(lambda claim: (float(claim.holder == "a"),) * 2)
    (1.5, 2.0)
    """

    issuer: str
    intermediaries: tuple[str, ...]
    absorbed: frozenset[str]
    rows: Mapping[str, tuple[tuple[Cell, ...], ...]]

    @property
    def kind(self) -> str:
        """``exact`` where no intermediary has an uncertain or unknown owner, otherwise ``outer``."""
        cells = (cell for name in self.intermediaries for group in self.rows[name] for cell in group)
        loose = any(cell.low < cell.high or cell.claim.holder in self.absorbed for cell in cells)
        return OUTER if loose else EXACT

    def bounds(self, reward: Callable[[Claim], Share], rest: bool = True) -> tuple[float, float]:
        """The least and the most of the debt that counts for an owner.

        Parameters
        ----------
        reward : callable
            For a claim of a final owner the least and most share of it that counts, 0 to 1.
        rest : bool
            Whether what nobody is known for may be this owner's.

        Returns
        -------
        low, high : float
        """
        absorbed = (0.0, float(rest))

        def counted(claim: Claim) -> Share:
            return absorbed if claim.holder in self.absorbed else reward(claim)

        low, high = (self._extreme(counted, side) for side in (0, 1))
        return low, high

    def _extreme(self, reward: Callable[[Claim], Share], side: int) -> float:
        index = {name: i for i, name in enumerate(self.intermediaries)}
        worth = np.zeros(len(index))
        for _ in range(STEPS):
            after = self._policy(reward, side, index, worth)
            if np.abs(after - worth).max(initial=0.0) <= CLOSE:
                break
            worth = after
        values = dict(zip(self.intermediaries, worth.tolist(), strict=True))
        return self._value(self.issuer, reward, side, values)[0]

    def _policy(
        self, reward: Callable[[Claim], Share], side: int, index: Mapping[str, int], worth: Floats
    ) -> Floats:
        """Choose the best owners for what intermediaries are worth now, and work out what that is worth."""
        values = dict(zip(self.intermediaries, worth.tolist(), strict=True))
        passed, ends = np.zeros((len(index), len(index))), np.zeros(len(index))
        for name, i in index.items():
            total = sum(cell_total for cell_total in map(_total, self.rows[name]))
            _, amounts = self._value(name, reward, side, values)
            for claim, amount in amounts:
                if claim.holder in index:
                    passed[i, index[claim.holder]] += amount / total
                else:
                    ends[i] += amount / total * reward(claim)[side]
        try:
            found = np.linalg.solve(np.eye(len(index)) - passed, ends)
        except np.linalg.LinAlgError:
            found = np.full(len(index), np.nan)
        if np.isfinite(found).all() and found.min(initial=0.0) > -1e-9 and found.max(initial=0.0) < 1 + 1e-9:
            return np.clip(found, 0.0, 1.0)
        step: Floats = passed @ worth + ends  # the chosen owners own each other: one step at a time
        return step

    def _value(
        self, issuer: str, reward: Callable[[Claim], Share], side: int, values: Mapping[str, float]
    ) -> tuple[float, list[tuple[Claim, float]]]:
        """The best amounts of each claim on an issuer, and what they are worth together."""
        chosen: list[tuple[Claim, float]] = []
        worth = 0.0
        for group in self.rows[issuer]:
            priced = [
                (
                    values[cell.claim.holder] if cell.claim.holder in values else reward(cell.claim)[side],
                    cell,
                )
                for cell in group
            ]
            priced.sort(key=lambda pair: -pair[0] if side else pair[0])
            left = _total(group) - sum(cell.low for cell in group)
            for value, cell in priced:
                more = min(left, cell.high - cell.low)
                left -= more
                chosen.append((cell.claim, cell.low + more))
                worth += (cell.low + more) * value
        return worth, chosen


def uncertain(
    ledger: Ledger,
    network: Network,
    ranges: Mapping[int, Share] | None = None,
    group_of: Callable[[Claim], Group] = lambda claim: (claim.issuer, claim.instrument),
) -> Uncertain:
    """Give each claim its range.

    Parameters
    ----------
    ledger : Ledger
    network : Network
        Of the same ledger.
    ranges : mapping of id(claim) to (low, high), optional
        Stated ranges of amounts. Without one, a grade C claim may be anything from nothing to all grade C
        claims of its group together, and every other claim is what it says. What nobody is known for keeps
        its amount.
    group_of : callable
        Claims of one group keep their total.

    Raises
    ------
    InputError
        L410 for a range that does not contain its amount.
    """
    stated = ranges or {}
    names = (network.issuer, *network.intermediaries)
    groups: dict[str, dict[Group, list[Claim]]] = {name: {} for name in names}
    for claim in ledger:
        own = claim.holder == claim.issuer
        if claim.issuer in groups and claim.amount and not (own and claim.issuer != network.issuer):
            groups[claim.issuer].setdefault(group_of(claim), []).append(claim)
    absorbed = frozenset({UNALLOCATED, *network.stuck})
    rows = {
        name: tuple(_group(claims, stated, absorbed) for claims in inside.values())
        for name, inside in groups.items()
    }
    return Uncertain(network.issuer, network.intermediaries, absorbed, rows)


def _group(
    claims: Iterable[Claim], stated: Mapping[int, Share], absorbed: frozenset[str]
) -> tuple[Cell, ...]:
    listed = list(claims)
    assumed = [claim for claim in listed if claim.grade == "C" and claim.holder not in absorbed]
    pool = float(sum(claim.amount for claim in assumed))
    loose = {id(claim) for claim in assumed if id(claim) not in stated}
    return tuple(
        _cell(claim, stated, (0.0, max(pool, float(claim.amount))) if id(claim) in loose else None)
        for claim in listed
    )


def _cell(claim: Claim, stated: Mapping[int, Share], otherwise: Share | None) -> Cell:
    amount = float(claim.amount)
    low, high = stated.get(id(claim), otherwise or (amount, amount))
    if not low <= amount <= high:
        what = f"{claim.holder} has {amount:g} of {claim.issuer}, outside the stated {low:g} to {high:g}"
        mend = "correct the range, or the figure"
        raise InputError(Trouble("L410", claim.where or "range", what, "a range contains its figure", mend))
    return Cell(claim, low, high)


def _total(group: Iterable[Cell]) -> float:
    return float(sum(float(cell.claim.amount) for cell in group))
