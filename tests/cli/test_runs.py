"""Stored runs by processes: a kill loses nothing, and every way gives the same bytes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

LONG = ["model", "run", "pc", "--paths", "100000", "--periods", "60", "--keep", "wages;money;taxes;wealth"]
LONG += ["--draw", "public_spending=normal(0,0.5)", "--share", "wages > 108", "--json"]


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {"CREDITOR_DATA": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}


def start(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "creditor", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, env=environment(folder))


def output(folder: Path, *words: str) -> tuple[int, bytes, str]:
    process = start(folder, *words)
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err.decode()


def wait_for_some(folder: Path, process: subprocess.Popen[bytes]) -> int:
    """Paths that are kept, as soon as there are some."""
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        for head in folder.glob("runs/*/run.json"):
            if done := int(json.loads(head.read_text())["done"]):
                return done
        time.sleep(0.01)
    raise AssertionError(f"nothing was kept: {process.stderr.read().decode()}")  # type: ignore[union-attr]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a thing of POSIX")
def test_a_kill_a_stop_and_threads_give_the_bytes_of_a_run_without(tmp_path: Path) -> None:
    code, whole, _ = output(tmp_path / "none", *LONG, "--no-store", "--threads", "1")
    assert code == 0 and not (tmp_path / "none").exists()

    killed = start(tmp_path, *LONG, "--threads", "2")
    done = wait_for_some(tmp_path, killed)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert killed.returncode == -signal.SIGKILL and 0 < done < 100_000

    stopped = start(tmp_path, *LONG, "--progress")
    time.sleep(0.2)
    while stopped.poll() is None and "goes on from" not in stopped.stderr.readline().decode():  # type: ignore[union-attr]
        pass
    stopped.send_signal(signal.SIGSTOP)  # so that it still holds the run
    busy = output(tmp_path, *LONG)
    stopped.send_signal(signal.SIGINT)
    stopped.send_signal(signal.SIGCONT)
    err = stopped.communicate(timeout=120)[1].decode()
    assert busy[0] == 2 and "S733" in busy[2]
    assert stopped.returncode == 130 and "creditor runs resume" in err, err

    (entry,) = json.loads(output(tmp_path, "runs", "list", "--json")[1])["runs"]
    assert done <= entry["done"] < 100_000
    code, resumed, err = output(tmp_path, "runs", "resume", entry["run"], "--threads", "2", "--json")
    assert code == 0 and "goes on from" in err
    assert resumed == whole
    assert output(tmp_path, "runs", "show", "last", "--json")[1] == whole
    assert output(tmp_path, *LONG)[1] == whole


def test_rm_and_unknown_runs(tmp_path: Path) -> None:
    code, _, err = output(tmp_path, "runs", "show", "last")
    assert code == 2 and "S731" in err
    kept = output(tmp_path, "model", "run", "sim", "--periods", "3", "--store", "--json")[1]
    assert output(tmp_path, "runs", "show", "sim", "--json")[1] == kept
    assert output(tmp_path, "runs", "show", "sim", "--csv")[1].startswith(b"t,money")
    assert output(tmp_path, "runs", "rm", "sim")[0] == 0
    assert b"0 stored runs" in output(tmp_path, "runs", "list")[1]


@pytest.mark.parametrize("paths", ["0", "1000000000000"])
def test_no_paths_and_too_many_say_what_fits(tmp_path: Path, paths: str) -> None:
    code, _, err = output(tmp_path, "model", "run", "sim", "--paths", paths)
    assert code == 2 and "1<=x<=1000000000" in err
