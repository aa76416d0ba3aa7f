"""Stages as drawn: no label upon another whatever the boxes, arrows beside them, both forms complete."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditor.figures.stages import Stage, stages
from creditor.figures.svg import draw, to_svg

NAMES = st.text(st.sampled_from("abcdefgh WM_[],"), min_size=1, max_size=50)


def overlaps(labels):
    boxes = [label.box for label in labels]
    return [
        (labels[i].pieces, labels[j].pieces)
        for i in range(len(boxes))
        for j in range(i + 1, len(boxes))
        if min(boxes[i][2], boxes[j][2]) - max(boxes[i][0], boxes[j][0]) > 0.01
        and min(boxes[i][3], boxes[j][3]) - max(boxes[i][1], boxes[j][1]) > 0.01
    ]


def check(drawing):
    assert overlaps(drawing.canvas.labels) == []
    for label in drawing.canvas.labels:
        left, top, right, bottom = label.box
        assert left >= -0.01 and right <= drawing.width + 0.01, label
        assert top >= 0 and bottom <= drawing.height, label
        assert label.size >= 11


@st.composite
def orders(drawn):
    boxes: list[Stage] = []
    for number in range(drawn(st.integers(1, 9))):
        lines = drawn(st.lists(st.lists(NAMES, min_size=1, max_size=9).map(tuple), max_size=5).map(tuple))
        after = drawn(st.lists(st.sampled_from([box.id for box in boxes]), unique=True)) if boxes else []
        title, note = drawn(NAMES), drawn(st.sampled_from(["", "a note " * 20]))
        strong = lines[0] if lines else ()
        boxes.append(Stage(str(number), title, note, lines, tuple(after), "state", strong))
    return stages("T", "", "Q", boxes, {"state": "x " * 40, "firm": "y"})


@settings(max_examples=60, deadline=None)
@given(orders(), st.sampled_from([(720, False), (1080, False), (280, True), (390, True)]))
def test_labels_of_any_order_keep_apart_and_inside(spec, form):
    check(draw(spec, form[0], narrow=form[1]))


def arrows(drawing):
    return [part for part in drawing.canvas.parts if part.startswith("<path") and "stroke-width" in part]


def boxes_of(drawing):
    found = [part for part in drawing.canvas.parts if 'rx="3"' in part]
    return [[float(x) for x in re.findall(r'(?:x|y|width|height)="([\d.]+)"', part)[:4]] for part in found]


def test_boxes_stand_side_by_side_where_no_arrow_passes_a_row():
    spec = stages("T", "", "", [Stage("1", "a"), *(Stage(n, n, after=("1",)) for n in "234")])
    wide, narrow = draw(spec, 1000), draw(spec, 360, narrow=True)
    assert len({box[1] for box in boxes_of(wide)}) == 2 and len({box[1] for box in boxes_of(narrow)}) == 4
    assert len(arrows(wide)) == len(arrows(narrow)) == 3
    crowded = stages("T", "", "", [Stage("1", "a"), *(Stage(str(n), "b", after=("1",)) for n in range(2, 9))])
    assert len({box[1] for box in boxes_of(draw(crowded, 1000))}) == 8


@pytest.mark.parametrize("narrow", [False, True])
def test_an_arrow_that_passes_a_box_runs_beside_it(narrow):
    boxes = [Stage("1", "a"), Stage("2", "b", after=("1",)), Stage("3", "c", after=("1", "2"))]
    drawing = draw(stages("T", "", "", boxes), 360 if narrow else 1000, narrow=narrow)
    left = min(box[0] for box in boxes_of(drawing))
    passing = [path for path in arrows(drawing) if path.count("L") == 3]
    assert len(passing) == 1 and len(arrows(drawing)) == 3
    corners = re.findall(r"[ML]([\d.]+) ", passing[0])
    assert min(map(float, corners)) < left


def test_the_same_figure_is_drawn_the_same_in_light_and_dark():
    spec = stages("T", "", "", [Stage("1", "a", "", (("x",),), (), "state", ("x",))])
    assert to_svg(spec) == to_svg(spec) and to_svg(spec, theme="dark") != to_svg(spec, theme="light")
    assert draw(stages("T", "", "", [])).height > 0
