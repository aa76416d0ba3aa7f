"""Owns the verbs record and reassess: decisions signed by two, and which would fall otherwise today."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from creditor.regimes.assess import assess_case
from creditor.regimes.book import append, read_book
from creditor.regimes.casefile import case_of
from creditor.regimes.read import load_regime
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.verbs.assess import MEANING, answer_of, read
from creditor.verbs.words import counted

BOOK = "decisions.jsonl"


def record(
    case: str | Path,
    *,
    by: str,
    second: str,
    book: str | Path = BOOK,
    regime: str = "notice42",
    date: str = "",
) -> Answer:
    """Assess a case and append the decision to a book.

    Parameters
    ----------
    case : path
        As for `assess`.
    by, second : str
        Two different people who sign.
    book : path
        JSON, one decision a line; only ever appended to.
    regime : str
    date : str
        Day of the decision, YYYY-MM-DD; it is part of the record where it is given.

    Returns
    -------
    Answer
        Payload: the record with number and seal.

    Raises
    ------
    InputError
        R907 for one signature, or a damaged book; others as `assess`.
    """
    rules = load_regime(regime)
    found_case, _ = read(rules, case)
    found = assess_case(rules, found_case)
    entry: dict[str, Any] = {
        "case": found_case.name or Path(str(case)).stem,
        "facts": dict(found_case.said),
        "verdict": found.verdict,
        "articles": found.articles,
        "missing": found.missing,
        "regime": rules.name,
        "text_version": rules.about["text_version"],
        "in_force_from": rules.about["in_force_from"],
        "rules": rules.digest,
        "by": by.strip(),
        "second": second.strip(),
    }
    if date:
        entry["date"] = date
    written = append(Path(book), entry)
    story = f"Recorded as number {written['number']} in {Path(book).name}, seal {written['seal']}. "
    answer = answer_of(rules, found)
    return replace(answer, story=story + answer.story, payload=written)


def reassess(book: str | Path) -> Answer:
    """Decide every recorded case anew and list those that would fall otherwise.

    Parameters
    ----------
    book : path

    Returns
    -------
    Answer
        Payload ``{"decisions", "changed"}``; exit code 1 where a verdict changed.

    Raises
    ------
    InputError
        R907 for a damaged book.
    """
    path = Path(book)
    rows, changed, other_rules, findings = [], [], 0, []
    records = read_book(path)
    for entry in records:
        rules = load_regime(entry["regime"])
        facts = {key: value for key, value in entry["facts"].items() if key not in ("term",)}
        case, _ = case_of(facts, f"{path.name}, number {entry['number']}", rules)
        found = assess_case(rules, case)
        other_rules += rules.digest != entry["rules"]
        findings += [Finding("warning", t.where, t.what, t.why, t.mend, t.code) for t in case.troubles]
        if found.verdict != entry["verdict"]:
            articles = "; ".join(found.articles)
            rows.append((str(entry["number"]), entry["case"], entry["verdict"], found.verdict, articles))
            changed.append(
                {
                    "number": entry["number"],
                    "case": entry["case"],
                    "before": entry["verdict"],
                    "after": found.verdict,
                    "articles": found.articles,
                    "reason": found.reason,
                    "meaning": MEANING[found.verdict],
                }
            )
    columns = ("number", "case", "recorded", "today", "articles today")
    grids = (Grid("changed", "Decisions with another verdict", columns, tuple(rows)),) if rows else ()
    story = f"{counted(len(records), 'decision')}, {other_rules} made with other rules than today's; "
    story += f"{counted(len(rows), 'verdict')} would change."
    return Answer(
        story,
        grids=grids,
        findings=tuple(findings),
        payload={"decisions": len(records), "changed": changed},
        exit_code=1 if rows else 0,
    )
