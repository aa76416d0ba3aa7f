"""Owns what every figure specification has in common: plain JSON with title, sentence, source and unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from creditor.figures.palette import TONES
from creditor.terms.provenance import GRADES
from creditor.terms.units import Unit

KINDS = ("sankey", "bars", "matrix", "lines", "stages", "tree", "multiples", "fan")


@dataclass(frozen=True, slots=True)
class Node:
    """A box of a layered figure.

    Parameters
    ----------
    id : str
        Label in the table of links.
    title : str
        What a reader sees.
    layer : int
        0 is the first layer, the issuer.
    tone : str
        One of `creditor.figures.palette.TONES`.

    Raises
    ------
    ValueError
        Where the tone is not known or the layer is negative.

    Examples
    --------
    >>> Node("pension_funds", "Pension funds", 1, "intermediary").layer
    1
    """

    id: str
    title: str
    layer: int
    tone: str = "neutral"

    def __post_init__(self) -> None:
        check_tone(self.tone)
        if self.layer < 0:
            raise ValueError(f"node {self.id!r} lies in layer {self.layer}; layers begin at 0")


def specification(
    kind: str, title: str, sentence: str, source: str, unit: Unit, **body: Any
) -> dict[str, Any]:
    """Make a figure specification.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    title, sentence, source : str
        Heading, the one sentence that says what is to be seen, and the line of sources.
    unit : Unit
        Of all numbers in the figure.
    **body
        What this kind needs beyond that, as plain JSON.

    Returns
    -------
    dict

    Raises
    ------
    ValueError
        Where the kind is not known or there is no title.

    Examples
    --------
    >>> from creditor.terms.units import money
    >>> specification("bars", "Holders", "One holder.", "", money("USD"), rows=[])["unit"]
    'USD bn'
    """
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
    if not title:
        raise ValueError("a figure needs a title")
    return {"kind": kind, "title": title, "sentence": sentence, "source": source, "unit": str(unit), **body}


def check_tone(tone: str) -> str:
    """Return the tone, or raise ValueError.

    Examples
    --------
    >>> check_tone("household")
    'household'
    """
    if tone not in TONES:
        raise ValueError(f"tone {tone!r} is none of {', '.join(TONES)}")
    return tone


def grade_of(grades: Mapping[Any, str], key: Any) -> str:
    """Grade of a mark: A where none is given; ValueError where it is none of A, B, C.

    Examples
    --------
    >>> grade_of({"a": "C"}, "a"), grade_of({}, "b")
    ('C', 'A')
    """
    grade = grades.get(key, "A")
    if grade not in GRADES:
        raise ValueError(f"grade {grade!r} of {key!r} is none of {', '.join(GRADES)}")
    return grade
