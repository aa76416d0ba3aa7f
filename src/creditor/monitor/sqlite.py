"""Owns the store in one SQLite file, by the standard library."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from creditor.errors import MissingError, Trouble
from creditor.monitor.event import START, damaged
from creditor.monitor.log import SCHEMA

MARK = 0x43524544  # "CRED" in the head of the file
TABLES = (
    "CREATE TABLE creditor_event (sequence INTEGER PRIMARY KEY, alert TEXT NOT NULL, kind TEXT NOT NULL, "
    "time TEXT NOT NULL, office TEXT NOT NULL, content TEXT NOT NULL, fingerprint TEXT UNIQUE, "
    "recorded TEXT NOT NULL, previous TEXT NOT NULL, digest TEXT NOT NULL UNIQUE)",
    "CREATE INDEX creditor_event_alert ON creditor_event (alert, sequence)",
    "CREATE INDEX creditor_event_kind ON creditor_event (kind, sequence)",
    "CREATE TABLE creditor_head (place INTEGER NOT NULL, digest TEXT NOT NULL, "
    "schema_number INTEGER NOT NULL)",
    f"INSERT INTO creditor_head VALUES (0, '{START}', {SCHEMA})",
    "CREATE TRIGGER creditor_no_update BEFORE UPDATE ON creditor_event "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    "CREATE TRIGGER creditor_no_delete BEFORE DELETE ON creditor_event "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    f"PRAGMA application_id = {MARK}",
)


class SqliteConnection:
    """An open SQLite file.

    Parameters
    ----------
    path : Path
    wait : float
        Seconds to wait for another writer.
    create : bool
        Whether to make the file, and its folder, where it is absent.

    Raises
    ------
    MissingError
        M906 where it is absent or is something else, M904 where it stays locked.

    Examples
    --------
    >>> import tempfile
    >>> SqliteConnection(Path(tempfile.mkdtemp()) / "alerts.sqlite", 1.0, create=True).close()
    """

    def __init__(self, path: Path, wait: float, create: bool) -> None:
        self.where, self.wait = str(path), wait
        if not create and not path.is_file():
            what, mend = (
                "there is no store here",
                "creditor alerts add makes it; or name another with --store",
            )
            raise MissingError(Trouble("M906", self.where, what, "", mend))
        with self._said():
            if create:
                self._make_folder(path.parent)
            self._handle = sqlite3.connect(path, timeout=wait, isolation_level=None)
        with self._said():
            self._prepare()

    def _make_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            what, mend = "its folder cannot be made", "name another place with --store"
            raise MissingError(Trouble("M906", self.where, what, error.strerror or "", mend)) from None

    def _prepare(self) -> None:
        """Make the tables where the file is new; refuse a file of something else."""
        self._handle.execute("PRAGMA synchronous = FULL")
        (mark,) = self._handle.execute("PRAGMA application_id").fetchone()
        if mark == MARK:
            return
        self._handle.execute("BEGIN IMMEDIATE")
        (mark,) = self._handle.execute("PRAGMA application_id").fetchone()
        (tables,) = self._handle.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not mark and not tables:
            for statement in TABLES:
                self._handle.execute(statement)
            os.chmod(self.where, 0o600)
            mark = MARK
        self._handle.execute("COMMIT")
        if mark != MARK:
            self._handle.close()
            what, mend = "the file is a database of something else", "name another file with --store"
            raise MissingError(Trouble("M906", self.where, what, "", mend))

    def begin(self, exclusive: bool) -> None:
        """Start a transaction."""
        with self._said():
            self._handle.execute("BEGIN IMMEDIATE" if exclusive else "BEGIN")

    def read(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        with self._said():
            return self._handle.execute(statement, values).fetchall()

    def write(self, statement: str, rows: list[dict[str, Any]]) -> None:
        """Run a statement once for each row."""
        with self._said():
            self._handle.executemany(statement, rows)

    def commit(self) -> None:
        """Keep the transaction."""
        with self._said():
            try:
                self._handle.execute("COMMIT")
            except sqlite3.OperationalError:
                self.rollback()
                raise

    def rollback(self) -> None:
        """Forget the transaction."""
        if self._handle.in_transaction:
            self._handle.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        self._handle.close()

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Faults of SQLite in the words of the house."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                what = f"another writer did not finish within {self.wait:g} seconds"
                mend = "try again, or wait longer with --wait SECONDS"
                trouble = Trouble("M904", self.where, what, "nothing was written", mend)
                raise MissingError(trouble) from None
            what, mend = "the store cannot be used", "choose a place where you may write, with --store"
            raise MissingError(Trouble("M906", self.where, what, str(error), mend)) from None
        except sqlite3.DatabaseError as error:
            if "not a database" in str(error):
                what, mend = "the file is no store of alerts", "name another file with --store"
                raise MissingError(Trouble("M906", self.where, what, str(error), mend)) from None
            raise damaged(self.where, f"the file is damaged: {error}") from None
