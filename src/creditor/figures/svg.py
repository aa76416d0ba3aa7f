"""Owns the finished SVG: heading, sentence, drawing, legend, source line and style in one text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from creditor.figures.canvas import FONTS, Canvas, Label, attribute, clean, number
from creditor.figures.draw_bars import draw_bars
from creditor.figures.draw_fan import draw_fan
from creditor.figures.draw_lines import draw_lines
from creditor.figures.draw_matrix import draw_matrix
from creditor.figures.draw_multiples import draw_multiples
from creditor.figures.draw_sankey import draw_sankey
from creditor.figures.draw_stages import draw_stages
from creditor.figures.draw_tree import draw_tree
from creditor.figures.text import text_width, wrap

THEMES = ("auto", "light", "dark")
WIDE, NARROW, NARROWEST = 1080.0, 360.0, 280.0
_DRAW = {
    "sankey": draw_sankey,
    "bars": draw_bars,
    "matrix": draw_matrix,
    "lines": draw_lines,
    "fan": draw_fan,
    "stages": draw_stages,
    "tree": draw_tree,
    "multiples": draw_multiples,
}


@dataclass(frozen=True)
class Drawing:
    """A figure as drawn: its elements, the boxes of its labels, and its size."""

    canvas: Canvas
    width: float
    height: float


def to_svg(
    spec: Mapping[str, Any],
    width: float | None = None,
    theme: str = "auto",
    narrow: bool = False,
    *,
    bare: bool = False,
) -> str:
    """Draw a figure specification as SVG.

    Parameters
    ----------
    spec : mapping
        Made by `sankey`, `bars`, `matrix`, `lines`, `stages`, `tree` or `fan`.
    width : float, optional
        In pixels; 1080, or 360 when narrow.
    theme : str
        ``auto`` follows the reader's setting, ``light`` and ``dark`` are fixed.
    narrow : bool
        The form for telephones.
    bare : bool
        Without title, sentence, source line and ground, for a page that sets them itself.

    Returns
    -------
    str
        Self-contained SVG: no script, no font file, no reference to any other place.

    Raises
    ------
    ValueError
        Where the kind or theme is not known or the width is below 280.

    Examples
    --------
    >>> from creditor.figures.bars import bars
    >>> from creditor.terms.table import column
    >>> from creditor.terms.units import money
    >>> spec = bars("Holders", "One holder.", "", column("debt", "holder", {"a": 1.0}, money("USD")))
    >>> to_svg(spec, theme="light").startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    True
    """
    drawing = draw(spec, width, theme, narrow, bare=bare)
    canvas, wide, high = drawing.canvas, number(drawing.width), number(drawing.height)
    background = "" if bare else f'<rect width="{wide}" height="{high}" {canvas.fill("paper")}/>\n'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" '
        f'class="{canvas.key}" role="img" aria-label={attribute(spec["sentence"] or spec["title"])} '
        f'font-family="{FONTS}">\n'
        f"<title>{clean(spec['title'])}</title>\n<desc>{clean(_description(spec))}</desc>\n"
        f"{canvas.style()}\n{background}" + "\n".join(canvas.parts) + "\n</svg>\n"
    )


def draw(
    spec: Mapping[str, Any],
    width: float | None = None,
    theme: str = "auto",
    narrow: bool = False,
    *,
    bare: bool = False,
) -> Drawing:
    """Draw a figure and keep its geometry; parameters as in `to_svg`.

    Examples
    --------
    >>> from creditor.figures.bars import bars
    >>> from creditor.terms.table import column
    >>> from creditor.terms.units import money
    >>> spec = bars("Holders", "One holder.", "", column("debt", "holder", {"a": 1.0}, money("USD")))
    >>> draw(spec, narrow=True).width
    360.0
    """
    wide = float(width if width is not None else (NARROW if narrow else WIDE))
    if spec["kind"] not in _DRAW:
        raise ValueError(f"kind {spec['kind']!r} is none of {', '.join(_DRAW)}")
    if theme not in THEMES:
        raise ValueError(f"theme {theme!r} is none of {', '.join(THEMES)}")
    if wide < NARROWEST:
        raise ValueError(f"a width of {wide:g} px is below {NARROWEST:g}")
    canvas = Canvas(_key(spec, wide, theme, narrow, bare), theme)
    margin = 2.0 if bare else 14.0 if narrow else 28.0
    inner = wide - 2 * margin
    y = margin
    if not bare:
        y = _heading(canvas, spec, margin, y, inner, narrow)
    y += _DRAW[spec["kind"]](canvas, spec, margin, y, inner, narrow)
    y = _legend(canvas, spec, margin, y, inner)
    if not bare and spec["source"]:
        y = _lines(canvas, "Source: " + spec["source"], margin, y + 14, inner, 11.5, "muted")
    return Drawing(canvas, wide, round(y + margin, 2))


def unit_line(unit: str) -> str:
    """What the numbers count, as a short line; empty where their own sign says it.

    Examples
    --------
    >>> unit_line("USD bn"), unit_line("share of holdings"), unit_line("share")
    ('In USD bn', 'Share of holdings', '')
    """
    if unit in ("", "share", "percent"):
        return ""
    return unit.capitalize() if unit.startswith("share") else f"In {unit}"


def _key(spec: Mapping[str, Any], width: float, theme: str, narrow: bool, bare: bool) -> str:
    """Prefix of ids: the same for the same figure, different for different ones in one page."""
    content = json.dumps([spec, width, theme, narrow, bare], sort_keys=True, default=str)
    return "f" + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _heading(
    canvas: Canvas, spec: Mapping[str, Any], x: float, y: float, width: float, narrow: bool
) -> float:
    y = _lines(canvas, spec["title"], x, y, width, 17 if narrow else 20, "ink", bold=True)
    if spec["sentence"]:
        measure = min(width, 760.0)
        y = _lines(canvas, spec["sentence"], x, y + 4, measure, 13 if narrow else 14, "muted")
    counted = unit_line(spec["unit"])
    y = _lines(canvas, counted, x, y + 4, width, 11.5, "muted") if counted else y
    return y + (16 if narrow else 22)


def _lines(
    canvas: Canvas, text: str, x: float, y: float, width: float, size: float, colour: str, bold: bool = False
) -> float:
    for line in wrap(text, size, width, bold):
        canvas.label(Label(x, y + size, ((line, colour, bold),), size))
        y += 1.4 * size
    return y


def _legend(canvas: Canvas, spec: Mapping[str, Any], x: float, y: float, width: float) -> float:
    """Explain hatches and interval lines, where there are any; return where the legend ends."""
    inside = [row for panel in spec.get("panels", ()) for row in panel["rows"]]
    marks = [*spec.get("links", ()), *spec.get("rows", ()), *inside]
    entries = []
    if any(mark.get("grade") == "C" for mark in marks):
        entries.append(("hatch", "hatched: an assumption (grade C), not a published figure"))
    if any("low" in mark for mark in marks):
        entries.append(("line", "line: from the lowest to the highest possible value"))
    start, y = x, y + 18 if entries else y
    for index, (kind, text) in enumerate(entries):
        needed = 30 + text_width(text, 11.5)
        if index and x + needed > start + width:
            x, y = start, y + 20
        if kind == "hatch":
            canvas.assumed_rect(x, y + 1, 20, 12, "neutral")
        else:
            canvas.line(x, y + 7, x + 20, y + 7, "ink", 1.5)
            for end in (x, x + 20):
                canvas.line(end, y + 3, end, y + 11, "ink", 1.5)
        lines = wrap(text, 11.5, width - 28)
        for count, line in enumerate(lines):
            canvas.label(Label(x + 28, y + 11 + 15 * count, ((line, "muted", False),), 11.5))
        y += 15 * (len(lines) - 1)
        x += needed + 24
    return y + 16 if entries else y


def _description(spec: Mapping[str, Any]) -> str:
    counted, source = unit_line(spec["unit"]), spec["source"]
    parts = [spec["sentence"], counted and counted + ".", source and f"Source: {source}"]
    return " ".join(part for part in parts if part)
