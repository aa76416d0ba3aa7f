"""Owns the one CSV reader: it reads everything, collects every trouble with file and line, then raises them at once."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from creditor.errors import InputError, MissingError, Trouble, Troubles
from creditor.terms.suggest import nearest

LIMIT_MB = 32
SCHEMA = "1"
_NUMBER = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$")
_GROUPED = re.compile(r"^[+-]?\d{1,3}([,' \u00a0\u202f]\d{3})+([.]\d+)?$")
_DECIMAL_COMMA = re.compile(r"^[+-]?\d+(\.\d{3})*,\d+$")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its fields by column name, and the line on which it starts."""

    fields: dict[str, str]
    line: int
    where: str

    def __getitem__(self, column: str) -> str:
        return self.fields[column]

    def get(self, column: str) -> str:
        """The field, or an empty text where the file has no such column."""
        return self.fields.get(column, "")


@dataclass
class CsvFile:
    """A CSV as read: rows in order and the troubles found so far.

    The reader of a particular file adds its own checks to `troubles` and then calls `finish`.
    """

    name: str
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    troubles: Troubles = field(default_factory=Troubles)
    raw: bytes = b""

    def finish(self) -> list[Row]:
        """Raise every trouble at once, or return the rows."""
        self.troubles.raise_if_any()
        return self.rows

    def check_unique(self, key: Sequence[str]) -> None:
        """Add C110 for each row that repeats the key of an earlier one."""
        seen: dict[tuple[str, ...], int] = {}
        present = [column for column in key if column in self.columns]
        for row in self.rows:
            value = tuple(row[column] for column in present)
            if value in seen:
                what = "repeats " + ", ".join(f"{c} {v!r}" for c, v in zip(present, value, strict=True) if v)
                mend = "add the amounts into one row, or tell the rows apart in another column"
                self.troubles.add("C110", row.where, what, f"line {seen[value]} has the same key", mend)
            else:
                seen[value] = row.line

    def require(self, columns: Iterable[str]) -> None:
        """Add C112 for each empty field of the given columns."""
        for column in columns:
            for row in self.rows:
                if column in self.columns and not row[column]:
                    self.troubles.add("C112", row.where, f"{column} is empty", "it is needed", f"fill in {column}")

    def numbers(self, column: str, convert: Callable[[Row], Fraction | None]) -> dict[int, Fraction]:
        """Convert a column; troubles are collected; the result is by position of the row."""
        converted = ((index, convert(row)) for index, row in enumerate(self.rows) if column in self.columns)
        return {index: value for index, value in converted if value is not None}


def read_csv(
    path: Path,
    required: Sequence[str],
    optional: Sequence[str] = (),
    *,
    schema: bool = False,
    limit_mb: float = LIMIT_MB,
) -> CsvFile:
    """Read a CSV file with a header.

    Parameters
    ----------
    path : Path
        UTF-8, comma between fields, first row the header; lines that begin with ``#`` are comments.
    required, optional : sequence of str
        Column names; any other column is a trouble (C113).
    schema : bool
        Whether the first line must be ``# schema 1``, as in library files.
    limit_mb : float
        Largest size in million bytes.

    Returns
    -------
    CsvFile
        With the rows that could be read and all troubles; call ``finish()`` after further checks.

    Raises
    ------
    InputError
        At once only where nothing can be read: no such file, a folder, too large, empty.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "x.csv"
    >>> _ = path.write_text("holder,amount\\nhouseholds,3\\n")
    >>> read_csv(path, ["holder", "amount"]).finish()[0]["amount"]
    '3'
    """
    raw = _bytes(path, limit_mb)
    result = CsvFile(path.name, raw=raw)
    text = _decode(raw, result)
    if not text.strip():
        raise InputError(Trouble("C102", path.name, "the file is empty", "there is no header and no row", _header(required)))
    lines = text.splitlines()
    if schema and lines[0].replace(" ", "") != f"#schema{SCHEMA}":
        result.troubles.add("C114", f"{path.name}:1", f"the first line is {lines[0][:40]!r}", "", f"write '# schema {SCHEMA}'")
    _read_rows(lines, result, required, optional)
    return result


def parse_number(text: str, where: str, what: str, troubles: Troubles) -> Fraction | None:
    """Read a decimal number exactly; None and a trouble (C107, C108, C112) where it is none.

    Examples
    --------
    >>> parse_number("28029.1", "x.csv:2", "amount", Troubles())
    Fraction(280291, 10)
    """
    if _NUMBER.match(text):
        return Fraction(text)
    if not text:
        mend = "write the amount, or leave the row out: unknown is absent, never zero"
        troubles.add("C112", where, f"{what} is empty", "an empty field is not zero", mend)
    elif _GROUPED.match(text):
        plain = re.sub(r"[,' \u00a0\u202f]", "", text)
        troubles.add("C108", where, f"{what} {text!r} has a thousands separator", "a comma could also be a decimal mark", f"write {plain}")
    elif _DECIMAL_COMMA.match(text):
        mend = "write " + text.replace(".", "").replace(",", ".")
        troubles.add("C108", where, f"{what} {text!r} has a decimal comma", "decimals are written with a point", mend)
    else:
        troubles.add("C107", where, f"{what} {text!r} is not a number", "", "write digits with at most one point, such as 1234.5")
    return None


