"""Owns the compilation of a regime: derived facts in order, rules with their exceptions, one list of bits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from creditor.errors import InputError, Trouble, Troubles
from creditor.regimes.conditions import Compiler, Condition
from creditor.regimes.regime import CONFIDENCE, RANK, Derived, Effect, Lead, Provision, Reading, Regime, Rule
from creditor.regimes.vocabulary import Fact, Vocabulary
from creditor.terms.suggest import mend_with

BOTH = ("no", "yes")


def build(
    name: str,
    about: Mapping[str, Any],
    vocabulary: Vocabulary,
    provisions: Mapping[str, Provision],
    readings: Mapping[str, Reading],
    digest: str,
) -> Regime:
    """Compile a regime.

    Raises
    ------
    InputError
        R902 for conditions that cannot be read, R903 for rules that cannot be used; all at once.

    Examples
    --------
    >>> from creditor.regimes.read import load_regime
    >>> len(load_regime("notice42").provisions)
    86
    """
    derived = list(about["derived"])
    whole = _whole(vocabulary, readings, derived)
    facts = whole.facts
    base = [fact for fact in facts if fact not in derived and facts[fact].values]
    compiler = Compiler(whole, {fact: place for place, fact in enumerate([*base, *derived])})
    troubles = Troubles()
    definitions = _definitions(about["definitions"], provisions, compiler, troubles, name)
    rules = _rules(provisions, compiler, troubles, name)
    guard = _compile(compiler, about.get("guard", ""), f"{name}, guard", troubles)
    effects = _effects(provisions, compiler, troubles, name)
    leads = []
    for entry in about.get("lead", ()):
        when = _compile(compiler, entry["when"], f"{name}, lead", troubles)
        leads += [Lead(when, entry["authorities"])] if when else []
    no_case = [
        (_compile(compiler, text, f"{name}, contradiction", troubles), sentence)
        for text, sentence in vocabulary.contradictions
    ]
    troubles.raise_if_any()
    ordered = _ordered(derived, definitions, compiler, name)
    contradictions = tuple((condition, sentence) for condition, sentence in no_case if condition)
    return Regime(
        name,
        about,
        whole,
        provisions,
        readings,
        tuple(sorted(rules, key=lambda rule: -rule.rank)),
        tuple(effects),
        tuple(leads),
        ordered,
        compiler.slots,
        compiler,
        guard,
        contradictions,
        digest,
    )


def _whole(vocabulary: Vocabulary, readings: Mapping[str, Reading], derived: list[str]) -> Vocabulary:
    """The vocabulary with a fact for each reading, which holds unless switched off, and each derived one."""
    facts = dict(vocabulary.facts)
    for reading in readings.values():
        key = f"reading_{reading.name}"
        facts.setdefault(key, Fact(key, BOTH, f"reading:{reading.name}", reading.statement, default="yes"))
    for fact in derived:
        facts.setdefault(fact, Fact(fact, BOTH, fact))
    return replace(vocabulary, facts=facts)


def _compile(compiler: Compiler, text: str, where: str, troubles: Troubles) -> Condition | None:
    if not text:
        return None
    try:
        return compiler.compile(" ".join(text.split()), where)
    except InputError as error:
        troubles.items += error.troubles
        return None


def _definitions(
    shared: Iterable[Mapping[str, Any]],
    provisions: Mapping[str, Provision],
    compiler: Compiler,
    troubles: Troubles,
    name: str,
) -> dict[str, list[tuple[Condition, str]]]:
    """Conditions of each derived fact with their provision, those that no provision owns first."""
    found: dict[str, list[tuple[Condition, str]]] = {}
    owned = [(p.id, entry) for p in provisions.values() for entry in p.definitions]
    for owner, entry in [*(("", entry) for entry in shared), *owned]:
        where = f"{name}, {owner or 'definitions'}, definition of {entry['fact']}"
        condition = _compile(compiler, entry["when"], where, troubles)
        if condition:
            found.setdefault(str(entry["fact"]), []).append((condition, owner))
    return found


def _effects(
    provisions: Mapping[str, Provision], compiler: Compiler, troubles: Troubles, name: str
) -> list[Effect]:
    effects = []
    for provision in provisions.values():
        for entry in provision.effects:
            when = _compile(compiler, entry["when"], f"{name}, effect of {provision.id}", troubles)
            effects += [Effect(provision.id, tuple(entry["verdicts"]), when)] if when else []
    return effects


def _rules(
    provisions: Mapping[str, Provision], compiler: Compiler, troubles: Troubles, name: str
) -> list[Rule]:
    rules = []
    for provision in provisions.values():
        for number, entry in enumerate(provision.rules, start=1):
            label = provision.id if len(provision.rules) == 1 else f"{provision.id}.{number}"
            where = f"{name}, rule {label}"
            verdict, confidence = entry["verdict"], entry.get("confidence", "high")
            for value, known, what in ((verdict, RANK, "verdict"), (confidence, CONFIDENCE, "confidence")):
                if value not in known:
                    troubles.add("R903", where, f"{what} {value!r}", "", mend_with(value, known))
            condition = _compile(compiler, entry["when"], where, troubles)
            if condition is None or verdict not in RANK:
                continue
            cites = tuple(entry.get("cites", ()))
            rules.append(
                Rule(
                    label,
                    provision.id,
                    condition,
                    verdict,
                    cites if entry.get("aside") else tuple(dict.fromkeys([provision.id, *cites])),
                    tuple(entry.get("also", ())),
                    tuple(entry.get("defeats", ())),
                    confidence,
                    entry.get("reason", ""),
                    tuple(entry.get("conditions", ())),
                    entry.get("authorities", provision.authorities),
                    entry.get("consequence", ""),
                    bool(entry.get("spared", False)),
                )
            )
    return rules


def _ordered(
    derived: list[str], definitions: dict[str, list[tuple[Condition, str]]], compiler: Compiler, name: str
) -> tuple[Derived, ...]:
    """Derived facts after those that they read; R903 for a circle."""
    place = {compiler.slots[fact]: fact for fact in derived}
    done: dict[str, Derived] = {}

    def visit(fact: str, trail: tuple[str, ...]) -> None:
        if fact in trail:
            ring = " -> ".join([*trail[trail.index(fact) :], fact])
            why, mend = "a fact cannot follow from itself", "take one of the definitions out"
            raise InputError(Trouble("R903", name, f"definitions go round: {ring}", why, mend))
        if fact in done:
            return
        pairs = definitions.get(fact, [])
        for condition, _ in pairs:
            for slot in condition.reads:
                if slot in place:
                    visit(place[slot], (*trail, fact))
        conditions, owners = tuple(c for c, _ in pairs), tuple(o for _, o in pairs)
        done[fact] = Derived(fact, compiler.slots[fact], conditions, owners)

    for fact in derived:
        visit(fact, ())
    return tuple(done.values())
