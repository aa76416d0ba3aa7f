"""The store of runs: whole or as before, one process at a time, what is damaged is named and can be removed."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import numpy as np
import pytest

from creditor.errors import InputError
from creditor.scenario import store
from creditor.scenario.store import Keeper, entries, find_entry, read_entry, remove, run_key, runs_folder

KEY, OTHER = "0123456789ab", "0123ffffffff"
HEAD = {"hash": "f" * 16, "name": "mine", "model": "sim", "paths": 2048, "scenario": {"model": "sim"}}


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CREDITOR_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def keep(key: str = KEY, done: int = 1024, **more: object) -> None:
    with Keeper(key, HEAD | more) as keeper:
        keeper.save(done, {"x": np.arange(3.0)}, {"worst": []})


def test_what_is_saved_is_there_again(data: Path) -> None:
    keep()
    keep(done=2048)
    with Keeper(KEY, HEAD) as keeper:
        state, head = keeper.load()
    assert state["x"].tolist() == [0, 1, 2] and head["done"] == 2048
    names = sorted(path.name for path in (data / "runs" / KEY).iterdir())
    assert names == ["lock", "paths-000000002048.npz", "run.json"]


def test_an_answer_is_kept_with_its_checksum() -> None:
    keep(done=2048)
    assert not find_entry(KEY).finished
    with Keeper(KEY, HEAD) as keeper:
        keeper.load()
        keeper.finish('{"a": 1}\n')
    found = find_entry("last")
    assert found.finished and found.answer() == {"a": 1}
    found.answer_path.write_text('{"a": 2}\n')
    with pytest.raises(InputError, match="another") as caught:
        found.answer()
    assert caught.value.codes == ("S734",)


def test_a_run_is_found_by_letters_name_and_last() -> None:
    keep()
    keep(OTHER, name="yours", model="pc", hash="e" * 16)
    assert {entry.key for entry in entries()} == {KEY, OTHER}
    assert find_entry("01234").key == KEY and find_entry("yours").key == OTHER
    assert find_entry("eeee").key == OTHER and find_entry("pc").key == OTHER
    for name, code in (("0123", "S732"), ("012", "S731"), ("mein", "S731"), ("", "S731")):
        with pytest.raises(InputError) as caught:
            find_entry(name)
        assert caught.value.codes == (code,), name


def test_an_empty_store_says_where_it_is(data: Path) -> None:
    assert entries() == []
    with pytest.raises(InputError, match=str(data)):
        find_entry("last")


@pytest.mark.parametrize("harm", ["head", "version", "state", "gone", "shape"])
def test_what_is_damaged_is_named_and_removed(harm: str, data: Path) -> None:
    keep()
    folder = data / "runs" / KEY
    head = json.loads((folder / "run.json").read_text())
    if harm == "head":
        (folder / "run.json").write_text("{")
    elif harm == "version":
        (folder / "run.json").write_text(json.dumps(head | {"version": "0.0.1"}))
    elif harm == "shape":
        (folder / "run.json").write_text("[1]")
    elif harm == "gone":
        (folder / head["state"]).unlink()
    else:
        (folder / head["state"]).write_bytes(b"PK broken")
    with Keeper(KEY, HEAD) as keeper, pytest.raises(InputError) as caught:
        keeper.load()
    assert caught.value.codes == ("S734",) and f"creditor runs rm {KEY}" in str(caught.value)
    assert bool(read_entry(folder).fault) == (harm in ("head", "version", "shape"))
    remove(find_entry(KEY))
    assert not folder.exists() and entries() == []


def test_two_cannot_hold_one_run() -> None:
    with Keeper(KEY, HEAD), pytest.raises(InputError, match="another process") as caught:
        Keeper(KEY, HEAD).__enter__()
    assert caught.value.codes == ("S733",)
    with Keeper(KEY, HEAD):
        pass


def test_a_run_that_has_kept_nothing_yet_is_listed_as_such_and_goes_without_a_trace(data: Path) -> None:
    with Keeper(KEY, HEAD):
        (entry,) = entries()
        assert not entry.fault and not entry.finished and entry.head["done"] == 0
    assert entries() == [] and not (data / "runs" / KEY).exists()
    keeper = Keeper(KEY, HEAD).__enter__()
    keeper._lock.close()  # as after kill -9
    (entry,) = entries()
    assert not entry.fault and entry.head["scenario"] == {"model": "sim"}
    with Keeper(KEY, HEAD) as again:
        assert again.load() is None
        again.save(1024, {"x": np.arange(3.0)}, {})
    assert find_entry(KEY).head["done"] == 1024


def test_a_full_disk_loses_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep()

    def full(file: Path, content: object) -> None:
        if "paths" in Path(file).name:
            raise InputError(store.damaged("x", os.strerror(errno.ENOSPC)))
        write(file, content)

    write = store.write_file
    monkeypatch.setattr(store, "write_file", full)
    with pytest.raises(InputError, match="No space left") as caught:
        keep(done=2048)
    assert caught.value.codes == ("S735",)
    monkeypatch.undo()
    monkeypatch.setenv("CREDITOR_DATA", str(data))
    with Keeper(KEY, HEAD) as keeper:
        assert keeper.load()[1]["done"] == 1024


def test_a_head_that_cannot_be_written_keeps_the_state_it_names(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep()
    write = store.write_file

    def full(file: Path, content: object) -> None:
        if Path(file).name == "run.json":
            raise InputError(store.damaged("x", "no room"))
        write(file, content)

    monkeypatch.setattr(store, "write_file", full)
    for done in (1024, 2048):
        with Keeper(KEY, HEAD) as keeper, pytest.raises(InputError):
            keeper.load()
            keeper.save(done, {"x": np.arange(3.0)}, {})
    assert [path.name for path in (data / "runs" / KEY).glob("*.npz")] == ["paths-000000001024.npz"]
    with Keeper(KEY, HEAD) as keeper:
        assert keeper.load() is not None


def test_a_folder_that_cannot_be_made_is_named(data: Path) -> None:
    data.write_text("a file in the way")
    with pytest.raises(InputError) as caught:
        Keeper(KEY, HEAD).__enter__()
    assert caught.value.codes == ("S735",) and str(data) in str(caught.value)


def test_the_place_and_the_key(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    assert runs_folder() == data / "runs"
    monkeypatch.delenv("CREDITOR_DATA")
    assert "creditor" in str(runs_folder())
    assert run_key(["a"]) != run_key(["b"]) and len(run_key(["a"])) == 12
