"""Owns the commands `creditor assess`, `memo`, `ask`, `record` and `reassess`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from creditor.cli.output import outputs, outputs_beside_table, write, write_list

REGIME = click.option("--regime", default="notice42", show_default=True, help="A regime, or its folder.")
WITHOUT = click.option(
    "--without", multiple=True, metavar="READING", help="Switch a reading off; repeatable."
)
PACK = click.option(
    "--pack", "packs", multiple=True, metavar="NAME", help="Assess a pack beside the regime; repeatable."
)
TEXT = click.option("--text", metavar="FILE", help="The full wording, to be shown by article.")
TABLE = click.option("--csv", "table", metavar="FILE.csv", help="A table of cases instead of one file.")


@click.command()
@click.argument("file", default="")
@TABLE
@REGIME
@WITHOUT
@PACK
@outputs_beside_table
def assess(
    file: str,
    table: str | None,
    regime: str,
    without: tuple[str, ...],
    packs: tuple[str, ...],
    **options: Any,
) -> int:
    """May this be done? FILE is a case in TOML; --csv takes a table of cases."""
    from creditor.verbs.assess import assess as verb

    answer = verb(file or None, table=table, regime=regime, without=without, packs=packs)
    return write_list(answer, options, "cases") if table else write(answer, options)


@click.command()
@click.argument("file")
@REGIME
@WITHOUT
@PACK
@TEXT
@click.option("--pdf", metavar="FILE", help="Print the page as PDF, with the Chromium of this machine.")
@outputs
def memo(
    file: str,
    regime: str,
    without: tuple[str, ...],
    packs: tuple[str, ...],
    text: str | None,
    pdf: str | None,
    **options: Any,
) -> int:
    """The assessment of FILE as a memo with citations; --html writes it as a page to print, --pdf as PDF."""
    from creditor.verbs.memo import memo as verb

    answer, files = verb(file, regime=regime, without=without, text=text, packs=packs), {}
    if pdf:
        from creditor.export.html import to_html
        from creditor.export.pdf import to_pdf

        files[Path(pdf)] = to_pdf(to_html(answer))
    return write(answer, options, files)


@click.command()
@click.argument("file", default="")
@REGIME
@outputs
def ask(file: str, regime: str, **options: Any) -> int:
    """Ask only for the facts that can change the verdict, beginning with FILE where it is given."""
    from creditor.verbs.ask import Interview
    from creditor.verbs.assess import assess as verb

    interview = Interview(regime, file or None)
    while (question := interview.next()) is not None:
        values = [f"{number} {value}" for number, value in enumerate(question.values, start=1)]
        listed = ", ".join(
            value.replace(" ", "\u00a0") for value in (values if values[1:] else question.values)
        )
        click.echo(click.wrap_text(question.text, 100), err=True)
        click.echo(click.wrap_text(listed, 100, "  ", "  ").replace("\u00a0", " "), err=True)
        while True:
            said = click.prompt(
                "  value or number (Enter: not known)", default="", show_default=False, err=True
            )
            mend = interview.answer(question, said)
            if not mend:
                break
            click.echo(f"  {mend}", err=True)
    return write(verb(interview.said, regime=regime), options)


@click.command()
@click.argument("file")
@click.option("--by", required=True, metavar="NAME", help="Who decides.")
@click.option("--second", required=True, metavar="NAME", help="Who signs as well; another person.")
@click.option("--book", default="decisions.jsonl", show_default=True, metavar="FILE", help="Where to append.")
@click.option("--date", default="", metavar="YYYY-MM-DD", help="Day of the decision; default today.")
@REGIME
@outputs
def record(file: str, by: str, second: str, book: str, date: str, regime: str, **options: Any) -> int:
    """Assess FILE and append the decision to a book that is never rewritten."""
    from creditor.verbs.decisions import record as verb

    return write(verb(file, by=by, second=second, book=book, regime=regime, date=date), options)


@click.command()
@click.argument("book")
@click.option("--regime", default="", help="Rules to decide by, or their folder; default those recorded.")
@outputs
def reassess(book: str, regime: str, **options: Any) -> int:
    """Decide every decision of BOOK anew and list those that would fall otherwise."""
    from creditor.verbs.decisions import reassess as verb

    return write(verb(book, regime=regime), options)
