"""Fans as drawn: bands around the median, one panel for each, breaks where values are absent."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest

from creditor.figures.fan import BANDS, Fan, fan
from creditor.figures.svg import draw, to_svg
from creditor.terms.units import parse_unit

LONG = (
    "a_variable_with_a_name_that_is_far_too_long_to_stand_above_its_panel_on_a_telephone[households, country]"
)


def figure(*names: str, gap: bool = False) -> dict:
    def values(share: str) -> list[float | None]:
        row: list[float | None] = [10.0 + place * (0.5 + float(share)) for place in range(9)]
        return [None, *row[1:4], None, *row[5:]] if gap else row

    fans = [Fan(name, {share: values(share) for share in BANDS}) for name in names]
    periods = [f"2026Q{n % 4 + 1}" for n in range(9)]
    return fan("Title", "A sentence.", "invented", fans, periods, parse_unit("count"))


def outlines(spec: dict) -> list[str]:
    found = (re.match(r'<path d="([^"]+)"', part) for part in draw(spec).canvas.parts)
    return [match[1] for match in found if match]


def test_bands_lie_within_each_other_around_the_median() -> None:
    wide, half, middle = outlines(figure("x"))
    heights = [[float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", text)] for text in (wide, half, middle)]
    last = len(heights[2]) - 1
    top, upper, line, lower, bottom = (
        heights[0][last],
        heights[1][last],
        heights[2][last],
        heights[1][last + 1],
        heights[0][last + 1],
    )
    assert top < upper < line < lower < bottom


def test_an_absent_value_breaks_the_fan() -> None:
    assert len(outlines(figure("x", gap=True))) == 6


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("narrow", [False, True])
def test_labels_keep_apart_and_inside(count: int, narrow: bool) -> None:
    drawing = draw(figure(*(f"{n}_{LONG}" for n in range(count))), narrow=narrow)
    boxes = [label.box for label in drawing.canvas.labels]
    for i, one in enumerate(boxes):
        assert one[0] >= 0 and one[2] <= drawing.width and one[3] <= drawing.height
        for other in boxes[i + 1 :]:
            wide, high = (
                min(one[2], other[2]) - max(one[0], other[0]),
                min(one[3], other[3]) - max(one[1], other[1]),
            )
            assert wide <= 0.01 or high <= 0.01
    ElementTree.fromstring(to_svg(figure("a < b")))


def test_lines_over_the_bands_are_drawn_named_and_within_the_axis() -> None:
    bands = {share: [10.0, 11.0, 12.0] for share in BANDS}
    others = {"one": [10.0, 40.0, None], "two": [None, None, 11.0]}
    spec = fan("Title", "", "", [Fan("x", bands, others)], ["0", "1", "2"], parse_unit("count"))
    for narrow in (False, True):
        drawing = draw(spec, narrow=narrow)
        texts = [label.pieces[0][0] for label in drawing.canvas.labels]
        assert "one" in texts and "two" in texts and "40" in texts
        assert all(label.box[3] <= drawing.height for label in drawing.canvas.labels)
    assert len(outlines(spec)) == 4  # two bands, the median, and the line of two years in a row
    assert "two: 11" in to_svg(spec)
