"""Owns the sources that a text may name, and refuses others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from creditor.equations.statements import Given
from creditor.errors import InputError, Troubles
from creditor.terms.library import ROOT, read_toml
from creditor.terms.suggest import mend_with

SOURCES = "sources.toml"
LIBRARY = ROOT / "models" / SOURCES


def source_keys(beside: Path | None = None) -> list[str]:
    """Keys of the sources that a text may name: those of the library, and of `sources.toml` beside it.

    Parameters
    ----------
    beside : Path, optional
        The folder of the text.

    Raises
    ------
    InputError
        For a file beside the text that cannot be read.

    Examples
    --------
    >>> "godley_lavoie_2007" in source_keys()
    True
    """
    files = [LIBRARY]
    if beside is not None and (beside / SOURCES).is_file() and (beside / SOURCES).resolve() != LIBRARY:
        files.append(beside / SOURCES)
    return [key for file in files for key in read_toml(file) if key != "schema"]


def check_sources(givens: Iterable[Given], troubles: Troubles, beside: Path | None = None) -> None:
    """Refuse sources that are not described.

    Parameters
    ----------
    givens : iterable of Given
    troubles : Troubles
        F301 with the nearest keys, for each given whose source is not there.
    beside : Path, optional
        The folder of the text.

    Examples
    --------
    >>> check_sources([], Troubles())
    """
    cited = [given for given in givens if given.source]
    if not cited:
        return
    try:
        keys = source_keys(beside)
    except InputError as error:
        troubles.items.extend(error.troubles)
        return
    for given in cited:
        if given.source not in keys:
            what = f"given {given.spot.name}: source {given.source!r} is not in {SOURCES}"
            near = mend_with(given.source, keys)
            joined = " Or" if near.endswith("?") else "; or"
            mend = f"{near}{joined} describe it in {SOURCES} beside the text"
            troubles.add("F301", str(given.place), what, "every source is named in full", mend)
