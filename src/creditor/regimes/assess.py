"""Owns the assessment: verdict, articles, what is missing and what each value would give, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from creditor.regimes.cases import Case
from creditor.regimes.decide import Decision, Tree, possible, slots_of, strictest
from creditor.regimes.read import machine_of
from creditor.regimes.regime import CONFIDENCE, ORDER, RANK, UNDETERMINED, Regime, Rule
from creditor.regimes.vocabulary import NO, YES


@dataclass(frozen=True, slots=True)
class Question:
    """A fact on which the verdict depends, and the verdicts that each of its values can lead to."""

    fact: str
    shown: str
    question: str
    gives: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """An exception that was considered: whether it holds, and what stands in its way."""

    exception: str
    against: str
    gives: str
    state: str
    lacking: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """What a regime says of a case.

    Parameters
    ----------
    case : Case
    verdict : str
        One of `creditor.regimes.regime.ORDER`, or ``undetermined``.
    articles : list of str
        Printed articles that decide or are in play, in the order of the text.
    missing : list of str
        Names of facts and questions on which the verdict depends.
    questions : tuple of Question
        The same with what each value would give.
    """

    case: Case
    verdict: str
    articles: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    questions: tuple[Question, ...] = ()
    authorities: str = ""
    consequence: str = ""
    conditions: tuple[str, ...] = ()
    confidence: str = "high"
    reason: str = ""
    text_followed: str = ""
    exceptions: tuple[Tried, ...] = ()
    rules: tuple[str, ...] = ()
    complete: bool = True

    def as_dict(self) -> dict[str, Any]:
        """The fields of the table of cases, with the useful ones beside them."""
        fields: dict[str, Any] = {
            "id": self.case.name,
            "verdict": self.verdict,
            "articles": self.articles,
            "missing": self.missing,
            "authorities": self.authorities,
            "consequence": self.consequence,
            "confidence": self.confidence,
            "also": self.also,
            "text_followed": self.text_followed,
            "reason": self.reason,
        }
        if self.questions:
            fields["would_give"] = {
                q.shown if q.shown == q.fact else f"{q.shown} ({q.fact})": {
                    " | ".join(values): list(verdicts) for values, verdicts in q.gives
                }
                for q in self.questions
            }
        if self.conditions:
            fields["conditions"] = list(self.conditions)
        if self.exceptions:
            fields["exceptions"] = [tried_as_dict(tried) for tried in self.exceptions]
        return fields


def tried_as_dict(tried: Tried) -> dict[str, Any]:
    """An exception for JSON, without empty fields."""
    fields = ("exception", "against", "gives", "state")
    entry: dict[str, Any] = {name: getattr(tried, name) for name in fields}
    entry |= {"lacking": list(tried.lacking)} if tried.lacking else {}
    return entry | ({"unknown": list(tried.unknown)} if tried.unknown else {})


def assess_case(regime: Regime, case: Case, without: Sequence[str] = ()) -> Assessment:
    """Assess one case; of several activities the strictest verdict stands.

    Parameters
    ----------
    regime : Regime
    case : Case
    without : sequence of str
        Readings that are switched off; where one matters the answer is undetermined and names it.

    Returns
    -------
    Assessment

    Examples
    --------
    >>> from creditor.regimes.cases import read_case
    >>> from creditor.regimes.read import load_regime
    >>> row = {"activity": "holding", "object": "e-CNY", "actor_type": "natural person"}
    >>> regime = load_regime("notice42")
    >>> assess_case(regime, read_case(regime, row, "case")).verdict
    'not_covered'
    """
    if case.contradicts:
        reasons = "; ".join(trouble.what for trouble in case.troubles if trouble.code == "R905")
        return Assessment(case, UNDETERMINED, missing=["case"], confidence="low", reason=f"{reasons}.")
    machine = machine_of(regime)
    decisions = [machine.decide(_switched(regime, bits, without)) for bits in case.parts]
    complete = all(decision.complete for decision in decisions)
    tree = _combined(decisions, complete)
    verdict = tree if isinstance(tree, str) else UNDETERMINED
    deciding = _deciding(decisions, verdict)
    questions = () if verdict != UNDETERMINED else _questions(regime, tree, decisions)
    cited = [identifier for rule in deciding for identifier in rule.cites]
    articles = regime.sorted_articles(cited)
    first = max(deciding, key=lambda rule: rule.rank, default=None)
    follows = [regime.provisions[key] for key in dict.fromkeys(cited) if key in regime.provisions]
    return Assessment(
        case,
        verdict,
        articles,
        [a for a in regime.sorted_articles(_also(regime, decisions, verdict, deciding)) if a not in articles],
        list(dict.fromkeys(question.shown for question in questions)),
        questions,
        _authorities(regime, decisions, deciding, verdict),
        _consequence(regime, verdict, deciding),
        first.conditions if first and verdict == first.verdict else (),
        _confidence(deciding, verdict),
        _reason(verdict, first, questions),
        "; ".join(f"{p.article}: the {p.follows}" for p in follows if p.follows),
        tuple(_tried(regime, decisions)),
        tuple(dict.fromkeys(rule.name for rule in deciding)),
        complete,
    )


def _combined(decisions: Sequence[Decision], complete: bool) -> Tree:
    """The strictest of all activities; a ban stands whatever the others are."""
    if any(decision.tree == ORDER[-1] for decision in decisions):
        return ORDER[-1]
    if not complete:
        return next(decision.tree for decision in decisions if not decision.complete)
    tree: Tree = decisions[0].tree
    for decision in decisions[1:]:
        tree = strictest(tree, decision.tree)
    return tree


def _switched(regime: Regime, bits: Sequence[int], without: Sequence[str]) -> Sequence[int]:
    if not without:
        return bits
    changed = list(bits)
    for name in without:
        changed[regime.slots[f"reading_{name}"]] = YES | NO
    return changed


def _deciding(decisions: Sequence[Decision], verdict: str) -> list[Rule]:
    """Rules that give the verdict, or for an open one those that give any."""
    played = list({rule.name: rule for decision in decisions for rule in decision.played}.values())
    if verdict != UNDETERMINED:
        return [rule for rule in played if rule.verdict == verdict]
    return played


def _questions(regime: Regime, tree: Tree, decisions: Sequence[Decision]) -> tuple[Question, ...]:
    machine = machine_of(regime)
    whole = all(decision.complete for decision in decisions)
    slots = slots_of(tree) if whole else {slot for decision in decisions for slot in decision.asked}
    names = {slot: name for name, slot in regime.slots.items()}
    found = []
    for slot in sorted(slots):
        fact = regime.vocabulary.facts.get(names[slot])
        groups: dict[tuple[str, ...], int] = {}
        for group in machine.classes[slot]:
            bits = decisions[0].bits[slot] & group
            if bits and whole:
                verdicts = tuple(sorted(possible(tree, slot, bits), key=lambda v: -RANK.get(v, -1)))
                groups[verdicts] = groups.get(verdicts, 0) | bits
        if fact:
            gives = tuple((fact.names(bits), verdicts) for verdicts, bits in groups.items())
            found.append(Question(fact.name, fact.shown, fact.question or f"{fact.title}?", gives))
        else:
            words = {NO: ("no",), YES: ("yes",)}
            gives = tuple((words.get(bits, ("no", "yes")), verdicts) for verdicts, bits in groups.items())
            found.append(Question(names[slot], names[slot], f"Is {names[slot]}?", gives))
    return tuple(found)


def _also(regime: Regime, decisions: Sequence[Decision], verdict: str, deciding: Sequence[Rule]) -> list[str]:
    found = [identifier for rule in deciding for identifier in rule.also]
    for decision in decisions:
        for rule in decision.holding:
            found += rule.cites if rule.rank > 0 else ()
        for effect in regime.effects:
            if verdict in effect.verdicts and effect.when.test(decision.bits) != NO:
                found.append(effect.provision)
    return found


def _authorities(
    regime: Regime, decisions: Sequence[Decision], deciding: Sequence[Rule], verdict: str
) -> str:
    named = dict.fromkeys(rule.authorities for rule in deciding if rule.authorities)
    if named or verdict == "not_covered":
        return _joined(named)
    leads = [
        lead.authorities
        for lead in regime.leads
        if any(lead.when.test(decision.bits) != NO for decision in decisions)
    ]
    return _joined(leads)


def _joined(texts: Iterable[str]) -> str:
    """Authorities of several rules, each once."""
    return "; ".join(dict.fromkeys(part.strip() for text in texts for part in text.split(";")))


def _consequence(regime: Regime, verdict: str, deciding: Sequence[Rule]) -> str:
    if verdict == UNDETERMINED:
        return ""
    own = list(dict.fromkeys(rule.consequence for rule in deciding if rule.consequence))
    general = regime.about.get("consequences", {}).get(verdict, "")
    return "; ".join([*([general] if general else []), *own])


def _confidence(deciding: Sequence[Rule], verdict: str) -> str:
    """The best support of the verdict; of an open one the weakest rule in play."""
    ranks = [CONFIDENCE.index(rule.confidence) for rule in deciding] or [0]
    return CONFIDENCE[max(ranks) if verdict == UNDETERMINED else min(ranks)]


def _reason(verdict: str, first: Rule | None, questions: Sequence[Question]) -> str:
    if verdict == UNDETERMINED:
        asked = ", ".join(dict.fromkeys(question.shown for question in questions))
        return f"It depends on {asked}." + (f" In play: {first.reason}" if first and first.reason else "")
    return first.reason if first else "No provision applies."


def _tried(regime: Regime, decisions: Sequence[Decision]) -> list[Tried]:
    """Exceptions to the rules that bear on the case, each with its state and what stands in its way."""
    found: dict[tuple[str, str, str], Tried] = {}
    for decision in decisions:
        for rule, exceptions in decision.beaten:
            for exception in exceptions:
                value = exception.when.test(decision.bits)
                state = {YES: "holds", NO: "fails"}.get(value, "open")
                lacking = _lacking(regime, exception, decision.bits) if value == NO else ()
                unknown = tuple(exception.when.open(decision.bits)) if value not in (YES, NO) else ()
                named = regime.article(exception.provision), regime.article(rule.provision)
                key = (*named, exception.verdict)
                if key not in found or state == "holds":
                    found[key] = Tried(*key, state, lacking, unknown)
    return sorted(found.values(), key=lambda tried: RANK[tried.gives])


def _lacking(regime: Regime, exception: Rule, bits: Sequence[int]) -> tuple[str, ...]:
    """Comparisons of an exception that do not hold; facts with their usual value only where alone."""
    usual = {
        regime.slots[name]: fact.bit(fact.default)
        for name, fact in regime.vocabulary.facts.items()
        if fact.default and name in regime.slots
    }
    failing = [atom for atom in exception.when.atoms if not bits[atom.slot] & atom.holds]
    told = [atom.text for atom in failing if bits[atom.slot] != usual.get(atom.slot)]
    return tuple(told or [atom.text for atom in failing])
