"""Owns the verbs record and reassess: decisions signed by two, and which would fall otherwise today."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from creditor.errors import MissingError, Trouble
from creditor.monitor.times import now, read_time
from creditor.regimes.assess import assess_case
from creditor.regimes.book import append, read_book
from creditor.regimes.casefile import case_of
from creditor.regimes.read import load_regime
from creditor.regimes.regime import Regime
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
        Day of the decision, YYYY-MM-DD, for the record; today where it is not given.

    Returns
    -------
    Answer
        Payload: the record with number and seal.

    Raises
    ------
    InputError
        R907 for one signature, or a damaged book; M910 for a day that is none; others as `assess`.
    """
    day = read_time(date or now(), "--date")[:10]
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
    entry["date"] = day
    written = append(Path(book), entry)
    story = f"Recorded as number {written['number']} in {Path(book).name}, seal {written['seal']}. "
    answer = answer_of(rules, found)
    return replace(answer, story=story + answer.story, payload=written)


def reassess(book: str | Path, *, regime: str = "") -> Answer:
    """Decide every recorded case anew and list those that would fall otherwise.

    Parameters
    ----------
    book : path
    regime : str
        Rules to decide by, such as a folder with a version of one's own; without it those recorded.

    Returns
    -------
    Answer
        Payload ``{"decisions", "changed"}``; exit code 1 where a verdict changed.

    Raises
    ------
    InputError
        R904 for rules that are not found, R907 for a damaged book.
    """
    path = Path(book)
    rows, changed, other_rules, findings = [], [], 0, []
    records = read_book(path)
    for entry in records:
        rules = _rules(regime or entry["regime"], f"{path.name}, number {entry['number']}")
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


def _rules(name: str, where: str) -> Regime:
    """The rules of a record; R904 says how to give those that are not in the library."""
    try:
        return load_regime(name)
    except MissingError:
        why = "the decision was made with rules that are not in the library"
        mend = "give their folder with --regime"
        raise MissingError(Trouble("R904", where, f"no regime {name!r}", why, mend)) from None
