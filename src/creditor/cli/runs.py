"""Owns the commands `creditor runs list|show|rm|resume`."""

from __future__ import annotations

from typing import Any

import click

from creditor.cli.output import outputs, write


@click.group()
def runs() -> None:
    """Stored runs: what was run, how far it is, and its answers.

    RUN is the beginning of a hash (four letters or more), the name of a scenario, or last.
    """


@runs.command("list")
@outputs
def list_runs(**options: Any) -> int:
    """Stored runs, the newest first."""
    from creditor.verbs.stored import runs_list

    return write(runs_list(), options)


@runs.command()
@click.argument("run")
@outputs
def show(run: str, **options: Any) -> int:
    """The answer of a stored run, or how far it is."""
    from creditor.verbs.runs import run_csv
    from creditor.verbs.stored import runs_show

    answer = runs_show(run)
    numbers = options["as_csv"] and "variables" in answer.payload
    return write(answer, options, None, run_csv(answer) if numbers else "")


@runs.command()
@click.argument("names", metavar="RUN...", nargs=-1, required=True)
@outputs
def rm(names: tuple[str, ...], **options: Any) -> int:
    """Remove stored runs, damaged ones too."""
    from creditor.verbs.stored import runs_remove

    return write(runs_remove(*names), options)


@runs.command()
@click.argument("run")
@click.option("--threads", type=click.IntRange(1, 1024), help="Threads; they change no digit.")
@click.option("--progress", is_flag=True, help="Say how far it is, also without a terminal.")
@outputs
def resume(run: str, threads: int | None, progress: bool, **options: Any) -> int:
    """Go on with a run that was stopped; the digits are those of a run without a stop."""
    from creditor.cli.model_long import listener
    from creditor.verbs.runs import run_csv
    from creditor.verbs.stored import runs_resume

    answer = runs_resume(run, threads=threads, listener=listener(progress))
    return write(answer, options, None, run_csv(answer) if options["as_csv"] else "")
