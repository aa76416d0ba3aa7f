"""The finished SVG is valid, self-contained, accessible, the same each time, and its labels keep apart."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from creditor.figures.bars import bars
from creditor.figures.canvas import FONTS
from creditor.figures.svg import draw, to_svg, unit_line
from creditor.terms.table import column
from creditor.terms.units import money

SVG = "{http://www.w3.org/2000/svg}"
FORMS = [(None, False), (760, False), (None, True), (390, True), (300, True)]


def overlapping(labels):
    boxes = [label.box for label in labels]
    for i, first in enumerate(boxes):
        for j in range(i + 1, len(boxes)):
            second = boxes[j]
            wide = min(first[2], second[2]) - max(first[0], second[0])
            high = min(first[3], second[3]) - max(first[1], second[1])
            if wide > 0.01 and high > 0.01:
                yield labels[i].pieces, labels[j].pieces


@pytest.mark.parametrize(("width", "narrow"), FORMS)
def test_labels_keep_apart_and_inside(any_figure, width, narrow):
    drawing = draw(any_figure, width, narrow=narrow)
    assert list(overlapping(drawing.canvas.labels)) == []
    for label in drawing.canvas.labels:
        left, top, right, bottom = label.box
        assert left >= 0 and top >= 0 and right <= drawing.width and bottom <= drawing.height, label
        assert label.size >= 11


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
def test_valid_and_self_contained(any_figure, theme, narrow):
    text = to_svg(any_figure, theme=theme, narrow=narrow)
    root = ElementTree.fromstring(text)
    assert root.tag == SVG + "svg" and root.get("role") == "img"
    assert root.get("aria-label") == any_figure["sentence"]
    assert root.find(SVG + "title").text == any_figure["title"]
    assert any_figure["source"] in root.find(SVG + "desc").text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"<script|@import|@font-face|<image|<use|href|\bnan\b|\binf\b", text)
    assert FONTS in text
    assert ("prefers-color-scheme" in text) == (theme == "auto")


def test_shown_texts_include_heading_and_source(any_figure):
    text = " ".join(piece[0] for label in draw(any_figure).canvas.labels for piece in label.pieces)
    assert any_figure["title"] in text and any_figure["sentence"] in text and "Source: invented" in text


def test_bare_leaves_heading_and_ground_to_the_page(flow):
    text = to_svg(flow, bare=True)
    shown = " ".join("".join(x.itertext()) for x in ElementTree.fromstring(text).iter(SVG + "text"))
    assert flow["title"] not in shown and "Source" not in shown
    assert ElementTree.fromstring(text).find(SVG + "rect").get("x") is not None


def test_the_same_each_time_and_ids_of_two_forms_differ(flow):
    assert to_svg(flow) == to_svg(flow)
    ids = [set(re.findall(r'id="([^"]+)"', to_svg(flow, narrow=narrow))) for narrow in (False, True)]
    assert ids[0] and not ids[0] & ids[1]


def test_pattern_references_exist(any_figure):
    text = to_svg(any_figure)
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(re.findall(r'id="([^"]+)"', text))


def test_hostile_texts_are_escaped():
    title = '</text><script>alert("1")</script> & \x00\ud800'
    table = column("debt", "holder", {"a": 1.0}, money("USD"), titles={"a": title})
    text = to_svg(bars(title, title, title, table, grades={"a": "C"}))
    root = ElementTree.fromstring(text)
    assert "<script" not in text
    assert root.find(SVG + "title").text.startswith("</text><script>")


def test_wrong_wishes_are_refused(flow):
    with pytest.raises(ValueError, match="'sepia'"):
        to_svg(flow, theme="sepia")
    with pytest.raises(ValueError, match="200 px"):
        to_svg(flow, 200)
    with pytest.raises(ValueError, match="'pie'"):
        to_svg(flow | {"kind": "pie"})


def test_unit_line():
    assert [unit_line(u) for u in ("share", "percent", "percent of GDP", "EUR bn")] == [
        "",
        "",
        "In percent of GDP",
        "In EUR bn",
    ]
