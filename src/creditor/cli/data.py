"""Owns the commands `creditor data status` and `creditor data refresh`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.group()
def data() -> None:
    """What the library holds."""


@data.command()
@click.argument("economy", default="")
@outputs
def status(economy: str, **options: Any) -> int:
    """Coverage, age and grade of every published set (of ECONOMY, or of all)."""
    from creditor.verbs.data import data_status

    return write(data_status(economy), options)


@data.command()
@click.argument("economy")
@click.option(
    "--figures", metavar="FILE.csv", default=None, help="Another CSV of figures in the form of figures.csv."
)
@click.option(
    "--out", metavar="FOLDER", default=None, help="Write here instead of the folder of the economy."
)
@click.option("--dry-run", is_flag=True, help="Say what would change and write nothing.")
@outputs
def refresh(economy: str, figures: str | None, out: str | None, dry_run: bool, **options: Any) -> int:
    """Make claims, splits, groups and facts of ECONOMY from its figures and recipe."""
    from creditor.verbs.data import data_refresh

    answer, files = data_refresh(economy, figures, out)
    return write(answer, options, {} if dry_run else files)
