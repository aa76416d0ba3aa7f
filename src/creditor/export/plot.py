"""Owns the terminal picture of a line figure."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from creditor.figures.axis import axis_ticks, tick_texts
from creditor.figures.svg import unit_line

TICK_GAP = 10  # columns between the dates of an axis


def to_plot(figure: Mapping[str, Any], width: int = 100, height: int = 24) -> str:
    """Draw a line figure, or the first panel of a fan, with characters.

    Parameters
    ----------
    figure : mapping
        Made by `creditor.figures.lines.lines` or `creditor.figures.fan.fan`.
    width, height : int
        In characters.

    Examples
    --------
    >>> from creditor.figures.lines import lines
    >>> from creditor.terms.table import matrix
    >>> from creditor.terms.units import parse_unit
    >>> cells = {("0", "x"): 1.0, ("1", "x"): 2.0}
    >>> table = matrix("run", ("period", "variable"), ["0", "1"], ["x"], cells, parse_unit("count"))
    >>> "x" in to_plot(lines("x", "", "", table), 40, 10)
    True
    """
    import plotext

    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, height)
    plotext.theme("clear")
    colours = itertools.cycle(range(1, 16))
    for entry, colour in zip(_series(figure), colours, strict=False):
        for number, piece in enumerate(_pieces(entry["points"])):
            label = str(entry["title"]) if number == 0 and figure["kind"] != "fan" else None
            xs, ys = [point[0] for point in piece], [point[1] for point in piece]
            plotext.plot(xs, ys, label=label, marker="braille", color=colour)
    unit = unit_line(figure["unit"])
    plotext.title(f"{figure['title']} ({unit[:1].lower()}{unit[1:]})" if unit else str(figure["title"]))
    _axes(plotext, figure, width)
    return str(plotext.uncolorize(plotext.build())) + _key(figure, width)


def _key(figure: Mapping[str, Any], width: int) -> str:
    """What the lines of a fan are, below it: without colours a legend over the lines would only hide them."""
    if figure["kind"] != "fan":
        return ""
    first = figure["fans"][0]
    shares = ", ".join(f"{float(share):.0%}" for share in reversed(figure["bands"]))
    told = f"{first['title']}, from above: {shares} of the paths are below the line"
    others = [str(line["title"]) for line in first.get("lines", ())]
    told += f"; other lines and points: {'; '.join(others)}" if others else ""
    return "\n" + "\n".join(textwrap.wrap(told + ".", width))


def _axes(plotext: Any, figure: Mapping[str, Any], width: int) -> None:
    """Ticks as in the other pictures: round numbers for people, and dates where the periods have them."""
    values = [point[1] for entry in _series(figure) for point in entry["points"]]
    if not values:
        return
    low, high, ticks = axis_ticks(values)
    plotext.ylim(low, high)
    plotext.yticks(ticks, tick_texts(ticks))
    periods = [str(period) for period in figure["periods"]]
    room = max(2, width // (max(len(period) for period in periods) + TICK_GAP))
    step = max(1, -(-(len(periods) - 1) // (room - 1)))
    places = list(range(0, len(periods), step))
    plotext.xticks(places, [periods[place] for place in places])


def _series(figure: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Lines of a figure; of a fan the quantiles of its first panel, the highest first, then its lines."""
    if figure["kind"] != "fan":
        series: Sequence[Mapping[str, Any]] = figure["series"]
        return series
    first, lines = figure["fans"][0], []
    for number, share in reversed(list(enumerate(figure["bands"]))):
        points = [[place, values[number], texts[number]] for place, values, texts in first["points"]]
        lines.append({"title": f"{first['title']}, {float(share):.0%}", "points": points})
    return [*lines, *first.get("lines", ())]


def _pieces(points: Sequence[Sequence[Any]]) -> list[list[Sequence[Any]]]:
    """Points in stretches without an absent one between them."""
    pieces: list[list[Sequence[Any]]] = []
    for point in points:
        if pieces and point[0] == pieces[-1][-1][0] + 1:
            pieces[-1].append(point)
        else:
            pieces.append([point])
    return pieces
