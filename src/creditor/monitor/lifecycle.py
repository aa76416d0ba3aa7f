"""Owns the life of an alert as data: states, steps between them, what each step needs, measures."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Trouble, Troubles
from creditor.terms import library
from creditor.terms.suggest import mend_with

FOLDER = library.ROOT / "monitor"
NEEDS = ("recipients", "agreement", "denial", "determination", "measure", "reason", "outcome")


@dataclass(frozen=True, slots=True)
class State:
    """One state: its name, heading, meaning, and the article it follows (empty where none)."""

    name: str
    title: str
    sentence: str
    article: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What can be done about an alert.

    Parameters
    ----------
    name, title, article : str
    packs : tuple of str
        Kinds of alerts it fits.
    offices : tuple of str
        Who alone may do it; empty for anybody.
    after : str
        Role that must have passed the alert to that office before; empty for none.
    """

    name: str
    title: str
    article: str
    packs: tuple[str, ...]
    offices: tuple[str, ...] = ()
    after: str = ""


@dataclass(frozen=True)
class Lifecycle:
    """The states and the steps between them.

    Parameters
    ----------
    first : str
        State of a new alert.
    states : mapping of str to State
    steps : mapping of (from, to) to tuple of str
        What the step needs, of `NEEDS`.
    measures : mapping of str to Measure

    Examples
    --------
    >>> read_lifecycle().after("disseminated")
    ('verified', 'refuted')
    """

    first: str
    states: Mapping[str, State]
    steps: Mapping[tuple[str, str], tuple[str, ...]]
    measures: Mapping[str, Measure]

    def after(self, state: str) -> tuple[str, ...]:
        """States that may follow."""
        return tuple(to for start, to in self.steps if start == state)

    def needs(self, start: str, to: str, where: str) -> tuple[str, ...]:
        """What a step needs.

        Raises
        ------
        InputError
            M909 for a state that does not exist, M902 for a step that is not allowed, with the legal ones.
        """
        if to not in self.states:
            mend = mend_with(to, self.states)
            raise InputError(Trouble("M909", where, f"no state {to!r}", "", mend))
        if (start, to) not in self.steps:
            following = self.after(start)
            legal = " or ".join(following) if following else "none: it is closed"
            what = f"from {start} to {to} is no step"
            raise InputError(Trouble("M902", where, what, "states follow one another", f"legal: {legal}"))
        return self.steps[start, to]


@functools.cache
def read_lifecycle(path: Path = FOLDER / "lifecycle.toml") -> Lifecycle:
    """Read a life cycle and check that every state can be reached and left, but for the last.

    Raises
    ------
    InputError
        M909 for each state, step or need that is not known.

    Examples
    --------
    >>> len(read_lifecycle().states)
    10
    """
    data, troubles = library.read_toml(path), Troubles()
    states = {row["name"]: State(**row) for row in data["state"]}
    steps: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in data["step"]:
        place = library.place_of(path, f'from = "{row["from"]}"', f'to = "{row["to"]}"')
        for name in (row["from"], row["to"]):
            if name not in states:
                troubles.add("M909", place, f"no state {name!r}", "", mend_with(name, states))
        for need in row["needs"]:
            if need not in NEEDS:
                troubles.add("M909", place, f"no need {need!r}", "", mend_with(need, NEEDS))
        steps[row["from"], row["to"]] = tuple(row["needs"])
    if data["first"] not in states:
        troubles.add("M909", path.name, f"no state {data['first']!r}", "first is a state", "")
    troubles.raise_if_any()
    reached = {data["first"], *(to for _, to in steps)}
    for name in states:
        if name not in reached:
            troubles.add("M909", path.name, f"no step leads to {name}", "", "add a step")
    troubles.raise_if_any()
    measures = {row["name"]: _measure(row) for row in data["measure"]}
    return Lifecycle(str(data["first"]), states, steps, measures)


def _measure(row: Mapping[str, Any]) -> Measure:
    lists = {key: tuple(row.get(key, ())) for key in ("packs", "offices")}
    return Measure(row["name"], row["title"], row["article"], **lists, after=row.get("after", ""))
