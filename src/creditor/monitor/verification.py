"""Owns cross-validation: what independent sources say of one clue, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

RESULTS = ("single", "agree", "conflict")


@dataclass(frozen=True, slots=True)
class Observation:
    """What one source says of a clue.

    Parameters
    ----------
    source : str
        Who says it.
    origin : str
        Whose own observation it is; a source that repeats another has the origin of that other.
    channel : str
        How it was observed: online, offline, funds, statistics.
    finds : str
        ``yes`` it is so, ``no`` it is not.
    value : float or None
        The number, where it is one.
    time : str
        When it was recorded.
    note : str

    Examples
    --------
    >>> Observation("a newspaper", "the ministry", "offline", "yes").origin
    'the ministry'
    """

    source: str
    origin: str
    channel: str
    finds: str
    value: float | None = None
    time: str = ""
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The fields that are there, for JSON."""
        names = ("source", "origin", "channel", "finds", "value", "time", "note")
        return {name: getattr(self, name) for name in names if getattr(self, name) not in ("", None)}


@dataclass(frozen=True, slots=True)
class Validation:
    """What independent sources say together.

    Parameters
    ----------
    result : str
        ``single`` where all observations have one origin, ``agree`` where origins say the same, ``conflict``.
    finds : str
        ``yes`` or ``no`` where they agree or there is one; empty in a conflict.
    by_origin : mapping of origin to Observation
        The last observation of each; none of them is called the best.
    spread : float or None
        Largest less smallest value, where two origins have one.
    """

    result: str
    finds: str
    by_origin: Mapping[str, Observation]
    spread: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        origins = [observation.as_dict() for observation in self.by_origin.values()]
        told = {"result": self.result, "finds": self.finds or None, "spread": self.spread}
        return {**told, "origins": len(self.by_origin), "by_origin": origins}


def cross_validate(observations: Iterable[Observation]) -> Validation:
    """Compare what independent sources say.

    Two observations are independent where their origins differ, whatever the sources are called: ten papers
    that print one agency's report count once. Of one origin the last counts: it may revise its own.

    Parameters
    ----------
    observations : iterable of Observation
        At least one, in the order in which they were recorded.

    Returns
    -------
    Validation

    Examples
    --------
    >>> first = Observation("a paper", "the police", "offline", "yes")
    >>> cross_validate([first, Observation("another paper", "The Police", "offline", "yes")]).result
    'single'
    >>> cross_validate([first, Observation("a bank", "a bank", "funds", "yes")]).result
    'agree'
    >>> cross_validate([first, Observation("a bank", "a bank", "funds", "no")]).result
    'conflict'
    """
    latest: dict[str, Observation] = {}
    for observation in observations:
        latest[" ".join(observation.origin.split()).casefold()] = observation
    by_origin = {observation.origin: observation for observation in latest.values()}
    said = {observation.finds for observation in latest.values()}
    values = [o.value for o in latest.values() if o.value is not None]
    spread = max(values) - min(values) if len(values) > 1 else None
    if len(said) > 1:
        return Validation("conflict", "", by_origin, spread)
    result = "single" if len(latest) == 1 else "agree"
    return Validation(result, said.pop(), by_origin, spread)
