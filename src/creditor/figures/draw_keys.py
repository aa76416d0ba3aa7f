"""Owns the line of swatches that says what the tones of a figure mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from creditor.figures.canvas import Canvas, Label
from creditor.figures.text import shorten, text_width

SIZE = 11.5


def draw_keys(
    canvas: Canvas, keys: Sequence[Mapping[str, Any]], left: float, top: float, width: float
) -> float:
    """Draw swatches with what they mean, in as many lines as are needed, and return the height they took.

    Examples
    --------
    >>> draw_keys(Canvas("c", "light"), [{"tone": "state", "text": "solved together"}], 0, 0, 300)
    28.0
    """
    x, y = left, top
    for key in keys:
        text = shorten(key["text"], SIZE, width - 20)
        needed = 20 + text_width(text, SIZE)
        if x > left and x + needed > left + width:
            x, y = left, y + 20
        canvas.rect(x, y + 2, 12, 12, key["tone"])
        canvas.label(Label(x + 18, y + 12.5, ((text, "muted", False),), SIZE))
        x += needed + 18
    return y + 28 - top if keys else 0.0
