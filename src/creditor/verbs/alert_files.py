"""Owns the files that clues come in: TOML, CSV, and the JSON that other commands write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Trouble
from creditor.monitor.clue import NAMES, NEEDED, NUMBERS
from creditor.monitor.fields import plain, read_fields
from creditor.terms.csvfile import parse_number, read_csv
from creditor.terms.library import place_of, read_toml

LIMIT_MB = 10
FINDING = ("severity", "place", "sentence", "evidence", "mend", "code")


def clues_in(path: Path, given: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The clues of a file, as fields by name with the place of each.

    Parameters
    ----------
    path : Path
        ``.toml`` with ``schema = 1`` and a ``[[clue]]`` each; ``.json``, an answer with findings or clues;
        or CSV.
    given : mapping
        Fields for clues that leave them out.

    Raises
    ------
    InputError
        C codes for a file that cannot be read, M909 for one without clues.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "clues.toml"
    >>> _ = path.write_text('schema = 1\\n[[clue]]\\nsubject = "coin.example"\\n')
    >>> clues_in(path, {"pack": "notice"})
    [('clues.toml:2', {'pack': 'notice', 'subject': 'coin.example'})]
    """
    size = path.stat().st_size / 1e6 if path.is_file() else 0.0
    if size > LIMIT_MB:
        what, why = f"the file has {size:.1f} million bytes", f"the limit is {LIMIT_MB}"
        raise InputError(Trouble("C105", path.name, what, why, "split it"))
    if path.suffix == ".toml":
        found = _toml(path)
    elif path.suffix == ".json":
        found = _json(path)
    else:
        found = _csv(path)
    if not found:
        what, mend = "the file has no clue", "add a [[clue]], a row, or a finding"
        raise InputError(Trouble("M909", path.name, what, "", mend))
    return [(where, {**given, **told}) for where, told in found]


def _toml(path: Path) -> list[tuple[str, dict[str, Any]]]:
    rows = read_toml(path).get("clue", [])
    lines = [
        number
        for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1)
        if "[[clue]]" in line
    ]
    places = [f"{path.name}:{number}" for number in lines]
    if (
        not isinstance(rows, list)
        or not all(isinstance(row, dict) for row in rows)
        or len(places) != len(rows)
    ):
        places = [place_of(path, "clue")] * (len(rows) if isinstance(rows, list) else 1)
        rows = [row if isinstance(row, dict) else {"clue": str(row)} for row in rows]
    return list(zip(places, rows, strict=True))


def _csv(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Columns are the fields; one that would identify a person is read, so that it is refused by name."""
    persons = [name for name in _header(path) if plain(name) in map(plain, read_fields()["refused"])]
    book = read_csv(path, (), (*NAMES, *persons), limit_mb=LIMIT_MB)
    found = []
    for row in book.rows:
        told: dict[str, Any] = {name: text for name, text in row.fields.items() if text}
        for name in NUMBERS:
            if name in told:
                number = parse_number(told[name], row.where, name, book.troubles)
                told[name] = None if number is None else float(number)
        found.append((row.where, told))
    book.finish()
    return found


def _header(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            lines = (line for line in file if line.strip() and not line.startswith("#"))
            return [cell.strip().casefold() for cell in next(lines, "").split(",")]
    except (OSError, UnicodeDecodeError):
        return []  # the reader of the file says what is wrong with it


def _json(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Findings, or clues in a text, of an answer of another command."""
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        what = "the file cannot be read"
        raise InputError(Trouble("C101", path.name, what, error.strerror or "", "check the path")) from None
    except ValueError as error:
        what, mend = "the file is no JSON", "write it with --json of a command"
        raise InputError(Trouble("M909", path.name, what, str(error)[:80], mend)) from None
    told = data if isinstance(data, dict) else {}
    found: list[tuple[str, dict[str, Any]]] = []
    for number, row in enumerate(told.get("findings") or [], 1):
        if isinstance(row, dict):
            fields = {name: row[name] for name in FINDING if row.get(name)}
            fields |= {name: row[name] for name in (*NEEDED, *NUMBERS) if row.get(name) is not None}
            found.append((f"{path.name}, finding {number}", fields))
    for number, row in enumerate(told.get("clues") or [], 1):
        if isinstance(row, dict):
            found.append((f"{path.name}, clue {number}", _offer(row)))
    return found


def _offer(row: Mapping[str, Any]) -> dict[str, Any]:
    """A clue of `creditor screen-text`: the term, the words beside it, the provisions it may touch."""
    cues = [str(cue.get("text")) for cue in row.get("cues", []) if isinstance(cue, dict)]
    told = {"sentence": f"A text offers: {row.get('term')}.", "severity": "warning"}
    told["evidence"] = f"characters {row.get('start')} to {row.get('end')}"
    told["evidence"] += f"; beside it: {', '.join(cues)}" if cues else ""
    told["provision"] = "; ".join(map(str, row.get("provisions", [])))
    return told
