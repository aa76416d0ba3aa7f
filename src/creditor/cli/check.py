"""Owns the command `creditor check`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--text", "text", metavar="FILE", default="", help="Check the numbers of a text of your own.")
@click.option(
    "--max-mb",
    metavar="MB",
    type=click.FloatRange(0, min_open=True),
    default=2.0,
    show_default=True,
    help="Largest text.",
)
@click.option("--as-known-at", metavar="DATE", default="", help="Use nothing that was published later.")
@outputs
def check(ids: tuple[str, ...], text: str, max_mb: float, as_known_at: str, **options: Any) -> int:
    """Which claims hold: those of the article (ID such as C019, or all), or the numbers of a text."""
    if text and ids:
        raise click.UsageError("--text FILE and an ID exclude each other")
    if text:
        from creditor.verbs.check_text import check_text, text_csv

        answer = check_text(text, as_known_at=as_known_at, limit_mb=max_mb)
        return write(answer, options, numbers=text_csv(answer) if options.get("as_csv") else "")
    from creditor.verbs.check import check as verb
    from creditor.verbs.check import check_csv

    answer = verb(*ids, as_known_at=as_known_at)
    return write(answer, options, numbers=check_csv(answer) if options.get("as_csv") else "")
