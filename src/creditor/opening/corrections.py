"""Owns corrections: named cases in which a published statistic is known to be wrong, with what they move."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from creditor.errors import InputError, MissingError, Trouble, Troubles
from creditor.facts.vintages import as_known_at
from creditor.ledger.claims import Claim, Ledger, renamed
from creditor.opening.country import Country
from creditor.opening.opening import Opening
from creditor.opening.ranges import CORRECTED
from creditor.terms import library
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin
from creditor.terms.suggest import mend_with

FILE = "corrections.toml"
KEYS = ("name", "title", "sentence", "since", "grade", "source", "vintage", "moves")
MOVE = ("from", "to", "amount")


@dataclass(frozen=True, slots=True)
class Move:
    """An amount of the debt that one holder has less and another more."""

    giver: str
    taker: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Correction:
    """A named case.

    Parameters
    ----------
    name, title, sentence : str
        Name on the command line, heading, and one sentence of what is wrong in the statistic.
    since : str
        Period from which it applies.
    moves : tuple of Move
    owed, borne : tuple of (issuer, holder, instrument, percent)
        Owners of the new holder, and who bears its losses.
    origin : Origin
    """

    name: str
    title: str
    sentence: str
    since: str
    moves: tuple[Move, ...]
    owed: tuple[tuple[str, str, str, Fraction], ...]
    borne: tuple[tuple[str, str, str, Fraction], ...]
    origin: Origin


def corrections_of(code: str) -> tuple[Correction, ...]:
    """The corrections of an economy's folder.

    Examples
    --------
    >>> [case.name for case in corrections_of("USA")]
    ['cayman', 'stablecoins']
    """
    path = library.ROOT / "countries" / code / FILE
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else ()


@functools.lru_cache(maxsize=64)
def _read(path: Path, _stamp: int) -> tuple[Correction, ...]:
    return read_corrections(path)


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read a file of corrections; every trouble at once."""
    tables, troubles = library.read_toml(path), Troubles()
    found = []
    for table in tables.get("correction", []):
        place = library.place_of(path, "[[correction]]", f'name = "{table.get("name")}"')
        absent = [key for key in KEYS if not table.get(key)]
        for key in absent:
            troubles.add("C112", place, f"{key} is missing", "it is needed", "add it")
        line = library.place_of(path, f'name = "{table.get("name")}"', "moves =")
        moves = [_move(row, line, troubles) for row in table.get("moves", [])]
        if not absent:
            name, title, sentence, since = (str(table[k]) for k in ("name", "title", "sentence", "since"))
            owed, borne = (_owners(table.get(key, []), place, troubles) for key in ("owed", "borne"))
            made = tuple(move for move in moves if move)
            origin = Origin(str(table["source"]), str(table["vintage"]), str(table["grade"]))
            found.append(Correction(name, title, sentence, since, made, owed, borne, origin))
    troubles.raise_if_any(InputError)
    return tuple(found)


def _move(row: Mapping[str, Any], place: str, troubles: Troubles) -> Move | None:
    absent = [key for key in MOVE if not row.get(key)]
    for key in absent:
        troubles.add("C112", place, f"{key} of a move is missing", "it is needed", "add it")
    if absent:
        return None
    amount = Fraction(str(row["amount"]))
    if amount < 0:
        troubles.add("C109", place, f"amount {row['amount']}", "a move is non-negative", "swap from and to")
    return Move(str(row["from"]), str(row["to"]), amount)


def _owners(
    rows: Iterable[Mapping[str, Any]], place: str, troubles: Troubles
) -> tuple[tuple[str, str, str, Fraction], ...]:
    found = []
    for row in rows:
        if not all(row.get(key) for key in ("issuer", "holder", "instrument", "percent")):
            mend = "give issuer, holder, instrument and percent"
            troubles.add("C112", place, "an owner is not complete", "", mend)
            continue
        head = (str(row["issuer"]), str(row["holder"]), str(row["instrument"]))
        found.append((*head, Fraction(str(row["percent"]))))
    return tuple(found)


def known_corrections(country: Country) -> tuple[Correction, ...]:
    """The corrections of an economy that were published when its figures were known."""
    found = corrections_of(country.code)
    if not country.known_at:
        return found
    return tuple(case for case in found if as_known_at([case.origin.vintage], country.known_at))


