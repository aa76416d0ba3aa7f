"""Owns the search for the terms in Chinese characters: exact, split by signs, mixed, one replaced."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from creditor.regimes.names_normal import Letter, Normal, is_han
from creditor.regimes.names_tables import tables

LIST_SIGNS = "；;，,。、：:！!？?"


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a term, or a related word, was found."""

    result: str
    term: str
    start: int
    end: int
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stream:
    """Chinese characters of a text without what stands between them; `gaps` counts the signs before each.

    `gaps` is 0 for none, 1 for signs that only separate, 2 for signs of a list, 3 for letters or digits.
    """

    letters: tuple[Letter, ...]
    gaps: tuple[int, ...]

    @property
    def text(self) -> str:
        """The characters alone."""
        return "".join(letter.text for letter in self.letters)


def stream_of(normal: Normal) -> Stream:
    """The Chinese characters of a text.

    Examples
    --------
    >>> from creditor.regimes.names_normal import normalise
    >>> stream_of(normalise("虚-拟货；币")).gaps
    (0, 1, 0, 2)
    """
    letters, gaps, gap = [], [], 0
    for letter in normal.letters:
        if is_han(letter.text):
            letters.append(letter)
            gaps.append(gap)
            gap = 0
        elif letter.text in LIST_SIGNS:
            gap = max(gap, 2)
        elif letter.text.isalnum():
            gap = 3
        else:
            gap = max(gap, 1)
    return Stream(tuple(letters), tuple(gaps))


@functools.cache
def forms() -> tuple[tuple[str, str, bool], ...]:
    """Chinese forms of the terms, the longest first, with the term, and whether it is the printed form."""
    found = [
        (form, term["name"], number == 0)
        for term in tables().words["term"]
        for number, form in enumerate(term["chinese"])
    ]
    return tuple(sorted(found, key=lambda entry: -len(entry[0])))


def find_exact(stream: Stream) -> Iterator[Match]:
    """Terms letter by letter, whatever signs stand between the letters."""
    text = stream.text
    for form, term, printed in forms():
        place = text.find(form)
        while place >= 0:
            how = ["exact term" if printed else "another form of the term"]
            gap = max(stream.gaps[place + 1 : place + len(form)], default=0)
            how += ["signs between the characters dropped"] if gap else []
            if gap < 3:
                result = "review" if gap == 2 else "hit"
                yield _match(stream, place, len(form), term, result, how)
            place = text.find(form, place + 1)


def find_replaced(stream: Stream) -> Iterator[Match]:
    """Terms with one character replaced by one of the same sound or look, or split in two."""
    text = stream.text
    if not any(text.count(part) for part in ("币", "货", "资", "产", "拟", "密", "定", "虚", "加", "稳")):
        return
    for form, term, printed in forms():
        if printed:
            yield from _replaced(stream, text, form, term)
            yield from _split(stream, text, form, term)


def _replaced(stream: Stream, text: str, form: str, term: str) -> Iterator[Match]:
    size, known = len(form), tables()
    for place in range(len(text) - size + 1):
        wrong = -1
        for offset in range(size):
            if text[place + offset] != form[offset]:
                if wrong >= 0:
                    wrong = -2
                    break
                wrong = offset
        if wrong < 0:
            continue
        letter, wanted = text[place + wrong], form[wrong]
        kind = "sound" if wanted in known.sounds.get(letter, ()) else ""
        kind = kind or ("look" if wanted in known.looks.get(letter, ()) else "")
        gap = max(stream.gaps[place + 1 : place + size], default=0)
        if kind and gap < 2 and not vetoed(text, place, size, wrong):
            how = [f"{letter} stands for {wanted}: the same {kind}"]
            yield _match(stream, place, size, term, "hit", how)


def _split(stream: Stream, text: str, form: str, term: str) -> Iterator[Match]:
    for parts, whole in tables().splits.items():
        offset = form.find(whole)
        if offset < 0:
            continue
        spelled = form[:offset] + parts + form[offset + 1 :]
        place = text.find(spelled)
        if place >= 0 and max(stream.gaps[place + 1 : place + len(spelled)], default=0) < 2:
            yield _match(stream, place, len(spelled), term, "hit", [f"{whole} written as {parts}"])


