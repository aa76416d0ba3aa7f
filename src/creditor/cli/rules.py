"""Owns the commands `creditor rules` and `creditor effort`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.command()
@click.argument("economy")
@click.option("--pack", "packs", multiple=True, metavar="NAME", help="A pack of rules; may be repeated.")
@click.option("--paths", type=int, default=2000, show_default=True, help="Number of paths of shocks.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the shocks.")
@click.option("--ageing", default="published", show_default=True, help="Its cost: published or none.")
@outputs
def rules(economy: str, packs: tuple[str, ...], paths: int, seed: int, ageing: str, **options: Any) -> int:
    """The debt path of ECONOMY against the rules of the frameworks, each verdict with its margin."""
    from creditor.verbs.rules import rules as verb

    return write(verb(economy, packs, paths, seed, ageing), options)


@click.command()
@click.argument("economy", required=False, default="")
@click.option("--criterion", default="eu2024", show_default=True, metavar="NAME", help="What is to be met.")
@click.option("--years", type=int, default=4, show_default=True, help="Years of the adjustment.")
@click.option("--paths", type=int, default=2000, show_default=True, help="Number of paths of shocks.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the shocks.")
@click.option("--perimeter", default="general-government", show_default=True, help="Or federal, for the USA.")
@click.option("--ageing", default="published", show_default=True, help="Its cost: published or none.")
@click.option("--rank", is_flag=True, help="All economies under the European framework, side by side.")
@outputs
def effort(
    economy: str,
    criterion: str,
    years: int,
    paths: int,
    seed: int,
    perimeter: str,
    ageing: str,
    rank: bool,
    **options: Any,
) -> int:
    """The least lasting effort with which the debt of ECONOMY meets a criterion."""
    if rank and economy:
        raise click.UsageError("give an economy or --rank, not both")
    if rank:
        from creditor.verbs.effort_rank import effort_rank

        return write(effort_rank(criterion, years, paths, seed, ageing), options)
    if not economy:
        raise click.UsageError("give an economy, such as ITA, or --rank")
    from creditor.verbs.effort import effort as verb

    return write(verb(economy, criterion, years, paths, seed, perimeter, ageing), options)
