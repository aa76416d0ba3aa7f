"""Owns the full wording that a user supplies: a text file cut into articles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from creditor.errors import InputError, Trouble
from creditor.regimes.casefile import text_of
from creditor.regimes.regime import Regime

ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()  # noqa: SIM905
CHINESE = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十".split()  # noqa: SIM905
_HEAD = re.compile(
    r"^\s*(?:Article\s+|Art\.\s*|第)?(?P<number>[IVX]+|[0-9]{1,2}|[（(]?[一二三四五六七八九十]{1,3}[）)]?)"
    r"\s*(?:条|[.、:：)]|\s-\s|\s(?=[A-Z]))\s*",
)


def wording_of(path: Path) -> Mapping[int, str]:
    """Cut a text into articles.

    Parameters
    ----------
    path : Path
        A UTF-8 text in which each article begins on a line of its own with its number: ``I.``, ``5.``,
        ``Article XIV``, ``一、``, ``第五条``.

    Returns
    -------
    mapping of int to str
        Text by number of the article, 0 for what stands before the first.

    Raises
    ------
    InputError
        C101, C103, C105 for a file that cannot be read; R904 where no article begins on any line.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "text.txt"
    >>> _ = path.write_text("Notice\\nI. First.\\nmore\\n2. Second.\\n")
    >>> wording_of(path)[1]
    'First.\\nmore'
    """
    articles: dict[int, list[str]] = {0: []}
    current = 0
    for line in text_of(path).splitlines():
        match = _HEAD.match(line)
        number = _number(match["number"]) if match else 0
        if match and current < number <= current + 3:
            current = number
            articles[current] = [line[match.end() :].strip()]
        elif line.strip():
            articles[current].append(line.strip())
    if len(articles) == 1:
        mend = "begin each article on a line of its own, with its number"
        raise InputError(Trouble("R904", path.name, "no article begins on any line", "", mend))
    return {number: "\n".join(lines) for number, lines in articles.items() if lines}


def _number(text: str) -> int:
    plain = text.strip("（）()")
    for names in (ROMAN, CHINESE):
        if plain in names:
            return names.index(plain) + 1
    return int(plain) if plain.isdigit() else 0


def article_number(regime: Regime, identifier: str) -> int:
    """Number of the article of a provision, 20 and 0 for closing and preamble.

    Examples
    --------
    >>> from creditor.regimes.read import load_regime
    >>> article_number(load_regime("notice42"), "14b")
    14
    """
    known = regime.provisions[identifier].id
    digits = re.match(r"[0-9]+", known)
    return int(digits[0]) if digits else 0