def vetoed(text: str, place: int, size: int, wrong: int) -> bool:
    """Whether a word of the language begins or ends inside the term, or the letters are a word of their own.

    Examples
    --------
    >>> vetoed("稳定比例阀", 0, 3, 2), vetoed("虚泥货币", 0, 4, 1)
    (True, False)
    """
    known = tables()
    last, after = text[place + size - 1], text[place + size : place + size + 1]
    first, before = text[place], text[place - 1] if place else ""
    if text[place : place + size] in known.words["veto"]["own_words"]:
        return True
    apart = text.startswith(tuple(known.words["veto"]["apart"]), place + size)
    if after and after in known.begins.get(last, "") and not apart:
        return True
    if wrong == size - 1 and last + after in known.words["veto"]["begin_words"]:
        return True
    return bool(wrong == 0 and before and before in known.ends.get(first, ""))


def find_mixed(normal: Normal) -> Iterator[Match]:
    """Terms of which one half is Chinese and the other English or pinyin."""
    text = "".join(letter.text.lower() for letter in normal.letters)
    spans = [n for n, letter in enumerate(text) if letter.isalnum()]
    squeezed = "".join(text[n] for n in spans)
    for spelled, term in _mixed():
        place = squeezed.find(spelled)
        while place >= 0:
            first, last = spans[place], spans[place + len(spelled) - 1]
            if _whole(text, first, last) and not any(sign in text[first:last] for sign in LIST_SIGNS):
                end = last
                if text[last + 1 : last + 2] == "s":
                    end = last + 1
                letters = normal.letters
                yield Match("hit", term, letters[first].start, letters[end].end, ("two scripts mixed",))
            place = squeezed.find(spelled, place + 1)


@functools.cache
def _mixed() -> tuple[tuple[str, str], ...]:
    """All ways to write a term with parts in Chinese and in another script, without spaces."""
    found = []
    for term in tables().words["term"]:
        for scripts in itertools.product(range(3), repeat=len(term.get("parts", ()))):
            if 0 in scripts and len(set(scripts)) > 1:
                spelled = [part[script] for part, script in zip(term["parts"], scripts, strict=True)]
                found.append(("".join(spelled).replace(" ", ""), term["name"]))
    return tuple(found)


def _whole(text: str, first: int, last: int) -> bool:
    """Latin letters at either end are whole words; a plural is one."""

    def word(letter: str) -> bool:
        return letter.isascii() and letter.isalpha()

    if word(text[first]) and first and word(text[first - 1]):
        return False
    rest = text[last + 1 :]
    if word(text[last]) and rest[:1] == "s" and not word(rest[1:2] or " "):
        return True
    return not (word(text[last]) and word(rest[:1] or " "))


def find_related(stream: Stream) -> Iterator[Match]:
    """Related words, which are not printed: a person must look; central-bank money is none."""
    text = stream.text
    lawful = [
        (place, place + len(word))
        for word in tables().words["lawful"]["chinese"]
        for place in _places(text, word)
    ]
    for word in tables().words["related"]["chinese"]:
        for place in _places(text, word):
            inside = any(start <= place and place + len(word) <= end for start, end in lawful)
            gap = max(stream.gaps[place + 1 : place + len(word)], default=0)
            if not inside and gap < 2:
                yield _match(stream, place, len(word), "", "review", [f"related word {word}, not printed"])


def _places(text: str, word: str) -> Sequence[int]:
    found, place = [], text.find(word)
    while place >= 0:
        found.append(place)
        place = text.find(word, place + 1)
    return found


def _match(stream: Stream, place: int, size: int, term: str, result: str, how: list[str]) -> Match:
    start, end = stream.letters[place].start, stream.letters[place + size - 1].end
    return Match(result, term, start, end, tuple(how))
