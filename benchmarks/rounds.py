"""Interleaved rounds: each piece of work in turn, again and again, and the median time of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median

ROUNDS = 7


def interleaved(work: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds by name; one round to warm up is not counted.

    A machine that others use too is slower at times; pieces that take turns are so together, and their ratios
    stay.
    """
    found: dict[str, list[float]] = {name: [] for name in work}
    for count in range(rounds + 1):
        for name, piece in work.items():
            begun = time.perf_counter()
            piece()
            if count:
                found[name].append(time.perf_counter() - begun)
    return {name: median(times) for name, times in found.items()}


def table(rows: list[dict[str, str]]) -> str:
    """Rows as Markdown, each column as wide as it needs; absent entries stay empty."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [names, *([row.get(name, "") for name in names] for row in rows)]
    wide = [max(len(row[n]) for row in cells) for n in range(len(names))]
    lines = [
        "| " + " | ".join(text.ljust(size) for text, size in zip(row, wide, strict=True)) + " |"
        for row in cells
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (size + 2) for size in wide) + "|", *lines[1:]])
