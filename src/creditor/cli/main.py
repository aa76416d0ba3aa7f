"""Owns the command group: names and one-line helps here, each command's file imported when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from creditor.errors import CODES, CreditorError
from creditor.terms.provenance import VERSION
from creditor.terms.suggest import mend_with

COMMANDS = {
    "who": ("creditor.cli.who:who", "Who is the creditor of an economy's government."),
    "path": ("creditor.cli.path:path", "Where the debt of a government goes, with fan and stress tests."),
    "rules": ("creditor.cli.rules:rules", "A debt path against the rules of the frameworks."),
    "effort": ("creditor.cli.rules:effort", "The least effort with which a debt path meets a rule."),
    "burden": ("creditor.cli.burden:burden", "What interest takes of revenue, output and exports, ranked."),
    "statement": ("creditor.cli.statement:statement", "What a debt is to one household or person."),
    "check": ("creditor.cli.check:check", "Which claims hold: of the article, or in a text of yours."),
    "compare-holders": (
        "creditor.cli.compare_holders:compare_holders",
        "Who holds the debt of several economies, on one definition.",
    ),
    "through": ("creditor.cli.through:through", "Who owns a debt in the end, in a ledger of your own."),
    "model": ("creditor.cli.model:model", "Models: list, show, check, run, compare, explain."),
    "runs": ("creditor.cli.runs:runs", "Stored runs: list, show, rm, resume."),
    "assess": ("creditor.cli.assess:assess", "May this be done? Verdict, articles, missing facts."),
    "ask": ("creditor.cli.assess:ask", "The same by questions: only those that can change the verdict."),
    "memo": ("creditor.cli.assess:memo", "The same as a memo with citations."),
    "record": ("creditor.cli.assess:record", "Append a decision, signed by two, to a book."),
    "reassess": ("creditor.cli.assess:reassess", "Which recorded decisions would fall otherwise today."),
    "screen": ("creditor.cli.screen:screen", "Does a name or business scope hold a barred term?"),
    "screen-text": ("creditor.cli.screen:screen_text", "Does an advert or post offer what is barred?"),
    "audit": ("creditor.cli.audit:audit", "Which claims of a ledger a regime touches."),
    "regime": ("creditor.cli.regime:regime", "Regimes: list, show, coverage, diff, switch."),
    "alerts": ("creditor.cli.alerts:alerts", "Alerts: add, list, show, advance, verify, route, scan."),
    "data": ("creditor.cli.data:data", "What the library holds: status, refresh."),
    "lint": ("creditor.cli.lint:lint", "What is missing or does not add up in a country folder or ledger."),
    "doctor": ("creditor.cli.doctor:doctor", "What this installation has and lacks."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest names for a wrong one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f"there is no command {args[0]!r}; {mend_with(args[0], COMMANDS)}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """As click does; a reader of a pipe that has gone is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 answered; 1 answered and the answer is bad; 2 bad input; "
    "3 data or a tool is missing; 4 no valid solution; 5 a defect of the program; 130 stopped.",
)
@click.version_option(VERSION, prog_name="creditor")
def cli() -> None:
    """Every debt is someone's claim. Who is the creditor?

    Start with: creditor who USA --through
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        By default those of the process.

    Returns
    -------
    int
        The exit code.

    Examples
    --------
    >>> run(["--version"])
    creditor, version 0.1.0
    0
    """
    try:
        code = cli.main(
            args=None if arguments is None else list(arguments), prog_name="creditor", standalone_mode=False
        )
        return code if isinstance(code, int) else 0
    except CreditorError as error:
        click.echo(f"creditor: {error}", err=True)
        return error.exit_code
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
            click.echo(error.format_message(), err=True)  # the help
            return 2
        click.echo(f"creditor: {error.format_message()} [U503]", err=True)
        if error.ctx is not None:
            click.echo(f"    mend: {error.ctx.command_path} --help", err=True)
        return 2
    except (click.Abort, KeyboardInterrupt) as stop:
        click.echo(f"creditor: {str(stop.__cause__ or '') or str(stop) or 'stopped'}", err=True)
        return 130
    except SystemExit as stop:  # completion in the shell ends like this
        return stop.code if isinstance(stop.code, int) else 0
    except Exception as error:
        return _defect(error)


def _defect(error: Exception) -> int:
    import traceback

    if os.environ.get("CREDITOR_DEBUG"):
        traceback.print_exception(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(place.filename)}:{place.lineno}"
    click.echo(f"creditor: {CODES['U599']} {type(error).__name__} at {where}: {error} [U599]", err=True)
    click.echo("    mend: set CREDITOR_DEBUG=1 for the whole trace, and report it", err=True)
    return 5
