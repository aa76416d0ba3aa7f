"""Owns the vocabularies: sectors, instruments, economies and currencies, read from library/terms/*.csv."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from creditor.errors import InputError, Trouble
from creditor.terms import library
from creditor.terms.csvfile import read_csv
from creditor.terms.suggest import mend_with

_COLUMNS = {
    "sectors": ("name", "code", "standard", "parent", "role", "title", "definition"),
    "instruments": ("name", "code", "standard", "parent", "title", "definition"),
    "economies": ("code", "alpha2", "name", "currency", "note"),
    "currencies": ("code", "numeric", "digits", "name"),
    "groups": ("name", "by", "title", "definition"),
}
_CODES = {
    "sectors": "T202",
    "instruments": "T203",
    "economies": "T201",
    "currencies": "T205",
    "groups": "T202",
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a vocabulary.

    Parameters
    ----------
    name : str
        The name used in files (sectors, instruments) or the code (economies, currencies).
    code : str
        SNA 2008 code, ISO 3166-1 alpha-3 or ISO 4217.
    title : str
        What a reader sees.
    parent : str
        Name of the wider word, if any.
    role : str
        For sectors: state, central_bank, intermediary, firm, household, foreign or aggregate.
    definition : str
        One sentence.
    currency : str
        For economies: ISO 4217 code.

    Examples
    --------
    >>> sectors()["pension_funds"].code
    'S129'
    """

    name: str
    code: str
    title: str
    parent: str = ""
    role: str = ""
    definition: str = ""
    currency: str = ""


@functools.cache
def _words(vocabulary: str) -> dict[str, Word]:
    path = library.ROOT / "terms" / f"{vocabulary}.csv"
    words: dict[str, Word] = {}
    columns = _COLUMNS[vocabulary]
    key = "name" if "title" in columns else "code"
    book = read_csv(path, columns, schema=True)
    book.require((key,))
    book.check_unique((key,))
    for row in book.finish():
        title, role = row.get("title") or row.get("name"), row.get("role") or row.get("by")
        currency, definition = row.get("currency"), row.get("definition")
        words[row[key]] = Word(
            row[key], row.get("code"), title, row.get("parent"), role, definition, currency
        )
    return words


def sectors() -> dict[str, Word]:
    """Institutional sectors of SNA 2008 and our own children, by name."""
    return _words("sectors")


def instruments() -> dict[str, Word]:
    """Financial instruments of SNA 2008 and our own children, by name."""
    return _words("instruments")


def economies() -> dict[str, Word]:
    """Economies by ISO 3166-1 alpha-3 code, with our aggregates."""
    return _words("economies")


def currencies() -> dict[str, Word]:
    """Currencies by ISO 4217 code."""
    return _words("currencies")


def groups() -> dict[str, Word]:
    """Groups of households, by wealth or age of the head (in `role`), in order."""
    return _words("groups")


def word(vocabulary: str, name: str, where: str) -> Word:
    """Look a word up.

    Parameters
    ----------
    vocabulary : str
        ``sectors``, ``instruments``, ``economies``, ``currencies`` or ``groups``.
    name : str
        A name, or for economies a code or a name in any case.
    where : str
        Place named in the error.

    Raises
    ------
    InputError
        T201, T202, T203 or T205, with the nearest names.

    Examples
    --------
    >>> word("economies", "japan", "economy").code
    'JPN'
    """
    words = _words(vocabulary)
    if name in words:
        return words[name]
    spelled = {entry.title.casefold(): entry for entry in words.values()}
    spelled |= {key.casefold(): entry for key, entry in words.items()}
    if name.strip().casefold() in spelled:
        return spelled[name.strip().casefold()]
    known = [*words, *(entry.title for entry in words.values())] if vocabulary == "economies" else list(words)
    what = {"economies": "economy", "currencies": "currency"}.get(vocabulary, vocabulary[:-1])
    raise InputError(Trouble(_CODES[vocabulary], where, f"no {what} {name!r}", "", mend_with(name, known)))


def title_of(name: str) -> str:
    """What a reader sees for a sector, instrument, group or economy; other names are shown as they are.

    Examples
    --------
    >>> title_of("deposit_takers")
    'Banks and other deposit takers'
    """
    entry = sectors().get(name) or instruments().get(name) or groups().get(name) or economies().get(name)
    return entry.title if entry else name
