"""Which store is meant, and what is said where there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from creditor.errors import CreditorError
from creditor.monitor.store import address_of, opened


def test_option_environment_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CREDITOR_ALERTS", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Path(address_of()).name == "alerts.sqlite" and "creditor" in address_of()
    monkeypatch.setenv("CREDITOR_ALERTS", "here.sqlite")
    assert address_of() == "here.sqlite" and address_of("there.sqlite") == "there.sqlite"


def test_a_reader_makes_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = tmp_path / "alerts.sqlite"
    monkeypatch.setenv("CREDITOR_ALERTS", str(place))
    with opened() as log:
        assert log is None
    assert not place.exists()
    with pytest.raises(CreditorError, match="no store here"), opened(str(place)):
        pass
    with opened(write=True) as log:
        assert log is not None
    assert place.exists()


@pytest.mark.parametrize(
    ("store", "wait", "code"),
    [("mysql://me@host/x", 1.0, "M906"), ("x.sqlite", -1.0, "U501"), ("x.sqlite", float("nan"), "U501")],
)
def test_faults(store: str, wait: float, code: str) -> None:
    with pytest.raises(CreditorError) as error, opened(store, wait=wait):
        pass
    assert error.value.codes == (code,)


def test_a_file_may_be_written_as_an_address(tmp_path: Path) -> None:
    place = tmp_path / "a.sqlite"
    with opened(f"sqlite:///{place}", write=True):
        pass
    assert place.is_file()


def test_no_database_package_is_loaded_for_a_file(tmp_path: Path) -> None:
    script = "import sys\nfrom creditor.monitor.store import opened\n"
    script += f"with opened({str(tmp_path / 'a.sqlite')!r}, write=True) as log: log.events()\n"
    script += "print(*{'sqlalchemy', 'pg8000'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
