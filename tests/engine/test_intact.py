"""A flipped bit in what Numba keeps is noticed, that file alone is made anew, and nothing else is touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from creditor.engine.intact import KEPT, PROOF, cache_folder, drop_damaged, prove


def kept(folder: Path) -> Path:
    (folder / "below").mkdir()
    for name in ("one.nbi", "one.nbc", "two.nbc"):
        (folder / "below" / name).write_bytes(name.encode() * 9)
    return folder / "below" / "one.nbc"


def test_a_flipped_bit_is_noticed_and_that_file_alone_goes(tmp_path: Path) -> None:
    code = kept(tmp_path)
    assert drop_damaged(tmp_path) == []  # without a digest nothing is said
    prove(tmp_path)
    assert drop_damaged(tmp_path) == []
    data = bytearray(code.read_bytes())
    data[7] ^= 1
    code.write_bytes(data)
    (tmp_path / "below" / "new.nbc").write_bytes(b"of another process")
    assert drop_damaged(tmp_path) == ["below/one.nbc"]
    assert sorted(p.name for p in (tmp_path / "below").iterdir()) == ["new.nbc", "one.nbi", "two.nbc"]


@pytest.mark.parametrize("text", ["", "[1]", "{", "nonsense"])
def test_damaged_digests_are_written_again(text: str, tmp_path: Path) -> None:
    kept(tmp_path)
    prove(tmp_path)
    whole = (tmp_path / PROOF).read_text()
    (tmp_path / PROOF).write_text(text)
    assert drop_damaged(tmp_path) == []
    prove(tmp_path)
    assert (tmp_path / PROOF).read_text() == whole


def test_a_folder_that_cannot_be_written_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    prove(tmp_path / "file")
    prove(tmp_path / "nowhere")
    assert drop_damaged(tmp_path / "file") == []


def test_numba_makes_a_removed_file_anew(tmp_path: Path) -> None:
    pytest.importorskip("numba")
    (tmp_path / "small.py").write_text(
        "import numba\n@numba.njit(cache=True)\ndef twice(x):\n    return 2 * x\nprint(twice(21))\n"
    )

    def run() -> str:
        done = subprocess.run(
            [sys.executable, "small.py"], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert run() == "42\n"
    prove(tmp_path)
    (code,) = tmp_path.rglob("*.nbc")
    code.write_bytes(code.read_bytes()[:-1] + b"?")
    assert len(drop_damaged(tmp_path)) == 1
    assert run() == "42\n" and code.exists()


def test_the_cache_is_ours_alone(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("CREDITOR_CACHE", str(tmp_path / "here"))
    folder = cache_folder()
    assert folder is not None and folder.is_relative_to(tmp_path)
    if os.name == "posix":
        assert folder.stat().st_mode & 0o777 == 0o700
        folder.chmod(0o777)
        assert cache_folder() is None


def test_no_cache_is_no_error(monkeypatch, tmp_path) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("CREDITOR_CACHE", str(tmp_path / "file" / "below"))
    assert cache_folder() is None


def test_code_of_other_versions_goes_when_nobody_used_it_for_long(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("CREDITOR_CACHE", str(tmp_path))
    for name, age in (("engine-old", KEPT + 60), ("engine-new", 60), ("other", KEPT + 60)):
        (tmp_path / name).mkdir()
        then = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (then, then))
    folder = cache_folder()
    assert folder is not None
    assert {path.name for path in tmp_path.iterdir()} == {"engine-new", "other", folder.name}
