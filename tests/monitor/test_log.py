"""The log of a store: whole, in one order, with writers beside each other, killed, or waiting; in a file and in PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from creditor.errors import CreditorError, InputError, MissingError
from creditor.monitor.clue import Clue
from creditor.monitor.event import Draft
from creditor.monitor.log import Log, View, number_of
from creditor.monitor.steps import adding, advancing
from creditor.monitor.store import opened

TIME = "2026-03-01T00:00:00Z"
WRITER = """
import sys
from creditor.monitor.clue import Clue
from creditor.monitor.steps import adding
from creditor.monitor.store import opened

store, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with opened(store, write=True, wait=60) as log:
    print("ready", flush=True)
    for place in range(count):
        clue = Clue("notice", f"{name}-{place}.example", "website", "rwa", "Sells tokens.", "a bank", "a bank")
        (event,) = log.append(lambda view: [adding(clue, "csrc", "2026-03-01T00:00:00Z")])
        print(event.alert, event.digest, flush=True)
"""


def start(store: str, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, store, name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def put(log: Log, clue: Clue) -> str:
    return log.append(lambda view: [adding(clue, "csrc", TIME)])[0].alert


def test_events_are_numbered_and_sealed_in_one_order(store: str, clue: Callable[..., Clue]) -> None:
    with opened(store, write=True) as log:
        assert log is not None and log.events() == [] and log.alerts() == {}
        assert [put(log, clue(subject=f"{n}.example")) for n in "abc"] == ["A-1", "A-2", "A-3"]
        log.append(lambda view: [advancing(view.alert("a-2"), "triage", "csrc", TIME, {})])
    with opened(store) as again:
        assert again is not None
        events = again.events()
        assert [event.sequence for event in events] == [1, 2, 3, 4]
        assert {number: alert.state for number, alert in again.alerts().items()} == {
            "A-1": "clue", "A-2": "triage", "A-3": "clue",
        }  # fmt: skip
        assert again.alert("2") == again.alerts()["A-2"]


def test_a_refused_step_leaves_the_log_as_it_was(store: str, clue: Callable[..., Clue]) -> None:
    with opened(store, write=True) as log:
        assert log is not None
        put(log, clue())
        before = log.events()
        with pytest.raises(InputError):
            log.append(lambda view: [adding(clue(subject="x"), "csrc", TIME), *refuse(view)])
        assert log.events() == before
        assert put(log, clue(subject="y.example")) == "A-2"  # and nothing stays locked


def refuse(view: View) -> list[Draft]:
    return [advancing(view.alert("A-1"), "closed", "csrc", TIME, {})]


def test_a_missing_number_is_told_with_those_there_are(store: str, clue: Callable[..., Clue]) -> None:
    with opened(store, write=True) as log:
        assert log is not None
        with pytest.raises(InputError, match="the store is empty") as error:
            log.alert("A-1")
        assert error.value.codes == ("M901",)
        put(log, clue())
        put(log, clue(subject="b.example"))
        for number in ("A-3", "seven", "", "A--1", "0"):
            with pytest.raises(InputError, match="there are A-1 to A-2"):
                log.alert(number)


def test_two_writers_lose_nothing_and_share_no_number(store: str) -> None:
    with opened(store, write=True):
        pass
    writers = [start(store, name, 40) for name in ("first", "second")]
    told = [writer.communicate(timeout=120) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], told
    said = [line.split() for out, _ in told for line in out.splitlines()[1:]]
    assert len(said) == 80 and len({number for number, _ in said}) == 80
    with opened(store) as log:
        assert log is not None
        events = log.events()  # checked from the first seal to the last
        assert [event.sequence for event in events] == list(range(1, 81))
        assert {(event.alert, event.digest) for event in events} == {tuple(pair) for pair in said}
        subjects = {event.content["clue"]["subject"] for event in events}
        assert subjects == {f"{name}-{n}.example" for name in ("first", "second") for n in range(40)}


def test_three_writers_may_make_the_store_at_once(store: str) -> None:
    writers = [start(store, name, 3) for name in ("first", "second", "third")]
    told = [writer.communicate(timeout=120) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0], told
    with opened(store) as log:
        assert log is not None and len(log.events()) == 9


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_killed_writer_loses_nothing_that_it_acknowledged(store: str, clue: Callable[..., Clue]) -> None:
    acknowledged: list[tuple[str, str]] = []
    for turn in range(4):
        writer = start(store, f"turn{turn}", 100_000)
        assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
        lines = [writer.stdout.readline() for _ in range(3)]
        time.sleep(0.02 * turn)
        os.kill(writer.pid, signal.SIGKILL)
        rest, _ = writer.communicate(timeout=60)
        lines += rest.splitlines(keepends=True)
        acknowledged += [tuple(line.split()) for line in lines if line.endswith("\n")]  # type: ignore[misc]
    assert len(acknowledged) >= 12
    with opened(store, write=True) as log:
        assert log is not None
        events = log.events()
        assert set(acknowledged) <= {(event.alert, event.digest) for event in events}
        assert len(events) - len(acknowledged) <= 4  # at most one a turn was written and not yet told
        assert put(log, clue()) == f"A-{len(events) + 1}"
        log.events()


def test_a_locked_store_is_told_after_the_stated_wait_and_nothing_is_lost(
    store: str, clue: Callable[..., Clue]
) -> None:
    with opened(store, write=True) as holder, opened(store, write=True, wait=0.3) as other:
        assert holder is not None and other is not None
        holder.connection.begin(exclusive=True)
        began = time.monotonic()
        with pytest.raises(MissingError, match=r"within 0\.3 seconds") as error:
            put(other, clue())
        assert error.value.codes == ("M904",) and error.value.exit_code == 3
        assert 0.25 <= time.monotonic() - began < 5
        holder.connection.rollback()
        assert put(other, clue()) == "A-1"
        assert len(holder.events()) == 1


def test_the_database_itself_refuses_changes(store: str, clue: Callable[..., Clue]) -> None:
    with opened(store, write=True) as log:
        assert log is not None
        put(log, clue())
        for statement in ("DELETE FROM creditor_event", "UPDATE creditor_event SET office = 'pboc'"):
            log.connection.begin(exclusive=True)
            with pytest.raises(CreditorError, match="append-only"):
                log.connection.write(statement, [{}])
            log.connection.rollback()
        assert len(log.events()) == 1


def test_what_the_log_has_already(store: str, clue: Callable[..., Clue]) -> None:
    first = clue(indicator="r", period="2024", value=1.0)
    with opened(store, write=True) as log:
        assert log is not None
        put(log, first)
        seen = []
        log.append(
            lambda view: (
                seen.append((view.with_fingerprint(first.fingerprint), view.with_key(first.key))) or []
            )
        )
        log.append(lambda view: seen.append((view.with_fingerprint("x"), view.with_key("x"))) or [])
        assert seen == [("A-1", "A-1"), ("", "")]
        with pytest.raises(CreditorError):  # the database holds to it too
            put(log, first)
        assert len(log.events()) == 1


def test_numbers() -> None:
    assert [number_of(text) for text in ("A-07", " a-7 ", "7", "A7", "٧")] == ["A-7", "A-7", "A-7", "A7", "٧"]
