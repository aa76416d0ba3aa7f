"""Owns the commands `creditor model sweep|fit`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.command()
@click.argument("name")
@click.argument("ranges", nargs=-1, metavar="[X=lo:hi:n]...")
@click.option("--of", "of", metavar="VARIABLE", required=True, help="The variable that is looked at.")
@click.option("--at", "at", type=click.IntRange(1), help="Period; default the last one.")
@click.option("--all", "every", is_flag=True, help="Elasticities to every given instead of a grid.")
@click.option("--periods", type=click.IntRange(1, 100_000), help="Number of periods; default 60.")
@click.option("--paths", type=click.IntRange(1, 1_000_000), help="Number of paths; default 1.")
@click.option("--seed", type=click.IntRange(0), help="Seed of the draws; default 0.")
@click.option(
    "--economy",
    "economies",
    metavar="CODE",
    multiple=True,
    help="Whose figures and labels; may be repeated.",
)
@outputs
def sweep(name: str, ranges: tuple[str, ...], **options: Any) -> int:
    """A variable of NAME for many values of one or two givens, or how it answers each given.

    NAME is a model or a scenario, in the library or as a file.
    """
    from creditor.verbs.sweep import model_sweep, sweep_csv

    fields = {key: options.pop(key) for key in ("of", "at", "every", "periods", "paths", "seed")}
    fields["economies"] = options.pop("economies") or None
    answer = model_sweep(name, ranges, **fields)
    return write(answer, options, None, sweep_csv(answer) if options["as_csv"] else "")


@click.command()
@click.argument("name")
@click.option("--series", metavar="FILE.csv", required=True, help="A column for each observed variable.")
@click.option("--free", metavar="A,B", required=True, help="Givens to fit, separated by commas.")
@click.option("--method", type=click.Choice(["ls", "ml"]), default="ls", help="Least squares, or likelihood.")
@click.option(
    "--errors",
    type=click.Choice(["one-step", "simulation"]),
    default="one-step",
    help="Of each equation from observed values, or of whole runs.",
)
@click.option(
    "--economy",
    "economies",
    metavar="CODE",
    multiple=True,
    help="Whose figures and labels; may be repeated.",
)
@outputs
def fit(name: str, series: str, free: str, method: str, errors: str, **options: Any) -> int:
    """Fit givens of NAME to observed series, with standard errors."""
    from creditor.cli.model_inputs import names_with_commas
    from creditor.verbs.fit import fit_csv, model_fit

    answer = model_fit(name, series, names_with_commas(free), method, errors, options.pop("economies"))
    return write(answer, options, None, fit_csv(answer) if options["as_csv"] else "")
