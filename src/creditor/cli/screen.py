"""Owns the commands `creditor screen` and `creditor screen-text`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, outputs_beside_table, write, write_list


@click.command()
@click.argument("text", default="")
@click.option("--csv", "table", metavar="FILE.csv", help="A table with columns id, text instead of one text.")
@outputs_beside_table
def screen(text: str, table: str | None, **options: Any) -> int:
    """Screen TEXT, a name or business scope, for the seven barred terms, plain or disguised."""
    from creditor.verbs.screen import screen as verb

    if bool(text) == bool(table):
        raise click.UsageError("give a text, or a table with --csv")
    answer = verb(text, table=table)
    return write_list(answer, options, "names") if table else write(answer, options)


@click.command("screen-text")
@click.argument("file")
@outputs
def screen_text(file: str, **options: Any) -> int:
    """Look in FILE, an advert or post, for offers of virtual currency or tokenized assets."""
    from pathlib import Path

    from creditor.verbs.screen import screen_text as verb

    return write(verb(Path(file)), options)
