"""The notice and the name screen against cases and names that were written apart from the rules."""

from __future__ import annotations

import csv
from pathlib import Path

from creditor.regimes.assess import assess_case
from creditor.regimes.casefile import read_case_table
from creditor.regimes.coverage import cases_of, coverage_of
from creditor.regimes.names import screen
from creditor.regimes.read import load_regime, regime_names

FOLDER = Path(__file__).parents[1] / "tests" / "library" / "regimes"
BARRED = ("prohibited", "requires_approval", "requires_filing")


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a table, the line with its schema left out."""
    return list(csv.DictReader((FOLDER / name).read_text("utf-8").splitlines(keepends=True)[1:]))


def main() -> None:
    """Print each figure beside its bar; end with 1 where one is missed."""
    missed = 0
    for name in regime_names():
        regime = load_regime(name)
        covered = coverage_of(regime, cases_of(regime))
        rule, listed = sum(bool(row.case) for row in covered), sum(bool(row.listed) for row in covered)
        print(f"{name}: {rule} provisions with a rule and a failing case, {listed} listed, of {len(covered)}")
        missed += rule + listed != len(covered)
    notice, right, dangerous = load_regime("notice42"), 0, 0
    table = rows("apart.csv")
    for case, row in zip(read_case_table(FOLDER / "apart.csv", notice), table, strict=True):
        verdict, accepted = assess_case(notice, case).verdict, row["accepted"].split(";")
        right += verdict in accepted
        dangerous += verdict in ("permitted", "not_covered") and accepted[0] in BARRED
    print(f"cases: {right} of {len(table)} right (bar 95 %), {dangerous} dangerous (bar 0)")
    names = [(row["expected"], screen(row["text"]).result) for row in rows("names.csv")]
    hits = sum(wanted == found == "hit" for wanted, found in names)
    recall = hits / sum(wanted == "hit" for wanted, _ in names)
    precision = hits / sum(found == "hit" for _, found in names)
    print(f"names: recall {recall:.3f} (bar 0.90), precision {precision:.3f} (bar 0.95), of {len(names)}")
    missed += right < 0.95 * len(table) or dangerous > 0 or recall < 0.90 or precision < 0.95
    raise SystemExit(1 if missed else 0)


if __name__ == "__main__":
    main()
