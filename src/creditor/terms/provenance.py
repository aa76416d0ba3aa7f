"""Owns grades, the origin of a published cell, and the provenance of a computed answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from creditor.errors import InputError, Trouble

VERSION = "0.1.0"
GRADES = {"A": "published by its owner", "B": "derived here from A by a stated formula", "C": "assumption"}


def worst_grade(grades: Iterable[str]) -> str:
    """The worst of several grades, A where there is none.

    Examples
    --------
    >>> worst_grade(["A", "C", "B"])
    'C'
    """
    return max(grades, default="A")


def check_grade(text: str, where: str) -> str:
    """Return the grade, or raise T209."""
    if text in GRADES:
        return text
    mend = "A published, B derived here from A, C assumption or remembered"
    raise InputError(Trouble("T209", where, f"grade {text!r}", "grades are A, B and C", mend))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one published or derived cell comes from.

    Parameters
    ----------
    source : str
        Publisher, title and place in it, for people; for derived cells the formula.
    vintage : str
        Date of the release; several joined by ``; `` where a derivation needs several.
    grade : str
        A, B or C.

    Examples
    --------
    >>> Origin("Federal Reserve, Z.1, table L.210", "2026-03-19", "A").grade
    'A'
    """

    source: str
    vintage: str = ""
    grade: str = "A"

    def as_dict(self) -> dict[str, str]:
        """Source, vintage and grade, for JSON.

        Examples
        --------
        >>> Origin("own figures", "", "C").as_dict()
        {'source': 'own figures', 'vintage': '', 'grade': 'C'}
        """
        return {"source": self.source, "vintage": self.vintage, "grade": self.grade}


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer was computed from; absent fields do not apply.

    Parameters
    ----------
    data_vintage : str
        Newest vintage among the figures used.
    library_hash : str
        Digest of the library files read.
    scenario_hash, model_hash : str
        Digests, where a model was run.
    seed : int or None
        Seed of the draws, where there were any.
    version : str
        Version of the program.

    Examples
    --------
    >>> Provenance(data_vintage="2026-03-19").as_dict()["data_vintage"]
    '2026-03-19'
    """

    data_vintage: str = ""
    library_hash: str = ""
    scenario_hash: str = ""
    model_hash: str = ""
    seed: int | None = None
    version: str = VERSION

    def as_dict(self) -> dict[str, str | int]:
        """The fields that apply, for JSON."""
        fields: dict[str, str | int | None] = {
            "data_vintage": self.data_vintage,
            "library_hash": self.library_hash,
            "scenario_hash": self.scenario_hash,
            "model_hash": self.model_hash,
            "seed": self.seed,
            "version": self.version,
        }
        return {name: value for name, value in fields.items() if value not in ("", None)}


def digest(parts: Iterable[bytes]) -> str:
    """Digest of several byte strings in order, 16 hexadecimal digits.

    Examples
    --------
    >>> len(digest([b"a", b"b"]))
    16
    """
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()[:16]
