"""Owns the verbs that look at alerts: list, show, route, metrics and export."""

from __future__ import annotations

from collections import Counter
from typing import Any

from creditor.errors import InputError, Trouble
from creditor.monitor.alert import Alert
from creditor.monitor.clue import PACKS
from creditor.monitor.lifecycle import read_lifecycle
from creditor.monitor.metrics import times_taken
from creditor.monitor.offices import KEEPER, read_offices
from creditor.monitor.routing import Route, route
from creditor.monitor.store import WAIT, opened
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.suggest import mend_with
from creditor.verbs.alert_sheets import (
    clue_grid,
    duties_grid,
    events_grid,
    history_grid,
    received_grid,
    sources_grid,
    span_row,
    table_grid,
)
from creditor.verbs.alert_words import (
    alerts_grid,
    asker,
    one,
    readable,
    record,
    said_of,
    state_title,
)
from creditor.verbs.words import counted

NO_DEADLINE = (
    "The notice asks for promptness and prints no number of days; nothing is compared with a deadline."
)
UNVERIFIED = ("clue", "triage", "disseminated")


def alerts_list(
    *,
    pack: str = "",
    state: str = "",
    subject: str = "",
    province: str = "",
    by: str = "",
    store: str = "",
    wait: float = WAIT,
) -> Answer:
    """List the alerts that an office may read.

    Parameters
    ----------
    pack, state, subject, province : str
        Which ones; empty for all.
    by : str
        The office that asks; the keeper by default.
    store : str
        Path of the store or address of a database.
    wait : float
        Seconds to wait for a writer.

    Returns
    -------
    Answer
        Payload: by, n, states (count by state), alerts.

    Raises
    ------
    InputError
        M909 for a pack, state, province or office that is not known.
    MissingError
        M904, M905, M906.

    Examples
    --------
    >>> import tempfile
    >>> store = tempfile.mkdtemp() + "/alerts.sqlite"
    >>> from creditor.verbs.alert_steps import alerts_add
    >>> _ = alerts_add(pack="notice", subject="coin.example", subject_kind="website", object="rwa",
    ...     sentence="Sells tokens on rents.", source="a bank", store=store)
    >>> alerts_list(store=store).story
    '1 alert: 1 clue.'
    """
    office = asker(by)
    _known(pack, PACKS, "pack")
    _known(state, read_lifecycle().states, "state")
    place = read_offices().province(province, "--province")
    with opened(store, wait=wait) as log:
        every = readable(log, office)
    alerts = [alert for alert in every if _is(alert, pack, state, subject, place)]
    counts = Counter(alert.state for alert in alerts)
    states = {name: counts[name] for name in read_lifecycle().states if counts[name]}
    story = _count(len(alerts), states)
    if len(alerts) < len(every):
        story = story[:-1] + f" (of {len(every)} that {read_offices().title(office)} may read)."
    payload = {"by": office, "n": len(alerts), "states": states, "alerts": [record(a) for a in alerts]}
    grids = (alerts_grid(alerts),) if alerts else ()
    return Answer(story, payload=payload, grids=grids, title="Alerts")


def _count(number: int, states: dict[str, int]) -> str:
    words = ", ".join(f"{count} {state_title(name).lower()}" for name, count in states.items())
    return f"{counted(number, 'alert')}: {words}." if number else "No alert."


def _is(alert: Alert, pack: str, state: str, subject: str, place: str) -> bool:
    about = (alert.clue.pack, alert.state, alert.clue.subject.casefold(), alert.clue.province)
    asked = (pack, state, subject.casefold(), place)
    return all(want in ("", has) for want, has in zip(asked, about, strict=True))


def alerts_show(number: str, *, by: str = "", store: str = "", wait: float = WAIT) -> Answer:
    """Show one alert: what it says, what sources say of it, who received it, what happened, what may follow.

    Parameters
    ----------
    number : str
        Such as ``A-1``.
    by, store, wait
        As in `alerts_list`.

    Returns
    -------
    Answer
        Payload: alert, state, clue, validation, observations, received, route, next (states, needs), events.

    Raises
    ------
    InputError
        M901 for a number that is not there, or not for this office.

    Examples
    --------
    >>> alerts_show.__name__
    'alerts_show'
    """
    alert = _found(number, by, store, wait)
    return told_of(alert, _story(alert))


