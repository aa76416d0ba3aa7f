"""Owns Answer: story, tables, figures, findings, provenance and certificate, the one thing a verb returns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from creditor.terms.finding import Finding
from creditor.terms.provenance import Origin, Provenance
from creditor.terms.table import Table

NUMBER = re.compile(r"[<>]?[-−+]?\d[\d,]*(\.\d+)?(e[-+]?\d+)?")


@dataclass(frozen=True)
class Sheet:
    """Tables over the same labels, side by side as columns, with the origin of each row.

    Parameters
    ----------
    name : str
        Short name without spaces: file stem in CSV, sheet in XLSX, key in JSON.
    title : str
        Heading for people.
    columns : tuple of Table
        Tables of one dimension with the same labels; their titles are the column headings.
    origins : mapping of label to Origin
        Source, vintage and grade shown at the end of a row.
    note : str
        One sentence under the heading.
    total : str
        Label of the row to be set off as the total, if there is one.

    Examples
    --------
    >>> from creditor.terms.table import column
    >>> from creditor.terms.units import money
    >>> Sheet("holders", "Holders", (column("amount", "holder", {"a": 1.0}, money("USD")),)).labels
    ('a',)
    """

    name: str
    title: str
    columns: tuple[Table, ...]
    origins: Mapping[str, Origin] = field(default_factory=dict)
    note: str = ""
    total: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the rows."""
        first = self.columns[0]
        return first.labels[first.dims[0]]

    @property
    def dim(self) -> str:
        """Name of the dimension of the rows."""
        return self.columns[0].dims[0]

    def title_of(self, label: str) -> str:
        """What a reader sees for a row label."""
        return self.columns[0].title_of(label)


@dataclass(frozen=True)
class Grid:
    """Words in rows and columns: symbols of a matrix, names of a list.

    Parameters
    ----------
    name : str
        Short name without spaces.
    title : str
        Heading for people.
    columns : tuple of str
        Headings, the first for the labels of the rows.
    rows : tuple of tuple of str
        As many texts as columns.
    note : str
        One sentence under the heading.
    values : tuple of tuple of float or None
        Numbers behind the texts at full precision, for workbooks; None where there is none. Empty for words.

    Examples
    --------
    >>> Grid("names", "Names", ("name", "what"), (("a", "first"),)).rows[0][1]
    'first'
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    values: tuple[tuple[float | None, ...], ...] = ()

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers alone, or nothing: these stand flush right.

        Examples
        --------
        >>> Grid("run", "Run", ("name", "0", "1"), (("x", "–", "–"), ("y", "–", "-1.5e-03"))).numeric
        (False, False, True)
        """
        places = range(len(self.columns))
        texts = [[row[place] for row in self.rows if row[place] not in ("", "–")] for place in places]
        return tuple(bool(column) and all(map(NUMBER.fullmatch, column)) for column in texts)


@dataclass(frozen=True)
class Answer:
    """What a verb returns.

    Parameters
    ----------
    story : str
        One to three sentences that answer the question.
    sheets : tuple of Sheet
        The tables, the most important first.
    figures : tuple of mapping
        Figure specifications (plain JSON), the most important first.
    findings : tuple of Finding
        What the machine wants to say.
    payload : mapping
        The machine-readable answer, the shape documented for each verb.
    provenance : Provenance
        What it was computed from.
    certificate : mapping
        Residuals and balances, where something was solved.
    grids : tuple of Grid
        Tables of words.
    grids_first : bool
        Whether text shows the grids before the sheets.
    exit_code : int
        0 answered; 1 answered and the answer is bad (lint, check found faults).

    Examples
    --------
    >>> Answer("Nobody.", payload={"holders": []}).payload
    {'holders': []}
    """

    story: str
    sheets: tuple[Sheet, ...] = ()
    figures: tuple[Mapping[str, Any], ...] = ()
    findings: tuple[Finding, ...] = ()
    payload: Mapping[str, Any] = field(default_factory=dict)
    provenance: Provenance = field(default_factory=Provenance)
    certificate: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    exit_code: int = 0
    grids: tuple[Grid, ...] = ()
    grids_first: bool = False

    def __str__(self) -> str:
        return self.story

    def _repr_html_(self) -> str:
        """Show the answer in a notebook: story and first table, with the grade of each row that has one."""
        story = self.story.replace(" %", "\N{NO-BREAK SPACE}%")
        parts = [f"<p>{escape(story)}</p>"]
        for sheet in self.sheets[:1]:
            head = "".join(f"<th>{escape(_heading(table))}</th>" for table in sheet.columns)
            head += "<th>grade</th>" if sheet.origins else ""
            body = "".join(_html_row(sheet, label) for label in sheet.labels)
            caption = f"<caption>{escape(sheet.title)}</caption>"
            parts.append(f"<table>{caption}<tr><th></th>{head}</tr>{body}</table>")
        return "".join(parts)


def _heading(table: Table) -> str:
    """Title of a column with its unit, which a share shows in each number."""
    unit = str(table.unit)
    return (
        f"{table.title} ({unit})" if unit and table.unit.measure not in ("share", "percent") else table.title
    )


def _html_row(sheet: Sheet, label: str) -> str:
    cells = [table.text(**{table.dims[0]: label}) for table in sheet.columns]
    if sheet.origins:
        cells.append(sheet.origins[label].grade if label in sheet.origins else "")
    written = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f"<tr><th>{escape(sheet.title_of(label))}</th>{written}</tr>"
