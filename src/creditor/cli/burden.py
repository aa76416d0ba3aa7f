"""Owns the command `creditor burden`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.command()
@click.argument("economies", nargs=-1)
@click.option(
    "--by",
    metavar="MEASURE",
    default="revenue",
    show_default=True,
    help="What is ranked: revenue, gdp, gross-revenue, gross-gdp, exports, spending.",
)
@click.option("--year", metavar="YEAR", default="", help="Such as 2024; default the newest that is over.")
@outputs
def burden(economies: tuple[str, ...], by: str, year: str, **options: Any) -> int:
    """What interest takes of revenue, output, exports and spending, in ECONOMIES or all."""
    from creditor.verbs.burden import burden as verb

    return write(verb(*economies, by=by, year=year), options)
