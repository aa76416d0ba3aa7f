"""Owns who takes part: roles, offices, offices of provinces, and groups that share alerts, from data."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Trouble
from creditor.monitor.lifecycle import FOLDER
from creditor.terms import library
from creditor.terms.csvfile import read_csv
from creditor.terms.suggest import mend_with

KEEPER = "keeper"
WORDS = {
    "add": "add alerts",
    "observe": "record observations",
    "advance": "advance alerts",
    "share": "pass alerts on",
    "read_all": "read every alert",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Offices that share alerts; a local office belongs to it for alerts of its own province only."""

    name: str
    title: str
    article: str
    offices: tuple[str, ...]
    locals: tuple[str, ...]


@dataclass(frozen=True)
class Offices:
    """All offices, roles and groups.

    Parameters
    ----------
    roles : mapping of str to mapping
        With title, may (what a role may do) and packs (on which alerts).
    central, local : mapping of str to mapping
        With title and roles; local ones are written NAME/PROVINCE.
    groups : mapping of str to Group
    provinces : mapping of code to (name, Chinese name)
    """

    roles: Mapping[str, Mapping[str, Any]]
    central: Mapping[str, Mapping[str, Any]]
    local: Mapping[str, Mapping[str, Any]]
    groups: Mapping[str, Group]
    provinces: Mapping[str, tuple[str, str]]

    def check(self, name: str, where: str) -> str:
        """The office of that name.

        Raises
        ------
        InputError
            M909 with the nearest names.
        """
        kind, slash, place = name.partition("/")
        if slash and kind in self.local:
            return f"{kind}/{self.province(place, where)}"
        if name in self.central:
            return name
        if name in self.local:
            mend = f"write {name}/CN-BJ, or the code of another province"
            raise InputError(Trouble("M909", where, f"office {name!r} has no province", "", mend))
        mend = mend_with(name, [*self.central, *self.local])
        raise InputError(Trouble("M909", where, f"no office {name!r}", "", mend))

    def province(self, text: str, where: str) -> str:
        """Code of a province by code, name or Chinese name; empty for an empty text.

        Raises
        ------
        InputError
            M909 with the nearest names.
        """
        wanted = text.strip().casefold()
        for code, names in self.provinces.items():
            if wanted in (code.casefold(), *(name.casefold() for name in names)):
                return code
        if not wanted:
            return ""
        mend = mend_with(text, [name for name, _ in self.provinces.values()])
        raise InputError(Trouble("M909", where, f"no province {text!r}", "", mend))

    def title(self, name: str) -> str:
        """What a reader sees for an office."""
        kind, slash, place = name.partition("/")
        if slash:
            return str(self.local[kind]["title"]).format(province=self.provinces[place][0])
        return str(self.central[name]["title"])

    def roles_of(self, name: str) -> tuple[str, ...]:
        """Roles of an office."""
        kind, slash, _ = name.partition("/")
        return tuple((self.local[kind] if slash else self.central[name])["roles"])

    def may(self, office: str, action: str, pack: str) -> bool:
        """Whether an office may do something with alerts of a pack."""
        rows = [self.roles[role] for role in self.roles_of(office)]
        return any(action in row["may"] and pack in row["packs"] for row in rows)

    def require(self, office: str, action: str, pack: str, where: str) -> None:
        """Refuse what an office may not do.

        Raises
        ------
        InputError
            M907 with the offices' roles that may.
        """
        if not self.may(office, action, pack):
            roles = [
                str(row["title"])
                for row in self.roles.values()
                if action in row["may"] and pack in row["packs"]
            ]
            what = f"{self.title(office)} may not {WORDS[action]} of pack {pack}"
            mend = "roles that may: " + "; ".join(roles)
            raise InputError(Trouble("M907", where, what, "its role does not include it", mend))

    def within(self, office: str, group: str, province: str) -> bool:
        """Whether an office is in a group, for an alert of a province."""
        kind, slash, place = office.partition("/")
        found = self.groups[group]
        return (place == province and kind in found.locals) if slash else office in (*found.offices, KEEPER)


@functools.cache
def read_offices(folder: Path = FOLDER) -> Offices:
    """Read offices.toml and provinces.csv.

    Raises
    ------
    InputError
        M909 for a role or office that a row names and that is not there.

    Examples
    --------
    >>> offices = read_offices()
    >>> offices.title("local_financial_regulator/CN-GD")
    'Local financial regulator of Guangdong'
    >>> offices.may("association", "advance", "notice")
    False
    """
    path = folder / "offices.toml"
    data = library.read_toml(path)
    book = read_csv(folder / "provinces.csv", ("code", "name", "chinese"), schema=True)
    book.check_unique(("code",))
    provinces = {row["code"]: (row["name"], row["chinese"]) for row in book.finish()}
    roles = {row["name"]: row for row in data["role"]}
    central, local = ({row["name"]: row for row in data[key]} for key in ("office", "local"))
    for row in (*central.values(), *local.values()):
        _known(row["roles"], roles, path, row["name"], "role")
    groups = {}
    for row in data["group"]:
        _known(row["offices"], central, path, row["name"], "office")
        _known(row["locals"], local, path, row["name"], "local office")
        members = tuple(row["offices"]), tuple(row["locals"])
        groups[row["name"]] = Group(row["name"], row["title"], row["article"], *members)
    return Offices(roles, central, local, groups, provinces)


def _known(names: list[str], known: Mapping[str, Any], path: Path, row: str, kind: str) -> None:
    for name in names:
        if name not in known:
            place = library.place_of(path, f'name = "{row}"')
            mend = mend_with(name, known)
            raise InputError(Trouble("M909", place, f"no {kind} {name!r}", "", mend))
