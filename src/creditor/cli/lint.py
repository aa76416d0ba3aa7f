"""Owns the command `creditor lint`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.command()
@click.argument("path")
@outputs
def lint(path: str, **options: Any) -> int:
    """What is missing or does not add up in PATH: a country folder, a ledger CSV, or a code such as USA."""
    from creditor.verbs.lint import lint as verb

    return write(verb(path), options)
