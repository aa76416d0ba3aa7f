"""Owns the verbs screen and screen_text: names and scopes against the seven barred terms, and adverts."""

from __future__ import annotations

from pathlib import Path

from creditor.errors import InputError, Trouble
from creditor.regimes.adverts import clues_in
from creditor.regimes.casefile import text_of
from creditor.regimes.names import Screened
from creditor.regimes.names import screen as screened
from creditor.regimes.records import records_of
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.suggest import nearest
from creditor.verbs.words import counted

COLUMNS = ("id", "text", "field", "language")
LIMITS = (
    "Article VIII(a) prints seven terms and leaves the list open. A hit is a printed term, plain or "
    "disguised; a review is for a person. Not legal advice."
)


def screen(text: str = "", *, table: str | Path | None = None) -> Answer:
    """Screen a name or business scope, or a table of them.

    Parameters
    ----------
    text : str
    table : path
        A CSV with columns id, text, field, language instead; other columns are ignored.

    Returns
    -------
    Answer
        Payload ``{"result", "term", "start", "end", "steps"}``; for a table ``{"names"}``.

    Raises
    ------
    InputError
        C101 to C105 for a table that cannot be read.

    Examples
    --------
    >>> screen("唐山虚拟货币工作室").payload["result"]
    'hit'
    """
    if table is not None:
        return _many(Path(table))
    found = screened(text)
    return Answer(
        _story(text, found), findings=(Finding("note", "VIII(a)", LIMITS),), payload=found.as_dict()
    )


def _story(text: str, found: Screened) -> str:
    if found.result == "no_hit":
        return "No hit: none of the seven barred terms, and no related word."
    place = f"“{text[found.start : found.end]}” (characters {found.start} to {found.end})"
    how = "; ".join(found.steps)
    if found.result == "hit":
        return f"Hit: {place} is the barred term {found.term}: {how}."
    return f"Review: a person must look at {place}: {how}."


def _many(path: Path) -> Answer:
    rows, findings = _rows(path)
    found = [(name, text, screened(text)) for name, text in rows]
    counts = {result: sum(s.result == result for *_, s in found) for result in ("hit", "review", "no_hit")}
    story = (
        f"{counted(len(found), 'text')}: " + ", ".join(f"{n} {result}" for result, n in counts.items()) + "."
    )
    columns = ("id", "result", "term", "found", "steps")
    grid = tuple((name, s.result, s.term, text[s.start : s.end] if s.start >= 0 else "", "; ".join(s.steps))
                 for name, text, s in found)  # fmt: skip
    return Answer(
        story,
        grids=(Grid("names", "Names and scopes", columns, grid),),
        findings=(*findings, Finding("note", "VIII(a)", LIMITS)),
        payload={"names": [{"id": name, **s.as_dict()} for name, _, s in found]},
    )


def _rows(path: Path) -> tuple[list[tuple[str, str]], list[Finding]]:
    """Ids and texts of a table, line breaks within texts kept; a broken row is screened as far as it goes."""
    header, records = records_of(text_of(path), path.name)
    if "text" not in header:
        near = nearest("text", header)
        mend = f"rename {near[0]!r} to 'text'" if near else "begin with the header " + ",".join(COLUMNS)
        raise InputError(Trouble("C104", path.name, "column 'text' is missing", "", mend))
    found, findings = [], []
    for number, record in enumerate(records, start=1):
        fields = dict(zip(header, record.fields, strict=False))
        if record.trouble:
            t = record.trouble
            findings.append(Finding("warning", t.where, t.what, t.why, t.mend, t.code))
        found.append((fields.get("id", str(number)), fields.get("text", "")))
    return found, findings


def screen_text(text: str | Path) -> Answer:
    """Look for offers of virtual currency or tokenized assets in an advert or post.

    Parameters
    ----------
    text : path, or str with a line break or of more than 200 characters
        The file, or the text itself.

    Returns
    -------
    Answer
        Payload ``{"clues": [...]}``, each with spans, cues and the provisions that it may touch.

    Examples
    --------
    >>> screen_text("稳定币预售，扫码进群！\\n").payload["clues"][0]["provisions"]
    ['VII(a)', 'VIII(c)']
    """
    words = text if isinstance(text, str) and ("\n" in text or len(text) > 200) else text_of(Path(text))
    clues = clues_in(words)
    rows = tuple(
        (
            c.result,
            c.term,
            words[c.start : c.end],
            ", ".join(cue[1] for cue in c.cues),
            ", ".join(c.provisions),
        )
        for c in clues
    )
    columns = ("result", "term", "found", "words of the offer", "may touch")
    story = f"{counted(len(clues), 'clue')}." if clues else "No clue: no offer beside a barred term."
    limits = "A clue is no finding: a person must look. Reports and lessons are no adverts."
    return Answer(
        story,
        grids=(Grid("clues", "Clues", columns, rows),) if clues else (),
        findings=(Finding("note", "VII(a), VIII(c)", limits),),
        payload={"clues": [clue.as_dict() for clue in clues]},
    )
