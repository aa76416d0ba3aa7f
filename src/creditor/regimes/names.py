"""Owns the screen of names and scopes: hit, review or no hit, with term, span in the original and steps."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import Any

from creditor.errors import InputError, Trouble
from creditor.regimes import names_han as han
from creditor.regimes import names_latin as latin
from creditor.regimes.names_han import Match
from creditor.regimes.names_normal import Normal, normalise
from creditor.regimes.names_tables import tables

LIMIT = 2_000_000
NEAR = 24
"""Letters around a find in which another meaning is looked for."""


@dataclass(frozen=True, slots=True)
class Screened:
    """What the screen says of a text.

    Parameters
    ----------
    result : str
        ``hit``, ``review`` or ``no_hit``.
    term : str
        The printed term; empty for a related word.
    start, end : int
        Span in the original text; -1 where nothing was found.
    steps : tuple of str
        What led there.

    Examples
    --------
    >>> screen("加谧资产托管行").as_dict()["term"]
    '加密资产/crypto asset'
    """

    result: str
    term: str = ""
    start: int = -1
    end: int = -1
    steps: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The fields of the table of names; absent places are left out."""
        fields: dict[str, Any] = {"result": self.result, "term": self.term}
        if self.start >= 0:
            fields |= {"start": self.start, "end": self.end}
        return fields | {"steps": list(self.steps)}


def screen(text: str) -> Screened:
    """Screen a name or business scope for the seven printed terms.

    Parameters
    ----------
    text : str
        Chinese, English or mixed; at most two million characters.

    Returns
    -------
    Screened
        The first hit; without one the first place that a person must look at.

    Raises
    ------
    InputError
        C105 for a longer text.

    Examples
    --------
    >>> screen("Doorway Theatre Company").result, screen("R/W/A Partners").result
    ('no_hit', 'hit')
    """
    if len(text) > LIMIT:
        what, why = f"the text has {len(text):,} characters", f"the limit is {LIMIT:,}"
        raise InputError(Trouble("C105", "text", what, why, "split it"))
    return _screen(text)


@functools.lru_cache(maxsize=4096)
def _screen(text: str) -> Screened:
    normal = normalise(text)
    found = finds(text, normal)
    if not found:
        return Screened("no_hit")
    first = min(found, key=lambda match: (match.result != "hit", match.start, match.start - match.end))
    steps = (*normal.steps_in(first.start, first.end), *first.how)
    return Screened(first.result, first.term, first.start, first.end, steps)


def finds(text: str, normal: Normal) -> list[Match]:
    """Every find in a text, judged by what stands around it.

    Examples
    --------
    >>> [find.result for find in finds("不含稳定币", normalise("不含稳定币"))]
    ['review']
    """
    stream, tokens = han.stream_of(normal), latin.tokens_of(normal)
    found = [*han.find_exact(stream)]
    if not any(match.result == "hit" for match in found):
        found += [*han.find_replaced(stream)]
    found += [*han.find_mixed(normal), *latin.find_words(tokens), *latin.find_long_term(tokens)]
    found += [*latin.find_letters(tokens), *latin.find_pinyin(tokens), *latin.find_rwa(tokens)]
    taken = [(match.start, match.end) for match in found]
    found += [
        match
        for match in [*han.find_related(stream), *latin.find_related(tokens)]
        if not any(start <= match.start and match.end <= end for start, end in taken)
    ]
    lowered = str(normal).lower()
    judged = [_judge(match, text, lowered, stream) for match in found]
    return sorted((match for match in judged if match), key=lambda match: match.start)


def _judge(match: Match, text: str, lowered: str, stream: han.Stream) -> Match | None:
    """A find after the vetoes: kept, sent to a person, or dropped."""
    if not match.term:
        return match
    cues, veto = tables().words["cues"], tables().words["veto"]
    chinese = match.term.partition("/")[0]
    after = "".join(letter.text for letter in stream.letters if letter.start >= match.end)[:6]
    direct = text[match.end : match.end + 1]
    if any(after.startswith(word) for word in veto["follows"].get(chinese, ())) and not direct.isspace():
        return None
    reasons = []
    if any(after.startswith(word) for word in veto["both_ways"].get(chinese, ())):
        reasons.append("the words can be divided in two ways")
    clause = _clause(text, match.start, match.end).lower()
    before = clause[: max(0, clause.find(text[match.start : match.end].lower()))]
    if _says(clause if "除外" in clause or "以外" in clause else before, cues["exclusion"]):
        reasons.append("the term may be excluded")
    if _says(_around(text, match, NEAR).lower(), cues["game"]) and chinese in ("虚拟货币", "虚拟资产"):
        reasons.append("it may mean game money")
    if match.term == "RWA" and (_says(lowered, cues["risk"]) or _expanded(text)):
        reasons.append("RWA has another meaning here")
    if not reasons:
        return match
    return replace(match, result="review", how=(*match.how, *reasons))


def _clause(text: str, start: int, end: int) -> str:
    """The clause around a find: to the next list sign or bracket on either side."""
    signs = "；;，,。（）()【】[]\n"
    left = max((text.rfind(sign, 0, start) for sign in signs), default=-1) + 1
    rights = [place for sign in signs if (place := text.find(sign, end)) >= 0]
    return text[left : min(rights, default=len(text))]


def _around(text: str, match: Match, width: int) -> str:
    return text[max(0, match.start - width) : match.end + width]


def _says(text: str, words: list[str]) -> bool:
    """Whether a text has one of some words; Latin ones as whole words."""
    for word in words:
        if word.isascii():
            if re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text):
                return True
        elif word in text:
            return True
    return False


def _expanded(text: str) -> bool:
    """Whether three words stand for the letters R, W and A that are not real-world asset."""
    for match in re.finditer(r"\b(R\w+)(?:'s|’s)?[ -]+(W\w+?)(?:'s|’s)?[ -]+(A\w+)", text, re.IGNORECASE):
        words = [word.lower() for word in match.groups()]
        if words[0] != "rwa" and words[:2] != ["real", "world"]:
            return True
    return False
