"""Owns the specification of small multiples: the same bars for several places, on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from creditor.figures.bars import bars
from creditor.figures.specification import specification
from creditor.terms.table import Table


@dataclass(frozen=True)
class Panel:
    """The bars of one place.

    Parameters
    ----------
    title, note : str
        Heading of the panel, and the small line below it.
    values : Table
        Of one dimension, with the labels and unit of every other panel; absent numbers get no bar.
    grades : mapping of label to str
        A where none is given.

    Examples
    --------
    >>> from creditor.terms.table import column
    >>> from creditor.terms.units import SHARE
    >>> Panel("Japan", "2019Q4", column("share", "class", {"a": 1.0}, SHARE)).title
    'Japan'
    """

    title: str
    note: str
    values: Table
    grades: Mapping[str, str] = field(default_factory=dict)


def multiples(
    title: str, sentence: str, source: str, panels: Sequence[Panel], tones: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Make the specification of small multiples.

    Parameters
    ----------
    title, sentence, source : str
        Heading, the sentence that says what is to be seen, the line of sources.
    panels : sequence of Panel
        In the order in which they are read.
    tones : mapping of label to str, optional
        The same in every panel.

    Returns
    -------
    dict
        Plain JSON: panels with title, note and rows as those of `bars`; ``top`` is the largest number.

    Raises
    ------
    ValueError
        Where there is no panel, or labels or units differ.

    Examples
    --------
    >>> from creditor.terms.table import column
    >>> from creditor.terms.units import SHARE
    >>> one = Panel("Japan", "2019Q4", column("share", "class", {"a": 0.25, "b": 0.75}, SHARE))
    >>> multiples("Holders", "", "", [one])["top"]
    0.75
    """
    if not panels:
        raise ValueError("small multiples need at least one panel")
    first = panels[0].values
    for panel in panels:
        if dict(panel.values.labels) != dict(first.labels) or panel.values.unit != first.unit:
            raise ValueError(f"labels or unit of {panel.title!r} are not those of {panels[0].title!r}")
    made = []
    for panel in panels:
        inside = bars(panel.title, "", "", panel.values, tones, panel.grades)
        made.append({"title": panel.title, "note": panel.note, "rows": inside["rows"]})
    top = max((row.get("value", 0.0) for panel in made for row in panel["rows"]), default=0.0)
    said = sentence or f"{len(made)} places, one scale."
    return specification("multiples", title, said, source, first.unit, panels=made, top=top)
