"""Owns the verbs on regimes: which there are, what one says, how far its cases cover it, how two differ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from creditor.regimes.assess import assess_case
from creditor.regimes.casefile import case_of
from creditor.regimes.coverage import cases_of, coverage_of
from creditor.regimes.packs import packs_of
from creditor.regimes.read import load_regime, regime_names, require
from creditor.regimes.regime import Provision, Regime
from creditor.regimes.wording import article_number, wording_of
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance
from creditor.verbs.assess import limits_of
from creditor.verbs.packs import mark_of, title_of
from creditor.verbs.words import counted


def regime_list() -> Answer:
    """List the regimes of the library.

    Examples
    --------
    >>> "notice42" in [entry["regime"] for entry in regime_list().payload["regimes"]]
    True
    """
    loaded = [load_regime(name) for name in regime_names()]
    rows = tuple((r.name, title_of(r), str(r.about["in_force_from"]), str(len(r.provisions))) for r in loaded)
    columns = ("regime", "title", "in force from", "provisions")
    entries = [
        {"regime": r.name, "title": r.about["title"], "in_force_from": r.about["in_force_from"],
         "text_version": r.about["text_version"], "provisions": len(r.provisions),
         **({"pack_of": r.about["pack_of"], "mark": mark_of(r)} if mark_of(r) else {})}
        for r in loaded
    ]  # fmt: skip
    story = f"{counted(len(loaded), 'regime')} in the library."
    return Answer(story, grids=(Grid("regimes", "Regimes", columns, rows),), payload={"regimes": entries})


def regime_show(name: str, article: str = "", text: str | Path | None = None) -> Answer:
    """Show the provisions of a regime in our own words, with rules and notes.

    Parameters
    ----------
    name : str
    article : str
        Only this article (``XIV``) or provision (``XIV(b)``).
    text : path
        The full wording, supplied by the user; it is shown by article.

    Raises
    ------
    MissingError, InputError
        R904 for a regime or article that is not there.

    Examples
    --------
    >>> len(regime_show("notice42", "XIV").payload["provisions"])
    5
    """
    rules = load_regime(name)
    chosen = _chosen(rules, article)
    rows = tuple((p.article, p.modality, p.statement, p.statement_zh) for p in chosen)
    grids = [Grid("provisions", "Provisions", ("article", "kind", "in our words", "中文"), rows)]
    details = tuple(row for p in chosen for row in _details(rules, p))
    if article and details:
        grids.append(Grid("rules", "Rules and notes", ("article", "what", "text"), details))
    if text is not None:
        wording = wording_of(Path(text))
        numbers = dict.fromkeys((article_number(rules, p.id), p.article.partition("(")[0]) for p in chosen)
        shown = tuple((name, wording.get(number, "not in this text")) for number, name in numbers)
        grids.append(Grid("wording", f"Wording, from {Path(text).name}", ("article", "text"), shown))
    readings = tuple((r.name, r.statement, r.statement_zh) for r in rules.readings.values())
    if readings and not article:
        note = "Our own interpretation; --without NAME turns one into a question."
        grids.append(Grid("readings", "Readings", ("name", "in our words", "中文"), readings, note))
    payload = {
        "regime": rules.name,
        "text_version": rules.about["text_version"],
        "in_force_from": rules.about["in_force_from"],
        "provisions": [_entry(rules, p) for p in chosen],
    }
    findings = (Finding("note", rules.name, limits_of(rules)),)
    story = f"{title_of(rules)}: {counted(len(chosen), 'provision')}."
    return Answer(
        story, grids=tuple(grids), findings=findings, payload=payload, provenance=_provenance(rules)
    )


def _chosen(rules: Regime, article: str) -> list[Provision]:
    if not article:
        return list(rules.provisions.values())
    whole = [
        p for p in rules.provisions.values() if p.article.partition("(")[0].casefold() == article.casefold()
    ]
    return whole or [require(rules, article, "--article")]


def _details(rules: Regime, provision: Provision) -> list[tuple[str, str, str]]:
    rows = [(provision.article, "key phrase", f"“{provision.key_phrase}”")] if provision.key_phrase else []
    for rule in rules.rules:
        if rule.provision == provision.id:
            rows.append((provision.article, rule.verdict, f"{rule.reason} When: {rule.when.text}"))
    if provision.slip:
        rows.append((provision.article, "slip", f"{provision.slip} Followed: the {provision.follows}."))
    if provision.listed:
        rows.append((provision.article, "no rule", provision.listed))
    if provision.source:
        read = [rules.about["sources"][name.strip()] for name in provision.source.split(",")]
        told = "; ".join(f"{entry['publisher']}, {entry['date']}, {entry['url']}" for entry in read)
        rows.append((provision.article, f"read in, confidence {provision.confidence}", told))
    return rows


def _entry(rules: Regime, p: Provision) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": p.id,
        "article": p.article,
        "modality": p.modality,
        "statement": p.statement,
        "statement_zh": p.statement_zh,
        "key_phrase": p.key_phrase,
        "authorities": p.authorities,
        "slip": p.slip,
        "follows": p.follows,
        "listed": p.listed,
        "source": p.source,
        "confidence": p.confidence,
    }
    own = [rule for rule in rules.rules if rule.provision == p.id]
    kept = {key: value for key, value in fields.items() if value}
    return kept | {
        "rules": [
            {"name": r.name, "when": r.when.text, "verdict": r.verdict, "confidence": r.confidence}
            for r in own
        ]
    }


def regime_coverage(name: str = "notice42") -> Answer:
    """Say of every provision whether a rule decides by it, and which case fails without that rule.

    Parameters
    ----------
    name : str

    Returns
    -------
    Answer
        Exit code 1 where a provision has neither a rule with a failing case nor a reason.

    Examples
    --------
    >>> regime_coverage("eu_3_60").exit_code
    0
    """
    rules = load_regime(name)
    story, grid, payload, wrong = _covered(rules)
    grids, apart = [grid], []
    for pack in map(load_regime, packs_of(rules.name)):
        told, table, entry, faults = _covered(pack)
        mark = mark_of(pack)
        story += f" Apart from it, {pack.name}, {mark}: {told}"
        grids.append(
            replace(table, name=f"{pack.name}_coverage", title=f"{table.title}: {pack.name}, {mark}")
        )
        apart.append({"mark": mark, **entry})
        wrong += faults
    return Answer(
        story,
        grids=tuple(grids),
        findings=tuple(wrong),
        payload=payload | ({"packs": apart} if apart else {}),
        provenance=_provenance(rules),
        exit_code=1 if wrong else 0,
    )


def _covered(rules: Regime) -> tuple[str, Grid, dict[str, Any], list[Finding]]:
    """Coverage of one text: in a sentence, as a table, for programs, and what is wrong with it."""
    cases = cases_of(rules)
    wrong = [
        Finding("fault", e.case.name, sentence)
        for e in cases
        for sentence in e.differences(assess_case(rules, e.case))
    ]
    rows = coverage_of(rules, cases)
    tested = [row for row in rows if row.executable and row.case]
    listed = [row for row in rows if not row.executable and row.listed]
    open_ = [row for row in rows if row not in tested and row not in listed]
    wrong += [
        Finding("fault", row.article, "No case fails without it, and no reason is given.") for row in open_
    ]
    heads = ("article", "rule", "case that fails without it", "reason where there is none")
    lines = tuple((r.article, "yes" if r.executable else "no", r.case, r.listed) for r in rows)
    story = (
        f"{len(tested)} of {counted(len(rows), 'provision')} have an executable rule and a case that fails "
    )
    story += f"without it, of {counted(len(cases), 'case')}; {len(listed)} are listed with a reason."
    payload = {
        "regime": rules.name,
        "provisions": len(rows),
        "executable": len(tested),
        "listed": len(listed),
        "cases": len(cases),
        "rows": [
            {"article": r.article, "executable": r.executable, "case": r.case, "listed": r.listed}
            for r in rows
        ],
    }
    return story, Grid("coverage", "Coverage", heads, lines), payload, wrong


def regime_diff(before: str, after: str) -> Answer:
    """Say how two regimes, or two versions of one, differ: provisions, rules, and verdicts of their cases.

    Parameters
    ----------
    before, after : str
        Names of the library, or folders.

    Returns
    -------
    Answer
        Exit code 1 where they differ.

    Examples
    --------
    >>> regime_diff("notice42", "notice42").exit_code
    0
    """
    one, other = load_regime(before), load_regime(after)
    changes: list[tuple[str, str, str, str]] = []
    for key in dict.fromkeys([*one.provisions, *other.provisions]):
        changes += _changed(one.provisions.get(key), other.provisions.get(key), one, other)
    verdicts = []
    if set(one.vocabulary.columns) == set(other.vocabulary.columns):
        for entry in cases_of(one, None if (one.name == before) else Path(before)):
            first = assess_case(one, entry.case)
            second = assess_case(other, case_of(entry.case.said, entry.case.where, other)[0])
            if first.verdict != second.verdict:
                verdicts.append((entry.case.name, first.verdict, second.verdict, "; ".join(second.articles)))
    grids = []
    if changes:
        columns = ("provision", "what", "before", "after")
        grids.append(Grid("changes", "Changes", columns, tuple(changes)))
    if verdicts:
        columns = ("case", "before", "after", "articles after")
        grids.append(Grid("verdicts", "Cases with another verdict", columns, tuple(verdicts)))
    story = f"{counted(len(changes), 'change')} of provisions and rules; "
    story += f"{counted(len(verdicts), 'case')} with another verdict."
    keys = ("provision", "what", "before", "after")
    payload = {
        "changes": [dict(zip(keys, row, strict=True)) for row in changes],
        "verdicts": [dict(zip(("case", "before", "after", "articles"), v, strict=True)) for v in verdicts],
    }
    return Answer(story, grids=tuple(grids), payload=payload, exit_code=1 if changes or verdicts else 0)


def _changed(
    one: Provision | None, other: Provision | None, first: Regime, second: Regime
) -> list[tuple[str, str, str, str]]:
    if one is None or other is None:
        there = one or other
        assert there
        state = ("there", "–") if one else ("–", "there")
        return [(there.article, "provision", *state)]
    changes = []
    for name in ("statement", "statement_zh", "modality", "key_phrase", "listed"):
        if getattr(one, name) != getattr(other, name):
            changes.append((one.article, name, getattr(one, name), getattr(other, name)))
    rules = [{r.name: r for r in g.rules if r.provision == one.id} for g in (first, second)]
    for name in dict.fromkeys([*rules[0], *rules[1]]):
        texts = [
            f"{side[name].verdict} when {side[name].when.text}" if name in side else "–" for side in rules
        ]
        if texts[0] != texts[1]:
            changes.append((one.article, f"rule {name}", texts[0], texts[1]))
    return changes


def _provenance(rules: Regime) -> Provenance:
    return Provenance(library_hash=rules.digest)
