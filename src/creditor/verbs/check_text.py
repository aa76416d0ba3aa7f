"""Owns the verb check_text: the numbers of a text, each matched to a fact of the library and judged."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from creditor.analysis.claims_check import CONSISTENT, INCONSISTENT, UNKNOWN, shown
from creditor.analysis.claims_figures import Figures
from creditor.analysis.claims_quantity import in_unit
from creditor.analysis.text_match import Judged, Reader, Reading, called, count_by_verdict
from creditor.errors import InputError, Trouble
from creditor.facts.vintages import newest
from creditor.figures.bars import bars
from creditor.opening.country import load_country
from creditor.terms import library
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance, digest
from creditor.terms.suggest import mend_with
from creditor.terms.table import column
from creditor.terms.units import Unit
from creditor.verbs.check import quantity_record
from creditor.verbs.words import counted

LIMIT_MB = 2.0
THOUSAND = 1000.0  # billions are told in trillions from here
HEAD = ("line", "number", "verdict", "library", "read as")
TONES = {CONSISTENT: "intermediary", INCONSISTENT: "household", UNKNOWN: "unallocated"}
NUMBERS = Unit("count", "")
COLUMNS = (
    "line",
    "number",
    "verdict",
    "concept",
    "economy",
    "period",
    "library",
    "source",
    "vintage",
    "grade",
)


def check_text(path: str | Path, *, as_known_at: str = "", limit_mb: float = LIMIT_MB) -> Answer:
    """Judge the numbers of a text by the figures of the library.

    Parameters
    ----------
    path : path
        Plain text in English, UTF-8. Words that name concepts and economies are in library/terms.
    as_known_at : str
        A date, after which nothing that was published is used.
    limit_mb : float
        Largest size in million bytes.

    Returns
    -------
    Answer
        Payload: file, counts (by verdict), numbers (line, number, verdict, read as, library, why), and how
        many numbers have no unit. Exit code 1 where a number is inconsistent.

    Raises
    ------
    InputError
        C101 for no such file, C102 for an empty one, C103 for one that is not UTF-8, C105 for one too large.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> page = pathlib.Path(tempfile.mkdtemp()) / "page.txt"
    >>> _ = page.write_text("Japan owes 300 % of GDP.")
    >>> check_text(page).payload["numbers"][0]["verdict"]
    'inconsistent'
    """
    place = Path(path)
    text = _text(place, limit_mb)
    figures = Figures(as_known_at)
    reader = Reader(figures)
    judged = list(reader.read(text))
    provenance = _provenance(judged, figures, text)
    return _answer(place.name, judged, reader.bare, as_known_at, provenance)


def _answer(name: str, judged: list[Judged], bare: int, as_known_at: str, provenance: Provenance) -> Answer:
    counts = count_by_verdict(judged)
    story = _story(name, counts, bare, as_known_at)
    findings = []
    if not judged:
        sentence = "The text has no number with a unit: nothing is judged."
        mend = "write numbers with their units, such as 38 trillion dollars, 33 per cent, 4.8 % of GDP"
        findings.append(Finding("warning", name, sentence, "", mend))
    payload = {
        "file": name,
        "as_known_at": as_known_at or None,
        "counts": counts,
        "without_unit": bare,
        "numbers": [_record(one) for one in judged],
        "findings": [finding.as_dict() for finding in findings],
        "story": story,
        "provenance": provenance.as_dict(),
    }
    grids = (Grid("numbers", "Numbers", HEAD, tuple(map(_row, judged))),) if judged else ()
    pictures = (_picture(name, story, counts, provenance.data_vintage),) if judged else ()
    bad = 1 if counts[INCONSISTENT] else 0
    title = f"What the library says to {name}"
    return Answer(story, (), pictures, tuple(findings), payload, provenance, {}, title, bad, grids)


def _picture(name: str, story: str, counts: dict[str, int], vintage: str) -> dict[str, Any]:
    table = column(
        "numbers", "verdict", {verdict: float(count) for verdict, count in counts.items()}, NUMBERS
    )
    source = f"Library of creditor, newest release {vintage or 'none used'}"
    return bars(f"Numbers of {name}", story, source, table, TONES)


def text_csv(answer: Answer) -> str:
    """The numbers as CSV, one a line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*COLUMNS, "why"))
    for record in answer.payload["numbers"]:
        found = record.get("computed", {})
        row = {**record, **found, "library": found.get("text", "")}
        writer.writerow([row.get(name, "") for name in (*COLUMNS, "why")])
    return out.getvalue()


