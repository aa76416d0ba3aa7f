"""Owns the tables of alerts: sources, recipients, log, duties, times, and the rows of an export."""

from __future__ import annotations

from creditor.monitor.alert import Alert
from creditor.monitor.event import Event
from creditor.monitor.metrics import Taken
from creditor.monitor.offices import read_offices
from creditor.monitor.routing import Route
from creditor.terms.answer import Grid
from creditor.terms.numbers import format_number
from creditor.terms.units import Unit
from creditor.verbs.alert_words import said_of, shown_time, state_title
from creditor.verbs.words import counted

DAYS = Unit("count", "days")
CLUE = (
    *("subject", "subject_kind", "object", "province", "provision", "period", "value", "threshold", "unit"),
    *("grade", "vintage", "evidence", "source", "mend", "code"),
)
SHORT = 80  # letters of a source in a table; --json has it whole


def clue_grid(alert: Alert) -> Grid:
    """What the clue says, field by field, without what other tables have.

    Examples
    --------
    >>> clue_grid.__name__
    'clue_grid'
    """
    told = alert.clue.as_dict()
    rows = tuple((name.replace("_", " "), _field(told[name])) for name in CLUE if name in told)
    return Grid("clue", "The clue", ("field", "value"), rows)


def _field(value: object) -> str:
    return _number(value) if isinstance(value, float) else str(value)


def sources_grid(alert: Alert) -> Grid:
    """What sources say of an alert, one row for each observation.

    Examples
    --------
    >>> sources_grid.__name__
    'sources_grid'
    """
    rows = tuple(
        (
            _short(seen.origin),
            {"yes": "it is so", "no": "it is not so"}[seen.finds],
            _number(seen.value),
            seen.channel,
            shown_time(seen.time),
            _short(
                "; ".join(
                    part for part in (seen.source if seen.source != seen.origin else "", seen.note) if part
                )
            ),
        )
        for seen in alert.observations
    )
    note = f"Together: {said_of(alert)}. Of each origin its last observation counts; none is called the best."
    columns = ("origin", "says", "value", "channel", "recorded", "said by")
    return Grid("sources", "What sources say", columns, rows, note)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"


def received_grid(alert: Alert) -> Grid:
    """Which offices received an alert, and what each was told last.

    Examples
    --------
    >>> received_grid.__name__
    'received_grid'
    """
    offices = read_offices()
    rows = tuple((offices.title(name), state_title(told)) for name, told in alert.received.items())
    note = "Each office is told of every later step; a refuted alert goes as refuted to all of them."
    return Grid("received", "Who received it", ("office", "told last"), rows, note)


def history_grid(alert: Alert) -> Grid:
    """The log of an alert.

    Examples
    --------
    >>> history_grid.__name__
    'history_grid'
    """
    offices = read_offices()
    rows = tuple(
        (str(e.sequence), shown_time(e.time), offices.title(e.office), happened(e)) for e in alert.events
    )
    return Grid("log", "Log", ("event", "time", "by", "what"), rows)


def happened(event: Event) -> str:
    """What an event says, in words.

    Examples
    --------
    >>> from creditor.monitor.event import Draft, seal
    >>> happened(seal(Draft("A-1", "shared", "", "csrc", {"to": ["pboc"]}), 2, "A-1", "", ""))
    'shared with pboc'
    """
    told = event.content
    if event.kind == "added":
        return f"entered as {told['state']}, shared within {told['group']}"
    if event.kind == "observed":
        seen = told["observation"]
        return f"observed by {seen['source']}: {seen['finds']}" + (
            f", {seen['note']}" if seen.get("note") else ""
        )
    if event.kind == "shared":
        return "shared with " + ", ".join(told["to"])
    words = [f"{told['from']} to {told['to']}"]
    words += [f"to {', '.join(told['recipients'])}"] if told.get("recipients") else []
    words += [
        f"{name}: {told[name]}"
        for name in ("determination", "measure", "reason", "outcome")
        if told.get(name)
    ]
    words += [f"{counted(len(told['told']), 'office')} told"] if told["told"] else []
    return "; ".join(words)


def duties_grid(found: Route) -> Grid:
    """Which offices are in charge.

    Examples
    --------
    >>> duties_grid.__name__
    'duties_grid'
    """
    rows = tuple((duty.title, duty.part, duty.article, duty.office) for duty in found.duties)
    note = f"Shared within {read_offices().groups[found.group].title.lower()}."
    return Grid("duties", "Who is in charge", ("office", "part", "article", "name"), rows, note)


def span_row(taken: Taken) -> tuple[str, ...]:
    """How long one stretch took, in words.

    Examples
    --------
    >>> span_row.__name__
    'span_row'
    """
    title = taken.span.title + (f" ({taken.span.article})" if taken.span.article else "")
    told = taken.as_dict()
    keys = ("median_days", "least_days", "most_days")
    numbers = [format_number(told.get(key), DAYS, 1) for key in keys]
    return (title, str(len(taken.days)), *numbers, ", ".join(taken.waiting) or "none")


def table_grid(alerts: list[Alert]) -> Grid:
    """One row for each alert, with all its fields.

    Examples
    --------
    >>> table_grid.__name__
    'table_grid'
    """
    names: tuple[str, ...] = (
        "pack",
        "subject",
        "subject_kind",
        "object",
        "province",
        "indicator",
        "period",
        "value",
        "unit",
    )
    names += ("threshold", "sentence", "source", "origin", "vintage", "grade", "provision")
    columns: tuple[str, ...] = ("alert", "state", "entered", "last_event", "sources", "unconfirmed", *names)
    columns += ("received", "determination", "measure", "outcome")
    rows: list[tuple[str, ...]] = []
    for alert in alerts:
        told = alert.clue.as_dict()
        head: tuple[str, ...] = (
            alert.number,
            alert.state,
            alert.events[0].time,
            alert.time,
            alert.validation.result,
        )
        middle = [repr(told[n]) if isinstance(told.get(n), float) else str(told.get(n, "")) for n in names]
        ends = [alert.told.get(name, "") for name in ("determination", "measure", "outcome")]
        received = "; ".join(f"{office}={state}" for office, state in alert.received.items())
        rows.append((*head, alert.unconfirmed, *middle, received, *ends))
    return Grid("alerts", "Alerts", columns, tuple(rows))


def events_grid(entries: list[Event]) -> Grid:
    """One row for each event.

    Examples
    --------
    >>> events_grid.__name__
    'events_grid'
    """
    rows = tuple(
        (str(e.sequence), e.alert, e.kind, e.time, e.office, happened(e), e.recorded, e.digest)
        for e in entries
    )
    columns = ("sequence", "alert", "kind", "time", "office", "what", "recorded", "digest")
    return Grid("events", "Log", columns, rows)
