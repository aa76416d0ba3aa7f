"""Owns HTML output: one self-contained page with story, figures, tables, findings and sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from creditor.export.sources import grades_shown, number_sources, source_lines, unit_heading
from creditor.export.text import HEADINGS, provenance_line
from creditor.figures.canvas import FONTS
from creditor.figures.palette import variables
from creditor.figures.svg import to_svg, unit_line
from creditor.terms.answer import Answer, Sheet
from creditor.terms.finding import SEVERITIES
from creditor.terms.provenance import GRADES

_COLOURS = ["paper", "ink", "muted", "rule", "household", "central_bank"]
_LINK = {"light": "#243b98", "dark": "#8fb0f0"}
_WIDE, _NARROW = 960, 328  # the narrow form fills a telephone 360 pixels wide
Numbers = dict[tuple[str, str], int]


def to_html(answer: Answer) -> str:
    """Write an answer as one page.

    Parameters
    ----------
    answer : Answer
        Everything in it is shown; ``payload["command"]``, where it is given, as the way to reproduce it.

    Returns
    -------
    str
        HTML with style and figures inside; it needs no script and asks no other host for anything. Light and
        dark follow the reader's setting; below 640 pixels figures take their narrow form.

    Examples
    --------
    >>> "<h1>Debt</h1>" in to_html(Answer("Nobody owes anything.", title="Debt"))
    True
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["bound"] = _bound
    return environment.get_template("page.html.jinja").render(_context(answer))


def _bound(text: str) -> str:
    """Running text in which no line ends before a percent sign or between a currency and its amount."""
    text = re.sub(r"(?<=\d) %", "\u00a0%", text)
    return re.sub(r"\b([A-Z]{3}) (?=[−\d])", "\\1\u00a0", text)


def _context(answer: Answer) -> dict[str, Any]:
    from markupsafe import Markup

    numbers = number_sources(answer.sheets)
    command = answer.payload.get("command")
    return {
        "title": _title(answer),
        "story": [part for part in answer.story.split("\n") if part.strip()],
        "light": Markup(_variables("light")),
        "dark": Markup(_variables("dark")),
        "fonts": Markup(FONTS),
        "figures": [_figure(spec) for spec in answer.figures],
        "sheets": [_sheet(sheet, numbers) for sheet in answer.sheets],
        "grids": answer.grids,
        "findings": _findings(answer),
        "sources": source_lines(numbers),
        "grades": "; ".join(
            f"{grade}{_star(grade)} {GRADES[grade]}" for grade in grades_shown(answer.sheets)
        ),
        "command": command if isinstance(command, str) else "",
        "provenance": provenance_line(answer),
    }


def _title(answer: Answer) -> str:
    if answer.title:
        return answer.title
    titles = [str(spec["title"]) for spec in answer.figures] + [sheet.title for sheet in answer.sheets]
    return titles[0] if titles else "Answer"


def _variables(theme: str) -> str:
    return f"{variables(theme, _COLOURS)};--link:{_LINK[theme]}"


def _figure(spec: Mapping[str, Any]) -> dict[str, Any]:
    from markupsafe import Markup

    return {
        "title": spec["title"],
        "sentence": spec["sentence"],
        "unit": unit_line(spec["unit"]),
        "source": spec["source"],
        "wide": Markup(to_svg(spec, _WIDE, bare=True)),
        "narrow": Markup(to_svg(spec, _NARROW, narrow=True, bare=True)),
    }


def _sheet(sheet: Sheet, numbers: Numbers) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "note": sheet.note,
        "dim": sheet.dim.replace("_", " "),
        "columns": [{"title": table.title, "unit": unit_heading(table.unit)} for table in sheet.columns],
        "graded": any(label in sheet.origins for label in sheet.labels),
        "rows": [_row(sheet, label, numbers) for label in sheet.labels],
    }


def _row(sheet: Sheet, label: str, numbers: Numbers) -> dict[str, Any]:
    origin = sheet.origins.get(label)
    looks = ["assumed"] if origin and origin.grade == "C" else []
    looks += ["total"] if sheet.total and label == sheet.total else []
    return {
        "title": sheet.title_of(label),
        "texts": [table.text(**{table.dims[0]: label}) for table in sheet.columns],
        "grade": f"{origin.grade}{_star(origin.grade)}" if origin else "",
        "number": numbers.get((origin.source, origin.vintage)) if origin else None,
        "look": " ".join(looks),
    }


def _findings(answer: Answer) -> list[dict[str, Any]]:
    groups = []
    for severity in reversed(SEVERITIES):
        found = [finding for finding in answer.findings if finding.severity == severity]
        if found:
            groups.append({"severity": severity, "heading": HEADINGS[severity], "found": found})
    return groups


def _star(grade: str) -> str:
    return "*" if grade == "C" else ""
