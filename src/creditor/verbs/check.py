"""Owns the verb check: the claims of the article, each judged by a computation from the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from creditor.analysis.claims_check import (
    CITED,
    CONSISTENT,
    INCONSISTENT,
    UNKNOWN,
    VERDICTS,
    Judge,
    Verdict,
    shown,
)
from creditor.analysis.claims_figures import Figures
from creditor.analysis.claims_quantity import Quantity
from creditor.analysis.claims_table import Claim, article
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
from creditor.terms.units import PERCENT, Unit
from creditor.verbs.words import counted

TONES = {CONSISTENT: "intermediary", INCONSISTENT: "household", UNKNOWN: "unallocated", CITED: "neutral"}
HEAD = ("id", "verdict", "claimed", "library", "grade", "claim")
CLAIMS = Unit("count", "")
ABSENT = float("nan")
MOST = 400.0  # percent of the claim, above which a bar would hide the others


def check(*ids: str, as_known_at: str = "") -> Answer:
    """Judge the claims of the article by computation from the library.

    Parameters
    ----------
    *ids : str
        Such as ``C019``; all claims where none is given.
    as_known_at : str
        A date, after which nothing that was published is used.

    Returns
    -------
    Answer
        Payload: counts (by verdict), claims (id, claim, verdict, figure, computed, sentence and more), story.

    Raises
    ------
    InputError
        F311 for an id that does not exist, with the nearest; T204 for a date that is none.

    Examples
    --------
    >>> check("C019").payload["claims"][0]["verdict"]
    'inconsistent'
    """
    claims = _chosen(ids)
    figures = Figures(as_known_at)
    judge = Judge(figures)
    verdicts = [judge.judge(claim) for claim in claims]
    counts = {name: sum(one.verdict == name for one in verdicts) for name in VERDICTS}
    story = _story(verdicts, counts, bool(ids), as_known_at)
    grids = _grids(verdicts)
    if ids:
        grids = [grid for one in verdicts for grid in _detail(one)]
    provenance = _provenance(verdicts, figures)
    payload = {
        "as_known_at": as_known_at or None,
        "counts": counts,
        "claims": [_record(one, bool(ids)) for one in verdicts],
        "story": story,
        "provenance": provenance.as_dict(),
    }
    title = "What the article claims, and what the library has"
    shown_figures = _pictures(verdicts, counts, story, provenance.data_vintage)
    return Answer(
        story, (), shown_figures, _findings(verdicts), payload, provenance, {}, title, 0, tuple(grids)
    )


def check_csv(answer: Answer) -> str:
    """The claims as CSV, one a line."""
    import csv
    import io

    names = ("id", "verdict", "claim", "figure", "unit", "computed", "source", "vintage", "grade", "sentence")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for record in answer.payload["claims"]:
        computed = record.get("computed") or {}
        row = {**record, **computed, "computed": computed.get("text", ""), "unit": record.get("unit", "")}
        writer.writerow([row.get(name) if row.get(name) is not None else "" for name in names])
    return out.getvalue()


def _chosen(ids: Sequence[str]) -> list[Claim]:
    known = {claim.id: claim for claim in article()}
    troubles = []
    chosen = {}
    for name in ids:
        code = name.strip().upper()
        code = f"C{int(code.removeprefix('C')):03d}" if code.removeprefix("C").isdecimal() else code
        if code in known:
            chosen[code] = known[code]
            continue
        mend = f"{mend_with(code, known)} there are {len(known)}, C001 to {max(known)}"
        troubles.append(Trouble("F311", "ID", f"no claim {name!r}", "", mend))
    if troubles:
        raise InputError(troubles)
    return list(chosen.values()) if ids else list(known.values())


def _story(verdicts: Sequence[Verdict], counts: dict[str, int], asked: bool, known_at: str) -> str:
    known = f" As known at {known_at}." if known_at else ""
    if asked and len(verdicts) <= 3:
        told = " ".join(f"{one.claim.id}, {one.verdict}. {one.sentence}" for one in verdicts)
        return f"{told}{known}"
    numbers = [one for one in verdicts if one.claim.figure and one.verdict in (CONSISTENT, INCONSISTENT)]
    right = sum(one.verdict == CONSISTENT for one in numbers)
    text = f"Of {counted(len(verdicts), 'claim')} the library finds {counts[CONSISTENT]} consistent with its "
    text += f"figures and {counts[INCONSISTENT]} inconsistent; {counts[UNKNOWN]} it cannot decide and "
    text += f"{counts[CITED]} are cited, not recomputed. Of the {len(numbers)} that state a number and are "
    return f"{text}decided, {right} have it right.{known}"


def _grids(verdicts: Sequence[Verdict]) -> list[Grid]:
    """The claims with their verdicts, and why."""
    rows = []
    for one in verdicts:
        origin = one.computed.origin if one.computed else None
        has = shown(one.computed, one.claim.figure)
        short = one.verdict.partition(",")[0]
        rows.append((one.claim.id, short, one.claimed, has, origin.grade if origin else "", one.claim.text))
    why = tuple((one.claim.id, one.verdict, one.sentence) for one in verdicts)
    note = "creditor check ID shows a claim with its computation and sources."
    return [
        Grid("claims", "Claims", HEAD, tuple(rows), note),
        Grid("why", "Why", ("id", "verdict", "sentence"), why),
    ]


def _detail(one: Verdict) -> list[Grid]:
    claim = one.claim
    pairs = [
        ("claim", claim.text),
        ("verdict", one.verdict),
        ("claimed", one.claimed),
        ("library", shown(one.computed, claim.figure)),
        ("why", one.sentence),
        ("computation", claim.compute),
        ("condition", claim.holds),
        ("beside it", claim.beside),
        ("judged", claim.form),
    ]
    pairs += _origin_rows(one.computed)
    rows = tuple((name, text) for name, text in pairs if text)
    made = [Grid(claim.id, f"{claim.id}: {claim.text}", ("what", "text"), rows)]
    if one.steps:
        steps = tuple(
            (text, result, origin.source if origin else "", origin.vintage if origin else "", origin.grade)
            if origin
            else (text, result, "", "", "")
            for text, result, origin in one.steps
        )
        head = ("step", "gives", "source", "vintage", "grade")
        made.append(Grid(f"{claim.id}-steps", f"{claim.id}, step by step", head, steps))
    return made


def _origin_rows(computed: Quantity | None) -> list[tuple[str, str]]:
    origin = computed.origin if computed else None
    if origin is None:
        return []
    return [("source", origin.source), ("vintage", origin.vintage), ("grade", origin.grade)]


def quantity_record(one: Quantity | None, figure: str = "") -> dict[str, Any] | None:
    """A quantity for JSON: low and high of each reading, text, unit, source, vintage and grade."""
    if one is None:
        return None
    infinite = float("inf")
    spans = [
        {"low": float(low)} | ({"high": float(high)} if high != infinite else {}) for low, high in one.spans
    ]
    record: dict[str, Any] = {"readings": spans, "text": shown(one, figure), "unit": str(one.unit)}
    if one.value is not None:
        record["value"] = one.value
    if one.periods:
        record["periods"] = list(one.periods)
    if origin := one.origin:
        record |= origin.as_dict()
    return record


def _record(one: Verdict, detailed: bool) -> dict[str, Any]:
    claim = one.claim
    record: dict[str, Any] = {
        "id": claim.id,
        "claim": claim.text,
        "kind": claim.kind,
        "concept": claim.concept,
        "economy": claim.economy,
        "period": claim.period or None,
        "figure": float(claim.figure) if claim.figure else None,
        "unit": str(claim.unit) if claim.unit else None,
        "claimed": one.claimed or None,
        "form": claim.form,
        "verdict": one.verdict,
        "computed": quantity_record(one.computed, claim.figure),
        "beside": quantity_record(one.beside, claim.figure),
        "compute": claim.compute or None,
        "holds": claim.holds or None,
        "lacks": claim.lacks or None,
        "refused": list(one.refused) or None,
        "sentence": one.sentence,
    }
    if detailed:
        record["steps"] = [{"step": text, "gives": result} for text, result, _ in one.steps]
    return {name: value for name, value in record.items() if value is not None}


def _findings(verdicts: Sequence[Verdict]) -> tuple[Finding, ...]:
    found = [Finding("warning", one.claim.id, one.sentence) for one in verdicts if one.refused]
    graded = [one.claim.id for one in verdicts if _rests_on_assumption(one)]
    if graded:
        sentence = f"The verdict on {', '.join(graded)} rests on an assumption (grade C)."
        found.append(Finding("warning", "grade C", sentence))
    return tuple(found)


def _rests_on_assumption(one: Verdict) -> bool:
    origin = one.computed.origin if one.computed else None
    return origin is not None and origin.grade == "C" and one.verdict in (CONSISTENT, INCONSISTENT)


def _pictures(
    verdicts: Sequence[Verdict], counts: dict[str, int], story: str, vintage: str
) -> tuple[dict[str, Any], ...]:
    source = f"Library of creditor, newest release {vintage}" if vintage else "Library of creditor"
    pictures = []
    if len(verdicts) > 1:
        values = {name: float(count) for name, count in counts.items()}
        table = column("claims", "verdict", values, CLAIMS)
        pictures.append(bars("Claims by verdict", story, source, table, TONES))
    ratios, tones, titles, grades = {}, {}, {}, {}
    for one in verdicts:
        value = one.computed.value if one.computed else None
        counts_something = one.claim.unit is not None and one.claim.unit.measure == "count"  # such as a rank
        decided = one.verdict in (CONSISTENT, INCONSISTENT) and not counts_something
        if decided and value is not None and float(one.claim.figure or 0):
            ratio = 100 * value / float(one.claim.figure)
            ratios[one.claim.id] = ratio if ratio <= MOST else ABSENT
            tones[one.claim.id] = TONES[one.verdict]
            origin = one.computed.origin if one.computed else None
            grades[one.claim.id] = origin.grade if origin else "B"
            titles[one.claim.id] = f"{one.claim.id} {one.claim.text}"
    if ratios:
        table = column("percent of the claim", "claim", ratios, PERCENT, {}, titles)
        sentence = "What the library has in percent of what is claimed: 100 is the claim itself. "
        sentence += "Green agrees to the printed digits, red does not."
        pictures.append(bars("Claimed and computed", sentence, source, table, tones, grades))
    return tuple(pictures)


def _provenance(verdicts: Sequence[Verdict], figures: Figures) -> Provenance:
    origins = [q.origin for one in verdicts for q in (one.computed, one.beside) if q is not None]
    vintages = [origin.vintage for origin in origins if origin is not None]
    parts = [(library.ROOT / "claims" / "article.csv").read_bytes()]
    parts += [load_country(code).digest.encode() for code in sorted(figures.used)]
    return Provenance(newest(vintages), digest(parts))
