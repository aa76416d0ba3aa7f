"""Reads the words and tables of a debt path: a rate below growth is not praised, no cell is empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

RATE = re.compile(r"\brates?\b|\binterest\b|\br\b", re.IGNORECASE)
GROWTH = re.compile(r"\bgrowth\b|\bgrows?\b|\bg\b", re.IGNORECASE)
SHORT = re.compile(r"\br\s*(?:<|≤|-|−|–)\s*g\b", re.IGNORECASE)
PRAISE = re.compile(
    r"\bsaf(?:e|ely|er|ety)\b|\bsustainabl[ey]\b|\bsecure[ds]?\b|\bcomfort\w*|\breassur\w*|\bharmless\b|\bbenign\b|"
    r"\bfavou?rabl\w*|\bno (?:risk|danger|worry|problem|cost)\b|\brisk[- ]free\b|\bfree lunch\b|\bfor free\b|"
    r"\bcheap\w*|\bafford\w*|\bunproblematic\b|\bsolvent\b|\bsound\b|\bheadroom\b|\bfiscal space\b|\broom\b|"
    r"\bfine\b|\bhealthy\b|\brobust\b",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"\b(?:no|not|never|nor|neither|without|isn't|cannot)\b(?:\W+\w+){0,3}\W+"
    r"(?:saf\w+|sustainabl\w+|secure\w*|comfort\w*|cheap\w*|afford\w*|sound|solvent|fine|headroom)",
    re.IGNORECASE,
)
NO_NUMBER = re.compile(r"(?<![\w'])(?:nan|inf|-inf|null|NaN|None|Infinity|undefined)(?![\w'])")
UNITS = re.compile(r"%|\bpercent\b|\bpoints?\b|\byears\b|\bbn\b|\bshares?\b", re.IGNORECASE)
OWN = r"\.(?:average_maturity|refixing_share|foreign_money_share)\.\d+$"  # absent where debt is negative
SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z(])|\n\s*\n|\n- ")


class Page(HTMLParser):
    """Texts and tables of a page, pictures and style left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tables: list[dict[str, Any]] = []
        self.skipped = 0
        self.cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("class") or ""
        if tag in ("svg", "style", "script"):
            self.skipped += 1
        elif tag == "table":
            self.tables.append({"caption": "", "rows": [], "heads": []})
        elif tag == "tr" and self.tables:
            self.tables[-1]["rows"].append([])
        elif tag in ("td", "th", "caption") and self.tables:
            self.cell = []
            if tag != "caption":
                self.tables[-1]["rows"][-1].append((tag, kind, self.cell))
            else:
                self.tables[-1]["caption"] = self.cell

    def handle_endtag(self, tag: str) -> None:
        if tag in ("svg", "style", "script"):
            self.skipped -= 1
        elif tag in ("td", "th", "caption"):
            self.cell = None
        if tag in ("p", "li", "h1", "h2", "h3", "figcaption", "caption", "td", "th", "title"):
            self.texts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.texts.append(data)
            if self.cell is not None:
                self.cell.append(data)


def sentences(text: str) -> list[str]:
    """Sentences of a text whose lines may be wrapped."""
    return [re.sub(r"\s+", " ", part).strip() for part in SENTENCE.split(text) if part and part.strip()]


def praised(text: str) -> Iterator[str]:
    """Sentences that name the rate and growth and present what they say as safety."""
    for sentence in sentences(text):
        both = SHORT.search(sentence) or (RATE.search(sentence) and GROWTH.search(sentence))
        if both and PRAISE.search(REFUSED.sub("", sentence)):
            yield f"a rate beside growth is praised: {sentence[:160]}"


def not_numbers(text: str) -> Iterator[str]:
    """Words that a machine writes where a number is missing."""
    for line in text.splitlines():
        found = NO_NUMBER.search(line)
        if found:
            yield f"{found.group()!r} in: {line.strip()[:120]}"


def strings(value: Any) -> Iterator[str]:
    """Every text of a JSON answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def absent(value: Any, place: str = "") -> Iterator[str]:
    """Where a JSON answer has null or a number that is none."""
    if value is None and re.search(OWN, place):
        return
    if value is None or (isinstance(value, float) and not abs(value) < float("inf")):
        yield f"{place or 'the answer'} is {value}"
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in pairs:
        yield from absent(one, f"{place}.{key}" if place else str(key))


def tables(page: Page) -> Iterator[str]:
    """Number cells have a number with its unit, or a dash; each table says its grade."""
    for table in page.tables:
        caption = "".join(table["caption"])
        rows = [[(tag, kind, "".join(cell).strip()) for tag, kind, cell in row] for row in table["rows"]]
        cells = [
            (row[0][2], text) for row in rows for tag, kind, text in row if tag == "td" and "number" in kind
        ]
        heads = [(text, kind) for row in rows for tag, kind, text in row if tag == "th"]
        if not cells:
            continue
        name = heads[0][0]
        for row, text in cells:
            if not text:
                yield f"table by {name}, {row}: a cell is empty"
            elif text != "–" and not re.search(r"\d", text):
                yield f"table by {name}, {row}: {text!r} is no number"
        if not any(text == "grade" for text, _ in heads) and "rade" not in caption:
            yield f"table by {name} says no grade: {caption[:80]}"
        said = " ".join([caption, *(text for text, _ in [*cells, *heads])])
        if not UNITS.search(said):
            yield f"table by {name} says no unit: {caption[:80]}"


def of_text(text: str) -> list[str]:
    """All that is wrong in an answer for a terminal."""
    return [*praised(text), *not_numbers(text)]


def of_page(html: str) -> list[str]:
    """All that is wrong in a page."""
    page = Page()
    page.feed(html)
    found = [*of_text("".join(page.texts)), *tables(page)]
    return found + ["a picture has NaN in it"] * bool(
        re.search(r"[\s\"',>]NaN\b|[\s\"',>]nan[\s\"',<]", html)
    )


def of_json(told: Any) -> list[str]:
    """All that is wrong in the words of a JSON answer."""
    return [*(breach for text in strings(told) for breach in praised(text)), *absent(told)]
