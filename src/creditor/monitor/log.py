"""Owns the log in a database: read whole or by alert, appended to by one writer at a time, never changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from creditor.errors import InputError, MissingError, Trouble
from creditor.monitor.alert import Alert, replay
from creditor.monitor.connection import Connection
from creditor.monitor.event import START, Draft, Event, check_chain, damaged, digest_of, seal, written
from creditor.monitor.times import now

SCHEMA = 1
COLUMNS = "sequence, alert, kind, time, office, content, fingerprint, recorded, previous, digest"
NUMBER = "A-"


class View:
    """The log as a writer sees it within its transaction.

    Parameters
    ----------
    log : Log
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._keys: dict[str, str] | None = None

    def alert(self, number: str) -> Alert:
        """One alert.

        Raises
        ------
        InputError
            M901 for a number that is not there.
        """
        return self._log.one(number)

    def with_fingerprint(self, fingerprint: str) -> str:
        """Number of the alert that has this finding already; empty where none has."""
        found = self._log.connection.read(
            "SELECT alert FROM creditor_event WHERE fingerprint = :fingerprint", fingerprint=fingerprint
        )
        return str(found[0][0]) if found else ""

    def with_key(self, key: str) -> str:
        """Number of the last alert about the same thing; empty where none is."""
        if self._keys is None:
            rows = self._log.connection.read(
                "SELECT alert, content FROM creditor_event WHERE kind = 'added' ORDER BY sequence"
            )
            self._keys = {}
            for number, content in rows:
                told = json.loads(content)["clue"]
                if told.get("indicator"):
                    parts = (told["pack"], told["indicator"], told["subject"], told.get("period", ""))
                    self._keys["|".join(parts)] = str(number)
        return self._keys.get(key, "")


class Log:
    """The append-only log of one store.

    Parameters
    ----------
    connection : Connection
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @property
    def where(self) -> str:
        """What messages call the store."""
        return self.connection.where

    def events(self) -> list[Event]:
        """The whole log, checked from the first event to the last.

        Raises
        ------
        MissingError
            M905 where it was changed from outside.
        """
        with self._transaction(exclusive=False):
            rows = self.connection.read(f"SELECT {COLUMNS} FROM creditor_event ORDER BY sequence")
            head = self._head()
        events = [self._event(row) for row in rows]
        check_chain(events, head, self.where)
        return events

    def alerts(self) -> dict[str, Alert]:
        """All alerts, by replay of the whole log."""
        return replay(self.events(), self.where)

    def alert(self, number: str) -> Alert:
        """One alert.

        Raises
        ------
        InputError
            M901 for a number that is not there.
        MissingError
            M905 where one of its events was changed.
        """
        with self._transaction(exclusive=False):
            return self.one(number)

    def one(self, number: str) -> Alert:
        """One alert, within a transaction."""
        wanted = number_of(number)
        query = f"SELECT {COLUMNS} FROM creditor_event WHERE alert = :alert ORDER BY sequence"
        events = [self._event(row) for row in self.connection.read(query, alert=wanted)]
        if not events:
            raise self._no_alert(number)
        for event in events:
            if digest_of(event) != event.digest:
                raise damaged(self.where, f"event {event.sequence} ({event.alert}) is not as it was written")
        return replay(events, self.where)[wanted]

    def append(self, make: Callable[[View], Sequence[Draft]]) -> list[Event]:
        """Append events: `make` sees the log and says which, while nobody else writes.

        Parameters
        ----------
        make : callable
            From a `View` to drafts; an error that it raises leaves the log as it was.

        Returns
        -------
        list of Event
            As written. When this returns they are on disk.

        Raises
        ------
        MissingError
            M904 where another writer does not finish in time; M905.
        """
        with self._transaction(exclusive=True):
            drafts = list(make(View(self)))
            place, previous = self._head()
            self._check_last(place, previous)
            count, recorded = self._count(), now()
            events = []
            for draft in drafts:
                count += draft.kind == "added"
                number = draft.alert or f"{NUMBER}{count}"
                event = seal(draft, place + 1, number, recorded, previous)
                place, previous = event.sequence, event.digest
                events.append(event)
            if events:
                self._insert(events, place, previous)
        return events

    def close(self) -> None:
        """Close the store."""
        self.connection.close()

    def _insert(self, events: Sequence[Event], place: int, digest: str) -> None:
        names = COLUMNS.split(", ")
        rows = [{name: getattr(event, name) for name in names} for event in events]
        for row in rows:
            row["content"] = written(row["content"])
            row["fingerprint"] = row["fingerprint"] or None
        values = ", ".join(f":{name}" for name in names)
        self.connection.write(f"INSERT INTO creditor_event ({COLUMNS}) VALUES ({values})", rows)
        head = [{"place": place, "digest": digest}]
        self.connection.write("UPDATE creditor_head SET place = :place, digest = :digest", head)

    def _head(self) -> tuple[int, str]:
        rows = self.connection.read("SELECT place, digest, schema_number FROM creditor_head")
        if len(rows) != 1:
            raise damaged(self.where, "the store does not say where its log ends")
        place, digest, schema = rows[0]
        if schema != SCHEMA:
            what, mend = f"the store has schema {schema}", f"this version reads schema {SCHEMA}"
            raise MissingError(Trouble("M906", self.where, what, "", mend))
        return int(place), str(digest)

    def _check_last(self, place: int, digest: str) -> None:
        """Nothing is written behind a log that does not end where the store says."""
        rows = self.connection.read(f"SELECT {COLUMNS} FROM creditor_event ORDER BY sequence DESC LIMIT 1")
        last = self._event(rows[0]) if rows else None
        found = (last.sequence, digest_of(last)) if last else (0, START)
        if found != (place, digest):
            raise damaged(self.where, f"the log ends with event {found[0]}; the store says {place}")

    def _count(self) -> int:
        return int(self.connection.read("SELECT count(*) FROM creditor_event WHERE kind = 'added'")[0][0])

    def _event(self, row: tuple[Any, ...]) -> Event:
        sequence, alert, kind, time, office, content, fingerprint, *rest = row
        try:
            told = json.loads(content)
        except ValueError:
            raise damaged(self.where, f"event {sequence} ({alert}) is not as it was written") from None
        return Event(int(sequence), alert, kind, time, office, told, fingerprint or "", *rest)

    def _no_alert(self, number: str) -> InputError:
        count = self._count()
        mend = "creditor alerts list shows them"
        why = f"there are {NUMBER}1 to {NUMBER}{count}" if count > 1 else f"there is {NUMBER}1"
        if not count:
            why, mend = "the store is empty", "creditor alerts add"
        return InputError(Trouble("M901", "ALERT", f"no alert {number!r}", why, mend))

    @contextmanager
    def _transaction(self, exclusive: bool) -> Iterator[None]:
        self.connection.begin(exclusive)
        try:
            yield
        except BaseException:
            self.connection.rollback()
            raise
        self.connection.commit()


def number_of(text: str) -> str:
    """The number of an alert as it is kept.

    Examples
    --------
    >>> number_of("a-7"), number_of("7"), number_of("seven")
    ('A-7', 'A-7', 'seven')
    """
    plain = text.strip().upper().removeprefix(NUMBER)
    return f"{NUMBER}{int(plain)}" if plain.isascii() and plain.isdigit() else text
