"""The examples of the language page: each valid text runs, each invalid one gets its exact message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from creditor.engine.certificate import ACCEPTED, BOOKS
from creditor.errors import CODES, CreditorError
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario
from creditor.verbs.models import model_check

DOCS = Path(__file__).resolve().parents[1] / "docs"
EXAMPLES = DOCS / "examples"
VALID = sorted((EXAMPLES / "language").glob("valid-*.model"))
INVALID = sorted((EXAMPLES / "language").glob("invalid-*.model"))
WARNED = sorted((EXAMPLES / "language").glob("warned-*.model"))


def message(path: Path) -> str:
    """What is said of a text, from reading it to its first period."""
    try:
        run_scenario(make_scenario(model=str(path), periods=1))
    except CreditorError as error:
        return f"{error}\n"
    return ""


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_example_passes_the_check(path: Path) -> None:
    economies = re.findall(r"--economy (\w+)", path.read_text("utf-8"))
    answer = model_check(str(path), economies)
    assert answer.exit_code == 0, "\n".join(finding.sentence for finding in answer.findings)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_example_gets_exactly_its_message(path: Path) -> None:
    assert message(path) == path.with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize("path", WARNED, ids=lambda path: path.stem)
def test_warned_example_gets_exactly_its_findings(path: Path) -> None:
    found = [finding for finding in model_check(str(path)).findings if finding.severity == "warning"]
    lines = [
        line
        for f in found
        for line in (f"{f.place}: {f.sentence}", f"    why:  {f.evidence}", f"    mend: {f.mend}")
        if not line.endswith(":  ")
    ]
    assert "\n".join(lines) + "\n" == path.with_suffix(".txt").read_text("utf-8")


def test_each_example_has_its_partner_and_stands_on_the_page() -> None:
    page = (DOCS / "language.md").read_text("utf-8")
    shown = set(re.findall(r"examples/language/([\w.-]+)", page))
    assert shown == {path.name for path in (EXAMPLES / "language").iterdir()}
    assert [path.stem.removeprefix("valid-") for path in VALID] == [
        path.stem.removeprefix("invalid-") for path in INVALID
    ]


def test_each_code_of_the_language_is_on_the_page() -> None:
    page = (DOCS / "language.md").read_text("utf-8")
    own = [code for code in CODES if "E601" <= code < "E640"]  # from E640 on: forms of other programs
    assert len(own) > 20 and [code for code in own if code not in page] == []


def test_the_stablecoin_model_runs_with_a_certificate() -> None:
    change = {"name": "token_share", "value": 0.2, "from": 60}
    path = EXAMPLES / "stablecoin.model"
    run = run_scenario(make_scenario(model=str(path), periods=120, set=[change], keep=["all"]))
    assert run.result.certificate.residual <= ACCEPTED
    assert run.result.certificate.books <= BOOKS
    assert run.findings == ()
    debt, tokens = run.result.series("debt")[:, 0], run.result.series("tokens")[:, 0]
    bills = run.result.series("bills", "issuer")[:, 0]
    assert debt[60] == pytest.approx(debt[59], rel=1e-3), "tokens add a route and change no total"
    assert bills[60] > 3 * bills[59]
    assert bills[120] == pytest.approx(0.9 * tokens[120])
