"""Owns routing: which office leads on what, centrally and in a province; a pure function of rules."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Trouble
from creditor.monitor.fields import plain
from creditor.monitor.lifecycle import FOLDER
from creditor.monitor.offices import Offices, read_offices
from creditor.terms import library
from creditor.terms.suggest import mend_with

PARTS = ("lead", "responsible in the province", "lead in the province", "takes part in the province")


@dataclass(frozen=True, slots=True)
class Duty:
    """One office and its part.

    Parameters
    ----------
    office, title : str
    part : str
        One of `PARTS`.
    article : str
        The provision it rests on; empty outside the notice.
    sentence : str
        Why.
    """

    office: str
    title: str
    part: str
    article: str
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        """The fields that are there, for JSON."""
        names = ("office", "title", "part", "article", "sentence")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


@dataclass(frozen=True, slots=True)
class Route:
    """Where an alert belongs.

    Parameters
    ----------
    object, province : str
    duties : tuple of Duty
        Leads first.
    group : str
        With whom it is shared.
    questions : tuple of str
        What the rules leave open.
    """

    object: str
    province: str
    duties: tuple[Duty, ...]
    group: str
    questions: tuple[str, ...]

    @property
    def recipients(self) -> tuple[str, ...]:
        """Offices to which it goes first: the leads, centrally and in the province."""
        found = [duty.office for duty in self.duties if duty.part != PARTS[3] and duty.part != PARTS[1]]
        return tuple(dict.fromkeys(found))

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        head = {"object": self.object, "province": self.province or None, "group": self.group}
        return {**head, "duties": [d.as_dict() for d in self.duties], "questions": list(self.questions)}


@functools.cache
def read_routing(path: Path = FOLDER / "routing.toml") -> dict[str, Any]:
    """The rules of routing.

    Raises
    ------
    InputError
        M909 for an office, group or object of a rule that is not there.

    Examples
    --------
    >>> read_routing()["rule"][0]["article"]
    'III(a)'
    """
    data = library.read_toml(path)
    offices = read_offices()
    for row in data["rule"]:
        place = library.place_of(path, f'name = "{row["name"]}"')
        for key, known in (("leads", offices.central), ("objects", data["objects"])):
            for name in row[key]:
                _known(name, known, key, place)
        _known(row["group"], offices.groups, "group", place)
    for row in data["local"]:
        for name in (row["responsible"], row["lead"], *row["participants"]):
            _known(name, offices.local, "local office", path.name)
    return data


def _known(name: str, known: Mapping[str, Any], kind: str, place: str) -> None:
    if name not in known:
        raise InputError(Trouble("M909", place, f"{kind}: no {name!r}", "", mend_with(name, known)))


def object_named(text: str, where: str = "--object") -> str:
    """The object that a word means; case, spaces, hyphens and underscores do not count.

    Raises
    ------
    InputError
        M909 with the nearest words.

    Examples
    --------
    >>> object_named("RWA ABS-like on domestic rights")
    'rwa'
    """
    words: dict[str, str] = {}
    for name, row in read_routing()["objects"].items():
        words |= {plain(word): name for word in (name, *row["words"])}
    if plain(text) not in words:
        known = [word for row in read_routing()["objects"].values() for word in row["words"]]
        raise InputError(Trouble("M909", where, f"no object {text!r}", "", mend_with(text, known)))
    return words[plain(text)]


def route(pack: str, kind: str, province: str = "") -> Route:
    """Say which offices an alert goes to.

    Parameters
    ----------
    pack : str
        ``notice`` or ``debt``.
    kind : str
        What it is about: a word of the vocabulary of objects.
    province : str
        Code, name or Chinese name; empty where it is not known or there is none.

    Returns
    -------
    Route
        The same for the same arguments: nothing else is read than the rules.

    Raises
    ------
    InputError
        M909 for an object or province that is not known, or an object that the pack does not have.

    Examples
    --------
    >>> found = route("notice", "rwa", "Guangdong")
    >>> [(duty.office, duty.article) for duty in found.duties][:2]
    [('csrc', 'III(b)'), ('provincial_government/CN-GD', 'IV(a)')]
    """
    offices, rules = read_offices(), read_routing()
    name = object_named(kind)
    place = offices.province(province, "--province")
    fitting = [row for row in rules["rule"] if name in row["objects"] and pack in row["packs"]]
    if not fitting:
        fit = sorted({thing for row in rules["rule"] if pack in row["packs"] for thing in row["objects"]})
        what = f"pack {pack} has no rule for {name}"
        raise InputError(Trouble("M909", "--object", what, "", mend_with(kind, fit)))
    duties = [
        Duty(lead, offices.title(lead), PARTS[0], row["article"], row["sentence"])
        for row in fitting
        for lead in row["leads"]
    ]
    questions = [rules["objects"][name]["question"]] if rules["objects"][name].get("question") else []
    local = next((row for row in rules["local"] if name in row["objects"]), None)
    if local and place:
        duties += _local(local, place, offices)
    elif local:
        questions.append("The province is not stated: no lead in a province is named.")
    return Route(name, place, tuple(duties), fitting[0]["group"], tuple(questions))


def _local(row: Mapping[str, Any], place: str, offices: Offices) -> list[Duty]:
    where = offices.provinces[place][0]
    told = [
        (
            row["responsible"],
            PARTS[1],
            row["responsible_article"],
            f"Its government answers for {where} as a whole.",
        ),
        (row["lead"], PARTS[2], row["lead_article"], f"It leads in {where}."),
    ]
    told += [(name, PARTS[3], row["lead_article"], "") for name in row["participants"]]
    return [
        Duty(f"{name}/{place}", offices.title(f"{name}/{place}"), part, article, sentence)
        for name, part, article, sentence in told
    ]
