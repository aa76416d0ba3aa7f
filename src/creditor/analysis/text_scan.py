"""Owns the finding of numbers with their units in a text: sentences, amounts, rates, ranges, fractions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from creditor.analysis.claims_table import tolerance
from creditor.analysis.text_fractions import COUNTED, Words, fractions, multiples

SCALES = {"trillion": 12, "trn": 12, "tn": 12, "billion": 9, "bn": 9, "million": 6, "mn": 6, "thousand": 3}
SIGNS = {"US$": "USD", "$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR"}
NAMES = {
    **{"dollar": "USD", "pound": "GBP", "euro": "EUR", "yen": "JPY", "yuan": "CNY", "rupee": "INR"},
    **{
        "peso": "MXN",
        "real": "BRL",
        "reais": "BRL",
        "won": "KRW",
        "rand": "ZAR",
        "lira": "TRY",
        "franc": "CHF",
    },
}
CODE = r"(?:USD|EUR|GBP|JPY|CNY|INR|MXN|BRL|KRW|ZAR|TRY|CHF|CAD|AUD)"
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"trillions?|trn|tn|billions?|bn|millions?|mn|thousand"
_RATE = r"%|per\s?cent(?:age\s+points?)?|percent(?:age\s+points?)?|pct|pp\b|basis\s+points?|bps?\b"
_WORD = (
    r"(?:US\s+|American\s+)?(?:dollars?|pounds?(?:\s+sterling)?|euros?|yen|yuan|rupees?|pesos?|reais|won|rand"
)
_WORD += r"|liras?|francs?)"
AMOUNT = re.compile(
    rf"(?P<before>(?:US\$|[$£€¥₹]|\b{CODE})\s?)?(?<![\w.,/+±-])(?P<sign>[-−](?=\d))?"
    rf"(?P<number>{NUMBER}|\b(?:{'|'.join(COUNTED)})\b)"
    rf"(?:\s?(?P<scale1>{_SCALE})?(?:\s?(?:to|–|-|and)\s?)(?:US\$|[$£€¥₹])?\s?(?P<upper>{NUMBER}))?"
    rf"(?:[\s-]?(?P<scale>{_SCALE})\b)?"
    rf"(?:[\s-]?(?P<unit>{_RATE}|years?\b|{CODE}\b|{_WORD}\b))?",
    re.IGNORECASE,
)
_BASES = (
    (
        "GDP",
        re.compile(
            r"GDP|gross domestic product|(?:economic |yearly )?output|national income|econom(?:y|ies)\b|"
            r"(?:the )?size of (?:its|the|their) econom",
            re.I,
        ),
    ),
    (
        "revenue",
        re.compile(
            r"revenues?|tax(?:es| take| receipts)?|receipts|"
            r"(?:tax|state|government|budget|public|fiscal) income",
            re.I,
        ),
    ),
    ("exports", re.compile(r"exports?", re.I)),
    (
        "debt",
        re.compile(
            r"debts?|bonds?|Treasuries|Treasury (?:securities|bonds|bills|notes|paper)|JGBs?|gilts?|"
            r"securities|it\b|the stock|"
            r"(?:the )?total\b|obligations|liabilities|paper\b|borrowings?\b|"
            r"what (?:it|the (?:government|state|country)|\w+) owes",
            re.I,
        ),
    ),
)
_BETWEEN = (
    r"the|its|their|all|his|US|federal|national|government|public|total|outstanding|marketable|central|state|"
    r"annual|euro-area|a|an|this|that|these|those|own|domestic|sovereign|gross|general|local|negotiable|"
    r"tradable|rupiah|sterling|dollar|entire|whole|overall|country|(?-i:(?!Treasur|Bond|Debt)[A-Z][a-z]+)"
)
_OF = re.compile(
    rf"^\s*(?:of|in|relative to|as a share of|to)\s+(?:(?:{_BETWEEN})\s+|\w+['’]s\s+)*", re.IGNORECASE
)
_AGAINST = re.compile(
    rf"\b(?:(?:as a (?:share|percentage|proportion|fraction) of|in (?:relation|proportion) to|relative to|"
    rf"measured against|set against)\s+(?:(?:{_BETWEEN})\s+)*|debt[\s-]to[\s-]|ratio of \w+ to )",
    re.IGNORECASE,
)
_RATIO = re.compile(r"\bdebt ratio\b", re.IGNORECASE)
_RATE_BEFORE = re.compile(_RATE, re.IGNORECASE)
_NEUTRAL = re.compile(
    r"\s*of\s+(?:which|whom|this|that|these|them|all|total|the (?:whole|pie|market))\b", re.IGNORECASE
)
_PREPOSITION = re.compile(r"^\s*(?:of|in|relative to|as a share of|to)\s+", re.IGNORECASE)
_OWN = re.compile(r"\s*(?:the|its|their|all|his|her|our)\s", re.IGNORECASE)
_LAST = re.compile(
    r"\b(?:for|to|is|was|at|only|about|roughly|nearly|almost|some|just|over|than|as)\s*$", re.IGNORECASE
)
NEAR = 160  # letters before a number in which words may say what it is a percentage of
OTHER = "something else"  # base of a percentage of what the library has no concept of
_SENTENCE = re.compile(
    r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z£$€¥])|\n\s*\n|\n(?=\s*(?:[-*•#]|\d+[.)])\s)|\n(?=\s*\|)|(?<=\s)\|(?=\s)"
)
_SHORT = re.compile(r"(?:\b(?:U\.S|U\.K|St|Mr|Mrs|Dr|No|cf|e\.g|i\.e|approx|vs|p|pp|Fig|Figs|ch)|\b[A-Z])\.$")
_PHONE = re.compile(
    r"\+\d[\d\s().-]{6,}\d|\(?\b\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b|\b\d{2,5}(?:[\s-]\d{2,5}){2,}\b"
)
_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}|\bdoi:\S+|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}:\d{2}\b"
)
_LABEL = re.compile(
    r"\b(?:pages?|pp?\.|chapters?|ch\.|sections?|figures?|figs?\.|tables?|box|notes?|footnotes?|articles?|"
    r"paragraphs?|lines?|volumes?|vol\.|issues?|no\.|numbers?|part|room|flight|route|ISBN|ISSN|version|"
    r"resolution|rule|act)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """A sentence with its place.

    Parameters
    ----------
    text : str
    offset, line, paragraph : int
        Where it begins, and the number of its paragraph.
    """

    text: str
    offset: int
    line: int
    paragraph: int


@dataclass(frozen=True)
class Mention:
    """A number with its unit.

    Parameters
    ----------
    printed : str
        As it stands in the text.
    low, high : Fraction
        Percent, years, counts, or billions of money; equal but for a range.
    room : Fraction
        Half a unit of the last printed digit, in the same unit.
    measure, base, currency : str
        ``percent``, ``money``, ``years``; what it is a percentage of, where told; ISO 4217.
    start, end, line : int
        Place in the sentence, and line of the file.
    form : str
        ``equals``, ``about``, ``more than`` or ``less than``.
    """

    printed: str
    low: Fraction
    high: Fraction
    room: Fraction
    measure: str
    base: str
    currency: str
    start: int
    end: int
    line: int
    form: str


def sentences(text: str) -> Iterator[Sentence]:
    """Cut a text into sentences.

    Examples
    --------
    >>> [one.text for one in sentences("The U.S. owes 38 tn. Japan owes less.")]
    ['The U.S. owes 38 tn.', 'Japan owes less.']
    """
    start, line, paragraph = 0, 1, 0
    for match in _SENTENCE.finditer(text):
        broken = "\n" in match[0] and match[0].count("\n") > 1
        if not broken and _SHORT.search(text[max(start, match.start() - 12) : match.start()]):
            continue
        yield Sentence(text[start : match.start()], start, line, paragraph)
        line += text.count("\n", start, match.end())
        start = match.end()
        paragraph += broken
    yield Sentence(text[start:], start, line, paragraph)


def mentions(sentence: Sentence) -> tuple[list[Mention], int]:
    """Numbers with a unit in a sentence, and how many numbers have none.

    Years, dates, telephone numbers, addresses and numbers of pages are passed over.

    Examples
    --------
    >>> found, bare = mentions(Sentence("In 2025 it was $1.19 tn, or 33 per cent (page 12).", 0, 1, 0))
    >>> [(one.printed, float(one.low)) for one in found], bare
    ([('$1.19 tn', 1190.0), ('33 per cent', 33.0)], 0)
    """
    text = sentence.text
    masked = _masked(text)
    found, bare = [], 0
    place = 0
    while match := AMOUNT.search(masked, place):
        place = match.end()
        if _is_no_range(match, masked):
            place = match.start("upper")  # two numbers: the second is met again by itself
            bare += not _is_label(match, masked)
        elif one := _mention(match, sentence):
            found.append(one)
        elif match["number"][0].isdigit() and not _is_label(match, masked):
            bare += 1
    places = [(one.start, one.end) for one in found]
    for words, is_multiple in [
        *((one, False) for one in fractions(masked)),
        *((one, True) for one in multiples(masked)),
    ]:
        if not any(first < words.end and words.start < last for first, last in places):
            extra = _in_words(words, sentence, is_multiple)
            found += [extra] if extra else []
    return sorted(found, key=lambda one: one.start), bare


def _is_no_range(match: re.Match[str], text: str) -> bool:
    """Whether two numbers that are joined by a word or a dash are no range."""
    if not match["upper"]:
        return False
    between = text[match.end("number") : match.start("upper")]
    if "and" in between and not text[: match.start()].rstrip().lower().endswith("between"):
        return True
    low = match["number"].replace(",", "")
    return not low[0].isdigit() or Fraction(low) >= Fraction(match["upper"].replace(",", ""))


def _masked(text: str) -> str:
    """The text with telephone numbers and addresses blanked, of the same length."""
    for pattern in (_ADDRESS, _PHONE):
        text = pattern.sub(lambda match: "_" * len(match[0]), text)
    return text


def _mention(match: re.Match[str], sentence: Sentence) -> Mention | None:
    unit = " ".join((match["unit"] or "").lower().split())
    scale = (match["scale"] or "").lower().rstrip("s")
    before = (match["before"] or "").strip().upper()
    measure, currency = _measure(unit, scale, before)
    if not measure or (not match["number"][0].isdigit() and not (unit or scale)):
        return None
    own = (match["scale1"] or scale).lower().rstrip("s")
    low, room = _scaled(match["number"], own, measure, unit)
    high = low
    if match["upper"]:
        high, other = _scaled(match["upper"], scale, measure, unit)
        room = max(room, other)
    if match["sign"]:
        low, high = -high, -low
    end = match.start() + len(match[0].rstrip())
    base = ""
    if measure == "percent":
        base = _base(sentence.text[end : end + 80]) or _base_ahead(
            sentence.text[max(0, match.start() - NEAR) : match.start()]
        )
    line = sentence.line + sentence.text.count("\n", 0, match.start())
    form = _form(sentence.text[: match.start()])
    return Mention(match[0].strip(), low, high, room, measure, base, currency, match.start(), end, line, form)


def _measure(unit: str, scale: str, before: str) -> tuple[str, str]:
    if before:
        return "money", SIGNS.get(before, before)
    if unit.startswith("basis") or unit in ("bp", "bps"):
        return "basis points", ""
    if unit.startswith(("percent", "per cent", "pct", "%", "pp", "percentage")):
        return "percent", ""
    if unit.startswith("year"):
        return ("years", "") if not scale else ("", "")
    if unit.upper() in {
        "USD",
        "EUR",
        "GBP",
        "JPY",
        "CNY",
        "INR",
        "MXN",
        "BRL",
        "KRW",
        "ZAR",
        "TRY",
        "CHF",
        "CAD",
        "AUD",
    }:
        return "money", unit.upper()
    for name, code in NAMES.items():
        if unit.removeprefix("us ").removeprefix("american ").startswith(name):
            return "money", code
    return ("money", "") if scale in ("trillion", "trn", "tn", "bn") else ("", "")


def _scaled(text: str, scale: str, measure: str, unit: str) -> tuple[Fraction, Fraction]:
    if text.lower() in COUNTED:
        text = str(COUNTED[text.lower()])
    plain = text.replace(",", "")
    factor = Fraction(10) ** SCALES[scale] if scale else Fraction(1)
    factor /= 10**9 if measure == "money" else 1
    factor /= 100 if measure == "basis points" else 1
    return Fraction(plain) * factor, tolerance(plain) * factor


def _in_words(words: Words, sentence: Sentence, is_multiple: bool) -> Mention | None:
    """A fraction of something, or a multiple of output, revenue or exports."""
    after = sentence.text[words.end : words.end + 80]
    led = is_multiple or _OWN.match(after)  # half the debt, twice its output
    base = _base(f"of {after}" if led else after) or _base_of_rest(sentence.text, words)
    if base in ("", OTHER) or (is_multiple and base == "debt"):
        return None
    line = sentence.line + sentence.text.count("\n", 0, words.start)
    form = _form(sentence.text[: words.start])
    room = words.percent / (10 if form == "about" else 20)  # "roughly a fifth" is rougher than "a fifth"
    form = "about" if form == "equals" else form
    printed = sentence.text[words.start : words.end].strip()
    low = words.percent
    return Mention(printed, low, low, room, "percent", base, "", words.start, words.end, line, form)


def _base_of_rest(text: str, words: Words) -> str:
    """The debt, where a fraction ends the clause and the debt stands before it: owed abroad for a third."""
    before = text[max(0, words.start - NEAR) : words.start]
    if not _LAST.search(before) or not re.match(r"\s*(?:[.,;:)]|$)", text[words.end :]):
        return ""
    return "debt" if re.search(r"\b(?:debt|bonds|securities|gilts|JGBs|Treasuries)\b", before) else ""


def _base(after: str) -> str:
    """What a percentage is of, read from the words after it."""
    lead = _OF.match(after)
    if not lead:
        return ""
    short = _PREPOSITION.sub("", after)  # its first words may be read as those before a noun: national income
    rests = [after[lead.end() :], re.sub(r"^(?:its|their|the)\s+", "", short)]
    known = next((name for rest in rests for name, pattern in _BASES if pattern.match(rest)), "")
    return known or (OTHER if lead[0].split()[0].lower() == "of" and not _NEUTRAL.match(after) else "")


def _base_ahead(before: str) -> str:
    """What a percentage is of, where the words before it say so: as a share of, debt-to-GDP ratio."""
    found = [*_AGAINST.finditer(before), *_RATIO.finditer(before)]
    for match in sorted(found, key=lambda one: one.start(), reverse=True):
        rest = before[match.end() :]
        if _RATE_BEFORE.search(rest) or ";" in rest:
            return ""
        if match.re is _RATIO:
            return "GDP"
        return next((name for name, pattern in _BASES if pattern.match(rest)), "")
    return ""


def _form(before: str) -> str:
    tail = " ".join(before.lower().split())[-24:].rstrip("($£€¥ ")
    if re.search(
        r"(?:more than|over|above|at least|exceed(?:s|ed|ing)?|upwards of|north of|beyond)(?: the| a)?$", tail
    ):
        return "more than"
    if re.search(r"(?:less than|under|below|at most|up to|no more than|short of)(?: the| a)?$", tail):
        return "less than"
    words = r"about|around|roughly|nearly|almost|some|approximately|close to|circa|ca\.|~"
    words += r"|just over|just under"
    return "about" if re.search(rf"(?:{words})(?: a| the| one)?$", tail) else "equals"


def _is_label(match: re.Match[str], text: str) -> bool:
    """Years, dates and numbers of pages are no figures."""
    number = match["number"]
    if re.fullmatch(r"1[5-9]\d\d|20\d\d|21\d\d", number):
        return True
    if _LABEL.search(text[max(0, match.start() - 16) : match.start()]):
        return True
    after = text[match.end() : match.end() + 12]
    months = r"(?:st|nd|rd|th)?\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    return bool(re.match(months, after) or re.match(r"(?:st|nd|rd|th)\b", after))
