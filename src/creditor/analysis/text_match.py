"""Owns the matching of a number in a text to a fact of the library, and the verdict on it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from creditor.analysis.claims_check import CONSISTENT, INCONSISTENT, UNKNOWN
from creditor.analysis.claims_expression import Computation
from creditor.analysis.claims_figures import RECENT, Figures, Lack
from creditor.analysis.claims_quantity import Quantity, in_unit
from creditor.analysis.text_dates import NEWEST, Date, dates
from creditor.analysis.text_scan import Mention, Sentence, mentions, sentences
from creditor.analysis.text_words import WORLD, Concept, concepts, economies_in
from creditor.errors import InputError
from creditor.opening.country import available, load_country
from creditor.terms.units import Unit
from creditor.terms.vocabulary import economies

BREAK = 25  # letters that the boundary of a clause counts for
FAR = 10_000
FARTHEST = 220  # letters, boundaries counted, beyond which a word is not about a number
_EACH = re.compile(r"\b(?:per|each|every|another|additional|extra|further)\s*$", re.IGNORECASE)
_BY = re.compile(r"\bby\s+(?:about\s+|nearly\s+|some\s+|almost\s+|around\s+)?$", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|rather than|instead of)\s+(?:the\s+)?$", re.IGNORECASE)
_SUM = re.compile(
    r"^[^.;]{0,30}\b(?:over (?:the|ten|five|\d)|during the|in total|cumulative|next decade)", re.IGNORECASE
)
RATES = ("growth", "inflation")
_AHEAD = re.compile(r";|, (?:and|but|yet|while|whereas|though) ")
_BEHIND = re.compile(r"[;:,]| (?:and|but|while|whereas) ")
SMALL = 0.1  # billions: below it an amount is nobody's national figure
HEADLINE, SIX_CLASSES = "{e},''", "investor-base"  # the perimeter in a computation; the older six classes


@dataclass(frozen=True)
class Reading:
    """What a number may be: a concept of an economy at a date, and the figure of the library."""

    concept: Concept
    economy: str
    period: str
    found: Quantity | None
    lack: str = ""


@dataclass(frozen=True)
class Judged:
    """A number of a text and what the library says to it.

    Parameters
    ----------
    mention : Mention
    sentence : str
    verdict, why : str
    reading : Reading or None
        The one that decided.
    candidates : tuple of Reading
        All that were tried.
    """

    mention: Mention
    sentence: str
    verdict: str
    why: str
    reading: Reading | None = None
    candidates: tuple[Reading, ...] = ()


@dataclass
class Reader:
    """Reads a text and judges its numbers.

    Parameters
    ----------
    figures : Figures
    bare : int
        Numbers without a unit met so far.

    Examples
    --------
    >>> [one.verdict for one in Reader(Figures()).read("In 2024 Japan's economy grew 0.1 per cent.")]
    ['consistent']
    """

    figures: Figures
    bare: int = 0
    _known: dict[str, Quantity | str] = field(default_factory=dict)

    def read(self, text: str) -> Iterator[Judged]:
        """Judge each number with a unit, in the order of the text."""
        topic: list[str] = []  # economies of earlier sentences of the paragraph, the latest first
        paragraph = 0
        for sentence in sentences(text):
            topic = topic if sentence.paragraph == paragraph else []
            paragraph = sentence.paragraph
            named = economies_in(sentence.text)
            found, bare = mentions(sentence)
            self.bare += bare
            for mention in found:
                judged = self._judge(mention, sentence, named, topic, found)
                if judged is None:
                    self.bare += 1
                else:
                    yield judged
            topic = list(dict.fromkeys([*(code for *_, code in named), *topic]))

    def _judge(
        self,
        mention: Mention,
        sentence: Sentence,
        named: Sequence[tuple[int, int, str]],
        topic: Sequence[str],
        others: Sequence[Mention],
    ) -> Judged | None:
        text = sentence.text
        meant = _concepts(mention, text, others)
        if not meant and (base := _base_before(mention, others)):
            mention = replace(mention, base=base)
            meant = _concepts(mention, text, others)
        if meant and (why := _is_no_level(mention, text, meant[0])):
            return Judged(mention, text, UNKNOWN, why)
        if not meant:
            if mention.measure in ("years", "count"):
                return None
            why = "no concept of the library stands near it"
            return Judged(mention, text, UNKNOWN, why)
        near = _by_nearness(mention, text, [(start, end, code) for start, end, code in named], others)
        near = near or list(topic)
        if not near:
            title = meant[0].title
            return Judged(mention, text, UNKNOWN, f"no economy is named; read as {title}")
        periods = _periods(mention, text, others)
        window = _window(mention, text, others)
        return self._decide(mention, text, list(self._readings(mention, meant, near, periods)), near, window)

    def _readings(
        self, mention: Mention, meant: Sequence[Concept], near: Sequence[str], periods: Sequence[str]
    ) -> Iterator[Reading]:
        for concept, period in itertools.product(meant, periods):
            economy = next((code for code in near if concept.is_for(code)), "")
            if economy:
                yield self._reading(mention, concept, economy, period)

    def _reading(self, mention: Mention, concept: Concept, economy: str, period: str) -> Reading:
        if economy not in available() and economy != WORLD and "custody" not in concept.compute:
            return Reading(concept, economy, period, None, f"the library has no folder of {economy}")
        currency = mention.currency or "USD"
        gdp = "gdp_usd" if currency == "USD" else "gdp_lcu"
        fields = {
            "e": f"'{economy}'",
            "p": f"'{period}'",
            "g": f"'{gdp}'",
            "custody": f"'custody, {economy}'",
        }
        text = filled(concept.compute, fields)
        found = self._computed(text)
        if isinstance(found, str) and HEADLINE in concept.compute:  # the headline does not tell, or not then
            for perimeter in _perimeters(economy):
                found = self._computed(
                    filled(concept.compute.replace(HEADLINE, f"{{e}},'{perimeter}'"), fields)
                )
                if not isinstance(found, str):
                    break
            found = self._computed(text) if isinstance(found, str) else found
        if isinstance(found, str):
            return Reading(concept, economy, period, None, found)
        unit = {"money": Unit("money", currency, 10**9), "percent": Unit("percent", concept.base)}
        try:
            return Reading(concept, economy, period, in_unit(found, unit.get(concept.measure, found.unit)))
        except InputError:
            return Reading(
                concept, economy, period, None, f"the figure is in {found.unit}, not in {currency}"
            )

    def _computed(self, text: str) -> Quantity | str:
        if text not in self._known:
            try:
                found = Computation(self.figures).run(text, "concepts.csv")
                self._known[text] = found if isinstance(found, Quantity) else "no figure"
            except Lack as lack:
                self._known[text] = str(lack)
        return self._known[text]

    def _decide(
        self, mention: Mention, text: str, readings: Sequence[Reading], near: Sequence[str], window: str
    ) -> Judged:
        tried = tuple(readings)
        known = [one for one in readings if one.found is not None]
        if not readings:
            names = ", ".join(dict.fromkeys(map(called, near)))
            return Judged(mention, text, UNKNOWN, f"the library has no such figure of {names}")
        first = readings[0].concept.name
        same = [one for one in known if one.concept.name == first]
        if fitting := [one for one in same if agrees(mention, one.found)]:
            return Judged(mention, text, CONSISTENT, "", fitting[0], tried)
        others = {concepts()[place].name for place in _spans(mention, window)}
        beside = [one for one in known if one.concept.name in others]
        if elsewhere := [one for one in beside if agrees(mention, one.found)]:
            titles = " or ".join(dict.fromkeys(one.concept.title for one in (readings[0], elsewhere[0])))
            return Judged(mention, text, UNKNOWN, f"ambiguous: {titles}", None, tried)
        if not same:
            return Judged(mention, text, UNKNOWN, readings[0].lack, None, tried)
        return Judged(mention, text, INCONSISTENT, self._earlier(mention, same), same[0], tried)

    def _earlier(self, mention: Mention, readings: Sequence[Reading]) -> str:
        """What an earlier printing says, where it has the number of the text."""
        for one in readings:
            concept = replace(one.concept, compute=one.concept.compute.replace("fact(", "printings("))
            printed = self._reading(mention, concept, one.economy, one.period)
            if printed.found is not None and agrees(mention, printed.found):
                spans = [
                    span
                    for span in printed.found.spans
                    if agrees(mention, replace(printed.found, spans=(span,)))
                ]
                return f"an earlier printing has {replace(printed.found, spans=tuple(spans)).with_unit}"
        return ""


def filled(compute: str, fields: Mapping[str, str]) -> str:
    """A computation with its fields.

    Examples
    --------
    >>> filled("fact({e}, 'debt')", {"e": "'JPN'"})
    "fact('JPN', 'debt')"
    """
    for name, value in fields.items():
        compute = compute.replace(f"{{{name}}}", value)
    return compute


def _is_no_level(mention: Mention, text: str, concept: Concept) -> str:
    """Why a number is no figure of a date: a step of something, a change, a sum over years; or empty."""
    before, after = text[: mention.start], text[mention.end :]
    if _NOT.search(before):
        return "the text denies it"
    if _EACH.search(before):
        return "a step of something, no level"
    if _BY.search(before) and concept.name not in RATES:
        return "a change, no level"
    if _SUM.search(after) and mention.measure == "money":
        return "a sum over years"
    return ""


def agrees(mention: Mention, found: Quantity | None) -> bool:
    """Whether a figure fits a number as printed, or as "about", "more than" or "less than" it.

    Examples
    --------
    >>> from creditor.analysis.claims_quantity import number
    >>> (one,), _ = mentions(Sentence("about 33 per cent", 0, 1, 0))
    >>> agrees(one, number("33.9"))
    True
    """
    if found is None:
        return False
    room = mention.room
    if mention.form == "about":
        room = max(room, abs(mention.high) / 20)
    low, high = mention.low - room, mention.high + room
    if mention.form == "more than":
        return any(end >= mention.low - mention.room / 10 for _, end in found.spans)
    if mention.form == "less than":
        return any(end <= mention.high + mention.room / 10 for end, _ in found.spans)
    return any(first <= high and last >= low for first, last in found.spans)


def called(code: str) -> str:
    """Name of an economy, or of the world."""
    return "the world" if code == WORLD else economies()[code].title


def _concepts(mention: Mention, text: str, others: Sequence[Mention]) -> list[Concept]:
    """Concepts whose words stand in the sentence, the nearest first; all readings of one name together."""
    if mention.measure == "money" and mention.high < SMALL:
        return []
    found: list[tuple[float, int, Concept]] = []
    window = _window(mention, text, others)
    spans = _spans(mention, text)
    for place, concept in enumerate(concepts()):
        if place not in spans:
            continue
        if concept.without and concept.without.search(window):
            continue
        told = window if concept.base == "debt" and not mention.base else text
        if concept.need and not concept.need.search(told):
            continue
        nearest = min(
            _distance(mention, span, text, others) - (span[1] - span[0]) / 4 for span in spans[place]
        )
        if nearest <= FARTHEST:
            found.append((nearest, place, concept))
    order: dict[str, float] = {}
    for away, _, concept in found:
        order[concept.name] = min(order.get(concept.name, FAR), away)
    return [concept for _, place, concept in sorted(found, key=lambda one: (order[one[2].name], one[1]))]


def _spans(mention: Mention, text: str) -> dict[int, list[tuple[int, int]]]:
    """Places of the words of each concept that may be meant, less those inside longer words of another.

    The banks of "central banks" and the lenders of "multilateral lenders" are no banks.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for place, concept in enumerate(concepts()):
        if concept.measure == mention.measure and _fits_base(concept, mention):
            found[place] = [match.span() for match in concept.words.finditer(text)]
    holders = {span for place, spans in found.items() if concepts()[place].base == "debt" for span in spans}
    kept = {
        place: [
            span
            for span in spans
            if not any(one[0] <= span[0] and span[1] <= one[1] and one != span for one in holders)
        ]
        for place, spans in found.items()
    }
    return {place: spans for place, spans in kept.items() if spans}


