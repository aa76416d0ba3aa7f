"""Interleaved rounds: each piece of work in turn; medians of times, and of ratios in a round."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median

ROUNDS = 21
Times = dict[str, list[float]]


def interleaved(work: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> Times:
    """Seconds by name, one for each round; a round to warm up is not counted.

    A machine that others use too is slower at times; pieces that take turns are so together.
    """
    found: Times = {name: [] for name in work}
    for count in range(rounds + 1):
        for name, piece in work.items():
            begun = time.perf_counter()
            piece()
            if count:
                found[name].append(time.perf_counter() - begun)
    return found


def ratio(times: Times, name: str, to: str) -> float:
    """The median, over rounds, of what one piece took to what another took beside it."""
    return median(one / other for one, other in zip(times[name], times[to], strict=True))


def table(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as Markdown, each column as wide as it needs; absent entries stay empty."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [names, *([row.get(name, "") for name in names] for row in rows)]
    wide = [max(len(row[n]) for row in cells) for n in range(len(names))]
    lines = [
        "| " + " | ".join(text.ljust(size) for text, size in zip(row, wide, strict=True)) + " |"
        for row in cells
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (size + 2) for size in wide) + "|", *lines[1:]])
