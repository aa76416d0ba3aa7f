"""Owns the command `creditor doctor`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.command()
@outputs
def doctor(**options: Any) -> int:
    """What this installation has and what it lacks."""
    from creditor.verbs.doctor import doctor as verb

    return write(verb(), options)
