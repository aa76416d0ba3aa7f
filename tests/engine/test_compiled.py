"""The way to the compiled engine: its cache, its absence, its tables."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import threading

import numpy as np
import pytest

from creditor.engine import compiled as door
from creditor.errors import MissingError


@pytest.mark.skipif(os.name != "posix", reason="a limit on the size of files stands for a full disk")
def test_a_full_disk_under_the_cache_stops_nothing(compiled, tmp_path) -> None:
    script = """
import resource
import signal
from creditor.engine import compiled as door
from creditor.engine.program import compile_model
from creditor.equations.load import load_model
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
assert door.load(compile_model(load_model("sim"))) is not None
"""
    there = os.environ | {"CREDITOR_CACHE": str(tmp_path), "NUMBA_OPT": "0"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=there, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.rglob("*.nbc"))


def test_without_numba_numpy_runs(monkeypatch, ran, laid_out, texts) -> None:
    whole = ran(texts["cycle"], 3).values
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert door.wait() == float("inf")
    assert door.load(laid_out(texts["cycle"])) is None
    assert np.array_equal(ran(texts["cycle"], 3).values, whole, equal_nan=True)
    with pytest.raises(MissingError) as error:
        ran(texts["cycle"], 3, machine="numba")
    assert error.value.codes == ("U504",)


def test_tables_cover_every_row(laid_out, texts) -> None:
    program = laid_out(texts["nonlinear"])
    flat = door.flatten(program)
    runs, rows, *_ = flat["tape"]
    assert flat["sections"].shape[1] == 13 and rows.dtype == np.int32
    assert runs[0, 1] == 0 and runs[-1, 2] == len(rows) and (runs[1:, 1] == runs[:-1, 2]).all()
    assert flat["sections"][:, 0].sum() == sum(section.block is not None for section in program.sections)
    assert rows.max() < program.registers
    assert len(flat["groups"]) == len(program.groups)


def test_machine_code_takes_over_when_it_is_ready(laid_out, texts, compiled) -> None:
    program = laid_out(texts["cycle"])
    sooner = door.Sooner(program)
    for thread in threading.enumerate():
        if thread.name == "machine code":
            thread.join()
    assert set(program.flat) == {"tape", "fused"}
    assert sooner.kernel is not None


def test_what_cannot_be_made_is_not_needed(laid_out, texts, compiled, monkeypatch) -> None:
    program = laid_out(texts["cycle"])
    plain = door.load

    def broken(program, needed=False, fused=False):
        if fused:
            raise RuntimeError("no room")
        return plain(program, needed)

    monkeypatch.setattr(door, "load", broken)
    sooner = door.Sooner(program)
    rows = sooner.kernel
    for thread in threading.enumerate():
        if thread.name == "machine code":
            thread.join()
    assert sooner.kernel is rows
