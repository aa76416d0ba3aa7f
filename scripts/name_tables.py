"""Owns the making of the character tables of the name screen: homophones, traditional forms, words that veto.

With the extra `notice` installed, python scripts/name_tables.py writes names-characters.csv of notice42.
Look-alikes and split characters are kept by hand here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "src/creditor/library/regimes/notice42"
TERMS = "虚拟货币资产加密稳定现实世界代化"
FIRST, LAST = "虚加稳现", "币产化"
LIKE = {
    "货": "贷",
    "币": "巿帀市",
    "拟": "似",
    "虚": "墟",
    "密": "宓蜜峃",
    "加": "咖伽架",
    "稳": "隐穏",
    "定": "锭绽淀",
    "代": "伐",
    "化": "仆",
    "世": "卋",
    "界": "堺",
    "资": "咨赀",
    "产": "严",
}
LOOKALIKES = {letter: term for term, letters in LIKE.items() for letter in letters}
PARTS = {
    "加": ("力口",),
    "货": ("化贝",),
    "资": ("次贝",),
    "稳": ("禾急",),
    "现": ("王见",),
    "界": ("田介",),
    "代": ("亻弋",),
    "化": ("亻匕",),
    "定": ("宀疋",),
    "密": ("宀必山", "宓山"),
    "拟": ("扌以",),
    "虚": ("虍业",),
    "实": ("宀头",),
    "币": ("丿巾", "一巾"),
}
SPLITS = {letters: term for term, ways in PARTS.items() for letters in ways}


def gb2312() -> Iterator[str]:
    """The 6,763 characters of GB 2312."""
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes([row, cell]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def needed() -> set[str]:
    """Characters of every word that the screen looks for."""
    text = (FOLDER / "names.toml").read_text(encoding="utf-8")
    tomllib.loads(text)
    return {letter for letter in text + TERMS if "\u4e00" <= letter <= "\u9fff"}


def rows() -> Iterator[tuple[str, str, str]]:
    """Kind, character and what it stands for, in order."""
    from opencc import OpenCC
    from pypinyin import Style, pinyin
    from pypinyin.phrases_dict import phrases_dict

    simplify, wanted = OpenCC("t2s"), needed()
    for code in range(0x3400, 0xA000):
        plain = simplify.convert(chr(code))
        if plain != chr(code) and plain in wanted:
            yield "traditional", chr(code), plain
    sounds: dict[str, set[str]] = {}
    for letter in gb2312():
        sounds[letter] = set(pinyin(letter, style=Style.NORMAL)[0])
    for term in TERMS:
        (sound,) = pinyin(term, style=Style.NORMAL)[0]
        for letter, heard in sounds.items():
            if sound in heard and letter not in TERMS:
                yield "homophone", letter, term
    for letter, term in LOOKALIKES.items():
        yield "look-alike", letter, term
    for letters, term in SPLITS.items():
        yield "split", letters, term
    for kind, ends, place, beside in (("begins", LAST, 0, 1), ("ends", FIRST, -1, -2)):
        heard = {sound for term in ends for sound in pinyin(term, style=Style.NORMAL)[0]}
        alike = {letter for letter, own in sounds.items() if own & heard}
        alike |= {x for x, t in LOOKALIKES.items() if t in ends} | set(ends)
        words: dict[str, set[str]] = {}
        for phrase in phrases_dict:
            if len(phrase) in (2, 3, 4) and phrase[place] in alike:
                words.setdefault(phrase[place], set()).add(phrase[beside])
        for letter in sorted(words):
            yield kind, letter, "".join(sorted(words[letter]))


def main() -> None:
    """Write the table."""
    body = "".join(f"{kind},{letter},{stands}\n" for kind, letter, stands in rows())
    path = FOLDER / "names-characters.csv"
    path.write_text("# schema 1\nkind,character,stands_for\n" + body, encoding="utf-8")
    print(f"{path.name}: {body.count(chr(10))} rows")


if __name__ == "__main__":
    main()