def _fits_base(concept: Concept, mention: Mention) -> bool:
    """A percentage of something is of that; one of nothing named may be of the debt, or a rate."""
    if mention.measure != "percent":
        return True
    if mention.base:
        return concept.base == mention.base
    return concept.base in ("", "debt")


def _distance(mention: Mention, span: tuple[int, int], text: str, others: Sequence[Mention]) -> float:
    """Letters between a number and a word; clause boundaries and other numbers between count more."""
    first, last = (span[1], mention.start) if span[1] <= mention.start else (mention.end, span[0])
    if first > last:
        return 0
    between = text[first:last].replace("\n", " ")
    breaks = between.count(";") * 3 + between.count(", ") + between.count(" while ") * 2
    breaks += between.count(" and ") + between.count(" but ") + between.count(":")
    breaks += sum(first <= other.start < last for other in others)
    behind = 4 if span[0] >= mention.end else 0  # what stands before is meant rather than what follows
    return len(between) + BREAK * breaks + behind


def _by_nearness(
    mention: Mention, text: str, named: Sequence[tuple[int, int, str]], others: Sequence[Mention]
) -> list[str]:
    order = sorted(named, key=lambda one: _distance(mention, one[:2], text, others))
    return list(dict.fromkeys(code for *_, code in order))