def knowledge(number: str, *, by: str = "", store: str = "", wait: float = WAIT) -> Answer:
    """Show one alert with what independent sources say of it as the story.

    Examples
    --------
    >>> knowledge.__name__
    'knowledge'
    """
    alert = _found(number, by, store, wait)
    return told_of(alert, f"{alert.number}: {said_of(alert)}.")


def _found(number: str, by: str, store: str, wait: float) -> Alert:
    office = asker(by)
    with opened(store, wait=wait) as log:
        if log is None:
            what, mend = f"no alert {number!r}", "creditor alerts add"
            raise InputError(Trouble("M901", "ALERT", what, "the store is empty", mend))
        return one(log, number, office)


def told_of(alert: Alert, story: str) -> Answer:
    """The whole of an alert as an answer.

    Examples
    --------
    >>> told_of.__name__
    'told_of'
    """
    life = read_lifecycle()
    where = route(alert.clue.pack, alert.clue.object, alert.clue.province)
    after = [{"state": to, "needs": list(life.steps[alert.state, to])} for to in life.after(alert.state)]
    payload = {
        **alert.as_dict(),
        "route": where.as_dict(),
        "next": after,
        "events": [event.as_dict() for event in alert.events],
    }
    grids = [
        clue_grid(alert),
        sources_grid(alert),
        *([received_grid(alert)] if alert.received else []),
        history_grid(alert),
    ]
    return Answer(
        story,
        payload=payload,
        grids=tuple(grids),
        findings=tuple(_findings(alert)),
        title=f"Alert {alert.number}",
    )


def alerts_route(
    number: str = "",
    *,
    object: str = "",
    province: str = "",
    pack: str = "notice",
    by: str = "",
    store: str = "",
    wait: float = WAIT,
) -> Answer:
    """Say which offices an alert, or a kind of object in a province, belongs to, and the article it rests on.

    Parameters
    ----------
    number : str
        An alert; empty to ask for `object` and `province` without any store.
    object : str
        A word of the vocabulary of objects.
    province : str
        Code, name or Chinese name.
    pack : str
        ``notice`` or ``debt``.
    by, store, wait
        As in `alerts_list`.

    Returns
    -------
    Answer
        Payload: object, province, group, duties (office, title, part, article), questions.

    Raises
    ------
    InputError
        M901, M909.

    Examples
    --------
    >>> alerts_route(object="mining", province="Sichuan").payload["duties"][0]["article"]
    'IX(a)'
    """
    if number:
        if object or province:
            what = "an alert and an object or province exclude each other"
            raise InputError(Trouble("U503", "ALERT", what, "the alert says both", "leave one out"))
        shown = alerts_show(number, by=by, store=store, wait=wait).payload["clue"]
        pack, object, province = shown["pack"], shown["object"], shown.get("province", "")
    if not object:
        what, mend = "neither an alert nor an object is named", "name an alert, or give --object"
        raise InputError(Trouble("U503", "--object", what, "", mend))
    _known(pack, PACKS, "pack")
    found = route(pack, object, province)
    return Answer(_way(found), payload=found.as_dict(), grids=(duties_grid(found),), findings=_open(found))


def alerts_metrics(*, pack: str = "", by: str = "", store: str = "", wait: float = WAIT) -> Answer:
    """Say how long alerts took to be disseminated, verified, answered and closed.

    Parameters
    ----------
    pack : str
        ``notice`` or ``debt``; empty for both.
    by, store, wait
        As in `alerts_list`.

    Returns
    -------
    Answer
        Payload: n, spans (span, title, n, median_days, least_days, most_days, waiting). Without an alert that
        has ended a stretch there is no number.

    Examples
    --------
    >>> alerts_metrics.__name__
    'alerts_metrics'
    """
    office = asker(by)
    _known(pack, PACKS, "pack")
    with opened(store, wait=wait) as log:
        alerts = [alert for alert in readable(log, office) if pack in ("", alert.clue.pack)]
    taken = times_taken(alerts)
    rows = tuple(span_row(one) for one in taken)
    columns = ("stretch", "alerts", "median, days", "shortest", "longest", "waiting")
    grid = Grid("metrics", "Times", columns, rows, NO_DEADLINE)
    done = [f"{one.span.name} {row[2]} days" for one, row in zip(taken, rows, strict=True) if one.days]
    story = f"{counted(len(alerts), 'alert')}; " + (
        "median time to " + ", to ".join(done) if done else "none ended a stretch"
    )
    payload = {"n": len(alerts), "spans": [one.as_dict() for one in taken]}
    return Answer(story + ".", payload=payload, grids=(grid,), title="Times of alerts")


