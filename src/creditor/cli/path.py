"""Owns the command `creditor path`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.command()
@click.argument("economy", required=False, default="")
@click.option("--horizon", type=int, default=2055, show_default=True, help="Last year.")
@click.option("--paths", type=int, default=None, help="Number of paths of shocks; default 2000.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the shocks.")
@click.option("--perimeter", default="general-government", show_default=True, help="Or federal, for the USA.")
@click.option("--stress", default="all", show_default=True, help="A test, a menu (imf, ec), all or none.")
@click.option("--shocks", default="normal", show_default=True, help="normal, t or bootstrap.")
@click.option("--holders", is_flag=True, help="Show who holds the debt.")
@click.option(
    "--ageing", default="published", show_default=True, help="Cost: published, none or points of GDP."
)
@click.option("--rank", is_flag=True, help="All economies, ranked by debt at the horizon.")
@click.option("--debt-table", metavar="FILE.csv", default="", help="Loans and securities of one's own.")
@click.option("--assumptions", metavar="FILE.csv", default="", help="Years to come, for --debt-table.")
@click.option("--plot/--no-plot", default=True, help="Whether to draw the fan in the terminal.")
@outputs
def path(economy: str, rank: bool, plot: bool, **options: Any) -> int:
    """Where the debt of ECONOMY's government goes: path, reasons, fan, chances, stress tests."""
    names = ("horizon", "paths", "seed", "perimeter", "stress", "shocks", "holders", "ageing")
    given = {name: options.pop(name) for name in names}
    given = {name: value for name, value in given.items() if value is not None}
    table, assumptions = options.pop("debt_table"), options.pop("assumptions")
    if bool(table) != bool(assumptions):
        raise click.UsageError("--debt-table and --assumptions are given together")
    if table:
        refuse(
            "--debt-table", ("horizon", "perimeter", "ageing", "rank"), "the assumptions say what is to come"
        )
        from creditor.verbs.path_table import path_table

        for name in ("horizon", "perimeter", "holders", "ageing"):
            del given[name]
        return show(path_table(table, assumptions, economy, **given), plot, options)
    if rank:
        refuse_with_rank(economy)
        from creditor.verbs.path_rank import path_rank

        ranked = path_rank(given["horizon"], given.get("paths", 0), given["seed"], given["ageing"])
        return write(ranked, options)
    if not economy:
        raise click.UsageError("give an economy, such as ITA, or --rank")
    from creditor.verbs.path import path as verb

    return show(verb(economy, **given), plot, options)


def refuse_with_rank(economy: str) -> None:
    """What a ranking of all economies cannot take: one economy, and options of a single path."""
    if economy:
        raise click.UsageError("give an economy or --rank, not both")
    refuse("--rank", ("perimeter", "stress", "shocks", "holders"), "all paths are of general government")


def refuse(option: str, names: tuple[str, ...], why: str) -> None:
    """Options that were typed beside one that does not take them."""
    asked, typed = click.get_current_context(), click.core.ParameterSource.COMMANDLINE
    other = [f"--{name}" for name in names if asked.get_parameter_source(name) is typed]
    if other:
        raise click.UsageError(f"{option} does not take {', '.join(other)}: {why}")


def show(answer: Any, plot: bool, options: dict[str, Any]) -> int:
    """Draw the picture where text is written, then write the answer."""
    if plot and not (options["as_json"] or options["as_csv"]):
        draw(answer)
    return write(answer, options)


def draw(answer: Any) -> None:
    """The first picture, as characters as wide as the terminal."""
    import shutil

    from creditor.export.plot import to_plot

    width = min(max(shutil.get_terminal_size((100, 40)).columns, 60), 140)
    click.echo(to_plot(answer.figures[0], width))
