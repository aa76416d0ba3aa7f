"""Owns the one CSV reader: it collects every trouble with file and line and raises them at once."""

from __future__ import annotations

import codecs
import csv
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from creditor.errors import InputError, MissingError, Trouble, Troubles
from creditor.terms.suggest import nearest

LIMIT_MB = 32
SCHEMA = "1"
SHOWN = 24  # of the names of columns, in a message
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(([,' \u00a0\u202f][0-9]{3})+(\.[0-9]+)?|(\.[0-9]{3}){2,})")
_ONE_COMMA = re.compile(r"[+-]?[0-9]{1,3},[0-9]{3}")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+([.' \u00a0\u202f][0-9]{3})*,[0-9]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its fields by column name, and the line on which it starts.

    A required column that the file lacks (C104) reads as empty, so that the others can still be checked.
    """

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
        """Add C110 for each row that repeats the key of an earlier one; optional columns may be absent."""
        if any(trouble.code == "C104" for trouble in self.troubles.items):
            return  # without a column of the key every row would seem to repeat another
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
        present = [column for column in columns if column in self.columns]
        for row in self.rows:
            for column in present:
                if not row[column]:
                    self.troubles.add(
                        "C112", row.where, f"{column} is empty", "it is needed", f"fill in {column}"
                    )

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
    cased: bool = False,
    limit_mb: float = LIMIT_MB,
) -> CsvFile:
    """Read a CSV file with a header.

    Parameters
    ----------
    path : Path
        UTF-8, comma between fields, first row the header; between rows, a line with ``#`` first is a comment.
    required, optional : sequence of str
        Column names; any other column is a trouble (C113).
    schema : bool
        Whether the first line must be ``# schema 1``, as in library files.
    cased : bool
        Whether upper and lower case tell columns apart; otherwise headings are read in lower case.
    limit_mb : float
        Largest size in million bytes.

    Returns
    -------
    CsvFile
        With the rows that could be read and all troubles; call ``finish()`` after further checks.

    Raises
    ------
    InputError
        At once only where nothing can be read: no such file, a folder, too large, empty, not text.

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
    lines = _decode(raw, result)
    if not any(line.strip() for line in lines):
        raise InputError(
            Trouble(
                "C102", path.name, "the file is empty", "there is no header and no row", _header(required)
            )
        )
    if schema and lines[0].replace(" ", "") != f"#schema{SCHEMA}":
        result.troubles.add(
            "C114", f"{path.name}:1", f"the first line is {lines[0][:40]!r}", "", f"write '# schema {SCHEMA}'"
        )
    _read_rows(lines, result, required, optional, cased)
    return result


def parse_number(text: str, where: str, what: str, troubles: Troubles) -> Fraction | None:
    """Read a decimal number exactly; None and a trouble (C107, C108, C112) where it is none.

    Examples
    --------
    >>> parse_number("28029.1", "x.csv:2", "amount", Troubles())
    Fraction(280291, 10)
    """
    shown = repr(text if len(text) <= 40 else text[:40] + "…")
    if _NUMBER.fullmatch(text):
        if (number := _exact(text)) is not None:
            return number
        why = "it has more digits than a number can have here"
        troubles.add(
            "C107", where, f"{what} {shown} is too large or too long", why, "write it in a larger unit"
        )
    elif not text:
        mend = "write the amount, or leave the row out: unknown is absent, never zero"
        troubles.add("C112", where, f"{what} is empty", "an empty field is not zero", mend)
    elif _GROUPED.fullmatch(text):
        mend = "write " + re.sub(r"[,' \u00a0\u202f]" if text.count(".") < 2 else r"\.", "", text)
        if _ONE_COMMA.fullmatch(text):
            mend += f", or {text.replace(',', '.')} if the comma is the decimal mark"
        why = (
            "a comma could also be a decimal mark"
            if "," in text
            else "numbers are written without separators"
        )
        troubles.add("C108", where, f"{what} {shown} has a thousands separator", why, mend)
    elif _DECIMAL_COMMA.fullmatch(text):
        mend = "write " + re.sub(r"[.' \u00a0\u202f]", "", text).replace(",", ".")
        troubles.add(
            "C108", where, f"{what} {shown} has a decimal comma", "decimals are written with a point", mend
        )
    else:
        mend = "write digits with at most one point, such as 1234.5"
        troubles.add("C107", where, f"{what} {shown} is not a number", "", mend)
    return None


def _exact(text: str) -> Fraction | None:
    """The number, None where it is beyond floating point or longer than Python reads."""
    try:
        number = Fraction(text)
        float(number)
    except (OverflowError, ValueError):
        return None
    return number


def _bytes(path: Path, limit_mb: float) -> bytes:
    limit = int(limit_mb * 1e6)
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        with path.open("rb") as file:
            raw = file.read(limit + 1)  # never more, whatever the size said or grew to
        if len(raw) <= limit:
            return raw
        size = max(path.stat().st_size, len(raw))
    except FileNotFoundError:
        near = (
            nearest(path.name, sorted(p.name for p in path.parent.glob("*.csv")))
            if path.parent.is_dir()
            else []
        )
        mend = "did you mean " + " or ".join(near) + "?" if near else "check the path"
        raise InputError(Trouble("C101", str(path), "no such file", "", mend)) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(
            Trouble("C101", str(path), "the file cannot be read", why, "check the path")
        ) from None
    mend = "add up rows that you do not need apart, or raise the limit with --max-mb"
    what = f"the file has {size / 1e6:,.1f} MB"
    raise InputError(Trouble("C105", path.name, what, f"the limit is {limit_mb:g} MB", mend))


def _decode(raw: bytes, result: CsvFile) -> list[str]:
    """Lines as text; one that is not UTF-8 is read as Latin-1, so that its fields can still be checked."""
    if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or b"\0" in raw.partition(b"\n")[0]:
        why = "it begins like UTF-16, or it is a spreadsheet or another file that is not text"
        mend = "save it as CSV in UTF-8"
        raise InputError(Trouble("C103", f"{result.name}:1", "the file is no text in UTF-8", why, mend))
    lines = []
    for number, line in enumerate(raw.removeprefix(codecs.BOM_UTF8).splitlines(), start=1):
        where = f"{result.name}:{number}"
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            what = f"byte 0x{line[error.start]:02x} at position {error.start + 1} is not UTF-8"
            why = f"in Latin-1 it would be {line[error.start : error.start + 1].decode('latin-1')!r}"
            result.troubles.add("C103", where, what, why, "save the file as UTF-8")
            lines.append(line.decode("latin-1"))
        if b"\0" in line:
            what = f"byte 0x00 at position {line.index(0) + 1}"
            result.troubles.add(
                "C103", where, what, "it is no text", "remove it, or save the file anew as UTF-8"
            )
    return lines


class _Lines:
    """Hands lines to the CSV parser, leaves out comments between rows and knows where a row began."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.position = self.start = 0
        self.between = True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while self.between and self.position < len(self.lines) and self.lines[self.position].startswith("#"):
            self.position += 1
        if self.position >= len(self.lines):
            raise StopIteration
        if self.between:
            self.start, self.between = self.position, False
        self.position += 1
        return self.lines[self.position - 1] + "\n"


def _records(lines: Sequence[str], result: CsvFile) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank with the line on which each begins; a stray quotation mark costs one line."""
    source = _Lines(lines)
    reader = csv.reader(source, strict=True, skipinitialspace=True)
    while True:
        source.between = True
        try:
            fields = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            what = "a field is too long" if "limit" in str(error) else "a quotation mark has no partner"
            mend = "put quotation marks around the whole field and write those inside it twice"
            result.troubles.add("C106", f"{result.name}:{source.start + 1}", what, str(error), mend)
            source.position = source.start + 1
            reader = csv.reader(source, strict=True, skipinitialspace=True)
            continue
        if any(fields):
            yield source.start + 1, fields


def _read_rows(
    lines: list[str], result: CsvFile, required: Sequence[str], optional: Sequence[str], cased: bool
) -> None:
    header: list[str] = []
    count = 0
    for number, cells in _records(lines, result):
        where = f"{result.name}:{number}"
        if not header:
            header = cells if cased else [cell.casefold() for cell in cells]
            if _other_separator(header, where, result, required):
                return
            _check_header(header, where, result, required, optional)
            continue
        count += 1
        if len(cells) == len(header):
            fields = {**dict.fromkeys(required, ""), **dict(zip(header, cells, strict=True))}
            result.rows.append(Row(fields, number, where))
        else:
            _add_miscount(cells, header, where, result)
    result.columns = tuple(header)
    if count or any(trouble.code == "C106" for trouble in result.troubles.items):
        return
    if header:
        result.troubles.add(
            "C102", result.name, "the file has a header and no row", "", "add at least one row"
        )
    else:
        why = "there is no header and no row"
        result.troubles.add("C102", result.name, "the file has only comments", why, _header(required))


def _other_separator(header: list[str], where: str, result: CsvFile, required: Sequence[str]) -> bool:
    for sign, name in SEPARATORS.items():
        if len(header) == 1 and len(required) > 1 and sign in header[0]:
            what = f"columns {', '.join(required)} are missing: the fields are separated by {name}"
            mend = f"separate the fields with commas, not {name}, and write decimals with a point"
            result.troubles.add("C104", where, what, f"the header is {header[0][:80]}", mend)
            return True
    return False


def _add_miscount(cells: list[str], header: list[str], where: str, result: CsvFile) -> None:
    grouped = any(
        re.fullmatch(r"[+-]?[0-9]{1,3}", first) and re.fullmatch(r"[0-9]{3}(\.[0-9]+)?", second)
        for first, second in itertools.pairwise(cells)
    )
    code, what = "C106", f"{len(cells)} fields"
    if grouped and len(cells) > len(header):
        code, what = "C108", f"{len(cells)} fields; a number may have a thousands separator"
    mend = "write numbers without thousands separators and put quotes around texts with commas"
    if len(cells) < len(header):
        mend = "add the missing fields; an empty one is two commas in a row"
    result.troubles.add(code, where, what, f"the header has {len(header)} fields", mend)


def _check_header(
    header: list[str], where: str, result: CsvFile, required: Sequence[str], optional: Sequence[str]
) -> None:
    known = [*required, *optional]
    for column in required:
        if column not in header:
            near = nearest(column, [name for name in header if name not in known])
            mend = f"rename {near[0]!r} to {column!r}" if near else _header(required)
            what, why = f"column {column!r} is missing", f"the header is {','.join(header)[:80]}"
            result.troubles.add("C104", where, what, why, mend)
    for column in dict.fromkeys(header):
        if column not in known:
            near = nearest(column, known)
            mend = f"did you mean {near[0]!r}? otherwise remove it" if near else "remove it, or use one of: "
            mend += "" if near else ", ".join([*known[:SHOWN], "…"] if len(known) > SHOWN else known)
            what = f"column {column!r} is not known" if column else "a column has no name"
            result.troubles.add("C113", where, what, "", mend)
    for column in sorted({name for name in header if name and header.count(name) > 1}):
        result.troubles.add("C110", where, f"column {column!r} occurs twice", "", "remove one of them")


def _header(required: Sequence[str]) -> str:
    return "begin with the header " + ",".join(required)


def library_file(folder: Path, name: str) -> Path:
    """Path of a library file that must exist, or C101 as a missing-data error."""
    path = folder / name
    if not path.is_file():
        raise MissingError(
            Trouble("C101", str(Path(folder.name) / name), "no such library file", "", "restore it")
        )
    return path
