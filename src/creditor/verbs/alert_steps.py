"""Owns the verbs that write to the log of alerts: add, advance, verify and share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Trouble, Troubles
from creditor.monitor.alert import Alert
from creditor.monitor.clue import Clue, make_clue
from creditor.monitor.event import Draft
from creditor.monitor.fields import plain, read_fields, refuse_forms
from creditor.monitor.lifecycle import read_lifecycle
from creditor.monitor.log import Log, View
from creditor.monitor.offices import read_offices
from creditor.monitor.steps import adding, advancing, observing, sharing
from creditor.monitor.store import WAIT, opened
from creditor.monitor.verification import Observation
from creditor.terms.answer import Answer
from creditor.terms.suggest import mend_with
from creditor.verbs.alert_files import clues_in
from creditor.verbs.alert_words import alerts_grid, asker, moment, one, record, said_of, state_title
from creditor.verbs.alerts import knowledge, told_of
from creditor.verbs.words import counted


def alerts_add(
    file: str | Path = "", *, by: str = "", at: str = "", store: str = "", wait: float = WAIT, **fields: Any
) -> Answer:
    """Enter clues: one from fields, or all of a file; all of them or none.

    Parameters
    ----------
    file : path, optional
        TOML with a ``[[clue]]`` each, CSV with a row each, or JSON that another command wrote with findings
        or clues; a field that it leaves out is taken from `fields`.
    by : str
        The office that enters; the keeper by default.
    at : str
        When it happened; by default now.
    store, wait
        As in `alerts_list`.
    **fields : str or float
        pack, subject, subject_kind, object, sentence, source; and origin, channel, province, provision,
        severity, evidence, group, indicator, period, value, unit, threshold, side, vintage, grade.

    Returns
    -------
    Answer
        Payload: added, present (numbers of alerts that have the same finding already), alerts.

    Raises
    ------
    InputError
        M908 for what would identify a natural person, M909 for other faults, all at once; M907, M910, C.
    MissingError
        M904, M905, M906.

    Examples
    --------
    >>> import tempfile
    >>> store = tempfile.mkdtemp() + "/alerts.sqlite"
    >>> told = {"pack": "notice", "subject": "coin.example", "subject_kind": "website", "object": "rwa",
    ...     "sentence": "Sells tokens on rents.", "source": "a bank", "province": "Guangdong"}
    >>> alerts_add(store=store, at="2026-03-01", **told).payload["added"]
    ['A-1']
    >>> alerts_add(store=store, at="2026-03-02", **told).payload["present"]
    ['A-1']
    """
    office, time = asker(by), moment(at)
    given = {name: value for name, value in fields.items() if value not in ("", None)}
    troubles = Troubles()
    rows = clues_in(Path(file), given) if file else [("clue", given)]
    clues = [clue for where, told in rows if (clue := make_clue(told, where, troubles)) is not None]
    troubles.raise_if_any()
    drafts = [adding(clue, office, time) for clue in clues]  # refused before the store is touched
    del drafts
    with opened(store, write=True, wait=wait) as log:
        assert log is not None
        added, present, _ = enter(log, clues, office, time)
        alerts = [one(log, number, office) for number in dict.fromkeys((*added, *present))]
    return _entered(alerts, added, present)


def enter(log: Log, clues: Sequence[Clue], office: str, time: str) -> tuple[list[str], list[str], list[str]]:
    """Append clues that the log does not have; a newer figure of an open alert is an observation of it.

    Returns
    -------
    added, present, revised : list of str
        Numbers of alerts.

    Examples
    --------
    >>> enter.__name__
    'enter'
    """
    present: list[str] = []
    seen: set[str] = set()

    def make(view: View) -> list[Draft]:
        drafts = []
        for clue in clues:
            found = view.with_fingerprint(clue.fingerprint)
            if found:
                present.append(found)
            if found or clue.fingerprint in seen:
                continue
            seen.add(clue.fingerprint)
            drafts.append(_draft(view, clue, office, time))
        return drafts

    events = log.append(make)
    added = [event.alert for event in events if event.kind == "added"]
    return added, present, [event.alert for event in events if event.kind == "observed"]


def _draft(view: View, clue: Clue, office: str, time: str) -> Draft:
    """A new alert; or, where an open one is about the same thing, an observation of it."""
    earlier = view.with_key(clue.key) if clue.key else ""
    if not earlier:
        return adding(clue, office, time)
    alert = view.alert(earlier)
    if not read_lifecycle().after(alert.state):
        return adding(clue, office, time, follows=earlier)
    note = f"revised figure, published {clue.vintage}" if clue.vintage else "revised figure"
    finds = alert.clue.finds(clue.value) if clue.value is not None else "yes"
    seen = Observation(clue.source, clue.origin, clue.channel, finds, clue.value, note=note)
    return observing(alert, seen, office, time, clue.fingerprint)


def alerts_advance(
    number: str,
    state: str,
    *,
    to: Sequence[str] = (),
    determination: str = "",
    measure: str = "",
    reason: str = "",
    outcome: str = "",
    by: str = "",
    at: str = "",
    store: str = "",
    wait: float = WAIT,
) -> Answer:
    """Take the next step in the life of an alert.

    Parameters
    ----------
    number, state : str
        The alert, and the state that follows.
    to : sequence of str
        Offices that receive it when it is disseminated; by default those that lead.
    determination, measure, reason, outcome : str
        What the step needs: see docs/commands.md.
    by, at, store, wait
        As in `alerts_add`.

    Returns
    -------
    Answer
        As `alerts_show`.

    Raises
    ------
    InputError
        M901, M902 with the legal steps, M903 with what is lacking, M907, M908, M909, M910.

    Examples
    --------
    >>> alerts_advance.__name__
    'alerts_advance'
    """
    texts = {"determination": determination, "measure": measure, "reason": reason, "outcome": outcome}
    given: Mapping[str, Any] = {"recipients": list(to), **texts}
    alert = _write(
        number, by, at, store, wait, lambda found, office, time: advancing(found, state, office, time, given)
    )
    last = alert.events[-1].content
    reached = read_lifecycle().states[alert.state]
    story = f"{alert.number}: {reached.title}. "
    story += f"Outcome: {outcome}." if outcome else reached.sentence
    if last.get("recipients"):
        story += " Passed on to " + ", ".join(read_offices().title(name) for name in last["recipients"]) + "."
    if last["told"]:
        story += f" {counted(len(last['told']), 'office')} told so."
    return told_of(alert, story)


def alerts_share(
    number: str, to: Sequence[str], *, by: str = "", at: str = "", store: str = "", wait: float = WAIT
) -> Answer:
    """Pass an alert on to further offices of its sharing group, as what it is now.

    Parameters
    ----------
    number : str
    to : sequence of str
    by, at, store, wait
        As in `alerts_add`.

    Raises
    ------
    InputError
        M902 before it was disseminated, M907 for an office outside the group.

    Examples
    --------
    >>> alerts_share.__name__
    'alerts_share'
    """
    alert = _write(number, by, at, store, wait, lambda found, office, time: sharing(found, to, office, time))
    names = ", ".join(read_offices().title(name) for name in alert.events[-1].content["to"])
    return told_of(alert, f"{alert.number} was shared with {names}, as {state_title(alert.state).lower()}.")


def alerts_verify(
    number: str,
    source: str = "",
    *,
    origin: str = "",
    channel: str = "offline",
    finds: str = "",
    value: float | None = None,
    note: str = "",
    by: str = "",
    at: str = "",
    store: str = "",
    wait: float = WAIT,
) -> Answer:
    """Record what a source says of an alert, and say whether independent sources agree.

    Parameters
    ----------
    number : str
    source : str
        Who says it; empty to look only.
    origin : str
        Whose own observation it is; the source by default. One origin counts once.
    channel : str
        online, offline, funds or statistics.
    finds : str
        ``yes`` it is so, ``no`` it is not.
    value : float, optional
        A number; with the threshold of the alert it says yes or no.
    note : str
    by, at, store, wait
        As in `alerts_add`.

    Returns
    -------
    Answer
        As `alerts_show`; validation has result (single, agree, conflict) and each origin's last observation.

    Raises
    ------
    InputError
        M902 for a closed alert, M903 without what the source says, M908, M909.

    Examples
    --------
    >>> alerts_verify.__name__
    'alerts_verify'
    """
    if not source:
        if origin or finds or value is not None or note:
            raise InputError(Trouble("M903", "--source", "no source is named", "", "name who says it"))
        return knowledge(number, by=by, store=store, wait=wait)
    check = _observation(source, origin, channel, finds, value, note)

    def make(found: Alert, office: str, time: str) -> Draft:
        return observing(found, check(found.clue), office, time)

    alert = _write(number, by, at, store, wait, make)
    return told_of(alert, f"{alert.number}: {said_of(alert)}.")


def _observation(source: str, origin: str, channel: str, finds: str, value: float | None, note: str) -> Any:
    """What a source says, given the clue that it is about."""
    troubles = Troubles()
    channels = {plain(name): name for name in read_fields()["channels"]}
    if plain(channel) not in channels:
        mend = mend_with(channel, channels.values())
        troubles.add("M909", "--channel", f"no channel {channel!r}", "", mend)
    if finds not in ("", "yes", "no"):
        troubles.add("M909", "--finds", f"{finds!r}", "", "yes or no")
    if not finds and value is None:
        troubles.add("M903", "--finds", "it is not said what the source finds", "", "give --finds or --value")
    refuse_forms({"source": source, "origin": origin, "note": note}, "observation", troubles)
    troubles.raise_if_any()

    def of(clue: Clue) -> Observation:
        said = clue.finds(value) if value is not None else finds
        if finds and said != finds:
            what = f"{value:g} and finds {finds} contradict each other"
            why = f"the alert is about a value {clue.side} {clue.threshold}"
            raise InputError(Trouble("M909", "--finds", what, why, "leave --finds out"))
        return Observation(source, origin or source, channels[plain(channel)], said, value, note=note)

    return of


def _write(number: str, by: str, at: str, store: str, wait: float, make: Any) -> Alert:
    """Append one event to an alert that the office may read; the alert after it."""
    office, time = asker(by), moment(at)
    with opened(store, write=False, wait=wait) as log:
        if log is None:
            raise InputError(
                Trouble("M901", "ALERT", f"no alert {number!r}", "the store is empty", "creditor alerts add")
            )
        log.append(lambda view: [make(one(view, number, office), office, time)])
        return log.alert(number)


def _entered(alerts: list[Alert], added: list[str], present: list[str]) -> Answer:
    story = f"{counted(len(added), 'alert')} entered" + (
        f": {', '.join(added)}" if 0 < len(added) < 9 else ""
    )
    if present:
        story += f"; {counted(len(present), 'finding')} already there ({', '.join(dict.fromkeys(present))})"
    payload = {"added": added, "present": present, "alerts": [record(alert) for alert in alerts]}
    return Answer(f"{story}.", payload=payload, grids=(alerts_grid(alerts),) if alerts else ())
