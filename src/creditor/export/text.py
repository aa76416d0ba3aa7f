"""Owns the text that a terminal shows: story, tables with sources, findings and provenance."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from creditor.export.sources import (
    grades_shown,
    number_sources,
    short_source,
    source_lines,
    unit_heading,
)
from creditor.terms.answer import Answer, Grid, Sheet
from creditor.terms.finding import SEVERITIES
from creditor.terms.provenance import GRADES
from creditor.terms.table import Table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

NARROWEST = 40
SHOWN = 100  # warnings and notes, each; faults are told to the last
LEAST_LABEL, LEAST_SOURCE, WIDEST_SOURCE, GRADE, GAP = 20, 12, 46, 5, 2
SOURCE_NUMBER = 6  # as wide as the heading and a number of three digits
GRID_GAP, WORD = 3, 40  # between columns of words; the longest word that is not broken
_KEPT = "\ue000"  # stands for a space at which a line may not end
HEADINGS = {"fault": "Faults", "warning": "Warnings", "note": "Notes"}
_COLOURS = {"fault": "bold red", "warning": "bold yellow", "note": "bold"}
_PROVENANCE = {
    "data_vintage": "data of",
    "library_hash": "library",
    "scenario_hash": "scenario",
    "model_hash": "model",
    "seed": "seed",
    "version": "creditor",
}
Numbers = dict[tuple[str, str], int]


def to_text(answer: Answer, width: int = 100, colour: bool = False) -> str:
    """Write an answer for a terminal.

    Parameters
    ----------
    answer : Answer
        Story first, then its tables, findings and provenance.
    width : int
        Columns of the terminal; numbers are never broken, so a very narrow table may stick out.
    colour : bool
        Whether to use ANSI colour codes.

    Returns
    -------
    str

    Examples
    --------
    >>> print(to_text(Answer("Nobody owes anything."), 60), end="")
    Nobody owes anything.
    <BLANKLINE>
    creditor 0.1.0
    """
    console = _console(max(width, NARROWEST), colour)
    if answer.title:
        _print(console, answer.title, "bold")
        console.print()
    _print(console, answer.story)
    numbers = number_sources(answer.sheets)
    tables: list[Sheet | Grid] = [*answer.sheets, *answer.grids]
    if answer.grids_first:
        tables = [*answer.grids, *answer.sheets]
    for table in tables:
        console.print()
        if isinstance(table, Grid):
            _print_grid(console, table)
        else:
            _print_sheet(console, table, numbers)
    _print_sources(console, answer.sheets, numbers)
    _print_findings(console, answer)
    _print_certificate(console, answer)
    console.print()
    _print(console, provenance_line(answer), "dim")
    file = console.file
    assert isinstance(file, io.StringIO)
    return "".join(line.rstrip() + "\n" for line in file.getvalue().replace(_KEPT, " ").split("\n")[:-1])


def provenance_line(answer: Answer) -> str:
    """One line that says what an answer was computed from.

    Examples
    --------
    >>> provenance_line(Answer(""))
    'creditor 0.1.0'
    """
    fields = answer.provenance.as_dict()
    names = ["version", *(name for name in fields if name != "version")]
    return " · ".join(f"{_PROVENANCE[name]} {fields[name]}" for name in names if name in fields)


def _console(width: int, colour: bool) -> Console:
    from rich.console import Console

    return Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        force_jupyter=False,
        force_interactive=False,
        _environ={},
    )


def _print(console: Console, text: str, style: str = "", indent: int = 0) -> None:
    from rich.padding import Padding
    from rich.text import Text

    console.print(Padding(Text(_safe(text), style=style), (0, 0, 0, indent)))


def _print_sheet(console: Console, sheet: Sheet, numbers: Numbers) -> None:
    _print(console, sheet.title, "bold")
    if sheet.note:
        _print(console, sheet.note)
    for place, part in enumerate(_parts(sheet, console.width)):
        console.print(_rich_table(sheet, part, numbers, console.width, again=place > 0))


def _print_grid(console: Console, grid: Grid) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as RichTable
    from rich.text import Text

    _print(console, grid.title, "bold")
    if grid.note:
        _print(console, grid.note)
    numeric = grid.numeric
    for part in _grid_parts(grid, console.width):
        table = RichTable(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="")
        for place, wide in part.items():
            side: Literal["right", "left"] = "right" if numeric[place] else "left"
            table.add_column(Text(_safe(grid.columns[place])), overflow="fold", width=wide, justify=side)
        for row in grid.rows:
            table.add_row(*(Text(_safe(row[place])) for place in part))
        console.print(table)


def _grid_parts(grid: Grid, width: int) -> list[dict[int, int]]:
    """Columns and their widths in as many parts as are needed, the first column in each.

    A column is at least as wide as its longest word, which is broken only where it is longer than `WORD`.
    """
    from rich.cells import cell_len

    texts = [[_safe(row[place]) for row in (grid.columns, *grid.rows)] for place in range(len(grid.columns))]
    whole = [max(cell_len(text) for text in column) for column in texts]
    words = [max((cell_len(w) for text in column for w in text.split()), default=1) for column in texts]
    least = [max(1, min(WORD, longest)) for longest in words]
    if sum(least) + GRID_GAP * len(least) > width + 1:  # several parts: the first column is read in each
        least[:1] = [min(whole[0], max(least[0], width // 2))]
    least[1:] = [min(wide, width + 1 - 2 * GRID_GAP - least[0]) for wide in least[1:]]
    parts = [{0: least[0]}] if least else []
    for place in range(1, len(least)):
        together = [*parts[-1].values(), least[place]]
        if sum(together) + GRID_GAP * len(together) > width + 1 and len(parts[-1]) > 1:
            parts.append({0: least[0]})
        parts[-1][place] = least[place]
    body = [max(map(cell_len, column[1:]), default=0) for column in texts]  # before headings get whole lines
    for part in parts:
        spare = width + 1 - sum(part.values()) - GRID_GAP * len(part)
        for wanted in (body, whole):
            while spare > 0 and (narrow := [place for place in part if part[place] < wanted[place]]):
                for place in narrow[:spare]:
                    part[place] += 1
                spare -= len(narrow[:spare])
    return parts


def _parts(sheet: Sheet, width: int) -> list[Sequence[Table]]:
    """Columns in as many parts as are needed to fit them beside readable labels.

    Sources stand in the first part; where that leaves no room for the last columns they are only numbers.
    """
    from rich.cells import cell_len

    titles = [sheet.dim, *(sheet.title_of(label) for label in sheet.labels)]
    room = width - min(LEAST_LABEL, max(cell_len(title) for title in titles))
    beside = GRADE + GAP + LEAST_SOURCE + GAP if _is_graded(sheet) else 0
    needed = [_column_width(table, sheet) + GAP for table in sheet.columns]
    if beside and room - beside < sum(needed) <= room - (GRADE + GAP + SOURCE_NUMBER + GAP):
        beside = GRADE + GAP + SOURCE_NUMBER + GAP
    parts: list[list[Table]] = [[]]
    used = beside
    for table, wide in zip(sheet.columns, needed, strict=True):
        if parts[-1] and used + wide > room:
            parts.append([])
            used = 0
        parts[-1].append(table)
        used += wide
    return [tuple(part) for part in parts]


def _column_width(table: Table, sheet: Sheet) -> int:
    """As wide as the widest number and word; a long heading may take two lines."""
    from rich.cells import cell_len

    texts = [table.text(**{table.dims[0]: label}) for label in sheet.labels]
    heads = [table.title, unit_heading(table.unit)]
    words = [word for head in heads for word in head.split()]
    return max(
        *(cell_len(text) for text in [*texts, *words, " "]), *(-(-cell_len(head) // 2) for head in heads)
    )


def _is_graded(sheet: Sheet) -> bool:
    return any(label in sheet.origins for label in sheet.labels)


def _rich_table(
    sheet: Sheet, columns: Sequence[Table], numbers: Numbers, width: int, again: bool = False
) -> RichTable:
    """One part of a table; `again` below a part with the sources: only rows that say more follow."""
    from rich.box import Box
    from rich.cells import cell_len
    from rich.table import Table as RichTable
    from rich.text import Text

    rules = Box("    \n    \n ── \n    \n ── \n ── \n    \n    \n")
    table = RichTable(box=rules, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="")
    graded, named = _is_graded(sheet) and not again, False
    shown = [label for label in sheet.labels if not again or _says(columns, label)]
    sizes = [_column_width(column, sheet) for column in columns]
    rest = width - sum(sizes) - GAP * len(sizes) - (GRADE + 2 * GAP if graded else 0)
    wanted = max(cell_len(text) for text in [sheet.dim, *(sheet.title_of(label) for label in sheet.labels)])
    least = LEAST_SOURCE if rest - LEAST_SOURCE >= LEAST_LABEL else SOURCE_NUMBER
    labels = min(wanted, max(LEAST_LABEL, rest - least) if graded else max(LEAST_LABEL, rest))
    table.add_column(sheet.dim.replace("_", " "), width=labels, overflow="fold", vertical="bottom")
    for column, size in zip(columns, sizes, strict=True):
        heading = "\n".join(part for part in (column.title, unit_heading(column.unit)) if part)
        head = Text(_safe(heading), justify="right")
        table.add_column(head, width=size, justify="right", vertical="bottom")
    if graded:
        table.add_column("grade", width=GRADE, justify="center", vertical="bottom")
        room = max(SOURCE_NUMBER, min(WIDEST_SOURCE, rest - labels))
        named = room >= LEAST_SOURCE
        table.add_column("source", max_width=room, no_wrap=True, overflow="ellipsis", vertical="bottom")
    for label in shown:
        total = bool(sheet.total) and label == sheet.total
        if total:
            table.add_section()
        assumed = label in sheet.origins and sheet.origins[label].grade == "C"
        style = "bold" if total else "dim italic" if assumed else ""
        table.add_row(*_cells(sheet, label, columns, numbers, graded, named), style=style, end_section=total)
    return table


def _says(columns: Sequence[Table], label: str) -> bool:
    return any(table.at(**{table.dims[0]: label}) == table.at(**{table.dims[0]: label}) for table in columns)


def _cells(
    sheet: Sheet, label: str, columns: Sequence[Table], numbers: Numbers, graded: bool, named: bool
) -> list[Text]:
    from rich.text import Text

    cells = [_safe(sheet.title_of(label))]
    cells += [_safe(table.text(**{table.dims[0]: label})) for table in columns]
    if graded:
        origin = sheet.origins.get(label)
        number = numbers.get((origin.source, origin.vintage)) if origin else None
        cells.append("" if origin is None else "C*" if origin.grade == "C" else origin.grade)
        name = f" {_safe(short_source(origin.source))}" if origin and named else ""
        cells.append(f"[{number}]{name}" if number else "")
    return [Text(cell) for cell in cells]


def _print_sources(console: Console, sheets: Sequence[Sheet], numbers: Numbers) -> None:
    grades = grades_shown(sheets)
    if grades:
        console.print()
        marks = [f"{grade}{'*' if grade == 'C' else ''} {GRADES[grade]}" for grade in grades]
        _print(console, "Grades: " + "; ".join(marks) + ".")
    if numbers:
        console.print()
        _print(console, "Sources", "bold")
        _print_list(console, [(f"[{n}]", line) for n, line in enumerate(source_lines(numbers), 1)])


def _print_findings(console: Console, answer: Answer) -> None:
    for severity in reversed(SEVERITIES):
        found = [finding for finding in answer.findings if finding.severity == severity]
        if not found:
            continue
        console.print()
        _print(console, HEADINGS[severity], _COLOURS[severity])
        entries = []
        for finding in found if severity == "fault" else found[:SHOWN]:
            code = f" [{finding.code}]" if finding.code else ""
            text = (
                f"{finding.place}: {finding.sentence}{code}" if finding.place else f"{finding.sentence}{code}"
            )
            text += f"\nevidence: {finding.evidence}" if finding.evidence else ""
            text += f"\nmend: {finding.mend}" if finding.mend else ""
            entries.append(("-", text))
        if severity != "fault" and len(found) > SHOWN:
            entries.append(("-", f"and {len(found) - SHOWN:,} more, which --json gives in full"))
        _print_list(console, entries)


def _print_certificate(console: Console, answer: Answer) -> None:
    plain = {k: v for k, v in answer.certificate.items() if isinstance(v, bool | int | float | str)}
    if plain:
        console.print()
        texts = {k: f"{v:.1e}" if isinstance(v, float) else str(v) for k, v in plain.items()}
        _print(console, "Checked: " + "; ".join(f"{k.replace('_', ' ')} {v}" for k, v in texts.items()) + ".")


def _print_list(console: Console, entries: Iterable[tuple[str, str]]) -> None:
    """Print marks with texts that hang beside them."""
    from rich.table import Table as RichTable
    from rich.text import Text

    grid = RichTable.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    for mark, text in entries:
        grid.add_row(Text(mark), Text(_safe(text)))
    console.print(grid)


def _safe(text: str) -> str:
    """A text without control characters, which could steer a terminal; no line ends before a percent sign."""
    kept = "".join(letter for letter in text if letter == "\n" or letter.isprintable() or letter == "\u00a0")
    return kept.replace(" %", _KEPT + "%")
