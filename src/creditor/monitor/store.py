"""Owns where the store is: a file or a PostgreSQL address, named by option, environment or default."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from creditor.errors import InputError, Trouble
from creditor.monitor.connection import Connection
from creditor.monitor.log import Log

VARIABLE = "CREDITOR_ALERTS"
WAIT = 10.0  # seconds for another writer


def address_of(store: str = "") -> str:
    """The store that is meant: the one named, else that of CREDITOR_ALERTS, else the user's own file.

    Examples
    --------
    >>> address_of("alerts.sqlite")
    'alerts.sqlite'
    """
    if store or os.environ.get(VARIABLE):
        return store or os.environ[VARIABLE]
    import platformdirs

    return str(Path(platformdirs.user_data_dir("creditor", appauthor=False)) / "alerts.sqlite")


@contextmanager
def opened(store: str = "", *, write: bool = False, wait: float = WAIT) -> Iterator[Log | None]:
    """Open a store, and close it in the end.

    Parameters
    ----------
    store : str
        Path of a file, or ``postgresql://...``; empty for the default.
    write : bool
        Whether something will be written: then a store that is absent is made.
    wait : float
        Seconds to wait for another writer.

    Yields
    ------
    Log or None
        None where no store is named, nothing will be written, and the default file is not there yet.

    Raises
    ------
    InputError
        U501 for a wait that cannot be.
    MissingError
        M904, M905, M906.

    Examples
    --------
    >>> import tempfile
    >>> with opened(tempfile.mkdtemp() + "/alerts.sqlite", write=True) as log:
    ...     len(log.events())
    0
    """
    if not 0 <= wait <= 3600:
        raise InputError(Trouble("U501", "--wait", f"{wait:g} seconds", "", "give 0 to 3600"))
    address = address_of(store)
    absent = "://" not in address and not Path(address).is_file()
    if absent and not store and not write:
        yield None
        return
    log = Log(_connected(address, wait, write))
    try:
        yield log
    finally:
        log.close()


def _connected(address: str, wait: float, write: bool) -> Connection:
    scheme, mark, _ = address.partition("://")
    if mark and scheme.partition("+")[0] in ("postgresql", "postgres"):
        from creditor.monitor.postgres import PostgresConnection

        return PostgresConnection(f"postgresql{address[len(scheme) :]}", wait, write)
    if mark and scheme != "sqlite":
        mend = "name a file, or write postgresql://user@host/database"
        raise InputError(Trouble("M906", "--store", f"no kind of store {scheme!r}", "", mend))
    from creditor.monitor.sqlite import SqliteConnection

    return SqliteConnection(Path(address.removeprefix("sqlite:///")), wait, write)
