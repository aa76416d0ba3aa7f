"""Owns the control test: a walk over an ownership graph from an actor up to owners on the mainland."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from creditor.errors import InputError, Trouble

TEST = "more than half at every link of the chain"
RIGHTS = ("", "veto", "contract", "joint")


@dataclass(frozen=True, slots=True)
class Stake:
    """One link: an owner, what it owns, its share in percent, and other rights.

    Parameters
    ----------
    owner, of : str
    share : float
        Percent of the votes, 0 to 100.
    place : str
        Where the owner sits: ``domestic``, ``overseas``, or empty where it is not known.
    rights : str
        ``veto``, ``contract`` or ``joint`` where the owner has more than its share, else empty.
    """

    owner: str
    of: str
    share: float
    place: str = ""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """The outcome: ``yes``, ``no``, ``joint`` or ``unknown``, the chain that led there, and the test."""

    value: str
    chain: tuple[str, ...]
    reason: str
    test: str = TEST


def control_of(actor: str, stakes: Sequence[Stake], where: str = "ownership") -> Control:
    """Say whether somebody on the mainland controls an actor.

    Parameters
    ----------
    actor : str
    stakes : sequence of Stake
    where : str
        Place named in errors.

    Returns
    -------
    Control
        ``yes`` for more than half at every link; ``joint`` for half, for a veto, contract or joint right, and
        for owners on the mainland that have more than half together; ``unknown`` where owners that are not
        named, or whose place is not known, could have more than half; else ``no``.

    Raises
    ------
    InputError
        R906 for owners in a circle; R901 for shares below 0, above 100, or above 100 together.

    Examples
    --------
    >>> control_of("vehicle", [Stake("group", "vehicle", 100.0, "domestic")]).value
    'yes'
    """
    by: dict[str, list[Stake]] = {}
    for stake in stakes:
        by.setdefault(stake.of, []).append(stake)
    _check(stakes, by, where)
    return _control(actor, by, (actor,))


def _control(entity: str, by: dict[str, list[Stake]], trail: tuple[str, ...]) -> Control:
    owners = by.get(entity, [])
    if not owners:
        return Control("unknown", trail, f"nobody is named as an owner of {entity}")
    home, doubt, special = 0.0, 100.0 - sum(stake.share for stake in owners), ""
    for stake in owners:
        chain = (*trail, stake.owner)
        state = _state(stake, by, chain)
        if state.value == "yes" and stake.share > 50:
            return Control("yes", state.chain, f"{stake.owner} has {stake.share:g} % of {entity}")
        if state.value in ("yes", "joint") and (stake.rights or stake.share >= 50):
            special = f"{stake.owner} has {stake.share:g} % of {entity}" + (
                f" and a right by {stake.rights}" if stake.rights else ""
            )
        home += stake.share if state.value in ("yes", "joint") else 0.0
        doubt += stake.share if state.value == "unknown" else 0.0
    if special:
        return Control("joint", trail, special)
    if home > 50:
        return Control("joint", trail, f"owners on the mainland have {home:g} % of {entity} together")
    if doubt > 50 or home + doubt > 50:
        return Control("unknown", trail, f"{doubt:g} % of {entity} have no known owner or place")
    return Control("no", trail, f"owners on the mainland have {home:g} % of {entity}")


def _state(stake: Stake, by: dict[str, list[Stake]], chain: tuple[str, ...]) -> Control:
    """Whether an owner is on the mainland, or is controlled from there."""
    if stake.place == "domestic":
        return Control("yes", chain, "")
    if stake.owner in by:
        return _control(stake.owner, by, chain)
    return Control("no" if stake.place == "overseas" else "unknown", chain, "")


def _check(stakes: Sequence[Stake], by: dict[str, list[Stake]], where: str) -> None:
    for stake in stakes:
        if not 0 <= stake.share <= 100 or stake.rights not in RIGHTS:
            what = f"{stake.owner} has {stake.share:g} % of {stake.of}, right {stake.rights!r}"
            mend = "a share lies between 0 and 100; a right is veto, contract or joint"
            raise InputError(Trouble("R901", where, what, "", mend))
    for entity, owners in by.items():
        total = sum(stake.share for stake in owners)
        if total > 100.0001:
            what = f"the owners of {entity} have {total:g} % together"
            raise InputError(Trouble("R901", where, what, "shares add up to 100 at most", "correct a share"))
    done: set[str] = set()

    def visit(entity: str, trail: tuple[str, ...]) -> None:
        if entity in trail:
            ring = " -> ".join([*trail[trail.index(entity) :], entity])
            why, mend = "control cannot be followed in a circle", "name the owner outside the circle"
            raise InputError(Trouble("R906", where, f"owners own each other: {ring}", why, mend))
        if entity not in done:
            for stake in by.get(entity, ()):
                visit(stake.owner, (*trail, entity))
            done.add(entity)

    for entity in list(by):
        visit(entity, ())
