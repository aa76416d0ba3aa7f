"""Owns the widths of text: a conservative estimate, the wrapping and the shortening built on it."""

from __future__ import annotations

import unicodedata

# Advance per letter in parts of the font size: the larger of two widespread sans serifs, rounded up.
_CLASSES = {
    0.3: "'Iijl",
    0.35: " ,./:;\\|·’\u00a0\u202f",
    0.4: "()-[]ft",
    0.45: "!r",
    0.5: '"*J`',
    0.55: "csz“”",
    0.6: "?L_kvxy–",
    0.65: "$0123456789FTabdeghnopqu{}€£¥",
    0.7: "ABEKPSVXYZ",
    0.75: "CNRU",
    0.8: "&DGHOQ",
    0.85: "#+<=>^w~−",
    0.9: "M",
    1.0: "%Wm—…→",
    1.05: "@",
}
_ADVANCE = {letter: advance for advance, letters in _CLASSES.items() for letter in letters}
BOLD = 1.14
ELLIPSIS = "…"


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Estimate how wide a text is, rather too wide than too narrow.

    Parameters
    ----------
    text : str
        One line.
    size : float
        Font size in pixels; the answer is in pixels too.
    bold : bool
        Whether it is set in a heavy weight.

    Returns
    -------
    float

    Examples
    --------
    >>> text_width("1,138.3", 10)
    39.5
    """
    total = sum(_ADVANCE.get(letter) or _other(letter) for letter in text)
    return round(total * size * (BOLD if bold else 1.0), 6)


def shorten(text: str, size: float, width: float, bold: bool = False) -> str:
    """Cut a text at its end so that it fits, with an ellipsis.

    Examples
    --------
    >>> shorten("Federal retirement funds", 10, 80)
    'Federal retir…'
    >>> shorten("Banks", 10, 80)
    'Banks'
    """
    if text_width(text, size, bold) <= width:
        return text
    kept = text
    while kept and text_width(kept + ELLIPSIS, size, bold) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,;·") + ELLIPSIS


def wrap(text: str, size: float, width: float, bold: bool = False, lines: int | None = None) -> list[str]:
    """Break a text into lines that fit.

    Parameters
    ----------
    text : str
        White space is where it may break; Chinese and Japanese may break at any letter.
    size, width : float
        Font size and the width of a line in pixels.
    bold : bool
        Whether it is set in a heavy weight.
    lines : int, optional
        Most lines allowed; the last one is then shortened.

    Returns
    -------
    list of str
        At least one line.

    Examples
    --------
    >>> wrap("Who owns the debt of the state?", 10, 90)
    ['Who owns the', 'debt of the', 'state?']
    """
    broken: list[str] = []
    line = ""
    for piece in _pieces(text):
        joined = line + piece if line else piece.lstrip()
        if line and text_width(joined.rstrip(), size, bold) > width:
            broken.append(line.rstrip())
            joined = piece.lstrip()
        line = joined
    broken.append(line.rstrip())
    if lines is not None and len(broken) > lines:
        rest = " ".join(broken[lines - 1 :])
        broken = [*broken[: lines - 1], shorten(rest, size, width, bold)]
    return [shorten(part, size, width, bold) for part in broken]


def _pieces(text: str) -> list[str]:
    """Words with the space before them; each wide letter is a piece of its own, a percent sign is none."""
    pieces: list[str] = []
    for letter, following in zip(text, text[1:] + " ", strict=False):
        starts = (
            (letter == " " and following != "%") or _is_wide(letter) or (pieces and _is_wide(pieces[-1][-1]))
        )
        if not pieces or starts:
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in ("W", "F")


def _other(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if _is_wide(letter):
        return 1.05
    plain = unicodedata.normalize("NFD", letter)[0]
    return _ADVANCE.get(plain, 0.95)