def alerts_export(
    number: str = "", *, events: bool = False, by: str = "", store: str = "", wait: float = WAIT
) -> Answer:
    """Write alerts out: all that an office may read, or one, with their whole log.

    Parameters
    ----------
    number : str
        One alert; empty for all.
    events : bool
        Whether the table (and CSV) has one row for each event and not one for each alert.
    by, store, wait
        As in `alerts_list`.

    Returns
    -------
    Answer
        Payload: schema, by, alerts (as in `alerts_show`), events (in the order of the log). The keeper's
        export of all has the whole log, so that its seals can be checked elsewhere.

    Examples
    --------
    >>> alerts_export.__name__
    'alerts_export'
    """
    office = asker(by)
    with opened(store, wait=wait) as log:
        asked = [one(log, number, office)] if log and number else None
        alerts = readable(log, office) if asked is None else asked
    entries = sorted((event for alert in alerts for event in alert.events), key=lambda e: e.sequence)
    payload = {
        "schema": 1,
        "by": office,
        "alerts": [alert.as_dict() for alert in alerts],
        "events": [event.as_dict() for event in entries],
    }
    whole = " (the whole log)" if office == KEEPER and not number else ""
    story = f"{counted(len(alerts), 'alert')}, {counted(len(entries), 'event')}{whole}."
    grid = events_grid(entries) if events else table_grid(alerts)
    return Answer(story, payload=payload, grids=(grid,), title="Export of alerts")


def _known(text: str, names: Any, kind: str) -> None:
    if text and text not in names:
        what = f"no {kind} {text!r}"
        raise InputError(Trouble("M909", f"--{kind}", what, "", mend_with(text, names)))


def _story(alert: Alert) -> str:
    life = read_lifecycle()
    state = life.states[alert.state]
    story = f"{alert.number}, {alert.clue.subject}: {alert.clue.sentence} {state.title}: {state.sentence}"
    story += f" {said_of(alert)[0].upper()}{said_of(alert)[1:]}."
    if alert.told.get("outcome"):
        return story + f" Outcome: {alert.told['outcome']}"
    legal = " or ".join(life.after(alert.state))
    return story + (f" Next: {legal}." if legal else "")


def _findings(alert: Alert) -> list[Finding]:
    found = []
    if alert.state in UNVERIFIED:
        sentence = "It is not verified: whoever reads it reads a clue."
        found.append(Finding("warning", alert.number, sentence))
    if alert.unconfirmed:
        reason = alert.told.get("reason", "")
        step = "refuted" if any(e.content.get("to") == "refuted" for e in alert.events) else "verified"
        sentence = f"It was {step} without agreement of independent sources ({alert.unconfirmed})."
        found.append(Finding("warning", alert.number, sentence, reason))
    if alert.follows:
        found.append(Finding("note", alert.number, f"It follows {alert.follows}, which is closed."))
    return found


def _way(found: Route) -> str:
    leads = [duty for duty in found.duties if duty.part == "lead"]
    words = " and ".join(f"{duty.title}{f' ({duty.article})' if duty.article else ''}" for duty in leads)
    story = f"Lead: {words}."
    local = next((duty for duty in found.duties if duty.part == "lead in the province"), None)
    return story + (f" In the province: {local.title} ({local.article})." if local else "")


def _open(found: Route) -> tuple[Finding, ...]:
    return tuple(Finding("note", found.object, question) for question in found.questions)
