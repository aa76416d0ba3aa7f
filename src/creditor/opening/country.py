"""Owns the reading of a country folder: settings, claims, splits, household groups, facts and sources."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from creditor.errors import InputError, MissingError, Trouble
from creditor.facts.sources import Source, read_sources
from creditor.ledger.claims import Claim
from creditor.ledger.readclaims import read_claim
from creditor.terms import library
from creditor.terms.csvfile import CsvFile, library_file, parse_number, read_csv
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin, check_grade, digest
from creditor.terms.units import parse_unit
from creditor.terms.vocabulary import economies, instruments, sectors, word

CLAIMS = (
    *("holder", "issuer", "instrument", "currency", "period", "valuation", "perimeter", "set", "amount", "unit"),
    *("source", "vintage", "grade", "note"),
)
SPLITS = ("group", "member", "by", "period", "weight", "unit", "source", "vintage", "grade", "note")
GROUPS = ("by", "group", "instrument", "period", "weight", "unit", "source", "vintage", "grade", "note")
FACTS = ("indicator", "perimeter", "period", "value", "unit", "source", "vintage", "grade", "note")
GENERATED = ("claims.csv", "splits.csv", "groups.csv", "facts.csv")


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
        In the unit of the folder; those that are shares keep percent, only their proportion counts.
    splits, groups, facts : tuple of Weight
        Labels (group, member, by), (by, group, instrument), (indicator, perimeter).
    sources : mapping of key to Source
    digest : str
        Of all files of the folder that answers are computed from.

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
        held = ", ".join(f"{name} ({economies()[name].title})" for name in available())
        what = f"the library has no holders of the debt of {entry.title} ({entry.name})"
        raise MissingError(Trouble("F303", "economy", what, "no folder in library/countries", f"available: {held}"))
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
    return _read(folder.resolve())


@functools.lru_cache(maxsize=64)
def _read(folder: Path) -> Country:
    settings = library.read_toml(folder / "country.toml")
    sources = read_sources(library_file(folder, "sources.toml"))
    books = {name: read_csv(library_file(folder, name), columns, schema=True) for name, columns in _FILES.items()}
    claims = _claims(books["claims.csv"])
    splits = _weights(books["splits.csv"], ("group", "member", "by"), "weight")
    groups = _weights(books["groups.csv"], ("by", "group", "instrument"), "weight")
    facts = _weights(books["facts.csv"], ("indicator", "perimeter"), "value")
    troubles = [trouble for book in books.values() for trouble in book.troubles.items]
    if troubles:
        raise InputError(troubles)
    parts = [(folder / name).read_bytes() for name in ("country.toml", *GENERATED)]
    return Country(str(settings["code"]), settings, claims, splits, groups, facts, sources, digest(parts))


_FILES = {"claims.csv": CLAIMS, "splits.csv": SPLITS, "groups.csv": GROUPS, "facts.csv": FACTS}


def _claims(book: CsvFile) -> tuple[Claim, ...]:
    book.check_unique(("holder", "issuer", "instrument", "currency", "period", "valuation", "perimeter", "set"))
    book.require(("holder", "issuer", "instrument", "currency", "period", "set", "unit", "source", "grade"))
    found = []
    for row in book.rows:
        claim = read_claim(book, row)
        scale = _scale(book, row.where, row.get("unit"))
        for vocabulary, name in (("sectors", row.get("holder")), ("sectors", row.get("issuer")), ("instruments", row.get("instrument"))):
            known = sectors() if vocabulary == "sectors" else instruments()
            if name and name not in known:
                _collect(book, lambda v=vocabulary, n=name, w=row.where: word(v, n, w))
        if claim is not None:
            found.append(Claim(**{**_fields(claim), "amount": claim.amount * scale}))
    return tuple(found)


def _fields(claim: Claim) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in claim.__dataclass_fields__}


def _scale(book: CsvFile, where: str, unit_text: str) -> Fraction:
    """Factor from the unit of a row to billions; shares keep their numbers."""
    try:
        unit = parse_unit(unit_text, where)
    except InputError as error:
        book.troubles.items.extend(error.troubles)
        return Fraction(1)
    return Fraction(unit.scale, 10**9) if unit.measure == "money" else Fraction(1)


def _weights(book: CsvFile, labels: tuple[str, ...], number: str) -> tuple[Weight, ...]:
    book.check_unique((*labels, "period", *(("vintage", "source") if number == "value" else ())))
    book.require(("period", "unit", "source", "grade"))
    found = []
    for row in book.rows:
        value = parse_number(row.get(number), row.where, number, book.troubles)
        _collect(book, lambda r=row: (parse_period(r["period"], r.where), check_grade(r["grade"], r.where)))
        scale = _scale(book, row.where, row.get("unit"))
        if value is not None:
            origin = Origin(row.get("source"), row.get("vintage"), row.get("grade"))
            key = tuple(row[label] for label in labels)
            found.append(Weight(key, row["period"], value * scale, row["unit"], origin, row["note"], row.where))
    return tuple(found)


def _collect(book: CsvFile, check: Any) -> None:
    try:
        check()
    except InputError as error:
        book.troubles.items.extend(error.troubles)
