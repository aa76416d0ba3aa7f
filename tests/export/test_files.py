"""A file is written whole or not at all, and troubles say what to do."""

import os
import stat

import pytest

from creditor.errors import InputError
from creditor.export.files import write_file


def test_text_and_bytes_are_written_as_they_are(tmp_path):
    write_file(tmp_path / "a.txt", "Schuld, 债\r\n")
    assert (tmp_path / "a.txt").read_bytes() == "Schuld, 债\r\n".encode()
    write_file(str(tmp_path / "b.bin"), b"\x00\xff")
    assert (tmp_path / "b.bin").read_bytes() == b"\x00\xff"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "b.bin"]


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path):
    place = tmp_path / "a.txt"
    place.write_text("old")
    place.chmod(0o640)
    write_file(place, "new")
    assert place.read_text() == "new" and stat.S_IMODE(place.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_file(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink() and (tmp_path / "real.txt").read_text() == "new"


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, step):
    def fail(*_):
        raise OSError(28, "No space left on device")

    place = tmp_path / "a.txt"
    place.write_text("old")
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(InputError, match=r"U502[\s\S]*No space left"):
        write_file(place, "new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"] and place.read_text() == "old"


def test_stopping_leaves_nothing(tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "a.txt", "new")
    assert list(tmp_path.iterdir()) == []


def test_missing_folder_folder_and_file_as_folder(tmp_path):
    (tmp_path / "file").write_text("x")
    cases = {"none/a.txt": "does not exist", ".": "is a folder", "file/a.txt": "no folder"}
    for path, words in cases.items():
        with pytest.raises(InputError, match=words) as caught:
            write_file(tmp_path / path, "x")
        assert caught.value.codes == ("U502",) and caught.value.troubles[0].mend
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_devices_are_written_to(tmp_path):
    write_file("/dev/null", "x")
    assert not os.path.isfile("/dev/null")


def test_an_unfinished_file_of_another_run_is_left_alone(tmp_path):
    other = tmp_path / f".creditor-{os.getpid()}-0.part"
    other.write_text("theirs")
    write_file(tmp_path / "a.txt", "mine")
    assert other.read_text() == "theirs" and (tmp_path / "a.txt").read_text() == "mine"
