"""Owns the commands `creditor regime list`, `show`, `coverage` and `diff`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.group()
def regime() -> None:
    """Dated rules over activities and claims."""


@regime.command("list")
@outputs
def list_(**options: Any) -> int:
    """Which regimes the library has."""
    from creditor.verbs.regimes import regime_list

    return write(regime_list(), options)


@regime.command()
@click.argument("name")
@click.option("--article", default="", metavar="XIV", help="One article, or one provision such as XIV(b).")
@click.option("--text", metavar="FILE", help="The full wording, to be shown by article.")
@outputs
def show(name: str, article: str, text: str | None, **options: Any) -> int:
    """Provisions of NAME in our own words, in English and Chinese, with rules and slips."""
    from creditor.verbs.regimes import regime_show

    return write(regime_show(name, article, text), options)


@regime.command()
@click.argument("name", default="notice42")
@outputs
def coverage(name: str, **options: Any) -> int:
    """Which provisions of NAME have a rule, and which case fails without it."""
    from creditor.verbs.regimes import regime_coverage

    return write(regime_coverage(name), options)


@regime.command()
@click.argument("before")
@click.argument("after")
@outputs
def diff(before: str, after: str, **options: Any) -> int:
    """How two regimes, or two folders with versions of one, differ in rules and verdicts."""
    from creditor.verbs.regimes import regime_diff

    return write(regime_diff(before, after), options)
