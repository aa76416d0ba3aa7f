"""What is wanted of a run: harmless by default; a block that Ctrl-C does not break in two."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from creditor.scenario.wishes import Listener, Progress, Stopped, Uninterrupted, Wishes


def test_nobody_is_told_by_default() -> None:
    wishes = Wishes()
    wishes.listener.progress(Progress(1, 2))
    wishes.listener.warn("nothing")
    assert wishes.store is None and wishes.threads is None
    assert Listener() == Listener() and issubclass(Stopped, KeyboardInterrupt)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_is_heard_at_the_end_of_a_block() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), Uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
        done.append("whole")
    assert done == ["whole"] and signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_block_in_another_thread_leaves_signals_alone() -> None:
    done: list[str] = []

    def work() -> None:
        with Uninterrupted():
            done.append("whole")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == ["whole"]
