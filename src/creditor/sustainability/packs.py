"""Owns the packs of rules of debt sustainability as the library has them, each with its dates."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from creditor.errors import Troubles
from creditor.sustainability.effort import ALIASES
from creditor.terms.library import ROOT, read_toml
from creditor.terms.suggest import mend_with


@dataclass(frozen=True)
class Pack:
    """Rules of one framework with the dates of their validity."""

    name: str
    title: str
    valid_from: str
    valid_to: str
    source: str
    economies: tuple[str, ...]
    criteria: tuple[Mapping[str, Any], ...]


@functools.cache
def packs() -> dict[str, Pack]:
    """All packs of the library by name.

    Examples
    --------
    >>> packs()["mac_dsa_2013"].valid_to
    '2022-06-30'
    """
    data = read_toml(ROOT / "debt" / "rules.toml")
    found = {}
    for entry in data["pack"]:
        found[entry["name"]] = Pack(
            entry["name"],
            entry["title"],
            entry["valid_from"],
            entry.get("valid_to", ""),
            entry["source"],
            tuple(entry.get("economies", ())),
            tuple(entry["criterion"]),
        )
    return found


def chosen(names: Sequence[str]) -> list[Pack]:
    """Packs by name; all where none is named.

    Raises
    ------
    InputError
        U501 with the nearest names, for all that are not known.
    """
    names = [ALIASES.get(name, name) for name in names]
    troubles = Troubles()
    for name in (name for name in names if name not in packs()):
        mend = mend_with(name, [*packs(), *ALIASES])
        troubles.add("U501", "--pack", f"no pack {name!r}", "", mend)
    troubles.raise_if_any()
    return [pack for pack in packs().values() if not names or pack.name in names]
