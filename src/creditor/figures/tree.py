"""Owns the specification of a tree: rows below what they belong to, each with a title, a note and a tone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from creditor.figures.specification import check_tone, specification
from creditor.terms.units import Unit


@dataclass(frozen=True, slots=True)
class Branch:
    """A row of the tree, one deeper than what it belongs to.

    Examples
    --------
    >>> Branch(1, "wages", "settled").depth
    1
    """

    depth: int
    title: str
    note: str = ""
    tone: str = "neutral"

    def __post_init__(self) -> None:
        check_tone(self.tone)


def tree(
    title: str, sentence: str, source: str, branches: Sequence[Branch], keys: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Make the specification of a tree.

    Parameters
    ----------
    title, sentence, source : str
    branches : sequence of Branch
        Each below what it belongs to; the first, at depth 0, is the root.
    keys : mapping of tone to str, optional
        What the tones mean.

    Returns
    -------
    dict
        Plain JSON; each row knows the place of its parent, None for the root.

    Raises
    ------
    ValueError
        Where another row than the first is at depth 0, or one is more than one deeper than the one above.

    Examples
    --------
    >>> [row["parent"] for row in tree("T", "", "", [Branch(0, "a"), Branch(1, "b"), Branch(1, "c")])["rows"]]
    [None, 0, 0]
    """
    path: list[int] = []
    rows: list[dict[str, Any]] = []
    for place, branch in enumerate(branches):
        if not 0 <= branch.depth <= len(path) or (branch.depth == 0) != (place == 0):
            raise ValueError(f"row {place} ({branch.title!r}) lies at depth {branch.depth}, below nothing")
        del path[branch.depth :]
        parent = path[-1] if path else None
        rows.append(
            {
                "depth": branch.depth,
                "parent": parent,
                "title": branch.title,
                "note": branch.note,
                "tone": branch.tone,
            }
        )
        path.append(place)
    if not rows:
        raise ValueError("a tree needs a root")
    told = [{"tone": check_tone(tone), "text": text} for tone, text in (keys or {}).items()]
    return specification("tree", title, sentence, source, Unit("count"), rows=rows, keys=told)
