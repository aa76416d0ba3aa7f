"""Owns the coverage of a regime by its own cases: which rule is missed by a case when it is taken out."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from creditor.regimes.assess import Assessment, assess_case
from creditor.regimes.casefile import read_case_table, text_of
from creditor.regimes.cases import Case
from creditor.regimes.read import FOLDER
from creditor.regimes.regime import Regime


@dataclass(frozen=True, slots=True)
class Expected:
    """A case with the answers that it is to have."""

    case: Case
    verdict: str
    articles: tuple[str, ...]
    missing: tuple[str, ...]
    also: tuple[str, ...]

    def differences(self, found: Assessment) -> list[str]:
        """What differs from an assessment, one sentence each."""
        pairs = [
            ("verdict", self.verdict, found.verdict),
            ("articles", self.articles, tuple(found.articles)),
            ("missing", self.missing, tuple(found.missing)),
            ("also", self.also, tuple(found.also)),
        ]
        return [f"{name} {given}, expected {wanted}" for name, wanted, given in pairs if wanted != given]


@dataclass(frozen=True, slots=True)
class Covered:
    """A provision: whether it has a rule, and the first case that fails without it."""

    identifier: str
    article: str
    executable: bool
    case: str
    listed: str


def cases_of(regime: Regime, folder: Path | None = None) -> list[Expected]:
    """The cases that a regime ships, in the file cases.csv of its folder.

    Examples
    --------
    >>> from creditor.regimes.read import load_regime
    >>> len(cases_of(load_regime("notice42"))) > 100
    True
    """
    path = (folder or FOLDER / regime.name) / "cases.csv"
    if not path.is_file():
        return []
    lines = [line for line in text_of(path).splitlines(keepends=True) if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    return [
        Expected(case, row["expected_verdict"], *(_list(row[key]) for key in ("articles", "missing", "also")))
        for case, row in zip(read_case_table(path, regime), rows, strict=True)
    ]


def _list(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def coverage_of(regime: Regime, cases: Sequence[Expected]) -> list[Covered]:
    """For each provision the first case that fails when it is dropped.

    Examples
    --------
    >>> from creditor.regimes.read import load_regime
    >>> regime = load_regime("eu_3_60")
    >>> all(row.case for row in coverage_of(regime, cases_of(regime)) if row.executable)
    True
    """
    found = []
    for identifier, provision in regime.provisions.items():
        executable = bool(provision.rules or provision.definitions or provision.effects)
        case = ""
        if executable:
            smaller = regime.without(identifier)
            likely = sorted(cases, key=lambda entry: provision.article not in (*entry.articles, *entry.also))
            case = next((e.case.name for e in likely if e.differences(assess_case(smaller, e.case))), "")
        found.append(Covered(identifier, provision.article, executable, case, provision.listed))
    return found
