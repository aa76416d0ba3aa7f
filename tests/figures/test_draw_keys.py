"""Swatches with their meaning: in lines that fit, none where there is nothing to say."""

from __future__ import annotations

from creditor.figures.canvas import Canvas
from creditor.figures.draw_keys import draw_keys

KEYS = [{"tone": tone, "text": f"what {tone} means"} for tone in ("state", "firm", "foreign")]


def test_keys_take_as_many_lines_as_they_need():
    heights = [draw_keys(Canvas("c", "light"), KEYS, 0, 0, width) for width in (900, 300, 160)]
    assert heights == [28.0, 48.0, 68.0]
    assert draw_keys(Canvas("c", "light"), [], 0, 0, 300) == 0.0


def test_every_key_has_a_swatch_and_a_label_within_the_width():
    canvas = Canvas("c", "light")
    draw_keys(canvas, [*KEYS, {"tone": "neutral", "text": "long " * 50}], 10, 5, 200)
    assert len(canvas.labels) == 4 and sum(part.startswith("<rect") for part in canvas.parts) == 4
    assert all(label.box[2] <= 210.01 for label in canvas.labels)
