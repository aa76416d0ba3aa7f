"""Owns sources: who said it, in which release, under which terms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from creditor.errors import InputError, Trouble, Troubles
from creditor.terms.library import read_toml
from creditor.terms.periods import parse_period
from creditor.terms.suggest import mend_with

FIELDS = ("publisher", "title", "vintage", "terms", "address", "read_through")
NEEDED = ("publisher", "title", "vintage", "terms")
ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Source:
    """One release of one publisher.

    Parameters
    ----------
    key : str
        Name in files.
    publisher, title, vintage, terms, address : str
        Who, what, the date of the release, why it may be passed on, and where it stands.
    read_through : str
        Where a copy was read, when not at the publisher's.

    Examples
    --------
    >>> Source("z1", "Federal Reserve", "Z.1", "2026-03-19", "public domain").cite("table L.210")
    'Federal Reserve, Z.1, table L.210'
    """

    key: str
    publisher: str
    title: str
    vintage: str
    terms: str
    address: str = ""
    read_through: str = ""

    def cite(self, locator: str = "") -> str:
        """Publisher, title and place in it."""
        if self.key == ASSUMPTION:
            return f"assumption: {locator}"
        return ", ".join(part for part in (self.publisher, self.title, locator) if part)


def read_sources(path: Path) -> dict[str, Source]:
    """Read a sources.toml.

    Raises
    ------
    InputError
        F301 for each source that lacks a field or has one that is not known, T204 for a vintage that is no
        period.

    Examples
    --------
    >>> from creditor.terms.library import ROOT
    >>> read_sources(ROOT / "countries" / "USA" / "sources.toml")["z1_2026_03_19"].vintage
    '2026-03-19'
    """
    troubles = Troubles()
    sources: dict[str, Source] = {}
    for key, entry in read_toml(path).items():
        if key == "schema":
            continue
        where = f"{path.name}, [{key}]"
        if not isinstance(entry, dict):
            troubles.add(
                "F301", where, "no table", "", "write [key] and below it publisher, title, vintage, terms"
            )
            continue
        for field in entry:
            if field not in FIELDS:
                troubles.add("F301", where, f"field {field!r} is not known", "", mend_with(field, FIELDS))
        missing = [field for field in NEEDED if not _has(entry, key, field)]
        if missing:
            troubles.add(
                "F301", where, f"{' and '.join(missing)} missing", "each source is named in full", "add it"
            )
        elif entry["vintage"] != "":
            try:
                parse_period(str(entry["vintage"]), where)
            except InputError as error:
                troubles.items.extend(error.troubles)
        sources[key] = Source(key, **{field: str(entry.get(field, "")) for field in FIELDS})
    troubles.raise_if_any()
    return sources


def _has(entry: dict[str, object], key: str, field: str) -> bool:
    """Whether a needed field is there and says something; an assumption has no date."""
    return field in entry and (bool(str(entry[field]).strip()) or (key == ASSUMPTION and field == "vintage"))


def source_of(sources: dict[str, Source], key: str, where: str) -> Source:
    """Look a source up; F301 with the nearest names where it is not there."""
    if key in sources:
        return sources[key]
    why = "every number has a source"
    raise InputError(
        Trouble("F301", where, f"source {key!r} is not in sources.toml", why, mend_with(key, sources))
    )
