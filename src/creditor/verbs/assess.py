"""Owns the verb assess: may this be done, with articles, missing facts and what each would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Trouble
from creditor.regimes.assess import Assessment, assess_case
from creditor.regimes.casefile import case_of, read_case_file, read_case_table
from creditor.regimes.control import Control
from creditor.regimes.packs import require_packs
from creditor.regimes.read import load_regime
from creditor.regimes.regime import Regime
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance
from creditor.terms.suggest import mend_with
from creditor.verbs.packs import beside, mark_of, own_facts, pack_entry, passed_over
from creditor.verbs.words import counted

MEANING = {
    "prohibited": "Prohibited.",
    "requires_approval": "Not allowed until consent or approval is given.",
    "requires_filing": "Not allowed until consent is given or the filing is complete.",
    "permitted": "Permitted.",
    "not_covered": "Not covered: no provision applies.",
    "obligation": "A duty under this text.",
    "civil_risk": "Not banned as such; invalidity and loss are left to civil law.",
    "undetermined": "Undetermined.",
}


def assess(
    case: str | Path | Mapping[str, Any] | None = None,
    *,
    table: str | Path | None = None,
    regime: str = "notice42",
    without: Sequence[str] = (),
    packs: Sequence[str] = (),
) -> Answer:
    """Say whether an activity may be done.

    Parameters
    ----------
    case : path or mapping
        A TOML file, or facts by name: ``{"activity": "holding", "object": "e-CNY", ...}``.
    table : path
        A CSV of cases instead.
    regime : str
        A name of the library, or a folder.
    without : sequence of str
        Readings to switch off.
    packs : sequence of str
        Optional packs of the regime that are assessed beside it, such as ``csrc_2026_1``; none by default.

    Returns
    -------
    Answer
        Payload: verdict, articles, missing and the other fields of one case; for a table
        ``{"cases": [...]}`` in its order. With packs ``packs``, an entry for each.

    Raises
    ------
    InputError, MissingError
        R901 for fields and values that are not known, R905 for a case that contradicts itself, R906 for
        owners in a circle, R904 for a regime or reading that is not there.

    Examples
    --------
    >>> facts = {"activity": "fiat-virtual exchange", "object": "virtual_currency", "place": "domestic"}
    >>> assess(facts).payload["verdict"]
    'prohibited'
    """
    rules = load_regime(regime)
    check_readings(rules, without)
    if (case is None) == (table is None):
        mend = "give a case file, or a table with --csv"
        raise InputError(Trouble("U503", "assess", "one case or one table is needed", "", mend))
    beside_it = require_packs(rules, packs)
    if table is not None:
        return _many(rules, Path(table), without, beside_it)
    found, control = read(rules, case)
    answer = answer_of(rules, assess_case(rules, found, without), control, packs)
    return with_packs(answer, beside_it, case)


def with_packs(
    answer: Answer, packs: Sequence[Regime], case: str | Path | Mapping[str, Any] | None
) -> Answer:
    """An answer with what packs say of the same case; their limits stand first among its notes."""
    if not packs:
        return answer
    found = [(pack, assess_case(pack, read(pack, case)[0])) for pack in packs]
    notes = [Finding("note", pack.name, limits_of(pack)) for pack in packs]
    answer = replace(answer, findings=(*answer.findings, *notes))
    return beside(answer, found, {p.name: [*own_facts(p, told), *grids_of(p, told)] for p, told in found})


def read(rules: Regime, case: str | Path | Mapping[str, Any] | None) -> Any:
    """A case and its control test from a file or a mapping; troubles are raised."""
    if isinstance(case, Mapping):
        found, control = case_of(case, "case", rules)
        if found.troubles:
            raise InputError(found.troubles)
        return found, control
    return read_case_file(Path(str(case)), rules)


def check_readings(rules: Regime, without: Sequence[str]) -> None:
    """R904 for a reading that the regime does not have."""
    wrong = [name for name in without if name not in rules.readings]
    if wrong:
        raise InputError(
            Trouble("R904", "--without", f"no reading {name!r}", "", mend_with(name, rules.readings))
            for name in wrong
        )


def answer_of(
    rules: Regime, found: Assessment, control: Control | None = None, packs: Sequence[str] = ()
) -> Answer:
    """One assessment as an answer: story, provisions, questions, exceptions, limits; `packs` are those on."""
    payload = found.as_dict() | _stamp(rules)
    if control:
        payload["control"] = {"value": control.value, "chain": list(control.chain), "test": control.test}
    mark = mark_of(rules)
    return Answer(
        story=story_of(found) + (f" This text is {mark}." if mark else ""),
        grids=tuple(grids_of(rules, found, control)),
        findings=(*passed_over(found, rules, packs), *_findings(rules, found)),
        payload=payload,
        provenance=Provenance(library_hash=rules.digest),
        title=found.case.said.get("title", "") or f"May we do this? {rules.about['title']}",
    )


def story_of(found: Assessment) -> str:
    """One to three sentences."""
    articles = f" ({', '.join(found.articles)})" if found.articles else ""
    text = f"{MEANING[found.verdict]} {found.reason}{articles}"
    return text + (f" Authorities: {found.authorities}." if found.authorities else "")


def grids_of(rules: Regime, found: Assessment, control: Control | None = None) -> list[Grid]:
    """Tables of provisions, of what is missing, of exceptions, of the control test."""
    grids = []
    named = [p for p in rules.provisions.values() if p.article in (*found.articles, *found.also)]
    if named:
        rows = [
            (p.article, "decides" if p.article in found.articles else "see also", p.statement, p.statement_zh)
            for p in sorted(named, key=lambda p: p.article not in found.articles)
        ]
        grids.append(
            Grid("provisions", "Provisions", ("article", "role", "in our words", "中文"), tuple(rows))
        )
    if found.questions:
        answers = tuple(
            (q.shown, q.question, " or ".join(values), " or ".join(verdicts))
            for q in found.questions
            for values, verdicts in q.gives
        )
        columns = ("missing", "question", "if it is", "the verdict can be")
        grids.append(Grid("missing", "What is missing, and what each answer would change", columns, answers))
    if found.exceptions:
        tried = tuple(
            (e.exception, e.against, e.gives, e.state, ", ".join(e.lacking or e.unknown))
            for e in found.exceptions
        )
        heads = ("exception", "to", "gives", "state", "what stands in its way")
        grids.append(Grid("exceptions", "Exceptions considered", heads, tried))
    if control:
        row = (control.value, " < ".join(control.chain), control.reason, control.test)
        columns = ("control", "chain", "because", "test")
        grids.append(Grid("control", "Control from the mainland", columns, (row,)))
    return grids


def _findings(rules: Regime, found: Assessment) -> list[Finding]:
    notes = []
    if found.text_followed:
        sentence = f"Where the printed English and the Chinese differ, this follows: {found.text_followed}."
        notes.append(Finding("note", "text", sentence))
    if found.confidence != "high":
        sentence = (
            f"Confidence is {found.confidence}: a reading, a slip of the translation or an open term decides."
        )
        notes.append(Finding("note", "confidence", sentence))
    if not found.complete:
        sentence = "Too many facts are missing to try every combination; all open facts are named."
        notes.append(Finding("warning", "missing", sentence))
    return [*notes, Finding("note", rules.name, limits_of(rules))]


def limits_of(rules: Regime) -> str:
    """Version, language and limits in one paragraph.

    Examples
    --------
    >>> "Not legal advice" in limits_of(load_regime("eu_3_60"))
    True
    """
    about = rules.about
    version = f"{about['title']}; {about['text_version']}; in force from {about['in_force_from']}."
    return f"{version} {about['language']} {about['limits']}"


def _stamp(rules: Regime) -> dict[str, Any]:
    about = rules.about
    return {
        "regime": rules.name,
        "text_version": about["text_version"],
        "in_force_from": about["in_force_from"],
        "language": about["language"],
        "rules": rules.digest,
    }


def _many(rules: Regime, path: Path, without: Sequence[str], packs: Sequence[Regime] = ()) -> Answer:
    cases = read_case_table(path, rules)
    found = [assess_case(rules, case, without) for case in cases]
    counts: dict[str, int] = {}
    for entry in found:
        counts[entry.verdict] = counts.get(entry.verdict, 0) + 1
    words = ", ".join(
        f"{number} {verdict}" for verdict, number in sorted(counts.items(), key=lambda i: -i[1])
    )
    rows = tuple(
        (e.case.name, e.verdict, "; ".join(e.articles), "; ".join(e.missing), e.confidence, e.reason)
        for e in found
    )
    columns = ("id", "verdict", "articles", "missing", "confidence", "reason")
    grids = [Grid("cases", f"Cases under {rules.about['title']}", columns, rows)]
    entries = [entry.as_dict() for entry in found]
    for pack in packs:
        told = [assess_case(pack, case) for case in read_case_table(path, pack)]
        grids.append(_pack_cases(pack, told))
        for fields, one in zip(entries, told, strict=True):
            fields.setdefault("packs", []).append(pack_entry(pack, one))
    findings = [
        Finding("warning", t.where, t.what, t.why, t.mend, t.code)
        for entry in found
        for t in entry.case.troubles
    ]
    return Answer(
        story=f"{counted(len(found), 'case')}: {words}.",
        grids=tuple(grids),
        findings=(*findings, *(Finding("note", r.name, limits_of(r)) for r in (rules, *packs))),
        payload={"cases": entries},
        provenance=Provenance(library_hash=rules.digest),
    )


def _pack_cases(pack: Regime, found: Sequence[Assessment]) -> Grid:
    """The cases of a table under a pack, marked as what it is."""
    rows = tuple((e.case.name, e.verdict, "; ".join(e.articles), "; ".join(e.missing)) for e in found)
    title = f"Cases under {pack.about['title']}, {mark_of(pack)}"
    return Grid(f"{pack.name}_cases", title, ("id", "verdict", "articles", "missing"), rows)
