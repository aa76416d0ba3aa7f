"""Owns the reading of tables of which no row may be lost: one that cannot be read keeps its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from creditor.errors import InputError, Trouble

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its line, its fields, and what is wrong with it, if anything."""

    line: int
    fields: tuple[str, ...]
    trouble: Trouble | None = None


class _Lines:
    """Lines of a text, with the place reached."""

    def __init__(self, text: str) -> None:
        self.lines = list(io.StringIO(text, newline=""))  # other separators stay in their field
        self.position = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.position >= len(self.lines):
            raise StopIteration
        self.position += 1
        return self.lines[self.position - 1]


def records_of(text: str, name: str) -> tuple[tuple[str, ...], list[Record]]:
    """Read a CSV: its header in small letters, and every row.

    Parameters
    ----------
    text : str
        Lines that begin with ``#`` before the header are passed over; quoted fields may hold line breaks.
    name : str
        Of the file, for places.

    Returns
    -------
    tuple of header and rows
        A row with a stray quotation mark, a field that is too long, or another number of fields than the
        header has a trouble of code C106.

    Raises
    ------
    InputError
        C102 where there is no header.

    Examples
    --------
    >>> header, rows = records_of('id,text\\nA,x\\nB,"y\\nC,z\\n', "names.csv")
    >>> [(row.fields[0], bool(row.trouble)) for row in rows]
    [('A', False), ('B', True), ('C', False)]
    """
    found = list(_read(text, name))
    if not found:
        raise InputError(Trouble("C102", name, "the file is empty", "", "begin with a header"))
    header = tuple(field.strip().casefold() for field in found[0].fields)
    return header, [_counted(record, len(header), name) for record in found[1:]]


def _read(text: str, name: str) -> Iterator[Record]:
    source = _Lines(text)
    while source.position < len(source.lines) and source.lines[source.position].lstrip().startswith("#"):
        source.position += 1
    reader = csv.reader(source, strict=True)
    while True:
        start = source.position
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raw = source.lines[start]
            yield Record(start + 1, _roughly(raw), _trouble(name, start + 1, str(error)))
            source.position = start + 1
            reader = csv.reader(source, strict=True)
            continue
        if any(field.strip() for field in fields):
            yield Record(start + 1, tuple(fields))


def _counted(record: Record, wanted: int, name: str) -> Record:
    """A row with another number of fields than the header has a trouble, and keeps its fields."""
    if record.trouble or len(record.fields) == wanted:
        return record
    what = f"{len(record.fields)} fields, the header has {wanted}"
    mend = "put quotation marks around texts with commas"
    trouble = Trouble("C106", f"{name}:{record.line}", what, "the row cannot be relied on", mend)
    return Record(record.line, record.fields, trouble)


def _roughly(line: str) -> tuple[str, ...]:
    """Fields of a line that is no CSV, as far as commas tell."""
    return tuple(field.strip().strip('"') for field in line[: SHOWN * 100].strip().split(","))


def _trouble(name: str, line: int, why: str) -> Trouble:
    mend = "put quotation marks around the whole field and write those inside it twice"
    return Trouble("C106", f"{name}:{line}", "the row cannot be read", why, mend)
