"""A PostgreSQL store: addresses, faults of the server, a store that is absent, and what is never shown."""

from __future__ import annotations

import subprocess
import sys

import pytest

from creditor.errors import CreditorError, InputError, MissingError
from creditor.monitor.store import opened


def test_a_store_that_is_absent_is_not_made_by_a_reader(database: str) -> None:
    with pytest.raises(MissingError, match="no store here") as error, opened(database):
        pass
    assert error.value.codes == ("M906",)
    with opened(database, write=True) as log:
        assert log is not None and log.events() == []
    with opened(database) as log:
        assert log is not None and log.events() == []


def test_a_changed_log_is_told_with_its_place(database: str) -> None:
    from creditor.monitor.clue import Clue
    from creditor.monitor.steps import adding

    clue = Clue("notice", "x.example", "website", "rwa", "Sells tokens.", "a bank", "a bank")
    with opened(database, write=True) as log:
        assert log is not None
        log.append(lambda view: [adding(clue, "csrc", "2026-03-01T00:00:00Z")])
        log.connection.begin(exclusive=True)
        log.connection.write("ALTER TABLE creditor_event DISABLE TRIGGER creditor_no_change", [{}])
        log.connection.write("UPDATE creditor_event SET office = 'pboc'", [{}])
        log.connection.commit()
        with pytest.raises(MissingError, match="event 1") as error:
            log.events()
        assert error.value.codes == ("M905",)


def test_a_password_is_never_shown() -> None:
    pytest.importorskip("pg8000")
    with pytest.raises(CreditorError) as error, opened("postgresql://me:secret@127.0.0.1:1/x", wait=1):
        pass
    assert error.value.codes == ("M906",)
    assert "secret" not in str(error.value) and "me:***@127.0.0.1:1/x" in str(error.value)


def test_a_wrong_address() -> None:
    pytest.importorskip("pg8000")
    with pytest.raises(InputError) as error, opened("postgresql://me:secret@host:port/x"):
        pass
    assert error.value.codes == ("M906",) and "secret" not in str(error.value)


def test_without_the_packages_it_says_which_extra() -> None:
    script = "import sys; sys.modules['pg8000'] = None\n"
    script += "from creditor.cli.main import run\n"
    script += "sys.exit(run(['alerts', 'list', '--store', 'postgresql://me@host/x']))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 3 and "U504" in done.stderr and "creditor[postgres]" in done.stderr
