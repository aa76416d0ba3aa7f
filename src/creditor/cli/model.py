"""Owns `creditor model` and list|show|check|run|steady|compare|explain|scenarios of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from creditor.cli.model_long import listener, many_paths
from creditor.cli.model_ports import export_model, import_model
from creditor.cli.output import outputs, write
from creditor.errors import InputError, Troubles

if TYPE_CHECKING:
    from creditor.terms.answer import Answer


POLICY = (
    click.option(
        "--add", "adds", metavar="X=v@from[:to]", multiple=True, help="Add a number to the equation of X."
    ),
    click.option(
        "--fix", "fixes", metavar="X=v@from[:to]", multiple=True, help="Set X and suspend its equation."
    ),
    click.option(
        "--target", "targets", metavar="'X=v@t by Y'", multiple=True, help="Move the lever Y until X is v."
    ),
)
ECONOMY = click.option(
    "--economy", "economies", metavar="CODE", multiple=True, help="Whose figures and labels; may be repeated."
)


def _policy(command: Any) -> Any:
    """The options of add-factors, fixes and targets."""
    for option in reversed(POLICY):
        command = option(command)
    return command


@click.group()
def model() -> None:
    """Models: texts of who owes whom, who pays whom and how people behave."""


model.add_command(export_model)
model.add_command(import_model)


@model.command("list")
@outputs
def list_models(**options: Any) -> int:
    """Models of the library."""
    from creditor.verbs.models import model_list

    return write(model_list(), options)


@model.command()
@click.argument("name")
@click.option("--matrix", is_flag=True, help="Balance sheet, transactions and what else changes net worth.")
@click.option(
    "--period",
    metavar="N",
    help="Matrices as numbers after N periods, or at a date; 0 is the opening.",
)
@click.option("--apart", is_flag=True, help="With --period: a column for each label of a sector.")
@click.option("--sankey", is_flag=True, help="A picture of the payments of a period: who, for what, to whom.")
@click.option(
    "--set", "changes", metavar="X=v@from[:to]", multiple=True, help="With --period: set a given in that run."
)
@click.option("--latex", is_flag=True, help="Equations as LaTeX; alone, as a document that compiles.")
@click.option("--blocks", is_flag=True, help="Order of solution and simultaneous blocks.")
@click.option("--tree", metavar="X", default="", help="What the variable X depends on, three steps deep.")
@ECONOMY
@outputs
def show(name: str, matrix: bool, latex: bool, blocks: bool, tree: str, **options: Any) -> int:
    """Equations of a model (NAME in the library, or a file)."""
    from creditor.cli.model_inputs import read_changes
    from creditor.verbs.matrices import matrices_csv
    from creditor.verbs.show import model_show

    troubles = Troubles()
    changes = read_changes(options.pop("changes"), troubles)
    troubles.raise_if_any()
    more = {word: options.pop(word) for word in ("period", "apart", "sankey", "economies")}
    answer = model_show(name, matrix, latex, blocks, tree, changes=changes, **more)
    if latex and len(answer.grids) == 1 and not (answer.figures or any(options.values())):
        click.echo(answer.payload["latex"], nl=False)
        return answer.exit_code
    numbers = options["as_csv"] and "period" in answer.payload
    return write(answer, options, None, matrices_csv(answer.payload) if numbers else "")


@model.command()
@click.argument("path")
@click.option("--watch", is_flag=True, help="Check again whenever the file changes, until stopped.")
@ECONOMY
@outputs
def check(path: str, watch: bool, economies: tuple[str, ...], **options: Any) -> int:
    """What is wrong with a model text, all at once."""
    from creditor.verbs.models import model_check

    code = write(model_check(path, economies), options)
    while watch:
        _wait(Path(path))
        try:
            code = write(model_check(path, economies), options)
        except InputError as error:  # the file is away while it is written anew
            click.echo(f"creditor: {error}", err=True)
            code = error.exit_code
    return code


@model.command()
@click.argument("name")
@click.option("--periods", type=click.IntRange(1, 100_000), help="Number of periods; default 60.")
@click.option(
    "--set",
    "changes",
    metavar="X=v@from[:to]",
    multiple=True,
    help="Set a given over periods (numbers, or dates such as 2026Q1); may be repeated.",
)
@_policy
@click.option(
    "--start",
    metavar="FILE.csv",
    default=None,
    help="One row of opening values by name; others keep the text's.",
)
@click.option(
    "--series",
    metavar="FILE.csv",
    default=None,
    help="A column per given, a row per period from 1; t may be dates.",
)
@click.option("--paths", type=click.IntRange(1, 1_000_000_000), help="Number of paths; default 1.")
@click.option("--seed", type=click.IntRange(0), help="Seed of the draws; default 0.")
@click.option(
    "--draw",
    "draws",
    metavar="X=normal(0,0.01)",
    multiple=True,
    help="Add draws to a given; may be repeated.",
)
@ECONOMY
@click.option("--as-of", "as_of", metavar="PERIOD", help="Date of the opening figures.")
@click.option("--known-at", "known_at", metavar="DATE", help="Use no figure of a later vintage.")
@click.option("--keep", metavar="A;B", default="", help="Variables of the answer; all for every one.")
@click.option("--path", type=click.IntRange(0), help="Show one path of several, with every variable.")
@click.option("--show", "shown", metavar="A;B", default="", help="Variables of the picture and table.")
@click.option("--out", metavar="FILE", default=None, help="Write the variables to FILE.csv, .json or .nc.")
@click.option("--plot", is_flag=True, help="Draw the variables in the terminal.")
@many_paths
@outputs
def run(name: str, changes: tuple[str, ...], start: str | None, series: str | None, **options: Any) -> int:
    """Run a model or a scenario: NAME in the library, or a file (.model, .toml)."""
    from creditor.cli import model_inputs as inputs
    from creditor.scenario.columns import read_series, read_start
    from creditor.verbs.runs import model_run, run_csv

    draws, out, plot = options.pop("draws"), options.pop("out"), options.pop("plot")
    out_paths, told = options.pop("out_paths"), listener(options.pop("progress"))
    fields: dict[str, Any] = {key: options.pop(key) or None for key in ("economies", "as_of", "known_at")}
    named = ("periods", "paths", "seed", "path", "shares", "store", "threads")
    fields |= {key: options.pop(key) for key in named} | {"listener": told}
    variables, keep = (_names(options.pop(key)) for key in ("shown", "keep"))
    troubles = Troubles()
    changes_read, draws_read = inputs.read_changes(changes, troubles), inputs.read_draws(draws, troubles)
    fields["add"] = inputs.read_changes(options.pop("adds"), troubles, "--add")
    fields["fix"] = inputs.read_changes(options.pop("fixes"), troubles, "--fix")
    fields["target"] = inputs.read_targets(options.pop("targets"), troubles)
    start_read = read_start(start, troubles) if start else None
    series_read = read_series(series, troubles) if series else {}
    _check_names(out, out_paths, troubles)
    troubles.raise_if_any()
    fields |= {"changes": changes_read, "start": start_read, "draws": draws_read, **series_read}
    answer = model_run(name, variables=variables, keep=keep or None, **fields)
    if plot:
        _plot(answer, apart=options["as_json"] or options["as_csv"])
    return write(
        answer, options, _files(answer, out, out_paths), run_csv(answer) if options["as_csv"] else ""
    )


@model.command()
@click.argument("name")
@click.option(
    "--set",
    "changes",
    metavar="X=v@from[:to]",
    multiple=True,
    help="Set a given over periods; may be repeated.",
)
@click.option(
    "--start",
    metavar="FILE.csv",
    default=None,
    help="One row of opening values by name; others keep the text's.",
)
@click.option("--show", "shown", metavar="A;B", default="", help="Variables of the picture and table.")
@ECONOMY
@outputs
def steady(
    name: str,
    changes: tuple[str, ...],
    start: str | None,
    shown: str,
    economies: tuple[str, ...],
    **options: Any,
) -> int:
    """Where a model comes to rest, or what grows in it (NAME in the library, or a file)."""
    from creditor.cli import model_inputs as inputs
    from creditor.scenario.columns import read_start
    from creditor.verbs.steady import model_steady, steady_csv

    troubles = Troubles()
    changes_read = inputs.read_changes(changes, troubles)
    start_read = read_start(start, troubles) if start else None
    troubles.raise_if_any()
    variables = [part.strip() for part in shown.split(";") if part.strip()]
    answer = model_steady(name, changes_read, start_read, variables, economies)
    return write(answer, options, None, steady_csv(answer) if options["as_csv"] else "")


@model.command()
@click.argument("name")
@click.argument("first")
@click.argument("second")
@click.option("--periods", type=click.IntRange(1, 100_000), help="Number of periods; default 60.")
@click.option("--keep", metavar="A;B", default="", help="Variables of the answer; all for every one.")
@click.option("--paths", type=click.IntRange(1, 1_000_000), help="Number of paths of both; default 1.")
@click.option("--seed", type=click.IntRange(0), help="Seed of the draws of both; default 0.")
@click.option(
    "--draw", "draws", metavar="X=normal(0,0.01)", multiple=True, help="Add draws to a given of both."
)
@click.option(
    "--attribute",
    type=click.Choice(["changes", "equations"]),
    help="Split the difference by what is changed, or by the equations that see it.",
)
@click.option("--of", "of", metavar="A;B", default="", help="With --attribute: variables to split.")
@click.option("--at", "at", type=click.IntRange(1), help="With --attribute: period of the table.")
@ECONOMY
@outputs
def compare(name: str, first: str, second: str, periods: int | None, keep: str, **options: Any) -> int:
    """Run NAME with FIRST and SECOND and show the difference.

    Each is none, changes as X=v@from[:to];..., a scenario file in TOML, or the name of a scenario.
    """
    from creditor.cli.model_inputs import read_draws, read_side
    from creditor.verbs.attribute import attribution_csv
    from creditor.verbs.compare import model_compare
    from creditor.verbs.runs import run_csv

    troubles = Troubles()
    sides = [read_side(text, troubles) for text in (first, second)]
    fields: dict[str, Any] = {"draw": read_draws(options.pop("draws"), troubles)}
    troubles.raise_if_any()
    fields |= {key: options.pop(key) for key in ("paths", "seed", "at", "economies")}
    fields |= {"attribute": options.pop("attribute") or "", "of": _names(options.pop("of"))}
    answer = model_compare(name, sides[0], sides[1], periods, _names(keep), **fields)
    split = "attribution" in answer.payload
    written = (attribution_csv if split else run_csv)(answer) if options["as_csv"] else ""
    return write(answer, options, None, written)


@model.command()
@click.option("--schema", is_flag=True, help="Write the JSON Schema of a scenario file.")
@outputs
def scenarios(schema: bool, **options: Any) -> int:
    """Scenarios of the library, or the schema of a scenario file."""
    from creditor.verbs.runs import model_scenarios

    return write(model_scenarios(schema), options | {"as_json": schema or options["as_json"]})


@model.command()
@click.argument("name")
@click.argument("variable")
@ECONOMY
@outputs
def explain(name: str, variable: str, economies: tuple[str, ...], **options: Any) -> int:
    """What decides VARIABLE in a model, what it reads and who reads it."""
    from creditor.verbs.show import model_explain

    return write(model_explain(name, variable, economies), options)


def _names(text: str) -> list[str]:
    """Names that are separated by semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]


