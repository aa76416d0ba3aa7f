"""Owns the command `creditor who`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.command()
@click.argument("economy", default="")
@click.option("--through", is_flag=True, help="Look through intermediaries to final owners.")
@click.option(
    "--by",
    metavar="DIVISION",
    default="",
    help="Divide households by wealth, age or instrument; foreigners by country.",
)
@click.option(
    "--treatment",
    metavar="CODES",
    default="",
    help="Such as T1,I1: T0 T1 T2 central bank, I0 I1 I2 government funds, F0 F1 firms.",
)
@click.option("--owed-to", is_flag=True, help="As --through: to whom intermediaries owe what they hold.")
@click.option("--borne-by", is_flag=True, help="Look through to those on whom a loss falls first.")
@click.option("--correct", metavar="NAME", default="", help="Correct a published statistic; list names them.")
@click.option("--as-of", metavar="PERIOD", default="", help="Such as 2025Q3; by default the headline period.")
@click.option("--perimeter", metavar="NAME", default="", help="Which debt; each economy has its own.")
@click.option("--as-known-at", metavar="DATE", default="", help="Use nothing that was published later.")
@click.option("--net", is_flag=True, help="By class of creditor: debt, interest, new lending, net transfer.")
@outputs
def who(
    economy: str,
    through: bool,
    by: str,
    treatment: str,
    as_of: str,
    perimeter: str,
    owed_to: bool,
    borne_by: bool,
    correct: str,
    as_known_at: str,
    net: bool,
    **options: Any,
) -> int:
    """Who is the creditor of ECONOMY's government (a code such as USA, or a name)."""
    from creditor.verbs.who import who as verb

    answer = verb(
        economy,
        through=through,
        by=by,
        treatment=treatment,
        as_of=as_of,
        perimeter=perimeter,
        owed_to=owed_to,
        borne_by=borne_by,
        correct=correct,
        as_known_at=as_known_at,
        net=net,
    )
    return write(answer, options)