def _bytes(path: Path, limit_mb: float) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        if size > limit_mb * 1e6:
            mend = "add up rows that you do not need apart, or raise the limit with --max-mb"
            trouble = Trouble("C105", path.name, f"the file has {size / 1e6:,.1f} MB", f"the limit is {limit_mb:g} MB", mend)
            raise InputError(trouble)
        return path.read_bytes()
    except FileNotFoundError:
        near = nearest(path.name, [p.name for p in path.parent.glob("*.csv")]) if path.parent.is_dir() else []
        mend = "did you mean " + " or ".join(near) + "?" if near else "check the path"
        raise InputError(Trouble("C101", str(path), "no such file", "", mend)) from None
    except OSError as error:
        raise InputError(Trouble("C101", str(path), "the file cannot be read", error.strerror or "", "check the path")) from None


def _decode(raw: bytes, result: CsvFile) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    for number, line in enumerate(raw.splitlines(), start=1):
        try:
            line.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            what = f"byte 0x{line[error.start]:02x} at position {error.start + 1} is not UTF-8"
            why = f"in Latin-1 it would be {line[error.start : error.start + 1].decode('latin-1')!r}"
            result.troubles.add("C103", f"{result.name}:{number}", what, why, "save the file as UTF-8")
    return raw.decode("latin-1")


def _read_rows(lines: list[str], result: CsvFile, required: Sequence[str], optional: Sequence[str]) -> None:
    kept = [(number, line) for number, line in enumerate(lines, start=1) if not line.startswith("#")]
    reader = csv.reader((line + "\n" for _, line in kept), strict=False)
    header: list[str] | None = None
    start = 0
    for fields in reader:
        number = kept[start][0]
        start = reader.line_num
        if not any(cell.strip() for cell in fields):
            continue
        where = f"{result.name}:{number}"
        cells = [cell.strip() for cell in fields]
        if header is None:
            header = _check_header([cell.casefold() for cell in cells], where, result, required, optional)
        elif len(cells) != len(header):
            why = f"the header has {len(header)} fields"
            mend = "write numbers without thousands separators and put quotes around texts with commas"
            if _looks_grouped(cells):
                what, code = f"{len(cells)} fields; a number may have a thousands separator", "C108"
            else:
                what, code = f"{len(cells)} fields", "C106"
            result.troubles.add(code, where, what, why, mend)
        else:
            result.rows.append(Row(dict(zip(header, cells, strict=True)), number, where))
    result.columns = tuple(header or ())
    if not result.rows and not result.troubles.items:
        result.troubles.add("C102", result.name, "the file has a header and no row", "", "add at least one row")


def _looks_grouped(cells: list[str]) -> bool:
    pairs = zip(cells, cells[1:], strict=False)
    return any(re.fullmatch(r"-?\d{1,3}", a) and re.fullmatch(r"\d{3}(\.\d+)?", b) for a, b in pairs)


def _check_header(
    header: list[str], where: str, result: CsvFile, required: Sequence[str], optional: Sequence[str]
) -> list[str]:
    known = [*required, *optional]
    for column in required:
        if column not in header:
            near = nearest(column, [name for name in header if name not in known])
            mend = f"rename {near[0]!r} to {column!r}" if near else _header(required)
            if len(header) == 1 and ";" in header[0]:
                mend = "separate the fields with commas, not semicolons"
            result.troubles.add("C104", where, f"column {column!r} is missing", f"the header is {','.join(header)[:80]}", mend)
    for column in header:
        if column not in known:
            near = nearest(column, known)
            mend = f"did you mean {near[0]!r}? otherwise remove it" if near else "remove it, or use one of: " + ", ".join(known)
            result.troubles.add("C113", where, f"column {column!r} is not known", "", mend)
    for column in sorted({name for name in header if header.count(name) > 1}):
        result.troubles.add("C110", where, f"column {column!r} occurs twice", "", "remove one of them")
    return header


def _header(required: Sequence[str]) -> str:
    return "begin with the header " + ",".join(required)


def library_file(folder: Path, name: str) -> Path:
    """Path of a library file that must exist, or C101 as a missing-data error."""
    path = folder / name
    if not path.is_file():
        raise MissingError(Trouble("C101", str(Path(folder.name) / name), "no such library file", "", "restore it"))
    return path
