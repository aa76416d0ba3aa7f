"""Owns Regime: provisions with their rules and definitions, compiled, and the order of verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from creditor.regimes.conditions import Compiler, Condition
from creditor.regimes.vocabulary import Vocabulary

ORDER = (
    "not_covered",
    "permitted",
    "civil_risk",
    "obligation",
    "requires_filing",
    "requires_approval",
    "prohibited",
)
"""Verdicts, the strictest last."""
RANK = {verdict: rank for rank, verdict in enumerate(ORDER)}
UNDETERMINED = "undetermined"
CONFIDENCE = ("high", "medium", "low")


@dataclass(frozen=True)
class Rule:
    """One defeasible rule of a provision.

    Parameters
    ----------
    name : str
        Id of the provision, with a number after a dot where it has several rules.
    provision : str
        Id of the provision.
    when : Condition
    verdict : str
        A key of `RANK`.
    cites, also : tuple of str
        Ids of provisions that decide together with it, and of those that a reader should see.
    defeats : tuple of str
        Ids of provisions whose rules do not hold where this one does.
    """

    name: str
    provision: str
    when: Condition
    verdict: str
    cites: tuple[str, ...]
    also: tuple[str, ...] = ()
    defeats: tuple[str, ...] = ()
    confidence: str = "high"
    reason: str = ""
    conditions: tuple[str, ...] = ()
    authorities: str = ""
    consequence: str = ""
    spared: bool = False

    @property
    def rank(self) -> int:
        """How strict the verdict is."""
        return RANK[self.verdict]


@dataclass(frozen=True)
class Provision:
    """One provision in the product's own words."""

    id: str
    article: str
    modality: str
    statement: str
    statement_zh: str = ""
    key_phrase: str = ""
    authorities: str = ""
    note: str = ""
    slip: str = ""
    follows: str = ""
    listed: str = ""
    source: str = ""
    confidence: str = ""
    rules: tuple[Mapping[str, Any], ...] = ()
    definitions: tuple[Mapping[str, Any], ...] = ()
    effects: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Reading:
    """An interpretation that a user can switch off; then it is a question."""

    name: str
    statement: str
    statement_zh: str = ""


@dataclass(frozen=True)
class Effect:
    """A provision that a reader should see beside some verdicts, where its condition may hold."""

    provision: str
    verdicts: tuple[str, ...]
    when: Condition


@dataclass(frozen=True)
class Lead:
    """The authorities named where no deciding rule names any."""

    when: Condition
    authorities: str


@dataclass(frozen=True)
class Derived:
    """A fact that follows from others: it holds where one of its definitions does."""

    name: str
    slot: int
    conditions: tuple[Condition, ...]
    owners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Regime:
    """A regime, ready to decide.

    Parameters
    ----------
    name : str
        Name of its folder in the library.
    about : mapping
        Title, version, date in force, language, limits: keys of regime.toml.
    vocabulary : Vocabulary
    provisions : mapping of id to Provision
        In the order of the text.
    rules : tuple of Rule
    derived : tuple of Derived
        In the order in which they are computed.
    slots : mapping of str to int
        Facts, then comparisons of numbers, then derived facts.
    digest : str
        Of the files, so that a decision can be tied to the rules it was made with.
    """

    name: str
    about: Mapping[str, Any]
    vocabulary: Vocabulary
    provisions: Mapping[str, Provision]
    readings: Mapping[str, Reading]
    rules: tuple[Rule, ...]
    effects: tuple[Effect, ...]
    leads: tuple[Lead, ...]
    derived: tuple[Derived, ...]
    slots: Mapping[str, int]
    compiler: Compiler
    guard: Condition | None
    contradictions: tuple[tuple[Condition, str], ...]
    digest: str
    memory: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def article(self, identifier: str) -> str:
        """The printed form of an id: ``14b`` is ``XIV(b)``.

        Examples
        --------
        >>> from creditor.regimes.read import load_regime
        >>> load_regime("notice42").article("14b")
        'XIV(b)'
        """
        known = self.provisions.get(identifier)
        return known.article if known else identifier

    def sorted_articles(self, identifiers: Any) -> list[str]:
        """Printed articles in the order of the text, each once; those that are not there are left out."""
        wanted = set(identifiers)
        return [provision.article for key, provision in self.provisions.items() if key in wanted]

    def without(self, identifier: str) -> Regime:
        """The same regime with one provision dropped: its rules, definitions, effects and citations."""
        derived = []
        for entry in self.derived:
            pairs = list(zip(entry.conditions, entry.owners, strict=True))
            kept = [(condition, owner) for condition, owner in pairs if owner != identifier]
            conditions, owners = tuple(c for c, _ in kept), tuple(o for _, o in kept)
            derived.append(replace(entry, conditions=conditions, owners=owners))
        return replace(
            self,
            provisions={key: value for key, value in self.provisions.items() if key != identifier},
            rules=tuple(rule for rule in self.rules if rule.provision != identifier),
            effects=tuple(effect for effect in self.effects if effect.provision != identifier),
            derived=tuple(derived),
            memory={},
        )
