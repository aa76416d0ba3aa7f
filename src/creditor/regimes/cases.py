"""Owns the reading of one case: columns and notes become bits of facts; what cannot be read is collected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from creditor.errors import Trouble
from creditor.regimes.conditions import compare
from creditor.regimes.names import screen
from creditor.regimes.packs import packs_with
from creditor.regimes.read import machine_of
from creditor.regimes.regime import Regime
from creditor.regimes.vocabulary import YES, Fact, Note, plain
from creditor.terms.suggest import mend_with

SILENT = ("", "unknown", "n/a", "na", "not stated")
COMMENT = ("id", "title", "facts", "extra", "schema")
_SHARE = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?%")
MAJORITY = 50.0
"""Percent of a share above which it is control, at every link of a chain."""
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")


@dataclass
class Case:
    """One case as read.

    Parameters
    ----------
    name : str
        Its id.
    parts : tuple of tuple of int
        Bits of the facts, once for each activity.
    said : dict
        What was said of each fact, as values or numbers, for records and memos.
    troubles : list of Trouble
        Fields, values and notes that are not known, and contradictions.
    passed : tuple of str
        Facts that only an optional pack of the regime reads.
    """

    name: str
    parts: tuple[tuple[int, ...], ...] = ()
    said: dict[str, str] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    where: str = ""
    contradicts: bool = False
    passed: tuple[str, ...] = ()


class _Reader:
    """Collects bits and troubles of one case."""

    def __init__(self, regime: Regime, where: str) -> None:
        self.regime = regime
        self.where = where
        self.bits = machine_of(regime).blank()
        self.known: dict[str, int] = {}
        self.numbers: dict[str, float] = {}
        self.troubles: list[Trouble] = []
        self.said: dict[str, str] = {}
        self.contradicts = False

    def trouble(self, code: str, what: str, why: str = "", mend: str = "") -> None:
        self.troubles.append(Trouble(code, self.where, what, why, mend))
        self.contradicts |= code == "R905"

    def put(self, name: str, bits: int, note: str) -> None:
        """Narrow a fact; R905 where two statements leave no value."""
        before = self.known.get(name, self.regime.vocabulary.facts[name].everything)
        if not before & bits:
            fact = self.regime.vocabulary.facts[name]
            one, other = " or ".join(fact.names(before)), " or ".join(fact.names(bits))
            what = f"{name} is {one} and, by {note!r}, {other}"
            self.trouble("R905", what, "both cannot be", "take one of them out")
            return
        self.known[name] = before & bits
        self.bits[self.regime.slots[name]] = before & bits

    def value(self, fact: Fact, text: str) -> int:
        """Bits of a printed value, all of them where nothing is said or the value is not known (R901)."""
        spoken = plain(text)
        if spoken in SILENT and spoken not in map(plain, fact.aliases):
            return fact.everything
        bits = fact.bit(text)
        if not bits:
            mend = mend_with(text, fact.values)
            self.trouble("R901", f"{fact.name} {text!r} is not known", "it counts as unknown", mend)
            return fact.everything
        return bits


def read_case(regime: Regime, row: Mapping[str, str], where: str, notes: Sequence[str] = ()) -> Case:
    """Read one case.

    Parameters
    ----------
    regime : Regime
    row : mapping of str to str
        Facts by name as printed; ``extra`` holds notes joined by ``;``; id, title and facts are prose.
    where : str
        Place named in troubles.
    notes : sequence of str
        Further notes.

    Returns
    -------
    Case
        With its troubles; what is not known counts as unknown.

    Examples
    --------
    >>> from creditor.regimes.read import load_regime
    >>> case = read_case(load_regime("notice42"), {"id": "1", "place": "domestik"}, "x.csv:2")
    >>> case.troubles[0].mend
    'did you mean domestic?'
    """
    reader = _Reader(regime, where)
    facts = regime.vocabulary.facts
    activities: list[int] = []
    passed: list[str] = []
    for name, text in row.items():
        if name in COMMENT or not text.strip():
            reader.said |= {"title": text.strip()} if name == "title" and text.strip() else {}
            continue
        fact = facts.get(name)
        if fact is None and packs_with(regime, name):
            passed.append(name)
            continue
        if fact is None:
            reader.trouble("R901", f"no fact {name!r}", "", mend_with(name, facts))
            continue
        reader.said[name] = text.strip()
        if not fact.values:
            _number(reader, fact, text)
        elif name == "activity":
            activities = [reader.value(fact, part) for part in text.split(";") if part.strip()]
        else:
            _put_value(reader, fact, text)
    for note in [*row.get("extra", "").split(";"), *notes]:
        if note.strip():
            reader.said.setdefault("extra", "")
            reader.said["extra"] = "; ".join(filter(None, [reader.said["extra"], note.strip()]))
            _note(reader, note.strip())
    _compare(reader)
    parts = _parts(reader, activities)
    _contradictions(reader, parts)
    name = row.get("id", "").strip()
    return Case(name, parts, reader.said, reader.troubles, where, reader.contradicts, tuple(passed))


def _put_value(reader: _Reader, fact: Fact, text: str) -> None:
    bits = reader.value(fact, text)
    if bits != fact.everything:
        reader.put(fact.name, bits, text)


def _number(reader: _Reader, fact: Fact, text: str) -> None:
    if plain(text) in SILENT:
        return
    try:
        reader.numbers[fact.name] = float(text)
    except ValueError:
        mend = f"write digits with a point, in {fact.unit}"
        reader.trouble("R901", f"{fact.name} {text!r} is no number", "it counts as unknown", mend)


def _parts(reader: _Reader, activities: list[int]) -> tuple[tuple[int, ...], ...]:
    if not activities:
        return (tuple(reader.bits),)
    slot, parts = reader.regime.slots["activity"], []
    for bits in activities:
        part = list(reader.bits)
        part[slot] = bits
        parts.append(tuple(part))
    return tuple(parts)


def _compare(reader: _Reader) -> None:
    for slot, node, names in reader.regime.compiler.comparisons.values():
        reader.bits[slot] = compare(node, names, reader.numbers)


def _contradictions(reader: _Reader, parts: Iterable[tuple[int, ...]]) -> None:
    for bits in parts:
        for condition, sentence in reader.regime.contradictions:
            if condition.test(bits) == YES:
                reader.trouble("R905", sentence, "both cannot be", "correct the case")


def _note(reader: _Reader, text: str) -> None:
    """Set the facts of one note; a note that is not listed may be several joined by commas."""
    for words in _matched(reader.regime.vocabulary.notes, text):
        if isinstance(words, str):
            known = [note.text for note in reader.regime.vocabulary.notes]
            mend = mend_with(words, known)
            reader.trouble("R901", f"note {words!r} is not known", "it is passed over", mend)
        else:
            _apply(reader, *words)


def _matched(notes: Sequence[Note], text: str) -> list[tuple[Note, str] | str]:
    found = _one(notes, text)
    if found:
        return [(found, text)]
    pieces = [piece.strip() for piece in text.split(",")]
    result: list[tuple[Note, str] | str] = []
    while pieces:
        for length in range(len(pieces), 0, -1):
            words = ", ".join(pieces[:length])
            note = _one(notes, words)
            if note:
                result.append((note, words))
                pieces = pieces[length:]
                break
        else:
            return [text]
    return result


def _one(notes: Sequence[Note], text: str) -> Note | None:
    spoken = plain(text)
    for note in notes:
        wanted = plain(note.text)
        if note.kind in ("term", "province", "date") and spoken.startswith(wanted):
            return note
        if note.kind == "share" and re.fullmatch(rf"{_SHARE.pattern}{re.escape(wanted[1:])}", spoken):
            return note
        if spoken == wanted:
            return note
    return None


def _apply(reader: _Reader, note: Note, text: str) -> None:
    if note.kind == "term":
        _term(reader, text[len(note.text) :].strip())
    elif note.kind == "date":
        _date(reader, text)
    facts = reader.regime.vocabulary.facts
    for name, values in note.sets.items():
        bits = 0
        for value in values.split("|"):
            bits |= facts[name].bit(value.strip())
        if note.kind == "fill" and name == "counterparty_place" and name in reader.known:
            continue  # the column says where the served party is, the note where its customers are
        if note.kind == "share":
            _share(reader, name, bits, text)
            reader.known.pop(name, None)  # the share that is held says more than the column
        reader.put(name, bits, text)


def _share(reader: _Reader, name: str, bits: int, text: str) -> None:
    """More than half is control; a note that says otherwise of such a share cannot be (R905)."""
    match = _SHARE.match(text)
    no_control = reader.regime.vocabulary.facts[name].bit("no")
    if match and bits == no_control and float(match[1].replace(",", ".")) > MAJORITY:
        reader.trouble("R905", f"{text!r}: more than half is control", "both cannot be", "correct the case")


def _term(reader: _Reader, text: str) -> None:
    """The word of a name or scope is screened; another meaning in brackets sends it to a person."""
    match = re.fullmatch(r"(.*?)\s*[(（](.*)[)）]", text)
    body, meaning = (match[1], match[2]) if match and match[1] else (text, "")
    result = screen(body).result
    if meaning and result == "hit" and screen(meaning).result == "no_hit":
        result = "review"
    fact = reader.regime.vocabulary.facts["term"]
    reader.said["term"] = body
    reader.put("term", fact.bit(result), text)


def _date(reader: _Reader, text: str) -> None:
    """Before or after commencement; the month of commencement without a day leaves it open."""
    match = _DATE.search(text)
    force = str(reader.regime.about["in_force_from"])
    fact = reader.regime.vocabulary.facts["after_commencement"]
    if not match:
        mend = "write date YYYY-MM or date YYYY-MM-DD"
        reader.trouble("R901", f"note {text!r} has no date", "it is passed over", mend)
    elif match[3] or match[0] != force[:7]:
        later = match[0] >= force[: len(match[0])]
        reader.put("after_commencement", fact.bit("yes" if later else "no"), text)
    else:
        reader.bits[reader.regime.slots["after_commencement"]] = fact.everything
