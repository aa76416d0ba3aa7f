"""Owns the writing of output files: all of a file or nothing, with one kind of error."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from creditor.errors import InputError, Trouble


def write_file(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a file so that it is either complete or untouched.

    Parameters
    ----------
    path : path
        In a folder that exists; a file that is there is replaced and keeps its permissions.
    content : str or bytes
        Text is written as UTF-8, line ends as they are.

    Raises
    ------
    InputError
        U502 where the folder is missing or cannot be written to, or the path is a folder.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> place = pathlib.Path(tempfile.mkdtemp()) / "holders.csv"
    >>> write_file(place, "holder,amount\\n")
    >>> place.read_text()
    'holder,amount\\n'
    """
    place = Path(path)
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        target = place.resolve()
        if target.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a pipe or device: nothing to replace
        else:
            _replace(target, data)
    except OSError as error:
        raise InputError(_trouble(place, error)) from None


def _replace(target: Path, data: bytes) -> None:
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    part, handle = _open_part(target)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(part, mode)
        os.replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _open_part(target: Path) -> tuple[Path, int]:
    """Create a new file beside the target, with the permissions that new files get here."""
    for count in range(1000):
        part = target.parent / f".creditor-{os.getpid()}-{count}.part"
        try:
            return part, os.open(
                part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
            )
        except FileExistsError:
            continue
    raise FileExistsError(17, "too many unfinished files are in the folder")


def _trouble(place: Path, error: OSError) -> Trouble:
    folder = place.parent
    if isinstance(error, IsADirectoryError):
        what, mend = "the path is a folder", "name a file in it"
    elif not folder.exists():
        what, mend = f"the folder {folder} does not exist", "make the folder first, or name another one"
    elif not folder.is_dir():
        what, mend = f"{folder} is no folder", "name a file in a folder"
    else:
        what, mend = "the file cannot be written", "choose a folder in which you may write"
    return Trouble("U502", str(place), what, error.strerror or str(error), mend)
