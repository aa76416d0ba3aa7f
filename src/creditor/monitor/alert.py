"""Owns the alert: what its events add up to, and the replay of a log, which checks every step again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from creditor.monitor.clue import Clue
from creditor.monitor.event import Event, damaged
from creditor.monitor.lifecycle import Lifecycle, read_lifecycle
from creditor.monitor.offices import KEEPER, read_offices
from creditor.monitor.verification import Observation, Validation, cross_validate

TEXTS = ("determination", "measure", "outcome", "reason")


@dataclass(frozen=True)
class Alert:
    """An alert as its events say.

    Parameters
    ----------
    number : str
        ``A-1`` and on, in the order of entry.
    clue : Clue
    state : str
    group : str
        With whom it is shared.
    observations : tuple of Observation
        The first is the clue's own.
    received : mapping of office to state
        What each office that received it was told last.
    follows : str
        An earlier, closed alert about the same thing; empty for none.
    told : mapping
        Determination, measure, outcome, and reason of the last step that had one.
    unconfirmed : str
        Result of cross-validation where it was verified or refuted without agreement; empty otherwise.
    events : tuple of Event
    """

    number: str
    clue: Clue
    state: str
    group: str
    observations: tuple[Observation, ...]
    received: Mapping[str, str]
    follows: str
    told: Mapping[str, str]
    unconfirmed: str
    events: tuple[Event, ...]

    @property
    def time(self) -> str:
        """Time of the last event."""
        return self.events[-1].time

    @property
    def validation(self) -> Validation:
        """What independent sources say together."""
        return cross_validate(self.observations)

    def entered(self, *states: str) -> str:
        """Time at which it first came into one of the states; empty where it has not."""
        if self.events[0].content["state"] in states:
            return self.events[0].time
        times = [e.time for e in self.events if e.kind == "advanced" and e.content["to"] in states]
        return times[0] if times else ""

    def readable_by(self, office: str) -> bool:
        """Whether an office may read it: the keeper, who entered it, the group, and who received it."""
        offices = read_offices()
        if office in (KEEPER, self.events[0].office) or office in self.received:
            return True
        return offices.within(office, self.group, self.clue.province)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        told = {
            "alert": self.number,
            "state": self.state,
            "clue": self.clue.as_dict(),
            "group": self.group,
            "follows": self.follows or None,
            "validation": self.validation.as_dict(),
            "unconfirmed": self.unconfirmed or None,
            "observations": [observation.as_dict() for observation in self.observations],
            "received": dict(self.received),
            **{name: self.told.get(name) for name in TEXTS},
        }
        return {name: value for name, value in told.items() if value is not None}


def replay(events: Iterable[Event], where: str = "log") -> dict[str, Alert]:
    """All alerts as the events of a log say, every step checked again.

    Parameters
    ----------
    events : iterable of Event
        In the order of the log; those of one alert are enough for that alert.
    where : str
        The store, for the error.

    Returns
    -------
    dict of number to Alert
        In the order of entry.

    Raises
    ------
    MissingError
        M905 where an event could not have been written.

    Examples
    --------
    >>> replay([])
    {}
    """
    alerts: dict[str, Alert] = {}
    life = read_lifecycle()
    for event in events:
        try:
            alerts[event.alert] = _after(alerts.get(event.alert), event, life)
        except (KeyError, TypeError, ValueError) as error:
            what = (
                f"event {event.sequence} ({event.alert}, {event.kind}) could not have been written: {error}"
            )
            raise damaged(where, what) from None
    return alerts


def _after(alert: Alert | None, event: Event, life: Lifecycle) -> Alert:
    """The alert after one more event."""
    told = event.content
    if alert is None:
        if event.kind != "added" or told["state"] != life.first:
            raise ValueError("its alert was never added")
        clue = Clue(**told["clue"])
        first = replace(clue.observation, time=event.time)
        state, group, follows = told["state"], told["group"], told.get("follows", "")
        return Alert(event.alert, clue, state, group, (first,), {}, follows, {}, "", (event,))
    if event.time < alert.time:
        raise ValueError("it lies before the event it follows")
    grown = replace(alert, events=(*alert.events, event))
    if event.kind == "observed":
        seen = Observation(**told["observation"], time=event.time)
        return replace(grown, observations=(*alert.observations, seen))
    if event.kind == "shared":
        return replace(grown, received={**alert.received, **dict.fromkeys(told["to"], alert.state)})
    if event.kind != "advanced":
        raise ValueError("there is no such kind")
    return _advanced(grown, told, life)


def _advanced(alert: Alert, told: Mapping[str, Any], life: Lifecycle) -> Alert:
    needs = life.steps[told["from"], told["to"]]
    if told["from"] != alert.state:
        raise ValueError(f"the alert was {alert.state}")
    if list(told["told"]) != sorted(alert.received):
        raise ValueError("not all who received it were told")
    for need in set(needs) & {*TEXTS, "recipients"}:
        if not told[need]:
            raise ValueError(f"{need} is missing")
    received = dict.fromkeys([*alert.received, *told.get("recipients", ())], told["to"])
    texts = {name: told[name] for name in TEXTS if name in told}
    unconfirmed = told.get("unconfirmed", alert.unconfirmed)
    texts = {**alert.told, **texts}
    return replace(alert, state=told["to"], received=received, told=texts, unconfirmed=unconfirmed)
