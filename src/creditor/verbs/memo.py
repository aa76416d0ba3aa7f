"""Owns the verb memo: an assessment as a note that a lawyer could read, with its limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from creditor.regimes.assess import Assessment, assess_case
from creditor.regimes.packs import require_packs
from creditor.regimes.read import load_regime
from creditor.regimes.regime import Regime
from creditor.regimes.wording import article_number, wording_of
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.verbs.assess import answer_of, check_readings, read, with_packs

LICENCES = {
    "none": "not held",
    "held": "held",
    "filed": "filing complete",
    "": "not stated",
}
ABROAD = ("XIII", "XIV", "XV")
SENTENCE = "CSRC Announcement [2026] No. 1 of the same day is not part of this notice and was not assessed."
ANNOUNCEMENT = "csrc_2026_1"
ASSESSED = "CSRC Announcement [2026] No. 1 of the same day is not part of this notice; it was assessed apart."


def memo(
    case: str | Path | Mapping[str, Any],
    *,
    regime: str = "notice42",
    text: str | Path | None = None,
    without: Sequence[str] = (),
    packs: Sequence[str] = (),
) -> Answer:
    """Write an assessment as a memo.

    Parameters
    ----------
    case : path or mapping
        As for `assess`.
    regime : str
    text : path
        The full wording, supplied by the user; cited articles are shown from it.
    without : sequence of str
        Readings to switch off.
    packs : sequence of str
        Optional packs of the regime, such as ``csrc_2026_1``; none by default.

    Returns
    -------
    Answer
        Short answer, facts, provisions, licences at home and abroad, open points, limits; the payload is
        that of `assess`.

    Examples
    --------
    >>> memo({"activity": "holding", "object": "e-CNY", "actor_type": "natural person"}).grids[0].name
    'facts'
    """
    rules = load_regime(regime)
    check_readings(rules, without)
    chosen = require_packs(rules, packs)
    found_case, control = read(rules, case)
    found = assess_case(rules, found_case, without)
    answer = answer_of(rules, found, control, packs)
    grids = [
        _facts(rules, found),
        *answer.grids,
        *_phrases(rules, found),
        *_licences(found),
        *_checklist(found),
    ]
    if text is not None:
        grids.append(_wording(rules, found, Path(text)))
    findings = list(answer.findings)
    if ANNOUNCEMENT in packs:
        findings.insert(0, Finding("note", "announcement", ASSESSED))
    elif any(article.startswith(ABROAD) for article in found.articles):
        findings.insert(0, Finding("warning", "announcement", SENTENCE))
    for name in without:
        sentence = f"Without the reading: {rules.readings[name].statement}"
        findings.insert(0, Finding("note", f"reading {name}", sentence))
    title = found_case.said.get("title") or f"Memo: {found_case.name or 'may this be done?'}"
    answer = replace(answer, title=title, grids=tuple(grids), findings=tuple(findings))
    return with_packs(answer, chosen, case)


def _facts(rules: Regime, found: Assessment) -> Grid:
    facts = rules.vocabulary.facts
    rows = [(facts[name].title, text) for name, text in found.case.said.items() if name in facts]
    if found.case.said.get("extra"):
        rows.append(("Notes", found.case.said["extra"]))
    note = "As stated by the client; nothing was verified. What is not stated is unknown, not absent."
    return Grid("facts", "Facts", ("fact", "as stated"), tuple(rows), note)


def _licences(found: Assessment) -> list[Grid]:
    """Home and host licences in one table, for activities abroad."""
    said = found.case.said
    if said.get("place") != "overseas" and said.get("actor_place") != "overseas":
        return []
    host = "held" if "host licence held" in said.get("extra", "") else "not stated"
    home = LICENCES.get(said.get("consent", ""), said.get("consent", "not stated"))
    arm = said.get("actor_type", "").startswith("overseas")
    rows = [
        ("mainland China", found.authorities or "–", "not stated" if arm else home),
        ("host country", "host supervisor, under its own law", home if arm and host != "held" else host),
    ]
    note = "A licence of the host country is no consent at home, and the other way round."
    return [
        Grid("licences", "Licences at home and abroad", ("where", "authority", "state"), tuple(rows), note)
    ]


def _phrases(rules: Regime, found: Assessment) -> list[Grid]:
    """Key phrases of the deciding provisions, and where the translation differs from the Chinese."""
    rows = []
    for provision in rules.provisions.values():
        if provision.article in found.articles:
            rows.append((provision.article, "key phrase", f"“{provision.key_phrase}”"))
            if provision.slip:
                text = f"{provision.slip} Followed: the {provision.follows}."
                rows.append((provision.article, "slip of the translation", text))
    return [Grid("phrases", "The text", ("article", "what", "text"), tuple(rows))] if rows else []


def _checklist(found: Assessment) -> list[Grid]:
    """What stays to be done."""
    rows = [("condition", condition) for condition in found.conditions]
    rows += [("find out", question.question) for question in found.questions]
    rows += [("consequence", found.consequence)] if found.consequence else []
    return [Grid("points", "Open points and consequences", ("kind", "what"), tuple(rows))] if rows else []


def _wording(rules: Regime, found: Assessment, path: Path) -> Grid:
    wording = wording_of(path)
    cited = [p.id for p in rules.provisions.values() if p.article in found.articles]
    rows, shown = [], set()
    for identifier in cited:
        number = article_number(rules, identifier)
        name = rules.provisions[identifier].article.partition("(")[0]
        if number not in shown:
            shown.add(number)
            rows.append((name, wording.get(number, "not in the text that was supplied")))
    return Grid("wording", f"Wording, from {path.name}", ("article", "text"), tuple(rows), "As supplied.")
