"""Owns the normal form of a name: hidden characters dropped, letters plain, each with its place."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from creditor.regimes.names_tables import tables

LATIN_BLOCKS = {
    **{0x1F130 + n: chr(65 + n) for n in range(26)},  # squared
    **{0x1F150 + n: chr(65 + n) for n in range(26)},  # circled, white on black
    **{0x1F170 + n: chr(65 + n) for n in range(26)},  # squared, white on black
    **{0x1F1E6 + n: chr(65 + n) for n in range(26)},  # regional indicators
    **{0x249C + n: chr(97 + n) for n in range(26)},  # in brackets
}
SMALL = str.maketrans(
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "ABCDEFGHIJKLMNOPRSTUVWYZ",
)
CYRILLIC = str.maketrans(
    "АаВвЕеЅѕІіЈјКкМмНнОоРрСсТтУуХхҮүԀԁԚԛԜԝҺһӀӏгпблЯя",
    "AaBBEeSsIiJjKkMMHHOoPpCcTTYyXxYyDdQqWwHhllrnblRr",
)
GREEK = str.maketrans(
    "ΑαΒβΕεΖΗηΙιΚκΜΝνΟοΡρΤτΥυΧχσςωγϲϹ",
    "AaBBEeZHnIiKkMNvOoPpTtYuXxocwycC",
)
OTHER = str.maketrans(
    "ıɑɡℓßᖇᎡᎳᎪꭺꓣꓪꓮ₳₿øØđł",
    "iaglBRRWAARWAABoOdl",
)
CONFUSABLE = {chr(a): chr(b) for part in (SMALL, CYRILLIC, GREEK, OTHER) for a, b in part.items()}
STEPS = (
    "compatible forms made plain",
    "hidden characters dropped",
    "look-alike letters made Latin",
    "traditional to simplified",
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One character of the normal form and the span of the original that it stands for."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Normal:
    """A text in normal form.

    Parameters
    ----------
    letters : tuple of Letter
    steps : tuple of str
        Those of `STEPS` that changed something, with the place of the change.
    """

    letters: tuple[Letter, ...]
    steps: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        return "".join(letter.text for letter in self.letters)

    def steps_in(self, start: int, end: int) -> list[str]:
        """Steps that touched a span of the original, in order."""
        touched = {step for step, place in self.steps if start <= place < end}
        return [step for step in STEPS if step in touched]


def is_han(letter: str) -> bool:
    """Whether a character is Chinese.

    Examples
    --------
    >>> is_han("币"), is_han("b")
    (True, False)
    """
    return "\u3400" <= letter <= "\u9fff" or "\U00020000" <= letter <= "\U0003134f" or letter == "〇"


def normalise(text: str) -> Normal:
    """Bring a text into normal form.

    Parameters
    ----------
    text : str
        Any text; it may hold line breaks and invisible characters.

    Returns
    -------
    Normal

    Examples
    --------
    >>> str(normalise("𝖱𝖶𝖠 ｖｉｒｔｕａｌ"))
    'RWA virtual'
    """
    letters: list[Letter] = []
    steps: list[tuple[str, int]] = []
    place, size = 0, len(text)
    while place < size:
        mark = text[place]
        end = place + 1
        while end < size and unicodedata.combining(text[end]):
            end += 1
        for plain, step in _plain(text[place:end]):
            letters.append(Letter(plain, place, end))
            if step:
                steps.append((step, place))
        if _hidden(mark):
            steps.append((STEPS[1], place))
        place = end
    return Normal(tuple(letters), tuple(steps))


@functools.lru_cache(maxsize=8192)
def _plain(cluster: str) -> Sequence[tuple[str, str]]:
    """Characters that stand for one character with its accents, each with the step that made it."""
    mark = cluster[0]
    if _hidden(mark):
        return ()
    if mark in "丨亅丶〡":
        return (("|" if mark in "丨〡" else "·", STEPS[0]),)  # strokes that serve as signs
    if len(cluster) == 1 and (mark.isascii() or "\u4e00" <= mark <= "\u9fff"):
        simple = tables().simplified.get(mark)
        return ((simple, STEPS[3]),) if simple else ((mark, ""),)
    if ord(mark) in LATIN_BLOCKS:
        return ((LATIN_BLOCKS[ord(mark)], STEPS[0]),)
    found = []
    for letter in unicodedata.normalize("NFKC", cluster):
        base = unicodedata.normalize("NFD", letter)[0]
        if unicodedata.combining(letter) or _hidden(letter):
            continue
        if letter in CONFUSABLE or base in CONFUSABLE:
            found.append((CONFUSABLE.get(letter, CONFUSABLE.get(base, letter)), STEPS[2]))
        elif base.isascii() and base.isalpha() and base != letter:
            found.append((base, STEPS[0]))
        elif letter in tables().simplified:
            found.append((tables().simplified[letter], STEPS[3]))
        else:
            found.append((letter, "" if letter == mark else STEPS[0]))
    return tuple(found)


@functools.lru_cache(maxsize=8192)
def _hidden(mark: str) -> bool:
    """Format characters, variation selectors, emoji and other pictures; letters in squares are none."""
    if mark.isascii():
        return mark < " " and mark not in "\n\r\t"
    if ord(mark) in LATIN_BLOCKS:
        return False
    category = unicodedata.category(mark)
    if category == "So":
        return not unicodedata.normalize("NFKC", mark)[0].isalnum()
    fillers = "\u034f\u115f\u1160\u3164\uffa0"
    return category in ("Cf", "Sk", "Cn", "Co") or mark in fillers or "\ufe00" <= mark <= "\ufe0f"
