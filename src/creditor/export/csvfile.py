"""Owns CSV output: the first table of an answer at full precision, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence

from creditor.terms.answer import Answer, Sheet

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(answer: Answer) -> str:
    """Write the first table of an answer as CSV.

    Parameters
    ----------
    answer : Answer
        The first of its sheets is written.

    Returns
    -------
    str
        RFC 4180: a header, then one row per label; columns are the label under the name of its dimension, its
        title where titles differ, each table under its own title, unit, source, vintage and grade. Absent
        numbers are empty. Without a sheet the first
        table of words is written; without either the text is empty.

    Examples
    --------
    >>> from creditor.terms.table import column
    >>> from creditor.terms.units import money
    >>> sheet = Sheet("holders", "Holders", (column("Amount", "holder", {"funds": 0.1}, money("USD")),))
    >>> to_csv(Answer("", (sheet,)))
    'holder,amount,unit,source,vintage,grade\\r\\nfunds,0.1,USD bn,,,\\r\\n'
    """
    if not answer.sheets:
        return _grid(answer)
    sheet = answer.sheets[0]
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(_header(sheet))
    for label in sheet.labels:
        writer.writerow(_row(sheet, label))
    return written.getvalue()


def _grid(answer: Answer) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    for grid in answer.grids[:1]:
        names: list[str] = []
        for heading in grid.columns:
            names.append(_unused(snake(heading), names, ()))
        writer.writerow(names)
        writer.writerows([safe(text) for text in row] for row in grid.rows)
    return written.getvalue()


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> safe("=1+1"), safe("Banks")
    ("'=1+1", 'Banks')
    """
    return "'" + text if text.startswith(_FORMULA) else text


def snake(title: str) -> str:
    """A title as the name of a column.

    Examples
    --------
    >>> snake("Through funds, at face value")
    'through_funds_at_face_value'
    """
    plain = unicodedata.normalize("NFKD", title).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"\W+", "_", plain).strip("_") or "value"


def _header(sheet: Sheet) -> list[str]:
    names = [_unused(snake(sheet.dim), [])]
    if _has_titles(sheet):
        names.append(names[0] + "_title")
    single = _single_unit(sheet)
    for table in sheet.columns:
        name = _unused(snake(table.title), names)
        names += [name] if single else [name, name + "_unit"]
    return [*names, *(["unit"] if single else []), "source", "vintage", "grade"]


def _row(sheet: Sheet, label: str) -> list[str]:
    fields = [safe(label)]
    if _has_titles(sheet):
        fields.append(safe(sheet.title_of(label)))
    single = _single_unit(sheet)
    for table in sheet.columns:
        value = table.at(**{table.dims[0]: label})
        fields.append("" if value != value else repr(value))
        if not single:
            fields.append(str(table.unit))
    origin = sheet.origins.get(label)
    unit = [single] if single else []
    return [
        *fields,
        *unit,
        *([safe(origin.source), safe(origin.vintage), origin.grade] if origin else ["", "", ""]),
    ]


def _has_titles(sheet: Sheet) -> bool:
    return any(sheet.title_of(label) != label for label in sheet.labels)


def _single_unit(sheet: Sheet) -> str:
    units = {str(table.unit) for table in sheet.columns}
    return units.pop() if len(units) == 1 else ""


def _unused(
    name: str, names: Sequence[str], kept: Sequence[str] = ("unit", "source", "vintage", "grade")
) -> str:
    reserved = {*names, *kept}
    numbered, count = name, 1
    while numbered in reserved:
        count += 1
        numbered = f"{name}_{count}"
    return numbered
