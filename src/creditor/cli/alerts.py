"""Owns the commands `creditor alerts ...`: each parses options and calls one verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from creditor.cli.output import outputs, write

STORE = (
    click.option("--store", metavar="PLACE", default="", help="A file, or postgresql://user@host/database."),
    click.option("--wait", type=float, default=10.0, show_default=True, help="Seconds to wait for a writer."),
    click.option("--by", metavar="OFFICE", default="", help="The office that asks or acts; default keeper."),
)
AT = click.option("--at", metavar="TIME", default="", help="When it happened; default now.")
PACK = click.option("--pack", metavar="PACK", default="", help="notice or debt.")
PROVINCE = click.option("--province", metavar="NAME", default="", help="Code, name or Chinese name.")


def stored(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of the store and of the output to a command."""
    command = outputs(command)
    for option in reversed(STORE):
        command = option(command)
    return command


def _store(options: dict[str, Any]) -> dict[str, Any]:
    return {name: options.pop(name) for name in ("store", "wait", "by")}


@click.group()
def alerts() -> None:
    """Alerts: from a clue to its end, in an append-only log."""


@alerts.command("add")
@click.argument("file", default="")
@PACK
@click.option(
    "--subject", metavar="NAME", default="", help="A firm, site, project or economy; never a person."
)
@click.option("--kind", "subject_kind", metavar="KIND", default="", help="What kind of thing the subject is.")
@click.option(
    "--object", "object_", metavar="WORD", default="", help="Such as virtual_currency, rwa, mining."
)
@click.option("--sentence", metavar="TEXT", default="", help="What is said, in one sentence.")
@click.option("--source", metavar="NAME", default="", help="Who says it.")
@click.option("--origin", metavar="NAME", default="", help="Whose own observation it is; default the source.")
@click.option("--channel", metavar="NAME", default="", help="online, offline, funds or statistics.")
@PROVINCE
@click.option("--provision", metavar="ARTICLE", default="", help="Which provision it may touch.")
@click.option("--evidence", metavar="TEXT", default="", help="What is behind it.")
@AT
@stored
def add(file: str, object_: str, at: str, **options: Any) -> int:
    """Enter a clue, or those of a file.

    FILE is TOML, CSV, or the JSON of another command.
    """
    from creditor.verbs.alert_steps import alerts_add

    names = ("pack", "subject", "subject_kind", "sentence", "source", "origin", "channel", "province")
    fields = {name: options.pop(name) for name in (*names, "provision", "evidence")}
    answer = alerts_add(file, at=at, object=object_, **fields, **_store(options))
    return write(answer, options)


@alerts.command("list")
@PACK
@click.option("--state", metavar="STATE", default="", help="Only those in this state.")
@click.option("--subject", metavar="NAME", default="", help="Only those about this subject.")
@PROVINCE
@stored
def list_(pack: str, state: str, subject: str, province: str, **options: Any) -> int:
    """The alerts that an office may read."""
    from creditor.verbs.alerts import alerts_list

    chosen: dict[str, Any] = {"state": state, "subject": subject, "province": province}
    return write(alerts_list(pack=pack, **chosen, **_store(options)), options)


@alerts.command()
@click.argument("alert")
@stored
def show(alert: str, **options: Any) -> int:
    """One alert, whole.

    What ALERT says, who says so, who received it, what happened, what may follow.
    """
    from creditor.verbs.alerts import alerts_show

    return write(alerts_show(alert, **_store(options)), options)


