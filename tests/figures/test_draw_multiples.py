"""Small multiples are drawn in a grid: every number once, no label outside, bars on one scale."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest

from creditor.figures.multiples import Panel, multiples
from creditor.figures.svg import draw, to_svg
from creditor.terms.table import column
from creditor.terms.units import SHARE

NAMES = [f"Economy {number}" for number in range(9)]


def spec(count: int = 9):
    panels = [
        Panel(name, "2019Q4", column("share", "class", {"Banks": 0.1 * (i + 1), "Foreigners": 0.05}, SHARE))
        for i, name in enumerate(NAMES[:count])
    ]
    return multiples("Holders", "Nine places.", "Invented.", panels, {"Banks": "intermediary"})


@pytest.mark.parametrize("narrow", [False, True])
def test_every_panel_and_number_is_there_and_no_label_is_outside(narrow):
    drawing = draw(spec(), narrow=narrow)
    texts = [piece for label in drawing.canvas.labels for piece, _, _ in label.pieces]
    assert all(name in texts for name in NAMES) and texts.count("5.0 %") == 9
    for label in drawing.canvas.labels:
        left, top, right, bottom = label.box
        assert left >= 0 and right <= drawing.width + 1 and top >= 0 and bottom <= drawing.height


def test_labels_stand_once_in_each_line_of_panels():
    wide = [piece for label in draw(spec()).canvas.labels for piece, _, _ in label.pieces]
    narrow = [piece for label in draw(spec(), narrow=True).canvas.labels for piece, _, _ in label.pieces]
    assert 1 <= wide.count("Foreigners") < narrow.count("Foreigners") == 9


def test_bars_are_on_one_scale():
    text = to_svg(spec(), theme="light", width=1080)
    widths = [float(w) for w in re.findall(r'width="([0-9.]+)" height="11" class="intermediary"', text)]
    assert len(widths) == 9 and widths[8] == pytest.approx(9 * widths[0], rel=0.01)
    ElementTree.fromstring(text)


def test_an_assumption_is_hatched_and_explained():
    values = column("share", "class", {"Banks": 0.4}, SHARE)
    text = to_svg(multiples("Holders", "", "", [Panel("A", "", values, {"Banks": "C"})]), theme="light")
    assert "hatched" in text and "stroke-dasharray" in text


def test_the_narrow_form_leaves_out_what_is_absent_and_cuts_no_usual_name():
    names = ["Residents, not told apart", "Foreign private, not told apart"]
    empty = {names[0]: 0.4, names[1]: float("nan")}
    panels = [
        Panel("Other low-income economies", "2024, at home 40.0 %", column("share", "class", empty, SHARE)),
        Panel("B", "", column("share", "class", {names[0]: 0.4, names[1]: 0.6}, SHARE)),
    ]
    pieces = [
        p
        for label in draw(multiples("H", "", "", panels), narrow=True).canvas.labels
        for p, *_ in label.pieces
    ]
    assert pieces.count(names[0]) == 2 and pieces.count(names[1]) == 1 and "–" not in pieces
    assert "Other low-income economies" in pieces
