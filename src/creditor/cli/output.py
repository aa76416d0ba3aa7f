"""Owns the output options that all commands share, and the writing of an answer to them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
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


def write(answer: Answer, options: dict[str, Any]) -> int:
    """Write an answer where its options say, and return its exit code.

    Parameters
    ----------
    answer : Answer
    options : dict
        Values of `OPTIONS`: as_json, as_csv, xlsx, svg, html.

    Returns
    -------
    int
        0, or 1 where the answer is bad.
    """
    if options.get("as_json") and options.get("as_csv"):
        raise click.UsageError("--json and --csv exclude each other")
    _files(answer, options)
    if options.get("as_json"):
        from creditor.export.json import to_json

        click.echo(to_json(answer.payload), nl=False)
        _remarks(answer)
    elif options.get("as_csv"):
        from creditor.export.csvfile import to_csv

        click.echo(to_csv(answer), nl=False)
    else:
        from creditor.export.text import to_text

        terminal = sys.stdout.isatty()
        columns = shutil.get_terminal_size((100, 40)).columns
        colour = terminal and "NO_COLOR" not in os.environ
        click.echo(to_text(answer, min(max(columns, 60), 140), colour=colour), nl=False, color=colour or None)
    return answer.exit_code


def _files(answer: Answer, options: dict[str, Any]) -> None:
    """Make every file first, then write them: nothing is written where one cannot be made."""
    from creditor.export.files import write_file

    made: list[tuple[str, str | bytes]] = []
    if options.get("svg"):
        if not answer.figures:
            raise click.UsageError("--svg: this answer has no picture")
        from creditor.figures.svg import to_svg

        made.append((options["svg"], to_svg(answer.figures[0])))
    if options.get("html"):
        from creditor.export.html import to_html

        made.append((options["html"], to_html(answer)))
    if options.get("xlsx"):
        from creditor.export.xlsx import write_xlsx

        write_xlsx(answer, options["xlsx"])
        click.echo(f"wrote {options['xlsx']}", err=True)
    for path, content in made:
        write_file(path, content)
        click.echo(f"wrote {path}", err=True)


def _remarks(answer: Answer) -> None:
    """Findings that the payload does not carry go to standard error."""
    if "findings" not in answer.payload:
        for finding in answer.findings:
            code = f" [{finding.code}]" if finding.code else ""
            click.echo(f"{finding.severity}: {finding.place}: {finding.sentence}{code}", err=True)
