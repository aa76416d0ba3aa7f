"""Owns what an alert never stores: fields and forms that would identify a natural person."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from creditor.errors import Troubles
from creditor.monitor.lifecycle import FOLDER
from creditor.terms import library

WHY = "alerts are about firms, sites, projects and economies, never about persons"
LIMIT = 4000
MEND = "leave it out; name the firm, site, project or economy instead"


@functools.cache
def read_fields(path: Path = FOLDER / "fields.toml") -> dict[str, Any]:
    """Refused fields, subjects and written forms; subjects and channels that there are.

    Examples
    --------
    >>> "passport" in read_fields()["refused"]
    True
    """
    return library.read_toml(path)


def plain(text: str) -> str:
    """A name without case, spaces, hyphens and underscores, as values are compared.

    Examples
    --------
    >>> plain("ID-Number")
    'idnumber'
    """
    return re.sub(r"[\s_-]+", "", text.strip().casefold())


def refuse_names(names: Iterable[str], where: str, troubles: Troubles) -> None:
    """Add M908 for each field that would identify a natural person.

    Examples
    --------
    >>> found = Troubles()
    >>> refuse_names(["subject", "Passport"], "clue 1", found)
    >>> [trouble.code for trouble in found.items]
    ['M908']
    """
    refused = {plain(name) for name in read_fields()["refused"]}
    for name in names:
        if plain(name) in refused:
            what = f"field {name} would identify a natural person and is not stored"
            troubles.add("M908", where, what, WHY, MEND)


def refuse_forms(fields: Mapping[str, object], where: str, troubles: Troubles) -> None:
    """Add M908 for each text that holds an identity number, telephone number or the like; it is not repeated.

    A text that is too long or cannot be written is M909.

    Examples
    --------
    >>> found = Troubles()
    >>> refuse_forms({"sentence": "write to seller@example.com"}, "clue 1", found)
    >>> "electronic mail address" in found.items[0].what
    True
    """
    for name, value in fields.items():
        if not isinstance(value, str) or not _storable(name, value, where, troubles):
            continue
        for form in read_fields()["form"]:
            if re.search(form["pattern"], value):
                what = f"{name} holds what looks like {_article(form['name'])} and is not stored"
                troubles.add("M908", where, what, WHY, MEND)


def _storable(name: str, value: str, where: str, troubles: Troubles) -> bool:
    """Whether a text is of a length that somebody reads, and of letters that can be written."""
    if len(value) > LIMIT:
        what = f"{name} has {len(value):,} letters"
        troubles.add("M909", where, what, f"the limit is {LIMIT:,}", "say it in a sentence or two")
        return False
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        troubles.add(
            "M909", where, f"{name} is no valid text", "some letters cannot be written", "write it anew"
        )
        return False
    return True


def _article(name: str) -> str:
    return ("an " if name[0] in "aeiou" else "a ") + name
