"""A tree as drawn: no label upon another whatever the rows, every note to be read, both forms complete."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from creditor.figures.svg import draw
from creditor.figures.tree import Branch, tree

TEXTS = st.text(st.sampled_from("abcdefgh WM_[]()*+"), min_size=1, max_size=300)


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
def trees(drawn):
    rows, depth = [Branch(0, drawn(TEXTS), drawn(TEXTS))], 0
    for _ in range(drawn(st.integers(0, 12))):
        depth = drawn(st.integers(1, min(depth + 1, 6)))
        rows.append(Branch(depth, drawn(TEXTS), drawn(st.sampled_from(["", "note"]) | TEXTS), "firm"))
    return tree("T", "", "Q", rows, {"firm": "given"})


@settings(max_examples=60, deadline=None)
@given(trees(), st.sampled_from([(720, False), (1080, False), (280, True), (390, True)]))
def test_labels_of_any_tree_keep_apart_and_inside(spec, form):
    check(draw(spec, form[0], narrow=form[1]))


def test_each_row_but_the_root_is_joined_and_deeper_rows_stand_further_right():
    spec = tree("T", "", "", [Branch(0, "a"), Branch(1, "b"), Branch(2, "c"), Branch(1, "d")])
    drawing = draw(spec, 800)
    assert sum(part.startswith("<path") for part in drawing.canvas.parts) == 3
    titles = {label.pieces[0][0]: label.x for label in drawing.canvas.labels if label.pieces[0][2]}
    assert titles["a"] < titles["b"] == titles["d"] < titles["c"]


def test_notes_stand_beside_titles_when_wide_and_below_them_when_narrow():
    spec = tree("T", "", "", [Branch(0, "a", "the note")])

    def places(narrow):
        labels = draw(spec, narrow=narrow).canvas.labels
        return {label.pieces[0][0]: (label.x, label.y) for label in labels}

    wide, narrow = places(False), places(True)
    assert wide["the note"][1] == wide["a"][1] and wide["the note"][0] > wide["a"][0]
    assert narrow["the note"][1] > narrow["a"][1] and narrow["the note"][0] == narrow["a"][0]


def test_a_note_that_is_cut_is_whole_in_its_tooltip():
    note = "word " * 400
    labels = draw(tree("T", "", "", [Branch(0, "a", note)])).canvas.labels
    assert any(label.full == note for label in labels)
