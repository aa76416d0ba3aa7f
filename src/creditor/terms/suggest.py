"""Owns the search for the nearest valid names, for error messages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, names: Iterable[str], count: int = 3) -> list[str]:
    """Find the valid names nearest to a wrong one.

    Parameters
    ----------
    name : str
        What was typed.
    names : iterable of str
        The valid names.
    count : int
        How many to return at most.

    Returns
    -------
    list of str
        Nearest first; case, spaces, hyphens and underscores do not count.

    Examples
    --------
    >>> nearest("housholds", ["households", "insurers"])
    ['households']
    """
    plain: dict[str, str] = {}
    for valid in names:
        plain.setdefault(_plain(valid), valid)
    found = difflib.get_close_matches(_plain(name), list(plain), n=count, cutoff=0.5)
    typed = _plain(name)
    inside = [key for key in plain if typed and key and (typed in key or key in typed) and key not in found]
    return [plain[key] for key in (found + inside)[:count]]


def mend_with(name: str, names: Iterable[str]) -> str:
    """Write the "mend" line for a wrong name: the nearest names, or all of a short list.

    Examples
    --------
    >>> mend_with("wealt", ["wealth", "age"])
    'did you mean wealth?'
    """
    known = list(names)
    found = nearest(name, known)
    if found:
        return "did you mean " + " or ".join(found) + "?"
    if not known:
        return "there is nothing to choose from"
    if len(known) <= 12:
        return "use one of: " + ", ".join(known)
    return f"use one of {len(known)} names, for example " + ", ".join(known[:6])


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter not in " -_()")