def _check_names(out: str | None, out_paths: str | None, troubles: Troubles) -> None:
    """Files are made by the end of their name."""
    for option, name, ends in (
        ("--out", out, (".csv", ".json", ".nc")),
        ("--out-paths", out_paths, (".csv", ".nc")),
    ):
        if name and not name.endswith(ends):
            what = f"{name!r} ends in none of {', '.join(ends)}"
            troubles.add("U501", option, what, "", "name it so")


def _files(answer: Answer, out: str | None, out_paths: str | None) -> dict[Path, str | bytes]:
    """The files that --out and --out-paths ask for."""
    from creditor.export.json import to_json
    from creditor.verbs.run_files import netcdf, paths_csv
    from creditor.verbs.runs import run_csv

    files: dict[Path, str | bytes] = {}
    if out_paths:
        made = netcdf(answer, paths=True) if out_paths.endswith(".nc") else paths_csv(answer)
        files[Path(out_paths)] = made
    if out and out.endswith(".nc"):
        files[Path(out)] = netcdf(answer)
    elif out:
        files[Path(out)] = to_json(answer.payload) if out.endswith(".json") else run_csv(answer)
    return files


def _plot(answer: Answer, apart: bool) -> None:
    """The picture in characters; beside machine-readable output it goes to standard error."""
    import shutil

    from creditor.export.plot import to_plot

    width = min(max(shutil.get_terminal_size((100, 40)).columns, 40), 140)
    click.echo(to_plot(answer.figures[0], width), err=apart)


def _wait(path: Path) -> None:
    """Wait until a file changes."""
    import time

    def mark() -> tuple[int, int]:
        try:
            found = path.stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_size

    before = mark()
    while mark() == before:
        time.sleep(0.3)


from creditor.cli.model_policy import fit, sweep  # noqa: E402  (its options are built from those above)

model.add_command(sweep)
model.add_command(fit)
