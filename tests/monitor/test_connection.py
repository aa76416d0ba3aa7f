"""Both kinds of store are what the log asks of a database."""

from __future__ import annotations

import inspect

from creditor.monitor.connection import Connection
from creditor.monitor.postgres import PostgresConnection
from creditor.monitor.sqlite import SqliteConnection


def test_both_have_every_method_with_the_same_arguments() -> None:
    for name, wanted in inspect.getmembers(Connection, inspect.isfunction):
        if name.startswith("_"):
            continue
        for kind in (SqliteConnection, PostgresConnection):
            arguments = list(inspect.signature(getattr(kind, name)).parameters)
            assert arguments == list(inspect.signature(wanted).parameters), (kind, name)
