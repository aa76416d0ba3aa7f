"""Owns the commands `creditor model export|import`."""

from __future__ import annotations

from pathlib import Path

import click

from creditor.cli.output import write

FORMS = ("c", "latex", "csv", "dynare", "modelflow")


@click.command("export")
@click.argument("name")
@click.option("--to", metavar="FORM", required=True, help=f"One of {', '.join(FORMS)}.")
@click.option("--out", metavar="FILE", help="Write it there; without it, to standard output.")
@click.option(
    "--period", type=click.IntRange(0, 100_000), default=1, help="With csv: whose numbers; default 1."
)
@click.option(
    "--economy", "economies", metavar="CODE", multiple=True, help="Whose figures and labels; may be repeated."
)
@click.option("--json", "as_json", is_flag=True, help="Write the answer as JSON to standard output.")
def export_model(
    name: str, to: str, out: str | None, period: int, economies: tuple[str, ...], as_json: bool
) -> int:
    """Write a model for another program: NAME in the library, or a file."""
    from creditor.verbs.exports import model_export

    answer = model_export(name, to, period=period, economies=economies)
    if out or as_json:
        files = {Path(out): answer.payload["text"]} if out else {}
        return write(answer, {"as_json": as_json}, files)
    click.echo(answer.payload["text"], nl=False)
    for finding in answer.findings:
        click.echo(f"{finding.severity}: {finding.sentence}", err=True)
    return answer.exit_code


@click.command("import")
@click.argument("file")
@click.option(
    "--from", "form", metavar="FORM", help="One of sfcr, modelflow, eviews, pysolve, dynare; else guessed."
)
@click.option("--out", metavar="NAME.model", help="Write the model there; without it, to standard output.")
@click.option("--json", "as_json", is_flag=True, help="Write the answer as JSON to standard output.")
def import_model(file: str, form: str | None, out: str | None, as_json: bool) -> int:
    """Read a model from the text of another program; what is not understood is told."""
    from creditor.errors import InputError, Trouble
    from creditor.export.text import to_text
    from creditor.verbs.imports import model_import

    if out and not out.endswith(".model"):
        what = f"{out!r} does not end in .model"
        raise InputError(Trouble("U501", "--out", what, "such a text is a model", "name it so"))
    answer = model_import(file, form)
    if out or as_json:
        return write(answer, {"as_json": as_json}, {Path(out): answer.payload["text"]} if out else {})
    click.echo(answer.payload["text"], nl=False)
    click.echo(to_text(answer, 100), nl=False, err=True)
    return answer.exit_code
