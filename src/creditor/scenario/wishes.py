"""Owns what is wanted of a run besides its scenario, who is told of it on its way, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Parameters
    ----------
    done, paths : int
    seconds_left : float or None
        None where nothing is known yet.
    """

    done: int
    paths: int
    seconds_left: float | None = None


@dataclass(frozen=True)
class Listener:
    """Who is told of a long run.

    Parameters
    ----------
    progress : callable
        Of a `Progress`, after each piece.
    warn : callable
        Of a sentence: the run is not kept, or goes on from where it was.
    """

    progress: Callable[[Progress], None] = lambda _: None
    warn: Callable[[str], None] = lambda _: None


class Stopped(KeyboardInterrupt):
    """A run was stopped by Ctrl-C; its text says what is kept."""


@dataclass(frozen=True)
class Wishes:
    """What is wanted of a run besides its scenario; none of it changes a digit.

    Parameters
    ----------
    store : bool or None
        Keep the run; by default where it is long.
    threads : int or None
        As many as there are cores.
    listener : Listener
    """

    store: bool | None = None
    threads: int | None = None
    listener: Listener = Listener()


class Uninterrupted:
    """A block that Ctrl-C does not break in two: it is heard at the end.

    Examples
    --------
    >>> with Uninterrupted():
    ...     print("whole")
    whole
    """

    def __enter__(self) -> None:
        import signal
        import threading

        self.heard: list[int] = []
        self.before: Any = None
        if threading.current_thread() is threading.main_thread():
            self.before = signal.signal(signal.SIGINT, lambda number, _: self.heard.append(number))

    def __exit__(self, *_: object) -> None:
        import signal

        if self.before is not None:
            signal.signal(signal.SIGINT, self.before)
            if self.heard:
                raise KeyboardInterrupt
