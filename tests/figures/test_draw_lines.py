"""Lines as drawn: absent points break them, ticks tell themselves apart, labels keep apart and inside."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ElementTree

import pytest

from creditor.figures.lines import lines
from creditor.figures.svg import draw, to_svg
from creditor.terms.table import matrix
from creditor.terms.units import parse_unit

COUNT = parse_unit("count")
LONG = "a_variable_with_a_name_that_is_far_too_long_to_stand_beside_its_line[households, country]"


def figure(series: dict[str, list[float | None]], labels: list[str] | None = None):
    periods = max((len(values) for values in series.values()), default=1)
    labels = labels or [str(t) for t in range(periods)]
    cells = {
        (labels[t], name): value
        for name, values in series.items()
        for t, value in enumerate(values)
        if value is not None
    }
    table = matrix("run", ("period", "variable"), labels, list(series), cells, COUNT)
    return lines("Title", "A sentence.", "the source", table)


def paths(spec, **more) -> list[str]:
    found = (re.match(r'<path d="([^"]+)"', part) for part in draw(spec, **more).canvas.parts)
    return [match[1] for match in found if match]


def texts(spec, **more) -> list[str]:
    return [label.pieces[0][0] for label in draw(spec, **more).canvas.labels]


def ticks(spec) -> list[str]:
    return [label.pieces[0][0] for label in draw(spec).canvas.labels if label.anchor == "end"]


def overlaps(spec, **more) -> list[tuple[str, str]]:
    labels = draw(spec, **more).canvas.labels
    found = []
    for i, one in enumerate(labels):
        for other in labels[i + 1 :]:
            a, b = one.box, other.box
            if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
                found.append((one.pieces[0][0], other.pieces[0][0]))
    return found


CASES = {
    "two": figure({"a": [1, 2, 3], "b": [3, 2, 1]}),
    "one period": figure({"a": [5.0]}),
    "constant": figure({"a": [100.0] * 5, "b": [100.0] * 5, "c": [100.0] * 5}),
    "same ends": figure({f"variable {i}": [i, 1.0] for i in range(12)}),
    "at the bottom": figure({f"v{i}": [10.0, 0.0] for i in range(8)} | {"up": [0.0, 10.0]}),
    "very many": figure({f"variable {i}": [float(i), i + 1.0] for i in range(30)}),
    "negative": figure({"a": [-5.0, 4.0], "b": [-1e6, 3e6]}),
    "long names": figure({LONG: [1, 2], LONG + "2": [1.01, 2.01], "b": [0, 1]}),
    "120 periods": figure({"a": [t * 1.5 for t in range(121)]}),
    "dates": figure({"a": [1.0] * 60}, [f"{2026 + t // 4}Q{t % 4 + 1}" for t in range(60)]),
    "large": figure({"a": [1e15, 3e15]}),
    "nothing": figure({"a": [None, None]}),
    "no series": figure({}),
}


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_labels_keep_apart_and_inside(name, narrow):
    spec = CASES[name]
    assert overlaps(spec, narrow=narrow) == []
    drawing = draw(spec, narrow=narrow)
    for label in drawing.canvas.labels:
        left, top, right, bottom = label.box
        assert left >= -0.5 and top >= -0.5, label
        assert right <= drawing.width + 0.5 and bottom <= drawing.height + 0.5, label


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_the_svg_is_xml_without_strange_numbers(name, narrow):
    svg = to_svg(CASES[name], narrow=narrow)
    root = ElementTree.fromstring(svg)
    assert root.tag.endswith("svg") and "nan" not in svg and "inf" not in svg.replace("infl", "")
    assert svg == to_svg(CASES[name], narrow=narrow)


def test_absent_points_break_a_line():
    (outline,) = paths(figure({"a": [1.0, 2.0, None, 3.0, 4.0]}))
    assert (
        [step[0] for step in outline.split("M")[1:]] and outline.count("M") == 2 and outline.count("L") == 2
    )
    (whole,) = paths(figure({"a": [1.0, 2.0, 2.5, 3.0, 4.0]}))
    assert whole.count("M") == 1 and whole.count("L") == 4
    (late,) = paths(figure({"a": [None, 2.0, 2.5]}))
    assert late.count("M") == 1 and late.count("L") == 1


def test_a_point_between_absent_ones_can_be_seen():
    def dots(values) -> int:
        parts = draw(figure({"a": values})).canvas.parts
        return sum('width="3" height="3"' in part for part in parts)

    assert dots([1.0, None, 2.0, None, 3.0, 4.0]) == 2
    assert dots([1.0, 2.0, 3.0]) == 0


def test_places_are_proportional():
    (outline,) = paths(figure({"a": [0.0, 1.0, 2.0, 3.0]}))
    points = [tuple(map(float, point)) for point in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", outline)]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(points)]
    assert all(abs(x - steps[0][0]) < 0.02 and abs(y - steps[0][1]) < 0.02 for x, y in steps)
    assert steps[0][0] > 0 > steps[0][1]


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (0, 1),
        (-3, 8),
        (99.9, 100.1),
        (1e-15, 3e-15),
        (-2e-7, 5e-7),
        (1e6, 1.002e6),
        (1e15, 1e15 + 64),
        (0, 1e300),
        (0, 1.1),
        (0, 1.1e15),
        (0, 1.1e-9),
        (5, 5),
    ],
)
def test_ticks_are_round_few_and_tell_themselves_apart(low, high):
    found = ticks(figure({"a": [float(low), float(high)]}))
    assert 3 <= len(found) <= 8 and len(set(found)) == len(found)
    numbers = [float(text.replace("−", "-").replace(",", "")) for text in found]
    assert numbers == sorted(numbers)
    step = (numbers[-1] - numbers[0]) / (len(numbers) - 1)
    assert all(b - a == pytest.approx(step, rel=1e-6) for a, b in itertools.pairwise(numbers))
    assert numbers[0] <= low + abs(low) * 1e-9 and numbers[-1] >= high - abs(high) * 1e-9


def test_ticks_of_simple_ranges():
    assert ticks(figure({"a": [0.0, 10.0]})) == ["0", "2", "4", "6", "8", "10"]
    assert ticks(figure({"a": [-0.02, 0.03]})) == ["−0.02", "−0.01", "0", "0.01", "0.02", "0.03"]
    assert ticks(figure({"a": [0.0, 5000.0]})) == ["0", "1,000", "2,000", "3,000", "4,000", "5,000"]


def test_names_stand_at_the_ends_in_the_order_of_the_lines():
    labels = draw(figure({"low": [1.0, 1.0], "high": [1.0, 9.0], "middle": [1.0, 5.0]})).canvas.labels
    place = {label.pieces[0][0]: label.y for label in labels}
    assert place["high"] < place["middle"] < place["low"]


def test_long_names_are_cut_and_kept_as_a_tooltip():
    labels = draw(CASES["long names"]).canvas.labels
    cut = [label for label in labels if label.full]
    assert {label.full for label in cut} == {LONG, LONG + "2"}
    assert all(label.pieces[0][0].endswith("…") for label in cut)


def test_the_narrow_form_has_a_key_above_the_picture():
    spec = CASES["two"]
    drawing = draw(spec, narrow=True)
    named = {label.pieces[0][0]: label for label in drawing.canvas.labels}
    top = min(
        float(step)
        for outline in paths(spec, narrow=True)
        for step in re.findall(r"[ML][-\d.]+ ([-\d.]+)", outline)
    )
    assert named["a"].y < named["b"].y < top
    assert drawing.width == 360


def test_hostile_names_stay_text():
    spec = figure({"<script>alert(1)</script>&\"'": [1.0, 2.0]})
    svg = to_svg(spec)
    ElementTree.fromstring(svg)
    assert "<script" not in svg


def test_every_line_has_a_title():
    root = ElementTree.fromstring(to_svg(figure({"wealth": [1.0, 2.0], "income": [2.0, 1.0]})))
    titles = [element.text for element in root.iter() if element.tag.endswith("title")]
    assert {"wealth", "income"} <= set(titles)
