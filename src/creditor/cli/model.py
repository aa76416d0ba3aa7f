"""Owns the commands `creditor model list|show|check|run|compare|explain`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from creditor.cli.output import outputs, write
from creditor.errors import InputError, Trouble

if TYPE_CHECKING:
    from creditor.terms.answer import Answer


@click.group()
def model() -> None:
    """Models: texts of who owes whom, who pays whom and how people behave."""


@model.command("list")
@outputs
def list_models(**options: Any) -> int:
    """Models of the library."""
    from creditor.verbs.models import model_list

    return write(model_list(), options)


@model.command()
@click.argument("name")
@click.option("--matrix", is_flag=True, help="Balance sheet and transactions as matrices.")
@click.option("--latex", is_flag=True, help="Equations as LaTeX.")
@click.option("--blocks", is_flag=True, help="Order of solution and simultaneous blocks.")
@outputs
def show(name: str, matrix: bool, latex: bool, blocks: bool, **options: Any) -> int:
    """Equations of a model (NAME in the library, or a file)."""
    from creditor.verbs.models import model_show

    return write(model_show(name, matrix, latex, blocks), options)


@model.command()
@click.argument("path")
@click.option("--watch", is_flag=True, help="Check again whenever the file changes, until stopped.")
@outputs
def check(path: str, watch: bool, **options: Any) -> int:
    """What is wrong with a model text, all at once."""
    from creditor.verbs.models import model_check

    code = write(model_check(path), options)
    while watch:
        _wait(Path(path))
        code = write(model_check(path), options)
    return code


@model.command()
@click.argument("name")
@click.option("--periods", type=click.IntRange(1, 100_000), default=60, show_default=True, help="Number of periods.")
@click.option("--set", "changes", metavar="X=v@from[:to]", multiple=True, help="Set a given over periods; may be repeated.")
@click.option("--start", metavar="FILE.csv", default=None, help="One row of opening values by name; others keep the text's.")
@click.option("--series", metavar="FILE.csv", default=None, help="A column per given, a row per period from 1.")
@click.option("--paths", type=click.IntRange(1, 1_000_000), default=1, show_default=True, help="Number of paths.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of the draws.")
@click.option("--draw", "draws", metavar="X=normal(0,0.01)", multiple=True, help="Add draws to a given; may be repeated.")
@click.option("--show", "shown", metavar="A;B", default="", help="Variables of the picture and table.")
@click.option("--out", metavar="FILE", default=None, help="Write every variable to FILE.csv or FILE.json.")
@click.option("--plot", is_flag=True, help="Draw the variables in the terminal.")
@outputs
def run(name: str, periods: int, changes: tuple[str, ...], start: str | None, series: str | None, **options: Any) -> int:
    """Run a model (NAME in the library, or a file)."""
    from creditor.verbs.models import model_run

    paths, seed, draws = options.pop("paths"), options.pop("seed"), options.pop("draws")
    shown, out, plot = options.pop("shown"), options.pop("out"), options.pop("plot")
    answer = model_run(
        name,
        periods,
        _changes(changes),
        _one_row(start) if start else None,
        _columns(series) if series else None,
        [part.strip() for part in shown.split(";") if part.strip()],
        paths,
        seed,
        _draws(draws),
    )
    if out:
        _save(answer, out)
    if plot:
        from creditor.export.plot import to_plot

        click.echo(to_plot(answer.figures[0]))
    return write(answer, options)


@model.command()
@click.argument("name")
@click.argument("first")
@click.argument("second")
@click.option("--periods", type=click.IntRange(1, 100_000), default=60, show_default=True, help="Number of periods.")
@outputs
def compare(name: str, first: str, second: str, periods: int, **options: Any) -> int:
    """Run NAME with the changes FIRST and SECOND (X=v@from[:to];..., or none) and show the difference."""
    from creditor.verbs.models import model_compare

    return write(model_compare(name, _listed(first), _listed(second), periods), options)


@model.command()
@click.argument("name")
@click.argument("variable")
@outputs
def explain(name: str, variable: str, **options: Any) -> int:
    """What decides VARIABLE in a model, what it reads and who reads it."""
    from creditor.verbs.models import model_explain

    return write(model_explain(name, variable), options)


def _listed(text: str) -> list[dict[str, Any]]:
    return [] if text.strip() in ("", "none") else _changes([part for part in text.split(";") if part.strip()])


def _changes(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Read X=v@from[:to]."""
    found, troubles = [], []
    for text in texts:
        name, _, rest = text.partition("=")
        value, _, when = rest.partition("@")
        first, _, last = when.partition(":")
        try:
            entry: dict[str, Any] = {"name": name.strip(), "value": float(value), "from": int(first or 1)}
            if last:
                entry["to"] = int(last)
            found.append(entry)
        except ValueError:
            mend = "write for example --set tax_rate=0.25@10 or rate[N]=0.03@5:9"
            troubles.append(Trouble("U501", "--set", f"{text!r} is not X=v@from[:to]", "", mend))
    if troubles:
        raise InputError(troubles)
    return found


