"""Owns the book of decisions: records appended one by one, tied to the one before, signed by two people."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Trouble
from creditor.regimes.casefile import text_of

FIRST = "0" * 16
SIGNED = ("by", "second")


def seal(record: Mapping[str, Any]) -> str:
    """Digest of a record without its own seal, 16 hexadecimal digits.

    Examples
    --------
    >>> seal({"by": "a"}) == seal({"by": "a", "seal": "x"})
    True
    """
    kept = {key: value for key, value in record.items() if key != "seal"}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def append(path: Path, record: Mapping[str, Any]) -> dict[str, Any]:
    """Append a decision; it is on the disk when this returns.

    Parameters
    ----------
    path : Path
        The book, one record a line in JSON; it is made where it is not there.
    record : mapping
        Facts, verdict, version of the text, digest of the rules, ``by`` and ``second``.

    Returns
    -------
    dict
        The record with its number, the seal of the one before, and its own.

    Raises
    ------
    InputError
        R907 where the book is damaged, or where one person signs twice; C101 where it cannot be written.
    """
    one, other = (str(record.get(key, "")).strip() for key in SIGNED)
    if not one or not other or one.casefold() == other.casefold():
        mend = "name two different people with --by and --second"
        raise InputError(Trouble("R907", "signatures", f"signed by {one!r} and {other!r}", "", mend))
    try:
        with path.open("a+b") as file:
            _lock(file.fileno())
            file.seek(0)
            before = list(_records(file.read(), path.name))
            whole: dict[str, Any] = {
                "number": len(before) + 1,
                **record,
                "before": before[-1]["seal"] if before else FIRST,
            }
            whole["seal"] = seal(whole)
            file.write((json.dumps(whole, ensure_ascii=False) + "\n").encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        why = error.strerror or ""
        trouble = Trouble("C101", str(path), "the book cannot be written", why, "check the path")
        raise InputError(trouble) from None
    return whole


def read_book(path: Path) -> list[dict[str, Any]]:
    """Read a book and hold every record against its seal and the one before.

    Raises
    ------
    InputError
        C101 where it cannot be read; R907 with the line of every record that was changed, removed or cut off.
    """
    return list(_records(text_of(path).encode("utf-8"), path.name))


def _records(raw: bytes, name: str) -> Iterator[dict[str, Any]]:
    last = FIRST
    for number, line in enumerate(raw.decode("utf-8", "replace").split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        mend = "restore the book from a copy; nothing is appended to a damaged one"
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            what = "the line is no record"
            raise InputError(Trouble("R907", where, what, "it was cut off or edited", mend)) from None
        if not isinstance(record, dict) or record.get("seal") != seal(record) or record.get("before") != last:
            what = "the seal does not fit"
            raise InputError(Trouble("R907", where, what, "a record was changed or removed", mend))
        last = record["seal"]
        yield record


def _lock(descriptor: int) -> None:
    """Keep other writers out until the file is closed; systems without such locks go on."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)
