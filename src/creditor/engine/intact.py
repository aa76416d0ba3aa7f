"""Owns the proof that machine code which Numba has kept is what was written; what is not is made anew."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path

PROOF = "digests.json"


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