@alerts.command()
@click.argument("alert")
@click.argument("state")
@click.option("--to", multiple=True, metavar="OFFICE", help="Who receives it; default those that lead.")
@click.option("--determination", metavar="TEXT", default="", help="What was determined.")
@click.option("--measure", metavar="NAME", default="", help="What was done about it.")
@click.option("--reason", metavar="TEXT", default="", help="Why, where the step asks for it.")
@click.option("--outcome", metavar="TEXT", default="", help="How it ended.")
@AT
@stored
def advance(alert: str, state: str, **options: Any) -> int:
    """Take an alert to its next state.

    A STATE that does not follow is refused with those that do.
    """
    from creditor.verbs.alert_steps import alerts_advance

    names = ("to", "determination", "measure", "reason", "outcome", "at")
    told = {name: options.pop(name) for name in names}
    return write(alerts_advance(alert, state, **told, **_store(options)), options)


@alerts.command()
@click.argument("alert")
@click.option("--to", multiple=True, required=True, metavar="OFFICE", help="Who receives it.")
@AT
@stored
def share(alert: str, to: tuple[str, ...], at: str, **options: Any) -> int:
    """Pass an alert on to further offices.

    They must be of its sharing group, and receive ALERT as what it is now.
    """
    from creditor.verbs.alert_steps import alerts_share

    return write(alerts_share(alert, to, at=at, **_store(options)), options)


@alerts.command()
@click.argument("alert")
@click.option("--source", metavar="NAME", default="", help="Who says it; without it nothing is recorded.")
@click.option(
    "--origin", metavar="NAME", default="", help="Whose own observation it is; one origin counts once."
)
@click.option("--channel", metavar="NAME", default="offline", help="online, offline, funds or statistics.")
@click.option("--finds", metavar="yes|no", default="", help="Whether it is so.")
@click.option("--value", type=float, default=None, help="A number; the alert's threshold makes it yes or no.")
@click.option("--note", metavar="TEXT", default="", help="One sentence.")
@AT
@stored
def verify(alert: str, source: str, **options: Any) -> int:
    """Do independent sources agree?

    Records what a source says of ALERT; without a source it only shows.
    """
    from creditor.verbs.alert_steps import alerts_verify

    told = {name: options.pop(name) for name in ("origin", "channel", "finds", "value", "note", "at")}
    return write(alerts_verify(alert, source, **told, **_store(options)), options)


@alerts.command()
@click.argument("alert", default="")
@click.option("--events", is_flag=True, help="One row for each event of the log.")
@stored
def export(alert: str, events: bool, **options: Any) -> int:
    """All alerts, or one, with their log, as JSON or CSV."""
    from creditor.verbs.alerts import alerts_export

    return write(alerts_export(alert, events=events, **_store(options)), options)


@alerts.command()
@click.argument("alert", default="")
@click.option(
    "--object", "object_", metavar="WORD", default="", help="Such as virtual_currency, rwa, mining."
)
@PROVINCE
@click.option("--pack", metavar="PACK", default="notice", show_default=True, help="notice or debt.")
@stored
def route(alert: str, object_: str, province: str, pack: str, **options: Any) -> int:
    """Who is in charge, and by which article.

    Of ALERT, or of an object in a province.
    """
    from creditor.verbs.alerts import alerts_route

    told = {"province": province, "pack": pack, **_store(options)}
    return write(alerts_route(alert, object=object_, **told), options)


@alerts.command()
@PACK
@stored
def metrics(pack: str, **options: Any) -> int:
    """How long alerts took."""
    from creditor.verbs.alerts import alerts_metrics

    return write(alerts_metrics(pack=pack, **_store(options)), options)


@alerts.command()
@click.argument("economies", nargs=-1)
@click.option("--year", metavar="YEAR", default="", help="Such as 2024; default the newest that is over.")
@click.option("--dry-run", is_flag=True, help="Show the clues and write nothing.")
@AT
@stored
def scan(economies: tuple[str, ...], year: str, dry_run: bool, at: str, **options: Any) -> int:
    """Debt indicators beyond thresholds, as clues.

    Of ECONOMIES, or of all.
    """
    from creditor.verbs.alert_scan import alerts_scan

    answer = alerts_scan(*economies, year=year, dry_run=dry_run, at=at, **_store(options))
    return write(answer, options)
