"""What tests of the monitor share: clues, stores in a file and in a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from creditor.monitor.clue import Clue


@pytest.fixture
def clue() -> Callable[..., Clue]:
    """A clue about tokens, changed as wanted."""

    def make(**changes: object) -> Clue:
        told = {
            "pack": "notice",
            "subject": "rent.example",
            "subject_kind": "website",
            "object": "rwa",
            "sentence": "Sells tokens on rents.",
            "source": "a bank",
            "origin": "a bank",
            "channel": "online",
            "province": "CN-GD",
        }
        return Clue(**{**told, **changes})

    return make


def _programs() -> dict[str, str] | None:
    """Where the programs of PostgreSQL are, newest version first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -float(p.parent.name))
    path = os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")])
    found = {name: shutil.which(name, path=path) for name in ("initdb", "pg_ctl")}
    return {name: place for name, place in found.items() if place} if all(found.values()) else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server of its own on a socket; without PostgreSQL the test is skipped and counted."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL; install the package postgresql")
    folder = Path(tempfile.mkdtemp(prefix="creditor-pg-"))
    before: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        before = ["runuser", "-u", "postgres", "--"]
    data = str(folder / "data")
    options = f"-k {folder} -c listen_addresses='' -c shared_buffers=16MB"
    subprocess.run(
        [*before, programs["initdb"], "-D", data, "-A", "trust", "-U", "creditor", "--no-sync"],
        check=True, capture_output=True, cwd=folder,
    )  # fmt: skip
    start = [*before, programs["pg_ctl"], "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start"]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    yield f"postgresql://creditor@/postgres?host={folder}"
    stop = [*before, programs["pg_ctl"], "-D", data, "-m", "immediate", "stop"]
    subprocess.run(stop, check=True, capture_output=True, cwd=folder)
    shutil.rmtree(folder)


@pytest.fixture
def database(postgres: str) -> str:
    """An empty store in that server."""
    from sqlalchemy import create_engine, make_url, text

    from creditor.monitor.postgres import _driven

    engine = create_engine(_driven(make_url(postgres)))
    with engine.begin() as handle:
        handle.execute(text("DROP TABLE IF EXISTS creditor_event, creditor_head"))
    engine.dispose()
    return postgres


@pytest.fixture(params=["file", "database"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty store, once in a file and once in PostgreSQL."""
    if request.param == "file":
        return str(tmp_path / "alerts.sqlite")
    return str(request.getfixturevalue("database"))
