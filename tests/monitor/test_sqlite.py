"""A file that is absent, locked, of something else, newer or damaged is told as what it is."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from creditor.errors import CreditorError, MissingError
from creditor.monitor.clue import Clue
from creditor.monitor.sqlite import SqliteConnection
from creditor.monitor.steps import adding
from creditor.monitor.store import opened


@pytest.fixture
def path(tmp_path: Path, clue: Callable[..., Clue]) -> Path:
    """A store with three alerts."""
    place = tmp_path / "alerts.sqlite"
    with opened(str(place), write=True) as log:
        assert log is not None
        for name in "abc":
            log.append(lambda view, name=name: [adding(clue(subject=name), "csrc", "2026-03-01T00:00:00Z")])
    return place


def tamper(path: Path, *statements: str) -> None:
    """Change a store as somebody with the file at hand could."""
    handle = sqlite3.connect(path)
    handle.execute("DROP TRIGGER creditor_no_update")
    handle.execute("DROP TRIGGER creditor_no_delete")
    for statement in statements:
        handle.execute(statement)
    handle.commit()
    handle.close()


def trouble(path: Path, write: bool = False) -> CreditorError:
    with pytest.raises(CreditorError) as error, opened(str(path), write=write, wait=0.1) as log:
        assert log is not None
        log.append(lambda view: []) if write else log.events()
    return error.value


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE creditor_event SET office = 'pboc' WHERE sequence = 2",
            "event 2 (A-2) is not as it was written",
        ),
        (
            "UPDATE creditor_event SET content = '{' WHERE sequence = 2",
            "event 2 (A-2) is not as it was written",
        ),
        ("DELETE FROM creditor_event WHERE sequence = 2", "event 2 is not there"),
        ("DELETE FROM creditor_event WHERE sequence = 3", "ends with event 2; the store says 3"),
        ("DELETE FROM creditor_head", "does not say where its log ends"),
    ],
)
def test_a_changed_log_is_told_with_its_place(path: Path, statement: str, said: str) -> None:
    tamper(path, statement)
    error = trouble(path)
    assert error.codes == ("M905",) and said in str(error)


def test_nothing_is_written_behind_a_log_that_lost_its_end(path: Path) -> None:
    tamper(path, "DELETE FROM creditor_event WHERE sequence = 3")
    assert trouble(path, write=True).codes == ("M905",)


def test_one_alert_is_checked_alone(path: Path) -> None:
    tamper(path, "UPDATE creditor_event SET time = '2020-01-01T00:00:00Z' WHERE sequence = 2")
    with opened(str(path)) as log:
        assert log is not None and log.alert("A-1").clue.subject == "a"
        with pytest.raises(MissingError, match="event 2") as error:
            log.alert("A-2")
    assert error.value.codes == ("M905",)


def test_damaged_bytes(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4096:8192] = b"\xff" * 4096
    path.write_bytes(raw)
    assert trouble(path).codes == ("M905",)


def test_other_files(tmp_path: Path, path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no database, but long enough to be looked at\n" * 50)
    assert trouble(text).codes == ("M906",)
    other = tmp_path / "other.sqlite"
    handle = sqlite3.connect(other)
    handle.execute("CREATE TABLE things (a)")
    handle.commit()
    handle.close()
    error = trouble(other, write=True)
    assert error.codes == ("M906",) and "something else" in str(error)
    assert trouble(tmp_path / "absent.sqlite").codes == ("M906",)
    assert trouble(tmp_path).codes == ("M906",)
    tamper(path, "UPDATE creditor_head SET schema_number = 9")
    error = trouble(path)
    assert error.codes == ("M906",) and "schema 9" in str(error)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert trouble(tmp_path / "file" / "alerts.sqlite", write=True).codes == ("M906",)


@pytest.mark.skipif(os.name == "nt", reason="permissions are another thing there")
def test_only_its_owner_reads_a_store(tmp_path: Path) -> None:
    path = tmp_path / "new" / "alerts.sqlite"
    SqliteConnection(path, 1.0, create=True).close()
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