def choose(country: Country, name: str) -> Correction:
    """A correction by its name.

    Raises
    ------
    InputError
        U501 with the nearest names.
    MissingError
        F302 for one that was not known at the date that is asked about.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> choose(load_country("USA"), "cayman").since
    '2024Q4'
    """
    every = {case.name: case for case in corrections_of(country.code)}
    known = {case.name: case for case in known_corrections(country)}
    if name in every and name not in known:
        what = f"correction {name} was published in {every[name].origin.vintage}"
        why = f"asked as known at {country.known_at}"
        raise MissingError(Trouble("F302", "--correct", what, why, "ask for a later date"))
    if name not in known:
        mend = mend_with(name, known) if known else f"{country.code} has no corrections"
        raise InputError(Trouble("U501", "--correct", f"no correction {name!r}", "", mend))
    return known[name]


def applies(case: Correction, opening: Opening) -> bool:
    """Whether an opening is late enough and has what the correction moves."""
    return _late(case, opening) and all(_held(opening, move.giver) >= move.amount for move in case.moves)


def _late(case: Correction, opening: Opening) -> bool:
    return parse_period(opening.period).last_day >= parse_period(case.since).last_day


def corrected(case: Correction, opening: Opening) -> Opening:
    """An opening with the amounts of a correction moved.

    Raises
    ------
    MissingError
        F302 for a period before it applies, or a ledger that does not have what it moves.

    Examples
    --------
    >>> from creditor.ledger.treatments import Treatment
    >>> from creditor.opening.country import load_country
    >>> from creditor.opening.opening import open_economy
    >>> before = open_economy(load_country("USA"), Treatment(), "public")
    >>> after = corrected(choose(load_country("USA"), "cayman"), before)
    >>> after.total == before.total
    True
    """
    if not applies(case, opening):
        what = f"correction {case.name} does not apply to {opening.perimeter}, {opening.period}"
        why, mend = f"it is known since {case.since}", f"ask for {case.since} or later"
        if _late(case, opening):
            givers = ", ".join(move.giver for move in case.moves)
            why, mend = f"{givers} cannot give that much here", "ask for another --perimeter"
        raise MissingError(Trouble("F302", "--correct", what, why, mend))
    claims = list(opening.ledger)
    for move in case.moves:
        claims = _moved(claims, move, opening.debtor, case.origin)
    takers = tuple(dict.fromkeys(move.taker for move in case.moves))
    if not opening.through:
        return replace(opening, ledger=Ledger(tuple(claims)), final=(*opening.final, *takers))
    rows = case.borne if opening.view == "borne_by" else case.owed
    claims += [_owner(row, case.origin, opening) for row in rows]
    looked = tuple(dict.fromkeys(issuer for issuer, *_ in rows if issuer not in opening.through))
    final = tuple(name for name in (*opening.final, *takers) if name not in looked)
    return replace(opening, ledger=Ledger(tuple(claims)), through=(*opening.through, *looked), final=final)


def _held(opening: Opening, holder: str) -> Fraction:
    claims = opening.ledger.issued_by(opening.debtor)
    return sum((claim.amount for claim in claims if claim.holder == holder), Fraction(0))


def _moved(claims: list[Claim], move: Move, debtor: str, origin: Origin) -> list[Claim]:
    """Take the amount from the giver's largest claims and give it to the taker."""
    found, left = list(claims), move.amount
    mine = [c for c in claims if c.issuer == debtor and c.holder == move.giver]
    for claim in sorted(mine, key=lambda c: -c.amount):
        taken = min(left, claim.amount)
        left -= taken
        if taken:
            told = f"{claim.origin.source}; less {float(taken):,.0f} by correction: {origin.source}"
            less = Origin(told, f"{claim.origin.vintage}; {origin.vintage}", origin.grade)
            kept = renamed(claim, amount=claim.amount - taken, origin=less, set_name=CORRECTED)
            given = renamed(claim, holder=move.taker, amount=taken, origin=origin, set_name=CORRECTED)
            place = next(i for i, other in enumerate(found) if other is claim)
            found[place : place + 1] = [kept, given] if kept.amount else [given]
    return found


def _owner(row: tuple[str, str, str, Fraction], origin: Origin, opening: Opening) -> Claim:
    issuer, holder, instrument, percent = row
    source = f"assumption of the correction: owners of {issuer}"
    return Claim(
        holder, issuer, percent, instrument, opening.ledger.currency, opening.period, "share", "owners",
        origin=Origin(source, origin.vintage, "C"),
    )  # fmt: skip


def listed(code: str) -> list[dict[str, object]]:
    """The corrections of an economy in words, for `--correct list`."""
    return [
        {
            "name": case.name,
            "title": case.title,
            "sentence": case.sentence,
            "since": case.since,
            "amount": float(sum(move.amount for move in case.moves)),
            "grade": case.origin.grade,
            "source": case.origin.source,
            "vintage": case.origin.vintage,
        }
        for case in corrections_of(code)
    ]
