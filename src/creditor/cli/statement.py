"""Owns the command `creditor statement`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.command()
@click.argument("economy")
@click.option("--wealth", metavar="GROUP", default="", help="Such as next40, bottom50, next9, top0.1.")
@click.option("--age", metavar="GROUP", default="", help="Such as 55-69, 70+, 40-54, under40.")
@click.option("--person", metavar="FILE.toml", default="", help="A person file, or a person of the library.")
@outputs
def statement(economy: str, wealth: str, age: str, person: str, **options: Any) -> int:
    """What the debt of ECONOMY's government is to one household of a group, or to one person."""
    from creditor.verbs.statement import statement as verb

    return write(verb(economy, wealth=wealth, age=age, person=person), options)
