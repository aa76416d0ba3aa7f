"""Elements are valid XML whatever the texts hold, and a label knows its box."""

import xml.etree.ElementTree as ElementTree

from hypothesis import given
from hypothesis import strategies as st

from creditor.figures.canvas import Canvas, Label, attribute, clean, number


@given(st.text(st.characters(), max_size=40))
def test_any_text_is_valid_xml(text):
    ElementTree.fromstring(f"<a b={attribute(text)}>{clean(text)}</a>")


@given(st.floats(-1e6, 1e6))
def test_numbers_are_short_and_close(value):
    assert abs(float(number(value)) - value) <= 0.005 + 1e-9
    assert "e" not in number(value) and number(value) != "-0"


def test_boxes_follow_the_anchor():
    boxes = [
        Label(100, 20, (("Banks", "ink", False),), 10, anchor).box for anchor in ("start", "middle", "end")
    ]
    assert boxes[0][0] == 100 and boxes[2][2] == 100
    assert boxes[1][0] + boxes[1][2] == 200


def test_style_holds_what_is_used_and_no_more():
    canvas = Canvas("f1", "auto")
    canvas.ribbon("M0 0Z", "household", True, "a < b")
    style = canvas.style()
    assert 'id="f1-hatch-household"' in style and "--foreign" not in style
    assert "prefers-color-scheme:dark" in style
    assert "a &lt; b" in canvas.parts[0]


def test_a_fixed_theme_has_no_media_query():
    for theme in ("light", "dark"):
        canvas = Canvas("f1", theme)
        canvas.rect(0, 0, 1, 1, "firm")
        canvas.line(0, 0, 1, 1, "ink")
        assert "@media" not in canvas.style()
