"""Owns the output options that all commands share, and the writing of an answer to them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from creditor.terms.answer import Answer

OPTIONS = (
    click.option("--json", "as_json", is_flag=True, help="Write the answer as JSON to standard output."),
    click.option("--csv", "as_csv", is_flag=True, help="Write the first table as CSV to standard output."),
    click.option("--xlsx", "xlsx", metavar="FILE", help="Write all tables to a workbook."),
    click.option("--svg", "svg", metavar="FILE", help="Write the first picture as SVG."),
    click.option("--html", "html", metavar="FILE", help="Write one self-contained page."),
)


def outputs(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the output options to a command."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def outputs_beside_table(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the output options to a command whose --csv names a table to read."""
    for option in reversed([OPTIONS[0], *OPTIONS[2:]]):
        command = option(command)
    return command


def write_list(answer: Answer, options: dict[str, Any], key: str) -> int:
    """Write an answer for a table: as JSON the bare list of its rows, else as `write` does."""
    if not options.get("as_json"):
        return write(answer, options)
    from creditor.export.json import to_json

    _write_files(list(_made(answer, options)))
    click.echo(to_json(answer.payload[key]), nl=False)
    _remarks(answer)
    return answer.exit_code


def write(
    answer: Answer,
    options: dict[str, Any],
    files: Mapping[Path, str | bytes] | None = None,
    numbers: str = "",
) -> int:
    """Write an answer where its options say, and return its exit code.

    Parameters
    ----------
    answer : Answer
    options : dict
        Values of `OPTIONS`: as_json, as_csv, xlsx, svg, html.
    files : mapping of Path to str or bytes, optional
        Further files that the command makes.
    numbers : str, optional
        What --csv writes instead of the first table.

    Returns
    -------
    int
        0, or 1 where the answer is bad.
    """
    if options.get("as_json") and options.get("as_csv"):
        raise click.UsageError("--json and --csv exclude each other")
    if options.get("as_csv") and not (numbers or answer.sheets or answer.grids):
        raise click.UsageError("--csv: this answer has no table; use --json")
    _write_files([*(files or {}).items(), *_made(answer, options)])
    if options.get("as_json"):
        from creditor.export.json import to_json

        click.echo(to_json(answer.payload), nl=False)
        _remarks(answer)
    elif options.get("as_csv"):
        from creditor.export.csvfile import to_csv

        click.echo(numbers or to_csv(answer), nl=False)
    else:
        from creditor.export.text import to_text

        terminal = sys.stdout.isatty()
        columns = shutil.get_terminal_size((100, 40)).columns
        colour = terminal and "NO_COLOR" not in os.environ
        text = to_text(answer, min(max(columns, 60), 140), colour=colour)
        click.echo(text, nl=False, color=colour or None)
    return answer.exit_code


def _made(answer: Answer, options: dict[str, Any]) -> Iterator[tuple[Path, str | bytes]]:
    """The files that options ask for."""
    if options.get("svg"):
        if not answer.figures:
            raise click.UsageError("--svg: this answer has no picture")
        from creditor.figures.svg import to_svg

        yield Path(options["svg"]), to_svg(answer.figures[0])
    if options.get("html"):
        from creditor.export.html import to_html

        yield Path(options["html"]), to_html(answer)
    if options.get("xlsx"):
        from creditor.export.xlsx import workbook_bytes

        yield Path(options["xlsx"]), workbook_bytes(answer)


def _write_files(files: Sequence[tuple[Path, str | bytes]]) -> None:
    """Write files that are all made; one whose place cannot be written comes first and stops the others."""
    from creditor.export.files import write_file

    places = [path.resolve() for path, _ in files]
    for path, place in zip((path for path, _ in files), places, strict=True):
        if places.count(place) > 1:
            raise click.UsageError(f"{path}: two outputs have this name")
    for path, content in sorted(files, key=lambda file: _writable(file[0])):
        write_file(path, content)
        click.echo(f"wrote {path}", err=True)


def _writable(path: Path) -> bool:
    return path.parent.is_dir() and os.access(path.parent, os.W_OK) and not path.is_dir()


def _remarks(answer: Answer) -> None:
    """Findings that the payload does not carry go to standard error."""
    if "findings" not in answer.payload:
        for finding in answer.findings:
            code = f" [{finding.code}]" if finding.code else ""
            mend = f" {finding.mend}" if finding.mend else ""
            click.echo(f"{finding.severity}: {finding.place}: {finding.sentence}{code}{mend}", err=True)
