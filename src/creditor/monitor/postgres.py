"""Owns the store in a PostgreSQL database, through SQLAlchemy, which is imported only here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from creditor.errors import InputError, MissingError, Trouble
from creditor.monitor.event import START
from creditor.monitor.log import SCHEMA

LOCK = 4202642  # of the making of the tables
TABLES = (
    "CREATE TABLE IF NOT EXISTS creditor_event (sequence BIGINT PRIMARY KEY, alert TEXT NOT NULL, "
    "kind TEXT NOT NULL, time TEXT NOT NULL, office TEXT NOT NULL, content TEXT NOT NULL, "
    "fingerprint TEXT UNIQUE, recorded TEXT NOT NULL, previous TEXT NOT NULL, digest TEXT NOT NULL UNIQUE)",
    "CREATE INDEX IF NOT EXISTS creditor_event_alert ON creditor_event (alert, sequence)",
    "CREATE INDEX IF NOT EXISTS creditor_event_kind ON creditor_event (kind, sequence)",
    "CREATE TABLE IF NOT EXISTS creditor_head (place BIGINT NOT NULL, digest TEXT NOT NULL, "
    "schema_number INTEGER NOT NULL, one INTEGER PRIMARY KEY DEFAULT 1 CHECK (one = 1))",
    "INSERT INTO creditor_head (place, digest, schema_number) "
    f"VALUES (0, '{START}', {SCHEMA}) ON CONFLICT DO NOTHING",
    "CREATE OR REPLACE FUNCTION creditor_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$",
    "CREATE OR REPLACE TRIGGER creditor_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON creditor_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION creditor_append_only()",
)


class PostgresConnection:
    """An open PostgreSQL database.

    Parameters
    ----------
    address : str
        ``postgresql://user:password@host/database``; for a socket
        ``postgresql://user@/database?host=FOLDER``.
    wait : float
        Seconds to wait for another writer.
    create : bool
        Whether to make the tables where they are absent.

    Raises
    ------
    InputError
        M906 for an address that cannot be read.
    MissingError
        U504 without the packages of extra ``postgres``; M906 where the database does not answer, M904.
    """

    def __init__(self, address: str, wait: float, create: bool) -> None:
        try:
            import pg8000  # noqa: F401
            import sqlalchemy
        except ImportError as error:
            what = f"{error.name} is not installed"
            mend = "pip install 'creditor[postgres]', or keep the store in a file"
            why = "PostgreSQL needs the extra postgres"
            raise MissingError(Trouble("U504", "--store", what, why, mend)) from None
        self._alchemy, self.wait, self.where = sqlalchemy, wait, "the PostgreSQL store"
        try:
            url = sqlalchemy.make_url(address)
            self.where = url.set(drivername="postgresql").render_as_string(hide_password=True)
            self._engine = sqlalchemy.create_engine(_driven(url), isolation_level="REPEATABLE READ")
        except Exception:  # the message may hold the password
            mend = "write it as postgresql://user@host/database"
            raise InputError(Trouble("M906", "--store", "the address cannot be read", "", mend)) from None
        with self._said():
            self._handle = self._engine.connect()
        with self._said():
            self._prepare(create)

    def _prepare(self, create: bool) -> None:
        with self._handle.begin():
            (found,) = self._run("SELECT to_regclass('creditor_head') IS NOT NULL").fetchall()[0]
        if found:
            return
        if not create:
            what, mend = (
                "there is no store here",
                "creditor alerts add makes it; or name another with --store",
            )
            raise MissingError(Trouble("M906", self.where, what, "", mend))
        with self._handle.begin():
            self._run("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")  # sees what another maker has made
            self._run(f"SET LOCAL lock_timeout = {max(1, int(self.wait * 1000))}")
            self._run(f"SELECT pg_advisory_xact_lock({LOCK})")
            for statement in TABLES:
                self._run(statement)

    def begin(self, exclusive: bool) -> None:
        """Start a transaction."""
        with self._said():
            self._transaction = self._handle.begin()
            try:
                if exclusive:
                    self._run(f"SET LOCAL lock_timeout = {max(1, int(self.wait * 1000))}")
                    self._run("LOCK TABLE creditor_event IN EXCLUSIVE MODE")
            except BaseException:
                self._transaction.rollback()
                raise

    def read(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        with self._said():
            return [tuple(row) for row in self._run(statement, values).fetchall()]

    def write(self, statement: str, rows: list[dict[str, Any]]) -> None:
        """Run a statement once for each row."""
        with self._said():
            self._run(statement, rows)

    def commit(self) -> None:
        """Keep the transaction."""
        with self._said():
            self._transaction.commit()

    def rollback(self) -> None:
        """Forget the transaction."""
        with self._said():
            self._transaction.rollback()

    def close(self) -> None:
        """Close the database."""
        self._handle.close()
        self._engine.dispose()

    def _run(self, statement: str, values: Any = None) -> Any:
        return self._handle.execute(self._alchemy.text(statement), values or {})

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Faults of the database in the words of the house."""
        try:
            yield
        except self._alchemy.exc.SQLAlchemyError as error:
            told = getattr(error, "orig", None) or error
            fields = told.args[0] if told.args and isinstance(told.args[0], dict) else {}
            if fields.get("C") == "55P03":
                what = f"another writer did not finish within {self.wait:g} seconds"
                mend = "try again, or wait longer with --wait SECONDS"
                trouble = Trouble("M904", self.where, what, "nothing was written", mend)
                raise MissingError(trouble) from None
            why = str(fields.get("M") or told).splitlines()[0]
            mend = "check that the server runs and that the address and the permissions are right"
            raise MissingError(Trouble("M906", self.where, "the store cannot be used", why, mend)) from None


def _driven(url: Any) -> Any:
    """The address for the driver pg8000; a folder named as host is a socket."""
    host = url.query.get("host", "")
    url = url.set(drivername="postgresql+pg8000")
    if host.startswith("/"):
        port = url.port or 5432
        query = {key: value for key, value in url.query.items() if key != "host"}
        return url.set(query={**query, "unix_sock": f"{host}/.s.PGSQL.{port}"}, port=None)
    return url