def _text(path: Path, limit_mb: float) -> str:
    limit = int(limit_mb * 1e6)
    try:
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except FileNotFoundError:
        beside = sorted(one.name for one in path.parent.glob("*")) if path.parent.is_dir() else []
        mend = mend_with(path.name, beside[:500])
        raise InputError(Trouble("C101", path.name, "no such file", "", mend)) from None
    except OSError as error:
        what, why = "the file cannot be read", error.strerror or ""
        raise InputError(Trouble("C101", path.name, what, why, "give a file of plain text")) from None
    if len(raw) > limit:
        what = f"the file is larger than {limit_mb:g} MB"
        mend = "cut it into parts, or raise the limit with --max-mb"
        raise InputError(Trouble("C105", path.name, what, "every number of it is matched", mend))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"{path.name}:{raw[: error.start].count(10) + 1}"
        what = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        raise InputError(Trouble("C103", where, what, "", "save the file as plain text in UTF-8")) from None
    if "\0" in text:
        what = "the file is no text: it has bytes that are zero"
        raise InputError(Trouble("C103", path.name, what, "", "save it as plain text in UTF-8"))
    if not text.strip():
        raise InputError(Trouble("C102", path.name, "the file is empty", "", "give a text with numbers"))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _story(name: str, counts: dict[str, int], bare: int, known_at: str) -> str:
    total = sum(counts.values())
    text = f"{name} has {counted(total, 'number')} with a unit: {counts[CONSISTENT]} consistent with the "
    text += f"library, {counts[INCONSISTENT]} inconsistent, {counts[UNKNOWN]} that it cannot judge."
    text += f" {counted(bare, 'further number')} without a unit {'is' if bare == 1 else 'are'} passed over."
    return text + (f" As known at {known_at}." if known_at else "")


def _row(one: Judged) -> tuple[str, ...]:
    reading = one.reading
    told = "; ".join(part for part in (_read_as(reading) if reading else "", one.why) if part)
    return str(one.mention.line), one.mention.printed, one.verdict, _library(one), told


def _library(one: Judged) -> str:
    found = one.reading.found if one.reading else None
    if found is None or found.unit.measure != "money":
        return shown(found)
    large = max(abs(float(low)) for low, _ in found.spans) >= THOUSAND
    return shown(
        in_unit(found, Unit("money", found.unit.of, 10**12 if large else 10**9)), "0.0" if large else "0"
    )


def _read_as(reading: Reading) -> str:
    found = reading.found
    when = ", ".join(found.periods) if found and found.periods else reading.period
    origin = found.origin if found else None
    told = f" ({origin.vintage.split('; ')[-1]}, {origin.grade})" if origin and origin.vintage else ""
    return f"{reading.concept.title}, {called(reading.economy)}, {when}{told}"


def _record(one: Judged) -> dict[str, Any]:
    mention, reading = one.mention, one.reading
    record: dict[str, Any] = {
        "line": mention.line,
        "number": mention.printed,
        "low": float(mention.low),
        "high": float(mention.high),
        "measure": mention.measure,
        "of": mention.base or mention.currency or None,
        "form": mention.form,
        "verdict": one.verdict,
        "sentence": " ".join(one.sentence.split())[:300],
        "why": _row(one)[-1],
    }
    if reading is not None:
        record |= {"concept": reading.concept.name, "title": reading.concept.title}
        record |= {"economy": reading.economy, "period": reading.period}
        record["computed"] = quantity_record(reading.found)
    elif one.candidates:
        tried = [
            f"{c.concept.title}, {called(c.economy)}: {c.lack or shown(c.found)}" for c in one.candidates
        ]
        record["candidates"] = list(dict.fromkeys(tried))
    return {name: value for name, value in record.items() if value is not None}


def _provenance(judged: list[Judged], figures: Figures, text: str) -> Provenance:
    found = [one.reading.found for one in judged if one.reading and one.reading.found]
    vintages = [one.origin.vintage for one in found if one.origin]
    terms = [library.ROOT / "terms" / f"{name}.csv" for name in ("concepts", "demonyms")]
    parts = [text.encode(), *(path.read_bytes() for path in terms)]
    parts += [load_country(code).digest.encode() for code in sorted(figures.used)]
    return Provenance(newest(vintages), digest(parts))
