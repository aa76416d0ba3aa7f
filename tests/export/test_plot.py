"""The terminal picture: title, legend, size, absent points, no escape codes; a missing package is named."""

from __future__ import annotations

import pytest

from creditor.export.plot import _pieces, to_plot
from creditor.figures.lines import lines
from creditor.terms.table import matrix
from creditor.terms.units import parse_unit


def figure(series):
    periods = [str(t) for t in range(max(len(values) for values in series.values()))]
    cells = {(periods[t], name): x for name, xs in series.items() for t, x in enumerate(xs) if x is not None}
    return lines(
        "Model x",
        "",
        "",
        matrix("run", ("period", "variable"), periods, list(series), cells, parse_unit("count")),
    )


def braille(text: str) -> int:
    return sum("\u2800" < letter <= "\u28ff" for letter in text)


def test_title_legend_and_size():
    text = to_plot(figure({"wealth": [1.0, 2.0, 4.0], "income": [3.0, 2.0, 1.0]}), 60, 15)
    rows = text.rstrip("\n").split("\n")
    assert "Model x" in rows[0] and "wealth" in text and "income" in text
    assert len(rows) == 15 and max(map(len, rows)) == 60
    assert "\x1b" not in text


def test_the_size_of_the_terminal_does_not_matter(monkeypatch):
    spec = figure({"a": [1.0, 2.0]})
    monkeypatch.setenv("COLUMNS", "20")
    small = to_plot(spec, 100, 20)
    monkeypatch.setenv("COLUMNS", "300")
    assert to_plot(spec, 100, 20) == small and max(map(len, small.splitlines())) == 100


def test_pictures_do_not_add_up():
    first = to_plot(figure({"a": [1.0, 2.0]}), 60, 15)
    to_plot(figure({"b": [5.0, 2.0]}), 60, 15)
    assert to_plot(figure({"a": [1.0, 2.0]}), 60, 15) == first


def test_absent_points_break_a_line():
    whole = figure({"a": [0.0] * 40})
    broken = figure({"a": [0.0] * 5 + [None] * 30 + [0.0] * 5})
    assert braille(to_plot(broken, 80, 15)) < 0.5 * braille(to_plot(whole, 80, 15))
    assert to_plot(broken, 80, 15).count("⢕") == to_plot(whole, 80, 15).count("⢕"), "one entry in the legend"
    assert _pieces([[0, 1], [1, 2], [4, 3], [6, 1], [7, 1]]) == [[[0, 1], [1, 2]], [[4, 3]], [[6, 1], [7, 1]]]


@pytest.mark.parametrize("values", [[None, None], [5.0], [1e9, -1e9], [0.0, 0.0]])
def test_strange_series(values):
    assert "Model x" in to_plot(figure({"a": values, "b": [1.0, 1.0]}), 60, 15)


def test_axes_have_round_numbers_and_dates():
    spec = figure({"debt": [28_029.2 * 1.06**t for t in range(31)]})
    spec["periods"] = [str(2025 + t) for t in range(31)]
    text = to_plot(spec, 100, 20)
    assert "150,000" in text and "100,000" in text
    last = text.rstrip().splitlines()[-1].split()
    assert last[0] == "2025" and all(2025 <= int(year) <= 2055 for year in last) and len(last) >= 4


def test_a_fan_has_its_quantiles_as_lines():
    from creditor.figures.fan import BANDS, Fan, fan
    from creditor.terms.units import parse_unit

    one = Fan("wages", {share: [1.0, 1.0 + float(share), 2.0 + float(share)] for share in BANDS})
    text = to_plot(fan("Title", "", "", [one], ["0", "1", "2"], parse_unit("count")), 80, 20)
    picture, key = text.rstrip().split("wages, from above: ")
    assert key == "95%, 75%, 50%, 25%, 5% of the paths are below the line."
    assert "%" not in picture  # nothing lies over the lines


def test_lines_over_a_fan_are_in_the_legend():
    from creditor.figures.fan import BANDS, Fan, fan

    one = Fan("debt", {b: [1.0, 2.0] for b in BANDS}, {"an outlook": [1.0, 3.0]})
    text = to_plot(fan("Title", "", "", [one], ["0", "1"], parse_unit("count")), 80, 20)
    assert "an outlook" in text
