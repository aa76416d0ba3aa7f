"""Axes: ticks are round, cover what is drawn, and tell themselves apart."""

from __future__ import annotations

import itertools

import pytest

from creditor.figures.axis import axis_ticks, draw_periods, tick_texts
from creditor.figures.canvas import Canvas


@pytest.mark.parametrize("values", [[0.0, 1.0], [3.0, 3.0], [-1e9, 2e9], [1e-7, 3e-7], [99.9, 100.1], []])
def test_ticks_cover_what_is_drawn_and_differ_as_texts(values: list[float]) -> None:
    low, high, ticks = axis_ticks(values)
    assert low <= min(values, default=0.0) and max(values, default=1.0) <= high
    texts = tick_texts(ticks)
    assert 3 <= len(ticks) <= 9 and len(set(texts)) == len(texts)


def test_names_of_periods_keep_apart() -> None:
    canvas = Canvas("c", "light")
    names = [f"20{n // 4:02}Q{n % 4 + 1}" for n in range(80)]
    draw_periods(canvas, names, lambda place: 10 + 4 * place, 50, 79, 340)
    boxes = [label.box for label in canvas.labels]
    assert len(boxes) >= 3
    assert all(left[2] <= right[0] for left, right in itertools.pairwise(boxes))
