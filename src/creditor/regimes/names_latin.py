"""Owns the search for the terms in Latin letters: whole words, joined, split, mistyped or in pinyin."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from creditor.regimes.names_han import Match
from creditor.regimes.names_normal import Normal
from creditor.regimes.names_tables import tables

_WORD = re.compile(r"[A-Za-z0-9$@!]+")
_TONE = re.compile(r"(?<=[a-z])[1-5]")
_CAMEL = re.compile(r"(?:[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+)[0-9$@!]*|[0-9$@!]+")
LEET = str.maketrans("0134578$@!", "oleastbsai")
LEET_I = str.maketrans("0134578$@!", "oieastbsai")
LONGEST_TYPO, SHORT = 8, 6
LONG = ("tokenization", "tokenisation")
_ENDS = ("ation", "ations", "ing", "ed", "e", "er", "es")
INFLECTED = ("token", "tokens", *(root + end for root in ("tokeniz", "tokenis") for end in _ENDS))
SYLLABLES = (
    "xu",
    "ni",
    "huo",
    "bi",
    "zi",
    "chan",
    "jia",
    "mi",
    "wen",
    "ding",
    "xian",
    "shi",
    "jie",
    "dai",
    "hua",
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word in small letters, as written, and its span in the original."""

    text: str
    raw: str
    start: int
    end: int


def tokens_of(normal: Normal) -> tuple[Token, ...]:
    """Words of a text; capitals inside a word begin a new one; a digit in a word stays.

    Examples
    --------
    >>> from creditor.regimes.names_normal import normalise
    >>> [token.text for token in tokens_of(normalise("GoRWA Markets 5tablecoin"))]
    ['go', 'rwa', 'markets', '5tablecoin']
    """
    text = "".join(letter.text if len(letter.text) == 1 else " " for letter in normal.letters)
    found = []
    for match in _WORD.finditer(text):
        word = match[0]
        pieces = [(word, match.start())]
        if not re.search(r"[0-9$@!]", word.rstrip("0123456789!$@")):
            pieces = [(word[a:b], match.start() + a) for a, b in _pieces(word)]
        for piece, place in pieces:
            first, last = normal.letters[place], normal.letters[place + len(piece) - 1]
            found.append(Token(piece.lower(), piece, first.start, last.end))
    return tuple(found)


def _pieces(word: str) -> list[tuple[int, int]]:
    """Where a word divides at its capitals; RWA stays whole before a plural or known suffix."""
    match = re.search(r"RWA(?=([a-z]+)[0-9]*$)", word)
    if match and match[1] in tables().words["cues"]["suffixes"]:
        head = [(piece.start(), piece.end()) for piece in _CAMEL.finditer(word[: match.start()])]
        return [*head, (match.start(), len(word))]
    return [(piece.start(), piece.end()) for piece in _CAMEL.finditer(word)]


@functools.cache
def english() -> tuple[tuple[tuple[str, ...], str], ...]:
    """English forms as words, with their term; RWA and the long term have searches of their own."""
    return tuple(
        (tuple(form.split()), term["name"])
        for term in tables().words["term"]
        for form in term["english"]
        if form != "rwa" and len(form.split()) < 4
    )


