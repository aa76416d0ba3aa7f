"""What a long run says: a line in a terminal, lines elsewhere, never on standard output."""

from __future__ import annotations

import pytest

from creditor.cli.model_long import _Line, describe, listener
from creditor.scenario.wishes import Progress


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Progress(0, 10), "0 of 10 paths, 0 %"),
        (Progress(5, 10, 3.4), "5 of 10 paths, 50 %, about 3 s left"),
        (Progress(5, 10, 61.0), "5 of 10 paths, 50 %, about 1 min 1 s left"),
        (Progress(1, 1_000_000, 7384.0), "1 of 1,000,000 paths, 0 %, about 2 h 3 min left"),
        (Progress(10, 10, 0.0), "10 of 10 paths, 100 %"),
    ],
)
def test_words(found: Progress, told: str) -> None:
    assert describe(found) == told


def test_a_terminal_has_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    line = _Line(terminal=True)
    line.progress(Progress(5, 10, 100.0))
    line.progress(Progress(6, 10, 90.0))  # too soon
    line.warn("look")
    line.progress(Progress(10, 10))
    out, err = capsys.readouterr()
    assert out == "" and err.count("\r") == 2 and "\ncreditor: look\n" in err and err.endswith("\n")
    assert "6 of 10" not in err


def test_without_a_terminal_it_is_silent_unless_asked(capsys: pytest.CaptureFixture[str]) -> None:
    listener().progress(Progress(5, 10))
    assert capsys.readouterr().err == ""
    listener(always=True).progress(Progress(5, 10))
    assert capsys.readouterr().err == "5 of 10 paths, 50 %\n"
