"""Owns the completion of a user's ledger: unknown cells filled from the totals of holders and of issuers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from creditor.errors import MissingError, Troubles
from creditor.ledger.claims import Claim, Ledger, renamed
from creditor.ledger.fill import Cell, Fill, fill
from creditor.ledger.readclaims import Case
from creditor.terms.provenance import Origin

Key = tuple[str, str]  # name and instrument
Totals = Mapping[Key, Fraction]
DETERMINED = Origin("derived: a total less all other claims", "", "B")
PROPORTIONAL = Origin("filled: the claims nearest to proportional ones that meet the totals", "", "C")


def complete(case: Case) -> tuple[Case, Fill]:
    """Fill the unknown cells of a case from its totals.

    Parameters
    ----------
    case : Case
        With ``unknown`` cells, and for each of them a total of its holder and one of its issuer: for its
        instrument, or over all instruments.

    Returns
    -------
    case : Case
        Without unknown cells. A cell that the totals determine is exact and grade B; the others are grade C.
    report : Fill
        What `creditor.ledger.fill.fill` found; its rows and columns are holders and issuers, followed by a
        comma and the instrument where the total is for that instrument only.

    Raises
    ------
    MissingError
        L409, one for each total that is needed and not given.
    NoSolutionError
        L406 where no non-negative claims meet the totals.

    Examples
    --------
    >>> book = Ledger((Claim("households", "state", Fraction(3)),))
    >>> case = Case(book, by_issuer={("state", ""): Fraction(10)}, by_holder={("banks", ""): Fraction(7)},
    ...             blanks=(Claim("banks", "state", Fraction(0)),))
    >>> complete(case)[0].ledger.held_by("banks")[0].amount
    Fraction(7, 1)
    """
    if not case.blanks:
        return case, Fill({}, (), 0, 0.0)
    places = places_of(case)
    known = list(case.ledger)
    rows = {key: left_of(key, case.by_holder, ((c.holder, c) for c in known)) for key, _ in places}
    columns = {key: left_of(key, case.by_issuer, ((c.issuer, c) for c in known)) for _, key in places}
    cells = {(_label(row), _label(column)) for row, column in places}
    barred = [(_label(r), _label(c)) for r in rows for c in columns if (_label(r), _label(c)) not in cells]
    report = fill(_floats(rows), _floats(columns), forbidden=barred)
    determined = _determined(places, rows, columns)
    filled = [
        renamed(claim, amount=determined[place], origin=DETERMINED)
        if place in determined
        else renamed(claim, amount=Fraction(report.cells[_cell(place)]), origin=PROPORTIONAL)
        for claim, place in zip(case.blanks, places, strict=True)
    ]
    return replace(case, ledger=Ledger((*known, *filled)), blanks=()), report


def places_of(case: Case) -> list[tuple[Key, Key]]:
    """For each unknown cell the totals of holder and issuer that it is part of."""
    troubles = Troubles()
    places: list[tuple[Key, Key]] = []
    for claim in case.blanks:
        ends = []
        for of, name, totals in (
            ("holder", claim.holder, case.by_holder),
            ("issuer", claim.issuer, case.by_issuer),
        ):
            other = "issuer" if of == "holder" else "holder"
            key = (name, claim.instrument) if (name, claim.instrument) in totals else (name, "")
            ends.append(key)
            if key not in totals:
                cell = f"{claim.holder} holds an unknown amount of {claim.issuer}"
                what = f"{cell}, and the total of {of} {name!r} is missing"
                mend = f"add a row with {of} {name} and {other} total, or write the amount"
                troubles.add("L409", claim.where or "ledger", what, "unknown is never zero", mend)
        place = (ends[0], ends[1])
        if place in places:
            what = f"two unknown cells of {claim.holder} on {claim.issuer} are in the same two totals"
            mend = f"give the total of {claim.holder} or of {claim.issuer} for each instrument"
            troubles.add("L409", claim.where or "ledger", what, "only their sum is determined", mend)
        places.append(place)
    troubles.raise_if_any(MissingError)
    return places


def left_of(key: Key, totals: Totals, claims: Iterable[tuple[str, Claim]]) -> Fraction:
    """What a total leaves for its unknown cells."""
    name, instrument = key
    own = {f: total for (other, f), total in totals.items() if other == name and f and not instrument}
    held = (
        claim.amount
        for other, claim in claims
        if other == name and (claim.instrument == instrument if instrument else claim.instrument not in own)
    )
    return totals[key] - sum(own.values(), Fraction(0)) - sum(held, Fraction(0))


def _determined(
    places: list[tuple[Key, Key]], rows: Mapping[Key, Fraction], columns: Mapping[Key, Fraction]
) -> dict[tuple[Key, Key], Fraction]:
    """Cells that are alone in what is left of a total, one after the other, exactly."""
    left = {(0, key): amount for key, amount in rows.items()} | {
        (1, key): amount for key, amount in columns.items()
    }
    found: dict[tuple[Key, Key], Fraction] = {}
    while True:
        open_places = [place for place in places if place not in found]
        counts = Counter((side, place[side]) for place in open_places for side in (0, 1))
        alone = next(
            ((side, place) for place in open_places for side in (0, 1) if counts[side, place[side]] == 1),
            None,
        )
        if alone is None:
            return found
        side, place = alone
        found[place] = max(Fraction(0), left[side, place[side]])
        for end in (0, 1):
            left[end, place[end]] -= found[place]


def _label(key: Key) -> str:
    return ", ".join(part for part in key if part)


def _cell(place: tuple[Key, Key]) -> Cell:
    return _label(place[0]), _label(place[1])


def _floats(amounts: Mapping[Key, Fraction]) -> dict[str, float]:
    return {_label(key): float(amount) for key, amount in amounts.items()}
