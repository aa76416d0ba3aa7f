"""Owns the reading of a country folder: settings, claims, splits, household groups, facts and sources."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from creditor.errors import CreditorError, InputError, MissingError, Trouble
from creditor.facts.sources import Source, read_sources
from creditor.ledger.claims import Claim
from creditor.ledger.readclaims import read_claim
from creditor.opening.carry import with_carried
from creditor.opening.columns import COLUMNS, GENERATED
from creditor.opening.sets import check_sets
from creditor.opening.settings import DEFAULT_ROLES, check_settings
from creditor.terms import library
from creditor.terms.csvfile import CsvFile, Row, library_file, parse_number, read_csv
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin, check_grade, digest
from creditor.terms.units import Unit, parse_unit
from creditor.terms.vocabulary import word

SPLIT, GROUP, FACT = COLUMNS["splits.csv"][:3], COLUMNS["groups.csv"][:3], COLUMNS["facts.csv"][:2]
ASIDE = ("ranges.toml", "corrections.toml")  # read by rooms of their own; part of what answers are made from
READ = ("country.toml", "sources.toml", *GENERATED, *ASIDE)
PASSED_ON = ("owners", "owners-firms", "bearers")  # perimeters of claims on intermediaries
NUMBER = "number"  # of households in a group, in the place of an instrument
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Weight:
    """One row of splits.csv, groups.csv or facts.csv: a labelled number with its origin."""

    labels: tuple[str, ...]
    period: str
    value: Fraction
    unit: str
    origin: Origin
    note: str
    where: str


@dataclass(frozen=True)
class Country:
    """A country folder as read.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3.
    settings : mapping
        country.toml.
    claims : tuple of Claim
        In billions of its currency; those of the debt that are shares are in percent.
    splits, groups, facts : tuple of Weight
        Labels (group, member, by), (by, group, instrument), (indicator, perimeter).
    sources : mapping of key to Source
    digest : str
        Of all files of the folder that answers are computed from.
    shares : frozenset of (set, period)
        Whose claims are percentages of a stock that is not given.
    known_at : str
        The date after which nothing that was published is in it; empty for today.

    Examples
    --------
    >>> load_country("USA").settings["debtor"]
    'central_government'
    """

    code: str
    settings: dict[str, Any]
    claims: tuple[Claim, ...]
    splits: tuple[Weight, ...]
    groups: tuple[Weight, ...]
    facts: tuple[Weight, ...]
    sources: dict[str, Source]
    digest: str
    shares: frozenset[tuple[str, str]] = frozenset()
    known_at: str = ""

    @property
    def debtor(self) -> str:
        """The sector whose debt this is."""
        return str(self.settings["debtor"])

    @property
    def called(self) -> str:
        """Name in a sentence."""
        return str(self.settings.get("called", self.settings["name"]))

    def set_name(self, key: str) -> str:
        """Name of the published set behind a key of ``[sets]``."""
        return str(self.settings["sets"][key])

    def periods(self, set_key: str) -> list[str]:
        """Periods for which a set has claims, in order."""
        name = self.set_name(set_key)
        found = {claim.period for claim in self.claims if claim.set_name == name}
        return sorted(found, key=lambda text: parse_period(text).last_day)


def load_country(code: str) -> Country:
    """Read the folder of an economy.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3 code or name, in any case.

    Raises
    ------
    InputError
        T201 for an economy that does not exist, with the nearest names; troubles of the files, all at once.
    MissingError
        F303 for an economy without a folder.

    Examples
    --------
    >>> load_country("united states").code
    'USA'
    """
    entry = word("economies", code, "economy")
    folder = library.ROOT / "countries" / entry.name
    if not (folder / "country.toml").is_file():
        held = ", ".join(available())
        what = f"the library has no holders of the debt of {entry.title} ({entry.name})"
        raise MissingError(
            Trouble("F303", "economy", what, "no folder in library/countries", f"available: {held}")
        )
    return read_country(folder)


def available() -> list[str]:
    """Codes of the economies that the library has a folder for."""
    return sorted(path.parent.name for path in (library.ROOT / "countries").glob("*/country.toml"))


def read_country(folder: Path) -> Country:
    """Read a country folder; every trouble of every file at once.

    Examples
    --------
    >>> from creditor.terms.library import ROOT
    >>> read_country(ROOT / "countries" / "USA").code
    'USA'
    """
    place = folder.resolve()
    return _read(place, tuple(_stamp(place / name) for name in READ))


def _stamp(path: Path) -> tuple[int, int]:
    """What changes when a file is written anew, so that no old answer is kept."""
    state = path.stat() if path.is_file() else None
    return (state.st_mtime_ns, state.st_size) if state else (0, 0)


@functools.lru_cache(maxsize=64)
def _read(folder: Path, _stamps: tuple[tuple[int, int], ...]) -> Country:
    found: list[CreditorError] = []
    settings = _try(lambda: _settings(folder / "country.toml"), found)
    sources = _try(lambda: read_sources(library_file(folder, "sources.toml")), found)
    book = _try(lambda: _claims(_book(folder, "claims.csv")), found)
    whole = settings is None or settings["depth"] == "household"
    splits = _try(lambda: _labelled(folder, "splits.csv", SPLIT, "weight", whole), found)
    groups = _try(lambda: _labelled(folder, "groups.csv", GROUP, "weight", whole), found)
    facts = _try(lambda: _labelled(folder, "facts.csv", FACT, "value"), found)
    if found:
        kind = MissingError if all(isinstance(error, MissingError) for error in found) else InputError
        raise kind([trouble for error in found for trouble in error.troubles])
    assert settings is not None and sources is not None and book is not None
    assert splits is not None and groups is not None and facts is not None
    present = [name for name in ("country.toml", *GENERATED, *ASIDE) if (folder / name).is_file()]
    parts = [(folder / name).read_bytes() for name in present]
    check_sets(settings, book[0]).raise_if_any()
    claims, shares = with_carried(settings, *book)
    return Country(settings["code"], settings, claims, splits, groups, facts, sources, digest(parts), shares)


def _try(read: Callable[[], T], found: list[CreditorError]) -> T | None:
    try:
        return read()
    except CreditorError as error:
        found.append(error)
        return None


def _settings(path: Path) -> dict[str, Any]:
    settings = {"roles": DEFAULT_ROLES, **library.read_toml(path)}
    check_settings(settings, path).raise_if_any()
    return settings


def _book(folder: Path, name: str) -> CsvFile:
    return read_csv(library_file(folder, name), COLUMNS[name], schema=True)


def _labelled(
    folder: Path, name: str, labels: tuple[str, ...], number: str, needed: bool = True
) -> tuple[Weight, ...]:
    """Rows of a file of labelled numbers; none where a file that is not needed is absent."""
    if not needed and not (folder / name).is_file():
        return ()
    return _weights(_book(folder, name), labels, number)


def _claims(book: CsvFile) -> tuple[tuple[Claim, ...], frozenset[tuple[str, str]]]:
    """The claims, and the sets and dates that are given in percent."""
    book.check_unique(
        ("holder", "issuer", "instrument", "currency", "period", "valuation", "perimeter", "set")
    )
    book.require(("holder", "issuer", "instrument", "currency", "period", "set", "unit", "source", "grade"))
    found = []
    shares = set()
    measures: dict[tuple[str, str, str], tuple[str, str]] = {}
    for row in book.rows:
        claim = read_claim(book, row)
        for vocabulary, column in (
            ("sectors", "holder"),
            ("sectors", "issuer"),
            ("instruments", "instrument"),
        ):
            _known(book, row, vocabulary, row[column])
        unit = _unit(book, row)
        if unit is None or claim is None:
            continue
        _check_unit(book, row, unit, measures)
        dated = row["perimeter"] not in PASSED_ON
        factor = 100 if unit.measure == "share" and dated else _to_billions(unit)
        found.append(replace(claim, amount=claim.amount * factor))
        if unit.measure in ("percent", "share"):
            shares.add((claim.set_name, claim.period))
    book.finish()
    return tuple(found), frozenset(shares)


def _check_unit(
    book: CsvFile, row: Row, unit: Unit, measures: dict[tuple[str, str, str], tuple[str, str]]
) -> None:
    """A claim is a stock in its currency, or at its date a share beside shares only."""
    dated = row["perimeter"] not in PASSED_ON  # owners of intermediaries are of the nearest date
    key = (row["issuer"], row["perimeter"], row["period"] if dated else "")
    first, line = measures.setdefault(key, (unit.measure, row.where.rpartition(":")[2]))
    mend = "give all claims on an issuer in money, or all in percent"
    if unit.measure != first:
        what = f"unit {unit}; line {line} counts in {first}"
        book.troubles.add("T206", row.where, what, "they cannot be added", mend)
    elif unit.is_flow or unit.measure == "count":
        book.troubles.add("T206", row.where, f"unit {unit}", "a claim is a stock of money or a share", mend)
    elif unit.currency not in ("", row["currency"]):
        what = f"unit {unit} and currency {row['currency']}"
        book.troubles.add("C111", row.where, what, "they are two currencies", "give both the same")


def _unit(book: CsvFile, row: Row) -> Unit | None:
    try:
        return parse_unit(row["unit"], row.where) if row["unit"] else None  # an empty one is reported
    except InputError as error:
        book.troubles.items.extend(error.troubles)
        return None


def _to_billions(unit: Unit) -> Fraction:
    """Factor from a unit to billions; shares and counts keep their numbers."""
    return Fraction(unit.scale, 10**9) if unit.measure == "money" else Fraction(1)


def _weights(book: CsvFile, labels: tuple[str, ...], number: str) -> tuple[Weight, ...]:
    book.check_unique((*labels, "period", *(("vintage", "source") if number == "value" else ())))
    book.require(("period", "unit", "source", "grade"))
    found = []
    for row in book.rows:
        value = (
            parse_number(row[number], row.where, number, book.troubles) if number in book.columns else None
        )
        for column, check in (("period", parse_period), ("grade", check_grade)):
            if row[column]:
                _collect(book, check, row[column], row.where)
        for vocabulary, name in _names(row, labels):
            _known(book, row, vocabulary, name)
        unit = _unit(book, row)
        if value is not None and unit is not None:
            origin = Origin(row["source"], row["vintage"], row["grade"])
            key = tuple(row[label] for label in labels)
            amount = value * _to_billions(unit)
            found.append(Weight(key, row["period"], amount, row["unit"], origin, row["note"], row.where))
    book.finish()
    return tuple(found)


def _names(row: Row, labels: tuple[str, ...]) -> list[tuple[str, str]]:
    """Vocabulary and name of the labels that must be known."""
    if labels == SPLIT:
        return [
            ("sectors", row["group"]),
            ("economies" if row["by"] == "country" else "sectors", row["member"]),
        ]
    if labels == GROUP:
        instrument, _, sector = row["instrument"].partition("@")
        found = [("groups", row["group"]), ("sectors", sector)]
        return found + ([("instruments", instrument)] if instrument != NUMBER else [])
    return []


def _known(book: CsvFile, row: Row, vocabulary: str, name: str) -> None:
    if name:
        _collect(book, lambda text, where: word(vocabulary, text, where), name, row.where)


def _collect(book: CsvFile, check: Callable[[str, str], object], text: str, where: str) -> None:
    try:
        check(text, where)
    except InputError as error:
        book.troubles.items.extend(error.troubles)
