"""Owns the guard of published sets: figures of two vintages, or two sets of one debt, are never added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from creditor.errors import Troubles
from creditor.ledger.claims import Claim


def check_sets(settings: Mapping[str, Any], claims: Iterable[Claim]) -> Troubles:
    """Look for mixtures of vintages and of sets.

    Parameters
    ----------
    settings : mapping
        Of country.toml, already checked.
    claims : iterable of Claim

    Returns
    -------
    Troubles
        F305 for published claims of one set, issuer and period that are of two vintages, and for two sets of
        one perimeter that are about the same debt: same issuer, instrument and period.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> japan = load_country("JPN")
    >>> check_sets(japan.settings, japan.claims).items
    []
    """
    troubles = Troubles()
    listed = list(claims)
    _vintages(listed, troubles)
    _alternatives(settings, listed, troubles)
    return troubles


def _vintages(claims: list[Claim], troubles: Troubles) -> None:
    first: dict[tuple[str, str, str, str], Claim] = {}
    for claim in claims:
        if claim.grade != "A":
            continue  # what is derived may need several releases, and says so
        key = (claim.set_name, claim.issuer, claim.instrument, claim.period)
        before = first.setdefault(key, claim)
        if claim.origin.vintage != before.origin.vintage:
            what = f"vintage {claim.origin.vintage} in set {claim.set_name} at {claim.period}"
            line = before.where.rpartition(":")[2]
            why = f"line {line} of the same set is of vintage {before.origin.vintage}"
            mend = "give each release a set of its own"
            troubles.add("F305", claim.where, what, why, mend)


def _alternatives(settings: Mapping[str, Any], claims: list[Claim], troubles: Troubles) -> None:
    debts: dict[str, set[tuple[str, str, str]]] = {}
    for claim in claims:
        debts.setdefault(claim.set_name, set()).add((claim.issuer, claim.instrument, claim.period))
    for name, perimeter in settings["perimeters"].items():
        sets = [str(settings["sets"][key]) for key in perimeter["sets"]]
        for index, one in enumerate(sets):
            for other in sets[:index]:
                both = sorted(debts.get(one, set()) & debts.get(other, set()))
                if both:
                    issuer, instrument, period = both[0]
                    what = f"perimeter {name} adds set {other} to set {one}"
                    why = f"both are about {instrument} of {issuer} at {period}"
                    mend = "give each set a perimeter of its own"
                    troubles.add("F305", "country.toml", what, why, mend)
