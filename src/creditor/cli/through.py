"""Owns the command `creditor through`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write
from creditor.terms.csvfile import LIMIT_MB


@click.command()
@click.argument("claims", metavar="CLAIMS.csv")
@click.option("--debt-of", metavar="ISSUER", required=True, help="Whose debt.")
@click.option(
    "--through",
    "through",
    metavar="A,B",
    default=None,
    help="Look through these; by default all whose own liabilities are there.",
)
@click.option("--final", "final", metavar="X,Y", default="", help="Do not look through these.")
@click.option(
    "--consolidate",
    metavar="NAME",
    default="",
    help="Put this central bank into the debtor's own accounts (T1).",
)
@click.option(
    "--negative-equity",
    metavar="NAME=RULE",
    multiple=True,
    help="NAME=N-b, or NAME=N-a:SPONSOR; may be repeated.",
)
@click.option(
    "--total", metavar="AMOUNT", default="", help="Published total of the debt; the rest is not allocated."
)
@click.option(
    "--max-mb",
    metavar="MB",
    type=click.FloatRange(min=0, min_open=True),
    default=LIMIT_MB,
    show_default=True,
    help="Largest file.",
)
@outputs
def through(
    claims: str,
    debt_of: str,
    through: str | None,
    final: str,
    consolidate: str,
    negative_equity: tuple[str, ...],
    total: str,
    max_mb: float,
    **options: Any,
) -> int:
    """Who owns a debt in the end, in a ledger of your own (columns holder, issuer, amount)."""
    from creditor.verbs.through import through as verb

    answer = verb(
        claims,
        debt_of=debt_of,
        through=None if through is None else _names(through),
        final=_names(final),
        consolidated=consolidate,
        negative_equity=negative_equity,
        total=total,
        limit_mb=max_mb,
    )
    return write(answer, options)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
