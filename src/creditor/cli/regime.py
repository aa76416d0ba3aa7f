"""Owns the commands `creditor regime list`, `show`, `coverage`, `diff` and `switch`."""

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


@regime.command()
@click.argument("file")
@click.option("--given", required=True, metavar="NAME", help="The given of a model that scales the flow.")
@click.option("--regime", "name", default="notice42", show_default=True, help="A regime, or its folder.")
@click.option("--granted", is_flag=True, help="Take consent, approval or filing as given.")
@click.option("--leakage", type=float, default=0.0, show_default=True, help="Share that flows despite a bar.")
@click.option("--from", "first", default="1", show_default=True, metavar="PERIOD", help="First period.")
@click.option("--to", "last", default=None, metavar="PERIOD", help="Last period; to the end by default.")
@outputs
def switch(
    file: str,
    given: str,
    name: str,
    granted: bool,
    leakage: float,
    first: str,
    last: str | None,
    **options: Any,
) -> int:
    """The verdict on FILE as a change of a given, for a scenario file."""
    from creditor.verbs.switch import regime_switch

    start, end = (int(text) if text and text.isdigit() else text for text in (first, last))
    answer = regime_switch(
        file, given=given, regime=name, granted=granted, leakage=leakage, first=start or 1, last=end
    )
    return write(answer, options)
