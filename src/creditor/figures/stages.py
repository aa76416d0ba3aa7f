"""Owns the specification of stages: boxes of names in order, with arrows to what needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from creditor.figures.specification import check_tone, specification
from creditor.terms.units import Unit


@dataclass(frozen=True, slots=True)
class Stage:
    """A box of the figure.

    Parameters
    ----------
    id, title, note : str
        Key of the box, its heading, and a short line below it.
    lines : tuple of tuple of str
        Names, in lines that follow each other.
    after : tuple of str
        Ids of the boxes from which an arrow leads here.
    tone : str
        One of `creditor.figures.palette.TONES`.
    strong : tuple of str
        Names that are set off.

    Examples
    --------
    >>> Stage("1", "First", lines=(("a", "b"),)).after
    ()
    """

    id: str
    title: str
    note: str = ""
    lines: tuple[tuple[str, ...], ...] = ()
    after: tuple[str, ...] = ()
    tone: str = "neutral"
    strong: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_tone(self.tone)


def stages(
    title: str, sentence: str, source: str, boxes: Sequence[Stage], keys: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Make the specification of stages.

    Parameters
    ----------
    title, sentence, source : str
    boxes : sequence of Stage
        What is needed first comes first.
    keys : mapping of tone to str, optional
        What the tones mean.

    Returns
    -------
    dict
        Plain JSON.

    Raises
    ------
    ValueError
        Where two boxes have one id, or an arrow comes from a later box or from none.

    Examples
    --------
    >>> first, then = Stage("1", "First"), Stage("2", "Then", after=("1",))
    >>> stages("Order", "", "", [first, then])["stages"][1]["after"]
    ['1']
    """
    known: set[str] = set()
    for box in boxes:
        if box.id in known:
            raise ValueError(f"two boxes have the id {box.id!r}")
        for other in box.after:
            if other not in known:
                raise ValueError(f"box {box.id!r} comes after {other!r}, which does not come before it")
        known.add(box.id)
    found = [
        {
            "id": box.id,
            "title": box.title,
            "note": box.note,
            "tone": box.tone,
            "after": list(box.after),
            "lines": [[{"text": name, "strong": name in box.strong} for name in line] for line in box.lines],
        }
        for box in boxes
    ]
    told = [{"tone": check_tone(tone), "text": text} for tone, text in (keys or {}).items()]
    return specification("stages", title, sentence, source, Unit("count"), stages=found, keys=told)
