"""Owns what the log asks of a database: statements with named values, and transactions."""

from __future__ import annotations

from typing import Any, Protocol


class Connection(Protocol):
    """One open database; each kind of database has a file of its own."""

    where: str
    """What messages call the store, without any password."""

    def begin(self, exclusive: bool) -> None:
        """Start a transaction: alone to write, or on one state of the log to read."""

    def read(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """Rows of a query; values are written ``:name`` in it."""

    def write(self, statement: str, rows: list[dict[str, Any]]) -> None:
        """Run a statement once for each row."""

    def commit(self) -> None:
        """Keep the transaction; when this returns, it is on disk."""

    def rollback(self) -> None:
        """Forget the transaction."""

    def close(self) -> None:
        """Close the database."""