def _periods(mention: Mention, text: str, others: Sequence[Mention]) -> list[str]:
    """The nearest date of the sentence, and the newest figure where it may be of something else."""
    found: list[Date] = dates(text)
    if not found:
        return [NEWEST, RECENT]
    nearest = min(found, key=lambda one: _distance(mention, (one.start, one.end), text, others))
    away = _distance(mention, (nearest.start, nearest.end), text, others)
    plain = max(nearest.start - mention.end, mention.start - nearest.end, 0)
    return list(dict.fromkeys([nearest.period, NEWEST] if away >= plain + BREAK else [nearest.period]))


def _base_before(mention: Mention, others: Sequence[Mention]) -> str:
    """What the percentage before it in the sentence is of, where this one does not say."""
    if mention.measure != "percent" or mention.base:
        return ""
    return next((other.base for other in reversed(others) if other.end <= mention.start and other.base), "")


def _window(mention: Mention, text: str, others: Sequence[Mention]) -> str:
    """The clause of a number: no further than the numbers before and after it."""
    first = max((other.end for other in others if other.end <= mention.start), default=0)
    last = min((other.start for other in others if other.start >= mention.end), default=len(text))
    before, after = (
        " ".join(part.split()) for part in (text[first : mention.start], text[mention.end : last])
    )
    return f"{_AHEAD.split(before)[-1]} {_BEHIND.split(after)[0]}"


def count_by_verdict(judged: Sequence[Judged]) -> dict[str, int]:
    """How many numbers have each verdict."""
    groups = itertools.groupby(sorted(one.verdict for one in judged))
    counts = {name: len(list(members)) for name, members in groups}
    return {name: counts.get(name, 0) for name in (CONSISTENT, INCONSISTENT, UNKNOWN)}


def _perimeters(economy: str) -> list[str]:
    """Where else the holders of an economy are told: the six classes first, then its other tables."""
    known = list(load_country(economy).settings["perimeters"]) if economy in available() else []
    return sorted(known, key=lambda name: name != SIX_CLASSES)