def _draws(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Read X=normal(0,0.01)."""
    found, troubles = [], []
    for text in texts:
        match = re.fullmatch(r"(.+?)=\s*(\w+)\(([^()]*)\)\s*", text)
        try:
            if match is None:
                raise ValueError(text)
            numbers = tuple(float(part) for part in match[3].split(","))
            found.append({"name": match[1].strip(), "distribution": match[2], "parameters": numbers})
        except ValueError:
            mend = "write for example --draw 'tax_rate=normal(0,0.01)'"
            troubles.append(Trouble("U501", "--draw", f"{text!r} is not X=distribution(numbers)", "", mend))
    if troubles:
        raise InputError(troubles)
    return found


def _columns(path: str) -> dict[str, tuple[float, ...]]:
    """Columns of a CSV of numbers; a column ``t`` or ``period`` is left out."""
    from creditor.terms.csvfile import parse_number, read_csv

    header = _header(path)
    book = read_csv(Path(path), header)
    columns: dict[str, list[float]] = {name: [] for name in header if name not in ("t", "period")}
    for row in book.rows:
        for name, numbers in columns.items():
            value = parse_number(row[name], row.where, name, book.troubles)
            numbers.append(float(value) if value is not None else float("nan"))
    book.finish()
    return {name: tuple(numbers) for name, numbers in columns.items()}


def _one_row(path: str) -> dict[str, float]:
    columns = _columns(path)
    if any(len(numbers) != 1 for numbers in columns.values()):
        raise InputError(Trouble("U501", path, "more than one row of opening values", "", "keep one row"))
    return {name: numbers[0] for name, numbers in columns.items()}


def _header(path: str) -> list[str]:
    import csv

    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            lines = (line for line in file if line.strip() and not line.startswith("#"))
            return [name.strip().casefold() for name in next(csv.reader(lines), [])]
    except FileNotFoundError:
        raise InputError(Trouble("C101", path, "no such file", "", "check the path")) from None
    except UnicodeDecodeError:
        raise InputError(Trouble("C103", path, "the file is not UTF-8", "", "save it as UTF-8")) from None


def _save(answer: Answer, out: str) -> None:
    from creditor.export.files import write_file
    from creditor.export.json import to_json
    from creditor.verbs.models import run_csv

    if out.endswith(".json"):
        write_file(out, to_json(answer.payload))
    elif out.endswith(".csv"):
        write_file(out, run_csv(answer))
    else:
        raise InputError(Trouble("U501", "--out", f"{out!r} ends in neither .csv nor .json", "", "name it so"))
    click.echo(f"wrote {out}", err=True)


def _wait(path: Path) -> None:
    """Wait until a file changes."""
    import time

    def mark() -> float:
        return path.stat().st_mtime if path.exists() else 0.0

    before = mark()
    while mark() == before:
        time.sleep(0.3)
