"""Owns the clue: a Finding that is handed to the store, with what it is about and who says it."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from creditor.errors import Troubles
from creditor.monitor.event import written
from creditor.monitor.fields import plain, read_fields, refuse_forms, refuse_names
from creditor.monitor.offices import read_offices
from creditor.monitor.routing import object_named
from creditor.monitor.verification import Observation
from creditor.terms.finding import SEVERITIES, Finding
from creditor.terms.provenance import GRADES
from creditor.terms.suggest import mend_with

PACKS = ("notice", "debt")
NEEDED = ("pack", "subject", "subject_kind", "object", "sentence", "source")
NUMBERS = ("value", "threshold")
SIDES = ("above", "below")
FIGURES = ("pack", "indicator", "subject", "period", "value", "unit", "source", "vintage")


@dataclass(frozen=True, slots=True)
class Clue:
    """What somebody or something says, as it is stored.

    Parameters
    ----------
    pack : str
        ``notice`` or ``debt``.
    subject, subject_kind : str
        What it is about and what kind of thing that is, never a natural person.
    object : str
        What the rules of routing go by: virtual_currency, rwa, mining, public_debt and so on.
    sentence, severity, place, evidence, mend, code : str
        The Finding.
    source, origin : str
        Who says it, and whose own observation it is.
    channel, province, group, provision : str
        How it was observed, where, with whom it is shared, which article it may touch.
    indicator, period, unit, vintage, grade, side : str
        Of a number: what it measures, when, in what, published when, how sure, and on which side of the
        threshold it is a clue.
    value, threshold : float or None
    """

    pack: str
    subject: str
    subject_kind: str
    object: str
    sentence: str
    source: str
    origin: str = ""
    severity: str = "warning"
    place: str = ""
    evidence: str = ""
    mend: str = ""
    code: str = ""
    channel: str = "online"
    province: str = ""
    group: str = ""
    provision: str = ""
    indicator: str = ""
    period: str = ""
    unit: str = ""
    vintage: str = ""
    grade: str = ""
    side: str = ""
    value: float | None = None
    threshold: float | None = None

    @property
    def finding(self) -> Finding:
        """The Finding that was handed over."""
        return Finding(
            self.severity, self.place or self.subject, self.sentence, self.evidence, self.mend, self.code
        )

    @property
    def key(self) -> str:
        """What a later finding about the same thing has in common with it; empty where it is no indicator."""
        return "|".join((self.pack, self.indicator, self.subject, self.period)) if self.indicator else ""

    @property
    def fingerprint(self) -> str:
        """Digest by which the same finding is known again: of an indicator its figures, else all it says."""
        told = self.as_dict()
        if self.indicator:
            told = {name: told.get(name) for name in FIGURES}
        told.pop("group", None)
        return hashlib.sha256(written(told).encode()).hexdigest()

    @property
    def observation(self) -> Observation:
        """What the first source says."""
        return Observation(self.source, self.origin, self.channel, "yes", self.value)

    def finds(self, value: float) -> str:
        """Whether another value of the indicator says the same: ``yes`` beyond the threshold, else ``no``."""
        if self.threshold is None:
            return "yes" if value == self.value else "no"
        beyond = value < self.threshold if self.side == "below" else value > self.threshold
        return "yes" if beyond else "no"

    def as_dict(self) -> dict[str, Any]:
        """The fields that are there, for JSON."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in told.items() if value not in ("", None)}


NAMES = tuple(field.name for field in fields(Clue))


def make_clue(told: Mapping[str, Any], where: str, troubles: Troubles) -> Clue | None:
    """Check the fields of a clue.

    Parameters
    ----------
    told : mapping
        Fields of `Clue` by name; empty ones count as absent.
    where : str
        Place of the clue, for messages.
    troubles : Troubles
        Receives M908 for what would identify a person, M909 for every other fault.

    Returns
    -------
    Clue or None
        None where there is any fault.

    Examples
    --------
    >>> found = Troubles()
    >>> clue = make_clue({"pack": "notice", "subject": "coin.example", "subject_kind": "website",
    ...     "object": "virtual currency", "sentence": "Offers coins.", "source": "a bank"}, "clue", found)
    >>> clue.object, clue.origin
    ('virtual_currency', 'a bank')
    """
    before = len(troubles.items)
    given = {name: value for name, value in told.items() if value not in ("", None)}
    refuse_names(given, where, troubles)
    refuse_forms(given, where, troubles)
    refused = {plain(name) for name in read_fields()["refused"]}
    for name in given:
        if name not in NAMES and plain(name) not in refused:
            troubles.add("M909", where, f"no field {name!r}", "", mend_with(name, NAMES))
    for name in NEEDED:
        if name not in given:
            troubles.add("M909", where, f"{name} is missing", "a clue needs it", f"give {name}")
    given = {name: value for name, value in given.items() if _fits(name, value, where, troubles)}
    for name, chosen in (("subject_kind", "subjects"), ("channel", "channels")):
        if name in given:
            given[name] = _choice(given, name, read_fields()[chosen], where, troubles)
    for name, known in (("pack", PACKS), ("severity", SEVERITIES), ("grade", GRADES), ("side", SIDES)):
        if name in given and given[name] not in known:
            troubles.add("M909", where, f"no {name} {given[name]!r}", "", mend_with(given[name], known))
    _names(given, where, troubles)
    if len(troubles.items) > before:
        return None
    return Clue(**{"origin": given["source"], **given})


def _fits(name: str, value: object, where: str, troubles: Troubles) -> bool:
    """Whether a field is one of a clue and its value a number or text, as it should be."""
    before = len(troubles.items)
    if name in NUMBERS:
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not number:
            troubles.add("M909", where, f"{name} {value!r} is no number", "", "write digits with a point")
    elif name in NAMES and not isinstance(value, str):
        troubles.add("M909", where, f"{name} {value!r} is no text", "", "put it in quotation marks")
    return name in NAMES and len(troubles.items) == before


def _choice(given: Mapping[str, Any], name: str, known: list[str], where: str, troubles: Troubles) -> str:
    """The listed spelling of a value."""
    by_plain = {plain(value): value for value in known}
    if plain(given[name]) in by_plain:
        return by_plain[plain(given[name])]
    if name == "subject_kind" and plain(given[name]) in map(plain, read_fields()["refused_subjects"]):
        what = f"subject_kind {given[name]!r} is a natural person and is not stored"
        troubles.add("M908", where, what, "", "use one of: " + ", ".join(known))
    else:
        troubles.add("M909", where, f"no {name} {given[name]!r}", "", mend_with(given[name], known))
    return str(given[name])


def _names(given: dict[str, Any], where: str, troubles: Troubles) -> None:
    """Object, province and group in their listed spelling."""
    offices = read_offices()
    for name, check in (("object", object_named), ("province", offices.province)):
        if name in given:
            try:
                given[name] = check(given[name], f"{where}, {name}")
            except Exception as error:
                troubles.items += getattr(error, "troubles", ())
    if "group" in given and given["group"] not in offices.groups:
        mend = mend_with(given["group"], offices.groups)
        troubles.add("M909", where, f"no group {given['group']!r}", "", mend)
