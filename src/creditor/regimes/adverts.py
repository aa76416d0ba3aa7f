"""Owns the search of adverts and posts for offers of what is barred: clues with spans, never a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from creditor.errors import InputError, Trouble
from creditor.regimes.names import LIMIT, finds
from creditor.regimes.names_normal import normalise
from creditor.regimes.names_tables import tables

_END = re.compile(r"[。！？!?\n]|\.(?=\s|$)")
NEAR = 1
"""Sentences before and after a term in which an offer is looked for."""


@dataclass(frozen=True, slots=True)
class Clue:
    """A term with the offer beside it.

    Parameters
    ----------
    result : str
        ``clue`` for an offer, ``review`` where a person must look.
    term : str
        The printed term, or the related word.
    start, end : int
        Span of the term in the text.
    cues : tuple of (kind, text, start, end)
        Words of the offer, of the contact, of the seller.
    provisions : tuple of str
        Articles that it may touch.
    """

    result: str
    term: str
    start: int
    end: int
    cues: tuple[tuple[str, str, int, int], ...]
    provisions: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        cues = [
            {"kind": kind, "text": text, "start": start, "end": end} for kind, text, start, end in self.cues
        ]
        place = {"term": self.term, "start": self.start, "end": self.end}
        return {"result": self.result, **place, "cues": cues, "provisions": list(self.provisions)}


def clues_in(text: str) -> list[Clue]:
    """Find offers of virtual currency or tokenized assets in a text.

    Parameters
    ----------
    text : str
        An advert or post that the user supplies.

    Returns
    -------
    list of Clue
        One for each sentence with a term and an offer; reports and lessons give none, unless they also say
        where to turn to: these are for a person.

    Raises
    ------
    InputError
        C105 for a text of more than two million characters.

    Examples
    --------
    >>> [clue.term for clue in clues_in("稳定币预售，扫码进群")]
    ['稳定币/stablecoin']
    >>> clues_in("记者从人民银行获悉，虚拟货币交易属于非法金融活动。")
    []
    """
    if len(text) > LIMIT:
        what, why = f"the text has {len(text):,} characters", f"the limit is {LIMIT:,}"
        raise InputError(Trouble("C105", "text", what, why, "split it"))
    sentences = list(_sentences(text))
    telling = _about(text)
    found: dict[int, Clue] = {}
    for match in finds(text, normalise(text)):
        place = next((n for n, (start, end) in enumerate(sentences) if start <= match.start < end), 0)
        window = range(max(0, place - NEAR), min(len(sentences), place + NEAR + 1))
        offers = [cue for n in window for cue in _cues(text, *sentences[n])]
        kinds = {kind for kind, *_ in offers}
        if "offer" not in kinds or place in found or (telling and "contact" not in kinds):
            continue
        term = match.term or text[match.start : match.end]
        result = "review" if telling or not match.term or match.result == "review" else "clue"
        provisions = ("VII(a)", "VIII(c)") if match.term else ("VIII(c)",)
        found[place] = Clue(result, term, match.start, match.end, tuple(offers), provisions)
    return list(found.values())


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _cues(text: str, start: int, end: int) -> Iterator[tuple[str, str, int, int]]:
    """Words of an offer in a sentence, unless the sentence warns."""
    words = tables().words["advert"]
    sentence = text[start:end].lower()
    if any(_find(sentence, word) >= 0 for word in words["warning"]):
        return
    for kind in ("offer", "contact"):
        for word in words[kind]:
            place = _find(sentence, word)
            if place >= 0:
                yield (
                    kind,
                    text[start + place : start + place + len(word)],
                    start + place,
                    start + place + len(word),
                )


def _about(text: str) -> bool:
    """Whether the text as a whole reports or teaches."""
    lowered = text.lower()
    return any(_find(lowered, word) >= 0 for word in tables().words["advert"]["report"])


def _find(text: str, word: str) -> int:
    if not word.isascii():
        return text.find(word)
    match = re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text)
    return match.start() if match else -1
