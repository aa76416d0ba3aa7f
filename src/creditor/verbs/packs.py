"""Owns optional packs in answers: what a text beside the regime says, kept apart from its verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from creditor.regimes.assess import Assessment
from creditor.regimes.packs import packs_with
from creditor.regimes.read import load_regime
from creditor.regimes.regime import Regime
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding

Found = tuple[Regime, Assessment]


def mark_of(rules: Regime) -> str:
    """What every answer of a pack says of its text; empty for a regime that is no pack.

    Examples
    --------
    >>> from creditor.regimes.read import load_regime
    >>> mark_of(load_regime("csrc_2026_1")), mark_of(load_regime("notice42"))
    ('not part of the notice', '')
    """
    return str(rules.about.get("mark", ""))


def title_of(rules: Regime) -> str:
    """The title of a text, with the mark of a pack.

    Examples
    --------
    >>> title_of(load_regime("csrc_2026_1")).endswith("(not part of the notice)")
    True
    """
    mark = mark_of(rules)
    return f"{rules.about['title']} ({mark})" if mark else str(rules.about["title"])


def passed_over(found: Assessment, rules: Regime, on: Sequence[str] = ()) -> list[Finding]:
    """A note on facts that no text which was assessed reads."""
    idle: dict[str, list[str]] = {}
    for fact in found.case.passed:
        for pack in packs_with(rules, fact):
            if pack not in on:
                idle.setdefault(pack, []).append(fact)
    return [
        Finding("note", pack, f"Not used, as this pack is off: {', '.join(facts)}.", mend=f"--pack {pack}")
        for pack, facts in idle.items()
    ]


def beside(answer: Answer, found: Sequence[Found], grids: Mapping[str, Sequence[Grid]]) -> Answer:
    """An answer with the assessments of packs after it; its own verdict stays as it is.

    Parameters
    ----------
    answer : Answer
        Of the regime.
    found : sequence of (Regime, Assessment)
        Of the packs.
    grids : mapping of str to sequence of Grid
        Tables of each pack, by its name.

    Returns
    -------
    Answer
        With ``packs`` in the payload, one entry each, marked as what it is.
    """
    if not found:
        return answer
    story, tables, entries = answer.story, list(answer.grids), []
    for pack, told in found:
        title, mark = pack.about["title"], mark_of(pack)
        words = told.verdict.replace("_", " ")
        articles = (
            f" ({', '.join(told.articles)})" if told.articles and told.verdict != "undetermined" else ""
        )
        reason = told.reason.partition(" In play:")[0]  # of a rule that may not hold
        story += f"\n\n{title}, {mark}: {words}. {reason}{articles}"
        tables += [
            replace(grid, name=f"{pack.name}_{grid.name}", title=f"{grid.title}: {pack.name}, {mark}")
            for grid in grids[pack.name]
        ]
        entries.append(pack_entry(pack, told))
    return replace(answer, story=story, grids=tuple(tables), payload={**answer.payload, "packs": entries})


def own_facts(pack: Regime, told: Assessment) -> list[Grid]:
    """The facts of a case that only the pack reads, as they were stated."""
    shared = load_regime(str(pack.about["pack_of"])).vocabulary.facts
    facts = pack.vocabulary.facts
    said = [(facts[f].title, text) for f, text in told.case.said.items() if f in facts and f not in shared]
    return [Grid("facts", "Facts", ("fact", "as stated"), tuple(said))] if said else []


def pack_entry(pack: Regime, told: Assessment) -> dict[str, Any]:
    """What a pack says of a case, for programs."""
    stamp = {key: pack.about[key] for key in ("title", "mark", "text_version", "in_force_from", "language")}
    return {"regime": pack.name, **stamp, "rules": pack.digest, **told.as_dict()}
