"""Bars begin at zero, grow with their values, and show assumptions and intervals."""

import re

from creditor.figures.bars import bars
from creditor.figures.svg import draw
from creditor.terms.table import column
from creditor.terms.units import money

USD = money("USD")


def rectangles(spec, **more):
    found = []
    for part in draw(spec, **more).canvas.parts:
        match = re.match(r'<rect x="([-\d.]+)" y="[-\d.]+" width="([\d.]+)" height="[\d.]+" (.*?)[/>]', part)
        if match:
            found.append((float(match[1]), float(match[2]), match[3]))
    return found


def test_lengths_are_proportional():
    spec = bars("T", "", "", column("debt", "holder", {"a": 1.0, "b": 3.0}, USD))
    for narrow in (False, True):
        (_, short, _), (_, long, _) = rectangles(spec, narrow=narrow)
        assert abs(long / short - 3) < 0.02


def test_negative_bars_end_at_zero_and_tiny_ones_are_visible():
    spec = bars("T", "", "", column("debt", "holder", {"a": -1.0, "b": 2.0, "c": 1e-12, "d": 0.0}, USD))
    for narrow in (False, True):
        (left, wide, _), (zero, _, _), (_, tiny, _) = rectangles(spec, narrow=narrow)
        assert abs(left + wide - zero) < 0.02
        assert tiny == 1.5


def test_all_zero_draws_nothing_wrong():
    assert rectangles(bars("T", "", "", column("debt", "holder", {"a": 0.0}, USD))) == []


def test_assumptions_are_hatched():
    spec = bars("T", "", "", column("debt", "holder", {"a": 1.0}, USD), grades={"a": "C"})
    assert any("hatch-neutral" in look for _, _, look in rectangles(spec))
    assert any("assumption" in label.pieces[0][0] for label in draw(spec).canvas.labels)
