"""Owns openings and series as CSV: columns of numbers under the names of cells."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Trouble, Troubles

_COUNTED = ("t", "period", "date")  # columns that number or date the rows
_LONGEST = 60  # letters of a wrong word in a message


def read_series(path: str, troubles: Troubles) -> dict[str, Any]:
    """A column per given and a row per period from 1, as fields of a scenario.

    A column ``t``, ``period`` or ``date`` must count 1, 2, 3 and so on, or have dates one after the other;
    the first date is then ``series_from``.
    """
    columns = _columns(path, troubles, absent=False)
    fields: dict[str, Any] = {}
    for name in [name for name in columns if name.casefold() in _COUNTED]:
        fields |= _counted(path, name, [str(text) for text in columns.pop(name)], troubles)
    series = {name: tuple(x for x in column if isinstance(x, float)) for name, column in columns.items()}
    return {"series": series, **fields}


def observed_columns(path: str) -> tuple[dict[str, list[float | None]], str]:
    """Columns of observed numbers, None where a field is empty, and whose figures they are.

    A column ``t``, ``period`` or ``date`` counts on without gaps. A line ``# source ...`` names the source.

    Raises
    ------
    InputError
        For what is wrong with the file, all at once.
    """
    from creditor.terms.periods import later, parse_period

    troubles = Troubles()
    columns = _columns(path, troubles, absent=True)
    for name in [name for name in columns if name.casefold() in _COUNTED]:
        said = [str(text) for text in columns.pop(name)]
        try:
            if all(text.isdigit() and len(text) < len("2026") for text in said):
                wanted = [str(int(said[0]) + t) for t in range(len(said))]
            else:
                wanted = [str(later(parse_period(said[0]), t)) for t in range(len(said))]
                said = [str(parse_period(text)) for text in said]
        except (InputError, ValueError):
            wanted = []
        if said != wanted:
            why = "a lag is the row before"
            troubles.add(
                "U501", path, f"{name} leaves out a period", why, "give a row for each, with empty fields"
            )
    troubles.raise_if_any()
    with open(path, encoding="utf-8-sig") as file:
        lines = [line.lstrip("# ").strip() for line in file if line.startswith("#")]
    sources = [line.removeprefix("source").lstrip(": ") for line in lines if line.startswith("source")]
    numbers = {
        name: [x if isinstance(x, float) else None for x in column] for name, column in columns.items()
    }
    return numbers, "; ".join(sources)


def _counted(path: str, name: str, column: Sequence[str], troubles: Troubles) -> dict[str, str]:
    """What a column that numbers or dates the rows says about the first; a gap in it is a trouble."""
    from creditor.terms.periods import later, parse_period

    first, rows, period = column[0] if column else "", range(len(column)), None
    numbered = first.isascii() and first.isdigit() and len(first) < len("2026")
    try:
        if not numbered:
            period = parse_period(first)
        wanted = [str(t + 1) if period is None else str(later(period, t)) for t in rows]
        found = [text if period is None else str(parse_period(text)) for text in column]
    except (InputError, ValueError):
        wanted, found = [], [first]
    if found != wanted:
        begins = period is None and first != "1"
        what = f"{name} begins with {first[:_LONGEST]}" if begins else f"{name} leaves out a period"
        why, mend = (
            "a row of a series is a period, the first is 1",
            "number the rows 1, 2, 3, or leave the column out",
        )
        troubles.add("U501", path, what, why, mend)
    return {} if period is None else {"series_from": str(period)}


def read_start(path: str, troubles: Troubles) -> dict[str, float]:
    """One row of opening values; empty fields keep those of the text."""
    columns = _columns(path, troubles, absent=True)
    if any(len(numbers) > 1 for numbers in columns.values()):
        rows = max(len(numbers) for numbers in columns.values())
        troubles.add("U501", path, f"{rows} rows of opening values", "", "keep one row")
        return {}
    known = {
        name: numbers[0] for name, numbers in columns.items() if numbers and name.casefold() not in _COUNTED
    }
    return {name: value for name, value in known.items() if isinstance(value, float)}


def _columns(path: str, troubles: Troubles, absent: bool) -> dict[str, list[float | str | None]]:
    """Columns of numbers (periods as texts) under the names as written; faults are added to the troubles."""
    from creditor.terms.csvfile import parse_number, read_csv

    try:
        names = _header(path)
        book = read_csv(Path(path), names, cased=True)
        if names and not all(names):
            mend = "name each column after a given or variable"
            book.troubles.add("C113", f"{book.name}:1", "a column has no name", "", mend)
        columns: dict[str, list[float | str | None]] = {name: [] for name in names}
        for row in book.rows:
            for name, numbers in columns.items():
                text = row[name]
                if name.casefold() in _COUNTED and text:
                    numbers.append(text)
                    continue
                if absent and not text:
                    numbers.append(None)
                    continue
                value = parse_number(text, row.where, name, book.troubles)
                numbers.append(None if value is None else float(value))
        book.finish()
    except InputError as error:
        troubles.items.extend(error.troubles)
        return {}
    return columns


def _read(line: bytes) -> str:
    """A line as `read_csv` reads it, which tells what is not UTF-8."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _header(path: str) -> list[str]:
    """Names of the columns as written; none where the file cannot be read, which comes up later."""
    from creditor.terms.csvfile import SEPARATORS

    try:
        lines = map(_read, Path(path).read_bytes().removeprefix(BOM_UTF8).splitlines())
        head = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    except (OSError, ValueError):
        return []
    names = [name.strip() for name in next(csv.reader([head], skipinitialspace=True), [])]
    for sign, called in SEPARATORS.items():
        if len(names) == 1 and sign in names[0]:
            what, mend = f"the fields are separated by {called}", "separate them with commas"
            raise InputError(Trouble("C104", Path(path).name, what, f"the header is {names[0][:80]}", mend))
    return names
