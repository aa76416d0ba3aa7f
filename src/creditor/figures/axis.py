"""Owns the axes of figures over time: round ticks, their texts, and the line of periods."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from creditor.figures.canvas import Canvas, Label
from creditor.figures.text import text_width

SMALL = 11.0


def draw_periods(
    canvas: Canvas,
    periods: Sequence[str],
    across: Callable[[float], float],
    bottom: float,
    last: int,
    right: float,
) -> None:
    """Draw the line of periods below a chart, with as many names as there is room for.

    Parameters
    ----------
    canvas : Canvas
    periods : sequence of str
    across : callable
        From the number of a period to pixels.
    bottom : float
        Of the chart, in pixels.
    last : int
        Number of the last period.
    right : float
        Where the last name has to end.

    Examples
    --------
    >>> canvas = Canvas("c", "light")
    >>> draw_periods(canvas, ["0", "1"], lambda place: 10 + 90 * place, 50, 1, 120)
    >>> [label.pieces[0][0] for label in canvas.labels]
    ['0', '1']
    """
    room = 1.6 * max((text_width(text, SMALL) for text in periods), default=0.0)
    most = max(1, min(8, int((across(last) - across(0)) / max(room, 1.0))))
    step = max(1, math.ceil(last / most))
    nice = next(
        n for n in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10**4, 10**5) if n >= step
    )
    canvas.line(across(0), bottom, across(last), bottom, "muted")
    for place in range(0, last + 1, nice):
        if place < len(periods):
            x = min(across(place), right - text_width(periods[place], SMALL) / 2)
            canvas.label(Label(x, bottom + 18, ((periods[place], "muted", False),), SMALL, "middle"))


def axis_ticks(values: Sequence[float]) -> tuple[float, float, list[float]]:
    """Ends of an axis and four to seven round ticks.

    Examples
    --------
    >>> axis_ticks([0.0, 9.0])
    (0.0, 10.0, [0.0, 2.0, 4.0, 6.0, 8.0, 10.0])
    """
    low, high = min(values, default=0.0), max(values, default=1.0)
    if high - low < 1e-9 * max(abs(high), abs(low), 1e-300):
        low, high = low - max(abs(low) * 0.05, 0.5), high + max(abs(high) * 0.05, 0.5)
    raw = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw)
    first, final = math.floor(low / step), math.ceil(high / step)
    return first * step, final * step, [n * step for n in range(first, final + 1)]


def tick_texts(ticks: Sequence[float]) -> list[str]:
    """Ticks as texts with as many digits as tell them apart.

    Examples
    --------
    >>> tick_texts([-1.0, 0.0, 1.0])
    ['−1', '0', '1']
    """
    step, largest = ticks[1] - ticks[0], max(abs(tick) for tick in ticks)
    power = math.floor(math.log10(step))
    if largest >= 1e7 or largest < 1e-3:
        digits = max(0, math.floor(math.log10(largest)) - power + 1)
        texts = [f"{tick:.{digits}e}" if abs(tick) > step / 2 else "0" for tick in ticks]
    else:
        digits = max(0, 1 - power)
        texts = [f"{tick:,.{digits}f}" if abs(tick) > step / 2 else "0" for tick in ticks]
        spare = min(len(text) - len(text.rstrip("0")) for text in texts if "." in text) if digits else 0
        texts = [text[: len(text) - spare].rstrip(".") if "." in text else text for text in texts]
    return [text.replace("-", "−", 1) if text.startswith("-") else text for text in texts]
