"""Owns the folder where machine code is kept, and the proof that what stands there is what was written."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from pathlib import Path

PROOF = "digests.json"
SOURCES = ("functions.py", "lanes.py", "kernel.py")
KEPT = 90 * 86_400  # seconds that machine code of another version stays unused


def cache_folder() -> Path | None:
    """Where machine code is kept: CREDITOR_CACHE or the platform's cache; None where none can be written.

    The name covers the sources: Numba looks at the file of a function only, not at those that it calls.
    The folder must be ours alone.

    Examples
    --------
    >>> cache_folder() is None or cache_folder().is_dir()
    True
    """
    import platformdirs

    named = os.environ.get("CREDITOR_CACHE")
    root = Path(named) if named else platformdirs.user_cache_path("creditor", appauthor=False)
    texts = [Path(__file__).with_name(name).read_bytes() for name in SOURCES]
    folder = root / f"engine-{hashlib.sha256(b''.join(texts)).hexdigest()[:12]}"
    try:
        root.mkdir(parents=True, exist_ok=True)
        if not folder.is_dir():
            _forget(root)
        folder.mkdir(mode=0o700, exist_ok=True)
        os.utime(folder)
        state = folder.stat()
    except OSError:
        return None
    if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022):
        return None
    return folder if os.access(folder, os.W_OK) else None


def _forget(root: Path) -> None:
    """Remove machine code of other versions that nobody has used for long."""
    for folder in root.glob("engine-*"):
        if not folder.is_symlink() and time.time() - folder.stat().st_mtime > KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def drop_damaged(folder: Path) -> list[str]:
    """Remove kept files that are not what was written: Numba would run a flipped bit without a word.

    Parameters
    ----------
    folder : Path
        Of the cache; files without a digest are left as they are.

    Returns
    -------
    list of str
        Names of the files that were removed.

    Examples
    --------
    >>> drop_damaged(Path("nowhere"))
    []
    """
    try:
        known = json.loads((folder / PROOF).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    now = _digests(folder)
    damaged = [
        name for name, digest in now.items() if isinstance(known, dict) and known.get(name, digest) != digest
    ]
    for name in damaged:
        with contextlib.suppress(OSError):
            (folder / name).unlink()
    return damaged


def prove(folder: Path) -> None:
    """Write the digests of what is kept, where they are others; without room or right they are not written.

    Parameters
    ----------
    folder : Path
        Of the cache.

    Examples
    --------
    >>> prove(Path("nowhere"))
    """
    text = json.dumps(_digests(folder), indent=1, sort_keys=True)
    place, aside = folder / PROOF, folder / f"{PROOF}.{os.getpid()}"
    try:
        if not folder.is_dir() or (place.exists() and place.read_text("utf-8") == text):
            return
        aside.write_text(text, "utf-8")
        os.replace(aside, place)
    except (OSError, ValueError):
        with contextlib.suppress(OSError):
            aside.unlink()


def _digests(folder: Path) -> dict[str, str]:
    """Digest by name of what Numba has kept: indices and code."""
    found = {}
    for path in sorted([*folder.rglob("*.nbi"), *folder.rglob("*.nbc")]):
        with contextlib.suppress(OSError):  # another process may have just removed it
            found[str(path.relative_to(folder))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found