def singular(word: str) -> str:
    """A word without its plural.

    Examples
    --------
    >>> singular("currencies"), singular("assets")
    ('currency', 'asset')
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def find_words(tokens: Sequence[Token]) -> Iterator[Match]:
    """English terms word by word, with plurals, digits for letters, words joined or split, one mistake."""
    for place in range(len(tokens)):
        for form, term in english():
            window = tokens[place : place + len(form)]
            if len(window) == len(form):
                how = _same(form, window)
                if how is not None:
                    yield Match("hit", term, window[0].start, window[-1].end, tuple(how))
            joined = "".join(form)
            for size in range(1, 5):
                part = tokens[place : place + size]
                if len(part) < size or size == len(form):
                    continue
                glued = "".join(token.text for token in part)
                if singular(glued) == joined and len(joined) >= 8:
                    how = ["words joined" if size < len(form) else "word split"]
                    yield Match("hit", term, part[0].start, part[-1].end, tuple(how))


def _same(form: tuple[str, ...], window: Sequence[Token]) -> list[str] | None:
    """How a window is the form, None where it is not."""
    steps: list[str] = ["exact term"] if len(form) == 1 else ["exact words"]
    mistakes = 0
    for number, (wanted, token) in enumerate(zip(form, window, strict=True), start=1):
        text = token.text
        if text == wanted or (number == len(form) and singular(text) == wanted):
            continue
        if not text.isalpha():
            plain = {singular(text.translate(LEET)), singular(text.translate(LEET_I))}
            if wanted in plain and any(letter.isalpha() for letter in text):
                steps.append("digits made letters")
                continue
            if singular(text.rstrip("0123456789")) == wanted:
                continue
        if _mistyped(wanted, text, len(form)):
            mistakes += 1
            steps.append(f"{text} read as {wanted}: one mistake")
            continue
        return None
    return steps if mistakes <= 1 else None


def _mistyped(wanted: str, text: str, words: int) -> bool:
    """One letter wrong, missing, added or swapped in a long word; the first one stands in short ones."""
    own = tables().words["veto"]["own_english"]
    least = LONGEST_TYPO if words == 1 else SHORT
    if wanted in ("stable", "asset", "coin") or text in own or not text.isalpha() or len(wanted) < least:
        return False
    for candidate in (text, singular(text)):
        free = len(wanted) >= LONGEST_TYPO or candidate[1:] == wanted[1:]
        if (free or candidate[:1] == wanted[:1]) and near(wanted, candidate):
            return True
    return False


@functools.lru_cache(maxsize=4096)
def near(one: str, other: str) -> bool:
    """Whether two words differ by one letter wrong, missing, added, or two neighbours swapped.

    Examples
    --------
    >>> near("cryptocurrency", "cryptocurency"), near("virtual", "visual")
    (True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    a, b = one[head:], other[head:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
    return a[1:] == b or b[1:] == a


def find_long_term(tokens: Sequence[Token]) -> Iterator[Match]:
    """Real-world asset tokenization in any order of words and any inflection."""
    name = next(term["name"] for term in tables().words["term"] if "tokenization" in term["name"])
    for place, token in enumerate(tokens):
        if token.text not in ("real", "realworld"):
            continue
        window = tokens[max(0, place - 4) : place + 7]
        words = {item.text for item in window}
        after = [item.text for item in tokens[place : place + 4]]
        together = "world" in words or token.text == "realworld"
        acts = [t for t in window if t.text in INFLECTED or any(near(w, t.text) for w in LONG)]
        if together and acts and any(singular(word) == "asset" for word in after):
            named = ("real", "world", "realworld", "asset", "assets")
            used = [*acts, *(item for item in window if item.text in named)]
            start, end = min(t.start for t in used), max(t.end for t in used)
            yield Match("hit", name, start, end, ("words of the term, in any order and inflection",))


def find_letters(tokens: Sequence[Token]) -> Iterator[Match]:
    """Terms spelled with single letters, such as s t a b l e c o i n or R/W/A."""
    forms = {"".join(form): term for form, term in english()} | {"rwa": "RWA"}
    run: list[Token] = []
    for token in [*tokens, None]:
        if token is not None and len(token.text) == 1:
            run.append(token)
            continue
        text = "".join(item.text for item in run)
        for form, term in forms.items():
            place = text.find(form)
            alone = form != "rwa" or text == form
            if place >= 0 and alone:
                used = run[place : place + len(form)]
                yield Match("hit", term, used[0].start, used[-1].end, ("single letters joined",))
        run = []


def find_pinyin(tokens: Sequence[Token]) -> Iterator[Match]:
    """Terms in pinyin, as whole words, as syllables, or written together."""
    for place in range(len(tokens)):
        for spellings, term in pinyin():
            for spelled in spellings:
                window = tokens[place : place + len(spelled)]
                if tuple(_TONE.sub("", token.text) for token in window) == spelled:
                    yield Match("hit", term, window[0].start, window[-1].end, ("pinyin of the term",))
        bare = _TONE.sub("", tokens[place].text)
        if bare in tables().words["related"]["initials"]:
            token = tokens[place]
            yield Match("review", "", token.start, token.end, ("initials of a term in pinyin",))


@functools.cache
def pinyin() -> tuple[tuple[tuple[tuple[str, ...], ...], str], ...]:
    """Spellings of each term: by words, by syllables, in one word."""
    found = []
    for term in tables().words["term"]:
        spellings = []
        for form in term["pinyin"]:
            words = tuple(form.split())
            syllables = tuple(s for word in words for s in _syllables(word))
            spellings += [words, syllables, ("".join(words),)]
        found.append((tuple(dict.fromkeys(spellings)), term["name"]))
    return tuple(found)


def _syllables(word: str) -> list[str]:
    parts = []
    while word:
        part = max((s for s in SYLLABLES if word.startswith(s)), key=len)
        parts.append(part)
        word = word[len(part) :]
    return parts


def find_rwa(tokens: Sequence[Token]) -> Iterator[Match]:
    """RWA as a word, with a known suffix, digits or plural; beside another expansion a person must look."""
    suffixes = tables().words["cues"]["suffixes"]
    for token in tokens:
        word = token.text.rstrip("0123456789")
        known = word == "rwa" or (word.startswith("rwa") and word[3:] in suffixes)
        if token.text == "rw4":
            yield Match("review", "RWA", token.start, token.end, ("a digit may stand for a letter",))
        if known:
            how = ("exact term",) if word == "rwa" else ("the term with a suffix",)
            yield Match("hit", "RWA", token.start, token.end, how)


def find_related(tokens: Sequence[Token]) -> Iterator[Match]:
    """Related English words, which are not printed; central-bank money is none."""
    lawful = [tuple(form.split()) for form in tables().words["lawful"]["english"]]
    words = [singular(token.text) for token in tokens]
    spared = {
        place + offset
        for form in lawful
        for place in range(len(words))
        if tuple(words[place : place + len(form)]) == form
        for offset in range(len(form))
    }
    for form in tables().words["related"]["english"]:
        parts = tuple(singular(word) for word in form.split())
        for place in range(len(words) - len(parts) + 1):
            if tuple(words[place : place + len(parts)]) == parts and place not in spared:
                first, last = tokens[place], tokens[place + len(parts) - 1]
                yield Match("review", "", first.start, last.end, (f"related word {form}, not printed",))
    for first, last in itertools.pairwise(tokens):
        form = singular(first.text + last.text)
        if first.end == last.start and form in tables().words["related"]["english"]:
            yield Match("review", "", first.start, last.end, (f"related word {form}, not printed",))
