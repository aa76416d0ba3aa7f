"""Owns the weight of assumptions: how much of an answer rests on grade C cells, and what each cell does."""

from __future__ import annotations

import math
from dataclasses import dataclass

from creditor.analysis.creditors import PartKey, by_part, is_state, rerouted
from creditor.ledger.claims import UNALLOCATED, Claim, Ledger
from creditor.ledger.lookthrough import LookThrough, look_through
from creditor.opening.opening import Opening

ASSUMED = "ASSUMED"


@dataclass(frozen=True, slots=True)
class Assumed:
    """How much of a look-through rests on assumptions.

    Parameters
    ----------
    weight : float
        Share of the debt that reaches its kind of owner over at least one grade C cell.
    divided : float
        Share whose kind of owner is published, and which is only divided by name with grade C figures:
        government funds, whose total is published.
    by_owner : dict of owner to float
        Share of each owner's amount.
    by_part : dict of (owner, last intermediary, instrument) to float
        Share of each part of an owner's amount.
    """

    weight: float
    divided: float
    by_owner: dict[str, float]
    by_part: dict[PartKey, float]


@dataclass(frozen=True, slots=True)
class CellEffect:
    """What one grade C cell does to the household share.

    Parameters
    ----------
    claim : Claim
    passing : float
        Share of the debt that runs over the cell.
    effect : float
        Change of the household share if the cell were not allocated, in shares of the debt.
    """

    claim: Claim
    passing: float
    effect: float


def weight_of_assumptions(opening: Opening, result: LookThrough) -> Assumed:
    """Send everything that crosses a grade C cell to one place and see what is left.

    Parameters
    ----------
    opening : Opening
    result : LookThrough
        Of the same opening.

    Returns
    -------
    Assumed

    Examples
    --------
    >>> from creditor.analysis.creditors import final_parts
    >>> from creditor.ledger.treatments import Treatment
    >>> from creditor.opening.country import load_country
    >>> from creditor.opening.opening import open_economy
    >>> opened = open_economy(load_country("USA"), Treatment(), "public")
    >>> 0 < weight_of_assumptions(opened, final_parts(opened)).weight < 0.2
    True
    """
    claims = tuple(rerouted(claim, ASSUMED) if claim.grade == "C" else claim for claim in opening.ledger)
    certain = look_through(Ledger(claims), opening.debtor, _known(opening, claims))
    debt = float(result.debt)
    kept, kept_parts = certain.owners, by_part(certain.parts)
    divided = (
        math.fsum(float(claim.amount) for claim in opening.ledger if _only_divided(claim, opening)) / debt
    )
    by_owner = {
        name: 1.0 - kept.get(name, 0.0) / amount for name, amount in result.owners.items() if amount > 0
    }
    shares = {
        key: 1.0 - kept_parts.get(key, 0.0) / amount
        for key, amount in by_part(result.parts).items()
        if amount
    }
    return Assumed(kept.get(ASSUMED, 0.0) / debt - divided, divided, by_owner, shares)


def _only_divided(claim: Claim, opening: Opening) -> bool:
    """Whether a grade C claim only divides a published total among owners of one kind."""
    return claim.grade == "C" and claim.issuer == opening.debtor and is_state(claim.holder, opening)


def effects_of_assumptions(opening: Opening, result: LookThrough) -> list[CellEffect]:
    """Take each grade C cell away in turn: its amount is then not allocated.

    Returns
    -------
    list of CellEffect
        The largest effect on the household share first.
    """
    before = household_share(opening, result)
    debt = float(result.debt)
    found = []
    for claim in opening.ledger:
        if claim.grade != "C":
            continue
        claims = tuple(rerouted(other, ASSUMED) if other is claim else other for other in opening.ledger)
        after = look_through(Ledger(claims), opening.debtor, _known(opening, claims))
        passing = after.owners.get(ASSUMED, 0.0) / debt
        found.append(CellEffect(claim, passing, household_share(opening, after) - before))
    return sorted(found, key=lambda cell: (cell.effect, -cell.passing))


def household_share(opening: Opening, result: LookThrough) -> float:
    """Share of households in the debt."""
    owners = result.owners
    return math.fsum(owners.get(name, 0.0) for name in opening.households) / float(result.debt)


def unallocated_share(result: LookThrough) -> float:
    """Share of the debt that no owner is known for."""
    return result.owners.get(UNALLOCATED, 0.0) / float(result.debt)


def _known(opening: Opening, claims: tuple[Claim, ...]) -> list[str]:
    names = {name for claim in claims for name in (claim.holder, claim.issuer)}
    return [name for name in opening.through if name in names]
