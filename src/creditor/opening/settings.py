"""Owns the check of a country.toml: all that later rooms take from it is there and has a known name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Troubles
from creditor.terms.finding import SEVERITIES
from creditor.terms.periods import parse_period
from creditor.terms.suggest import mend_with
from creditor.terms.vocabulary import word

TEXTS = ("code", "name", "debtor", "currency", "depth", "headline_period", "headline_perimeter")
TABLES = ("sets", "roles", "perimeters")
# Roles where country.toml has no [roles]: the sectors that published tables of holders use.
DEFAULT_ROLES: dict[str, Any] = {
    "central_bank": "central_bank",
    "household": ["households", "households_and_nonprofits"],
    "firm": ["nonfinancial_corporations", "nonfinancial_business", "public_corporations"],
    "foreign": ["rest_of_world"],
    "local_government": "state_and_local_government",
}
ROLES = {"central_bank": str, "household": list, "firm": list, "foreign": list, "local_government": str}
PERIMETER = {"title": str, "valuation": str, "sets": list}
NOTE = {"severity": str, "place": str, "sentence": str}
STEP = {"title": str, "terms": list}
_STEP = re.compile(r"-?(fact|set|held):(.+)")


def check_settings(settings: Mapping[str, Any], path: Path) -> Troubles:
    """Look for what is missing or not known in the settings of a country.

    Parameters
    ----------
    settings : mapping
        As read from the file.
    path : Path
        The file, for the lines of what is wrong.

    Returns
    -------
    Troubles
        Each with file and line where the key stands, or the file alone where it is missing.

    Examples
    --------
    >>> from creditor.terms.library import ROOT, read_toml
    >>> path = ROOT / "countries" / "USA" / "country.toml"
    >>> check_settings(read_toml(path), path).items
    []
    """
    check = _Check(path)
    check.fields(settings, dict.fromkeys(TEXTS, str), "")
    for name in TABLES:
        if not isinstance(settings.get(name), dict):
            check.lacking(name, f"[{name}]")
    if check.troubles.items:
        return check.troubles
    check.fields(settings["roles"], ROLES, "[roles]")
    if "holders" not in settings["sets"]:
        check.lacking("sets", "holders in [sets]")
    _check_names(settings, check)
    for name, entry in settings["perimeters"].items():
        place = f"[perimeters.{name}]"
        if check.fields(entry, PERIMETER, place):
            check.known("sets", entry["sets"], settings["sets"], "set")
            check.known("carried", entry.get("carried", []), settings["sets"], "set")
            for holder, parts in entry.get("parts", {}).items():
                for one in (holder, *parts):
                    check.word("sectors", one, holder)
    for key, keys in (("bridge", STEP), ("notes", NOTE)):
        for entry in settings.get(key, []):
            check.fields(entry, keys, f"[[{key}]]")
    _check_steps(settings, check)
    return check.troubles


def _check_names(settings: Mapping[str, Any], check: _Check) -> None:
    roles, vocabulary = settings["roles"], "sectors"
    check.word("economies", settings["code"], "code")
    check.word("currencies", settings["currency"], "currency")
    check.word(vocabulary, settings["debtor"], "debtor")
    check.known("headline_perimeter", [settings["headline_perimeter"]], settings["perimeters"], "perimeter")
    check.period(settings["headline_period"], "headline_period")
    for role in ROLES:
        named = roles.get(role, [])
        for name in [named] if isinstance(named, str) else named:
            check.word(vocabulary, name, role)
    for fund, beneficiary in settings.get("beneficiaries", {}).items():
        check.word(vocabulary, fund, fund)
        check.word(vocabulary, beneficiary, fund)
    for entry in settings.get("notes", []):
        check.known("severity", [entry.get("severity", "note")], SEVERITIES, "severity")
    for entry in settings["perimeters"].values():
        for key in ("netted_holder", "debtor"):
            if isinstance(entry, dict) and key in entry:
                check.word(vocabulary, entry[key], key)


def _check_steps(settings: Mapping[str, Any], check: _Check) -> None:
    for entry in settings.get("bridge", []):
        for term in entry.get("terms", []):
            match = _STEP.fullmatch(str(term))
            where = check.line_of(str(term))
            if not match:
                mend = "write fact:INDICATOR/PERIMETER, set:NAME or held:HOLDER/NAME"
                check.troubles.add("F306", where, f"term {term!r} cannot be read", "", mend)
            elif match[1] != "fact":
                name = match[2].rpartition("/")[2]
                if name not in settings["sets"]:
                    mend = mend_with(name, settings["sets"])
                    check.troubles.add("F306", where, f"no set {name!r} in [sets]", "", mend)


class _Check:
    """Collects what is wrong, with the line on which a key or text first stands."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.lines = path.read_text("utf-8").splitlines()
        self.troubles = Troubles()

    def line_of(self, text: str) -> str:
        """File and line of the first line that has the text."""
        lines = (number for number, line in enumerate(self.lines, start=1) if text in line)
        number = next(lines, None)
        return f"{self.name}:{number}" if number else self.name

    def lacking(self, key: str, what: str) -> None:
        self.troubles.add("C112", self.line_of(f"[{key}]"), f"{what} is missing", "it is needed", "add it")

    def fields(self, entry: Any, keys: Mapping[str, type], place: str) -> bool:
        """Whether a table has all keys, each of its kind."""
        before = len(self.troubles.items)
        for key, kind in keys.items():
            value = entry.get(key) if isinstance(entry, dict) else None
            items = value if isinstance(value, list) else [value]
            filled = isinstance(value, kind) and bool(value) and all(isinstance(item, str) for item in items)
            if not filled:
                where = self.line_of(place) if place else self.name
                what = f"{place} {key}".strip()
                self.troubles.add(
                    "C112",
                    where,
                    f"{what} is missing",
                    "",
                    "give " + ("a text" if kind is str else "a list of texts"),
                )
        return len(self.troubles.items) == before

    def known(self, key: str, names: Iterable[str], known: Iterable[str], kind: str) -> None:
        listed = list(known)
        for name in names:
            if name not in listed:
                where = self.line_of(f'"{name}"')
                self.troubles.add("C112", where, f"{key}: no {kind} {name!r}", "", mend_with(name, listed))

    def word(self, vocabulary: str, name: str, key: str) -> None:
        try:
            word(vocabulary, name, self.line_of(f'"{name}"'))
        except InputError as error:
            self.troubles.items.extend(error.troubles)

    def period(self, text: str, key: str) -> None:
        try:
            parse_period(text, self.line_of(f"{key} ="))
        except InputError as error:
            self.troubles.items.extend(error.troubles)
