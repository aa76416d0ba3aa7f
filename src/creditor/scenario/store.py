"""Owns the store of runs: a folder for each, written so that a kill at any moment loses one step at most."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from creditor.errors import InputError, Trouble
from creditor.export.files import write_file
from creditor.terms.provenance import VERSION
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy as np

HEAD, ANSWER, LOCK = "run.json", "answer.json", "lock"
LETTERS = 12  # of a hash
LARGEST_HEAD = 20_000_000  # bytes
_NAME = re.compile(rf"[0-9a-f]{{{LETTERS}}}")
_SHORTEST = 4  # letters of a hash that name a run


def runs_folder() -> Path:
    """Where runs are kept: CREDITOR_DATA, or the platform's folder for data of the user.

    Examples
    --------
    >>> runs_folder().name
    'runs'
    """
    import platformdirs

    named = os.environ.get("CREDITOR_DATA")
    return (Path(named) if named else platformdirs.user_data_path("creditor", appauthor=False)) / "runs"


def run_key(parts: Any) -> str:
    """First letters of the hash of whatever decides a run, as plain JSON.

    Examples
    --------
    >>> len(run_key(["a", 1]))
    12
    """
    return hashlib.sha256(json.dumps([VERSION, parts], sort_keys=True).encode()).hexdigest()[:LETTERS]


@dataclass(frozen=True)
class Entry:
    """A run of the store.

    Parameters
    ----------
    key : str
    folder : Path
    head : mapping
        What ``run.json`` says: scenario, name, model, paths, done and more; empty where it cannot be read.
    fault : str
        Why it cannot be used; empty where it can.
    """

    key: str
    folder: Path
    head: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""

    @property
    def finished(self) -> bool:
        """Whether every path is done and the answer is there."""
        return not self.fault and self.head["done"] == self.head["paths"] and self.answer_path.is_file()

    @property
    def answer_path(self) -> Path:
        """Where the answer of a finished run is."""
        return self.folder / ANSWER

    def answer(self) -> dict[str, Any]:
        """Payload of a finished run.

        Raises
        ------
        InputError
            S734 where the file is not what was written.
        """
        try:
            data = self.answer_path.read_bytes()
            if hashlib.sha256(data).hexdigest() != self.head["answer"]:
                raise ValueError("its checksum is another")
            payload: dict[str, Any] = json.loads(data)
        except (OSError, ValueError, KeyError) as error:
            raise InputError(damaged(self.key, f"{ANSWER}: {error}")) from None
        return payload


def damaged(key: str, why: str) -> Trouble:
    """What is said of a run that cannot be used.

    Examples
    --------
    >>> damaged("0123456789ab", "it is empty").code
    'S734'
    """
    mend = f"creditor runs rm {key}, and run it again"
    return Trouble("S734", f"run {key}", "the stored run cannot be used", why, mend)


def entries() -> list[Entry]:
    """Every run of the store, the newest first; damaged ones among them, with their fault.

    Examples
    --------
    >>> isinstance(entries(), list)
    True
    """
    try:
        folders = [path for path in runs_folder().iterdir() if _NAME.fullmatch(path.name) and path.is_dir()]
    except OSError:
        return []
    return [read_entry(path) for path in sorted(folders, key=lambda path: (-_age(path), path.name))]


def _age(folder: Path) -> float:
    try:
        return (folder / HEAD).stat().st_mtime
    except OSError:
        return 0.0


def read_entry(folder: Path) -> Entry:
    """A run by its folder.

    Examples
    --------
    >>> bool(read_entry(Path("nowhere")).fault)
    True
    """
    key, path = folder.name, folder / HEAD
    try:
        if path.stat().st_size > LARGEST_HEAD:
            return Entry(key, folder, {}, f"{HEAD} is too large")
        head = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        told = getattr(error, "strerror", "") or "it is no JSON"
        return Entry(key, folder, {}, f"{HEAD}: {told}")
    wanted = {"schema": int, "version": str, "scenario": dict, "paths": int, "done": int, "hash": str}
    if not isinstance(head, dict) or any(not isinstance(head.get(k), kind) for k, kind in wanted.items()):
        return Entry(key, folder, {}, f"{HEAD} lacks {', '.join(wanted)} or one of them")
    if head["schema"] != 1 or head["version"] != VERSION:
        return Entry(key, folder, head, f"it was made by version {head['version']}, this is {VERSION}")
    return Entry(key, folder, head)


def find_entry(name: str) -> Entry:
    """A run by the first letters of its hash, by the name of its scenario, or the ``last`` one.

    Raises
    ------
    InputError
        S731 where there is none, with the nearest names; S732 where several are meant.
    """
    found = entries()
    if not found:
        why = f"{runs_folder()} has none"
        mend = "long runs are kept; a short one with --store"
        raise InputError(Trouble("S731", name[:LETTERS], "no stored run", why, mend))
    if name == "last":
        return found[0]
    meant = [entry for entry in found if _is_meant(entry, name)]
    if len(meant) == 1:
        return meant[0]
    names = [*(entry.key for entry in found), *(str(e.head.get("name") or "") for e in found)]
    if not meant:
        mend = mend_with(name[:60], [word for word in names if word]) + "; creditor runs list has all"
        raise InputError(Trouble("S731", name[:60], "no stored run is meant", "", mend))
    told = ", ".join(f"{entry.key} ({entry.head.get('paths', '?')} paths)" for entry in meant[:6])
    raise InputError(
        Trouble("S732", name[:60], f"{len(meant)} stored runs are meant", told, "name one of them")
    )


def _is_meant(entry: Entry, name: str) -> bool:
    head = entry.head
    if name and name in (head.get("name"), head.get("model")):
        return True
    letters = name.lower()
    if len(letters) < _SHORTEST:
        return False
    return entry.key.startswith(letters) or str(head.get("hash", "")).startswith(letters)


def remove(entry: Entry) -> None:
    """Take a run out of the store.

    Raises
    ------
    InputError
        S733 where another process works on it, S735 where it cannot be removed.
    """
    with Keeper(entry.key, {}) as keeper:
        try:
            shutil.rmtree(keeper.folder)
        except OSError as error:
            raise InputError(_unwritable(keeper.folder, error)) from None


class Keeper:
    """One run of the store, held by this process as long as the block lasts.

    Parameters
    ----------
    key : str
    head : mapping
        What ``run.json`` is to say of the run: ``scenario``, ``name``, ``model``, ``hash``, ``paths``.

    Raises
    ------
    InputError
        S733 where another process holds it, S735 where the folder cannot be made.
    """

    def __init__(self, key: str, head: Mapping[str, Any]) -> None:
        self.key, self.head, self.folder = key, dict(head), runs_folder() / key
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Keeper:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / LOCK).open("ab")
        except OSError as error:
            raise InputError(_unwritable(self.folder, error)) from None
        if not _take(self._lock):
            self._lock.close()
            mend = "wait until it is done, or stop it; what it has done is kept"
            raise InputError(Trouble("S733", f"run {self.key}", "another process works on it", "", mend))
        if self.head and not (self.folder / HEAD).exists():  # from here on it is listed, with nothing done
            with contextlib.suppress(InputError):
                self._write({}, {"done": 0})
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            self._lock.close()
        if self.folder.is_dir() and self._empty():
            shutil.rmtree(self.folder, ignore_errors=True)

    def _empty(self) -> bool:
        """Whether nothing is kept: neither a state nor an answer, nor a head that cannot be read."""
        if not (self.folder / HEAD).exists():
            return True
        entry = read_entry(self.folder)
        return not entry.fault and not {"state", "answer"} & set(entry.head)

    def load(self) -> tuple[dict[str, np.ndarray[Any, Any]], dict[str, Any]] | None:
        """The state that was saved last, and what was said with it; None where there is none that is whole.

        Raises
        ------
        InputError
            S734 where something was saved and is damaged, or is of another version.
        """
        if not (self.folder / HEAD).exists():
            return None
        entry = read_entry(self.folder)
        if entry.fault:
            raise InputError(damaged(self.key, entry.fault))
        name = entry.head.get("state")
        if not name:
            return None
        import numpy as np

        try:
            data = (self.folder / str(name)).read_bytes()
            if hashlib.sha256(data).hexdigest() != entry.head["checksum"]:
                raise ValueError("its checksum is another")
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                self.head = {**entry.head, **self.head}
                return dict(arrays), dict(entry.head)
        except (OSError, ValueError, KeyError) as error:
            raise InputError(damaged(self.key, f"{name}: {error}")) from None

    def save(self, done: int, state: Mapping[str, Any], more: Mapping[str, Any]) -> None:
        """Save how far a run is; until that is whole, what was saved before stays.

        Raises
        ------
        InputError
            S735 for a full disk and the like.
        """
        import numpy as np

        packed = io.BytesIO()
        np.savez(packed, **state)
        data, name = packed.getvalue(), f"paths-{done:012}.npz"
        said = {"done": done, "state": name, "checksum": hashlib.sha256(data).hexdigest(), **more}
        self._write({name: data}, said)
        for old in self.folder.glob("paths-*.npz"):
            if old.name != name:
                old.unlink(missing_ok=True)

    def forget(self) -> None:
        """Leave out what is said of a state, which is of no use any more."""
        self.head = {key: value for key, value in self.head.items() if key not in ("state", "checksum")}

    def finish(self, answer: str) -> None:
        """Keep the answer of a run that is done.

        Raises
        ------
        InputError
            S735 for a full disk and the like.
        """
        data = answer.encode("utf-8")
        said = {"done": self.head["paths"], "answer": hashlib.sha256(data).hexdigest()}
        self._write({ANSWER: data}, said)

    def _write(self, files: Mapping[str, bytes], said: Mapping[str, Any]) -> None:
        head = {"schema": 1, "version": VERSION, **self.head, **said}
        try:
            for name, data in files.items():
                write_file(self.folder / name, data)
            write_file(self.folder / HEAD, json.dumps(head, indent=1, ensure_ascii=False) + "\n")
        except InputError as error:
            for name in files:
                if name not in (ANSWER, self.head.get("state")):
                    (self.folder / name).unlink(missing_ok=True)
            found = error.troubles[0]
            raise InputError(_full(self.folder, found.why)) from None
        self.head |= said


def _take(lock: IO[bytes]) -> bool:
    """Lock a file for this process; the system unlocks it when the process ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _unwritable(folder: Path, error: OSError) -> Trouble:
    return _full(folder, error.strerror or str(error))


def _full(folder: Path, why: str) -> Trouble:
    mend = "make room, or name another folder in CREDITOR_DATA; --no-store runs without"
    return Trouble("S735", str(folder), "the run cannot be kept", why, mend)
