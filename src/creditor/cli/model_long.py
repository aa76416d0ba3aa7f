"""Owns the options of runs with many paths, and what a long run says on its way on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from creditor.scenario.wishes import Listener, Progress

EVERY = 5.0  # seconds between lines where there is no terminal
TICK = 0.2  # and between two pictures of the line in a terminal
OPTIONS = (
    click.option(
        "--share", "shares", metavar="'A > v'", multiple=True, help="Share of paths on which this holds."
    ),
    click.option("--store/--no-store", default=None, help="Keep the run; by default where it is long."),
    click.option("--threads", type=click.IntRange(1, 1024), help="Threads; they change no digit."),
    click.option("--progress", is_flag=True, help="Say how far a long run is, also without a terminal."),
    click.option(
        "--out-paths", metavar="FILE", default=None, help="Write every path to FILE.csv or FILE.nc."
    ),
)


def many_paths(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of runs with many paths to a command."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def listener(always: bool = False) -> Listener:
    """Who is told of a long run: progress on a terminal, or always; warnings in any case.

    Examples
    --------
    >>> listener().progress is not None
    True
    """
    from creditor.scenario.wishes import Listener

    terminal = sys.stderr.isatty()
    line = _Line(terminal)
    if not (terminal or always):
        return Listener(warn=line.warn)
    return Listener(line.progress, line.warn)


class _Line:
    """A line on standard error that is written anew in a terminal, and below itself elsewhere."""

    def __init__(self, terminal: bool) -> None:
        self.terminal, self.shown, self.last = terminal, 0, 0.0

    def progress(self, found: Progress) -> None:
        """Say how far a run is, not too often."""
        now, ended = time.monotonic(), found.done == found.paths
        if not ended and now - self.last < (TICK if self.terminal else EVERY):
            return
        self.last = now
        text = describe(found)
        if not self.terminal:
            click.echo(text, err=True)
            return
        click.echo("\r" + text.ljust(self.shown), err=True, nl=ended)
        self.shown = 0 if ended else len(text)

    def warn(self, text: str) -> None:
        """Say something else, on a line of its own."""
        if self.shown:
            click.echo("", err=True)
            self.shown = 0
        click.echo(f"creditor: {text}", err=True)


def describe(found: Progress) -> str:
    """How far a run is, as words.

    Examples
    --------
    >>> from creditor.scenario.wishes import Progress
    >>> describe(Progress(250_000, 1_000_000, 95.0))
    '250,000 of 1,000,000 paths, 25 %, about 1 min 35 s left'
    """
    text = f"{found.done:,} of {found.paths:,} paths, {100 * found.done // found.paths} %"
    if found.seconds_left is None or found.done == found.paths:
        return text
    minutes, seconds = divmod(round(found.seconds_left), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{text}, about {hours} h {minutes} min left"
    return f"{text}, about {minutes} min {seconds} s left" if minutes else f"{text}, about {seconds} s left"
