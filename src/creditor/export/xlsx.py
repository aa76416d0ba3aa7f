"""Owns XLSX output: one worksheet per table and one about the answer, the same bytes each time."""

from __future__ import annotations

import datetime
import io
import os
import re
from collections.abc import Sequence
from typing import Any

from creditor.export.files import write_file
from creditor.export.sources import full_source, number_sources, unit_heading
from creditor.terms.answer import NUMBER, Answer, Grid, Sheet
from creditor.terms.numbers import digits_of
from creditor.terms.units import Unit

_MADE = datetime.datetime(1980, 1, 1)
_ASSUMED = {"bg_color": "#FBE9D0", "italic": True}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(answer: Answer, path: str | os.PathLike[str]) -> None:
    """Write an answer as a workbook.

    Parameters
    ----------
    answer : Answer
        Each of its sheets becomes a worksheet; story, findings, sources and provenance stand in ``about``.
    path : path
        Where to write; a file that is there is replaced.

    Raises
    ------
    InputError
        U502 where the file cannot be written.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> place = pathlib.Path(tempfile.mkdtemp()) / "answer.xlsx"
    >>> write_xlsx(Answer("Nobody."), place)
    >>> place.read_bytes()[:2]
    b'PK'
    """
    write_file(path, workbook_bytes(answer))


def workbook_bytes(answer: Answer) -> bytes:
    """The workbook as bytes; the same for the same answer.

    Examples
    --------
    >>> workbook_bytes(Answer("Nobody.")) == workbook_bytes(Answer("Nobody."))
    True
    """
    import xlsxwriter

    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, _OPTIONS)
    book.set_properties({"title": answer.title or "creditor", "created": _MADE, "author": "creditor"})
    formats = _Formats(book)
    names = ["about"]
    for sheet in answer.sheets:
        names.append(_sheet_name(sheet.name, names))
        _write_sheet(book.add_worksheet(names[-1]), sheet, formats)
    for grid in answer.grids:
        names.append(_sheet_name(grid.name, names))
        _write_grid(book.add_worksheet(names[-1]), grid, formats)
    _write_about(book.add_worksheet("about"), answer, formats)
    book.close()
    return written.getvalue()


class _Formats:
    """Makes each format of a workbook once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"valign": "top", **properties})
        return self.made[key]


def _write_sheet(page: Any, sheet: Sheet, formats: _Formats) -> None:
    heads = [sheet.dim.replace("_", " ")]
    for table in sheet.columns:
        unit = unit_heading(table.unit)
        heads.append(f"{table.title} ({unit})" if unit else table.title)
    heads += ["grade", "source", "vintage"]
    for place, head in enumerate(heads):
        right = 0 < place <= len(sheet.columns)
        look = formats(bold=True, bottom=1, text_wrap=True, align="right" if right else "left")
        page.write_string(0, place, head, look)
    for line, label in enumerate(sheet.labels, start=1):
        _write_row(page, line, sheet, label, formats)
    titles = [len(sheet.title_of(label)) for label in sheet.labels]
    page.set_column(0, 0, min(60, max([12, *titles]) + 2))
    for place, table in enumerate(sheet.columns, start=1):
        texts = [len(table.text(**{table.dims[0]: label})) for label in sheet.labels]
        page.set_column(
            place, place, min(30, max([12, *texts, max(len(word) for word in heads[place].split())]) + 2)
        )
    last = len(sheet.columns)
    page.set_column(last + 1, last + 1, 8)
    page.set_column(last + 2, last + 2, 60)
    page.set_column(last + 3, last + 3, 14)
    page.freeze_panes(1, 1)


def _write_grid(page: Any, grid: Grid, formats: _Formats) -> None:
    numeric = grid.numeric
    for place, text in enumerate(grid.columns):
        side = {"align": "right"} if numeric[place] else {}
        page.write_string(0, place, text, formats(bold=True, bottom=1, **side))
    for line, row in enumerate(grid.rows):
        for place, text in enumerate(row):
            value = grid.values[line][place] if grid.values else None
            if value is None:
                page.write_string(line + 1, place, text, formats())
            else:
                page.write_number(line + 1, place, value, formats(num_format=_shown_format(text)))
    page.freeze_panes(1, 1)
    for place in range(len(grid.columns)):
        page.set_column(place, place, min(40, max(len(row[place]) for row in (grid.columns, *grid.rows)) + 2))


def _shown_format(text: str) -> str:
    """The format that shows as many digits after the point as a text has."""
    if not NUMBER.fullmatch(text) or "e" in text or text[0] in "<>":
        return "General"
    digits = len(text.partition(".")[2])
    return "#,##0" + ("." + "0" * digits if digits else "")


def _write_row(page: Any, line: int, sheet: Sheet, label: str, formats: _Formats) -> None:
    origin = sheet.origins.get(label)
    look: dict[str, Any] = dict(_ASSUMED) if origin and origin.grade == "C" else {}
    if sheet.total and label == sheet.total:
        look |= {"bold": True, "top": 1}
    page.write_string(line, 0, sheet.title_of(label), formats(**look))
    for place, table in enumerate(sheet.columns, start=1):
        value = table.at(**{table.dims[0]: label})
        if value != value or value in (float("inf"), float("-inf")):
            page.write_blank(line, place, None, formats(**look))
        else:
            page.write_number(line, place, value, formats(num_format=_number_format(table.unit), **look))
    fields = [origin.grade, origin.source, origin.vintage] if origin else ["", "", ""]
    for place, text in enumerate(fields, start=len(sheet.columns) + 1):
        page.write_string(line, place, text, formats(**look))


def _write_about(page: Any, answer: Answer, formats: _Formats) -> None:
    rows: list[tuple[str, str]] = [("title", answer.title)] if answer.title else []
    rows.append(("story", answer.story))
    rows += [(f"table {sheet.name}", f"{sheet.title}. {sheet.note}".strip()) for sheet in answer.sheets]
    rows += [(f"table {grid.name}", f"{grid.title}. {grid.note}".strip()) for grid in answer.grids]
    for finding in answer.findings:
        parts = [finding.place, finding.sentence, finding.evidence, finding.mend]
        rows.append((finding.severity, " | ".join(part for part in parts if part)))
    rows += [(f"source [{n}]", full_source(*key)) for key, n in number_sources(answer.sheets).items()]
    rows.append(("grades", "A published by its owner; B derived here from A; C assumption (filled rows)"))
    rows += [(name.replace("_", " "), str(value)) for name, value in answer.provenance.as_dict().items()]
    for line, (name, text) in enumerate(rows):
        page.write_string(line, 0, name, formats(bold=True))
        page.write_string(line, 1, text, formats(text_wrap=True))
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 100)


def _number_format(unit: Unit) -> str:
    digits = digits_of(unit)
    plain = "#,##0" + ("." + "0" * digits if digits else "")
    return {"share": "0." + "0" * digits + "%", "percent": plain + '" %"'}.get(unit.measure, plain)


def _sheet_name(name: str, taken: Sequence[str]) -> str:
    """A name that spreadsheets accept: at most 31 letters, none of ``[]:*?/\\``, each once."""
    plain = re.sub(r"[\[\]:*?/\\]", "_", name).strip("'")[:31] or "table"
    if plain.casefold() == "history":
        plain = "history_"
    used = {other.casefold() for other in taken}
    numbered, count = plain, 1
    while numbered.casefold() in used:
        count += 1
        numbered = f"{plain[:28]}_{count}"
    return numbered
