"""Owns the interview: the next question whose answer can change the verdict, and the reading of answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from creditor.regimes.assess import assess_case
from creditor.regimes.casefile import case_of
from creditor.regimes.read import load_regime, machine_of
from creditor.regimes.vocabulary import plain
from creditor.terms.suggest import mend_with
from creditor.verbs.assess import read

FIRST, SECOND = "activity", "object"
"""Asked first; the other next, where it can change the verdict."""
NOT_KNOWN = ("", "unknown", "?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the fact, its text, and the answers that it takes."""

    fact: str
    text: str
    values: tuple[str, ...]


class Interview:
    """Asks what matters and nothing else.

    Parameters
    ----------
    regime : str
    case : path, optional
        A case file to begin with.

    Examples
    --------
    >>> interview = Interview("notice42")
    >>> interview.next().fact
    'activity'
    >>> interview.answer(interview.next(), "hoding")
    'did you mean holding or routing or computing?'
    """

    def __init__(self, regime: str, case: str | Path | None = None) -> None:
        self.rules = load_regime(regime)
        self.said: dict[str, Any] = dict(read(self.rules, case)[0].said) if case else {}
        self.passed: set[str] = set()

    def next(self) -> Asked | None:
        """The first open fact on which the verdict depends, None where nothing is left to ask."""
        facts = self.rules.vocabulary.facts
        if FIRST in facts and FIRST not in self.said and FIRST not in self.passed:
            return Asked(FIRST, facts[FIRST].question, facts[FIRST].values)
        found = assess_case(self.rules, case_of(self.said, "answers", self.rules)[0])
        order = sorted(found.questions, key=lambda asked: (asked.fact in facts, asked.fact != SECOND))
        for question in order:
            fact = facts.get(question.fact)
            if fact is None:
                fact = next((f for n, f in facts.items() if not f.values and n in question.fact), None)
            if fact and fact.name not in self.passed and fact.name not in self.said:
                return Asked(fact.name, fact.question or f"{fact.title}?", fact.values or (fact.unit,))
        return None

    def answer(self, question: Asked, said: str) -> str:
        """Take an answer, a value or its number; what comes back is empty, or says how to mend it."""
        fact = self.rules.vocabulary.facts[question.fact]
        if plain(said) in NOT_KNOWN:
            self.passed.add(fact.name)
            return ""
        if fact.values and said.strip().isdigit():
            number = int(said)
            if not 1 <= number <= len(fact.values):
                return f"give a number from 1 to {len(fact.values)}, or a value"
            said = fact.values[number - 1]
        if not fact.values:
            try:
                float(said)
            except ValueError:
                return f"write digits with a point, in {fact.unit}"
        elif fact.name == "activity":
            for part in said.split(";"):
                if not fact.bit(part):
                    return mend_with(part.strip(), fact.values)
        elif not fact.bit(said):
            return mend_with(said, fact.values)
        self.said[fact.name] = said.strip()
        return ""

    @property
    def settled(self) -> bool:
        """Whether no answer can change the verdict any more."""
        machine = machine_of(self.rules)
        case = case_of(self.said, "answers", self.rules)[0]
        return all(isinstance(machine.decide(bits).tree, str) for bits in case.parts)
