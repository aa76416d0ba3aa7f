"""Owns the command `creditor compare-holders`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.command("compare-holders")
@click.argument("economies", nargs=-1)
@click.option("--definition", metavar="NAME", default="six-way", help="six-way (default) or newest.")
@click.option("--as-known-at", metavar="DATE", default="", help="Use nothing that was published later.")
@outputs
def compare_holders(economies: tuple[str, ...], definition: str, as_known_at: str, **options: Any) -> int:
    """Who holds the debt of ECONOMIES, on one definition (all that have it where none is named)."""
    from creditor.verbs.compare_holders import compare_holders as verb

    return write(verb(*economies, definition=definition, as_known_at=as_known_at), options)
