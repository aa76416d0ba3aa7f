"""Owns the command `creditor audit`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.command()
@click.argument("ledger")
@click.option("--regime", default="notice42", show_default=True, help="A regime, or its folder.")
@click.option("--max-mb", type=float, default=32.0, show_default=True, help="Largest size of the file.")
@outputs
def audit(ledger: str, regime: str, max_mb: float, **options: Any) -> int:
    """Which claims of LEDGER, a CSV, a regime touches, with citations."""
    from creditor.verbs.audit import audit as verb

    return write(verb(ledger, regime=regime, limit_mb=max_mb), options)
