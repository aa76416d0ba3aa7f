"""Remarks: what is legal in a model and usually a slip."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.load import closed_models, load_model
from creditor.equations.parse import parse
from creditor.equations.remarks import remarks
from creditor.terms.finding import Finding
from creditor.verbs.models import model_check


def said(text: str, **others: str) -> list[Finding]:
    texts = {name: parse(other, f"{name}.model") for name, other in others.items()}
    return remarks(elaborate(draft(parse(text, "m.model"), lambda name, file: texts[name]), "m"))


def sentences(text: str, **others: str) -> list[str]:
    return [f"{f.severity} {f.place}: {f.sentence}" for f in said(text, **others)]


def test_a_given_that_nobody_reads() -> None:
    assert sentences("given a = 1\ngiven b = 2\nlet c = b\ncheck c = 2") == [
        "warning m.model:1: given a is read by nobody."
    ]


def test_a_definition_that_nobody_reads_is_a_note() -> None:
    assert sentences("given a = 1\nlet b = a\nlet c = a + c(-1)\nstart c = 0") == [
        "note m.model:2: let b is read by nobody.",
        "note m.model:3: let c is read by nobody.",
    ]


@pytest.mark.parametrize(
    "reader",
    [
        "let b = a(-1) + 0 * b(-1) start b = 1 report b",
        "given b = 2 * a report b",
        "check a >= 0",
        "report a",
        "let x = x(-1) start x = 2 * a report x",
        "find x so that x = a report x",
        "sector s, t claim k: s owes t at a start k = 1",
        "sector s, t claim k: s owes t transaction p: s -> t = a start k = 1",
        "sector s, t claim k: s owes t write off k = a start k = 1",
        "sector s, t claim k: s owes t redeem k = 0 at a start k = 1",
        "sector s, t claim k: s owes t hold k by t = a transaction p: s -> t start k = 1",
        "given b = 1 set b = a from 2 report b",
    ],
)
def test_whatever_reads_counts(reader: str) -> None:
    assert not [text for text in sentences("given a = 1 " + reader) if "given a" in text]


def test_a_currency_reads_its_rate() -> None:
    text = "dimension c = N, S sector a[c], b[c] currency of c worth rate given rate[c] = 1 claim k: a owes b start k = 1"
    assert sentences(text) == []


def test_what_an_extension_left_behind_is_said() -> None:
    base = "given rate = 1\nlet half = rate / 2\nlet x = half\nlet other = 3\ncheck x = 1"
    assert sentences("extends base\ngiven new_rate = 2\nlet x = new_rate", base=base) == [
        "warning base.model:2: let half is read by nobody any more: what read it was replaced.",
        "note base.model:4: let other is read by nobody.",
    ]
    assert sentences("extends base\nlet half = 3", base=base)[0] == (
        "warning base.model:1: given rate is read by nobody any more: what read it was replaced."
    )
    claims = "given p = 2 sector a, b claim k: a owes b at p start k = 1"
    got = sentences("extends base claim k: a owes b", base=claims)
    assert got == ["warning base.model:1: given p is read by nobody any more: what read it was replaced."]


def test_a_hold_of_its_own_cell_today() -> None:
    text = "sector a, b claim k: a owes b transaction t: a -> b start k = 1\nhold k by b = 0.5 * k + 1"
    (found,) = said(text)
    assert (found.severity, found.place) == ("warning", "m.model:2")
    assert found.sentence == "hold of k reads k of the same period."
    assert found.mend == "write k(-1) where the last period's is meant"
    assert said(text.replace("0.5 * k", "0.5 * k(-1)")) == []


def test_a_hold_of_many_cells_is_said_once_and_another_cell_is_no_slip() -> None:
    text = "dimension c = N, S sector a[c], b[c] claim k: a owes b transaction t: a -> b start k = 1 "
    assert len(said(text + "hold k by b = 0.5 * k")) == 1
    assert said(text + "hold k by b = 1 hold k by b[N] = 0.5 * k[S]") == []


def test_names_that_differ_only_by_case() -> None:
    got = sentences("dimension c = N, n given Rate = 1, rate = 2 let x = Rate + rate report x")
    assert got == [
        "note m: The names Rate and rate differ only by case.",
        "note m: The labels N and n differ only by case.",
    ]
    assert (
        "firms and Firms"
        in sentences("sector firms, b claim k: firms owes b start k = 1 given Firms = 1 report Firms")[0]
    )


def test_what_the_library_leaves_behind_is_known() -> None:
    """A warning of the library is about what an extension left behind, or a given that a scenario may read."""
    for name in closed_models():
        model = load_model(name)
        warnings = [finding.sentence for finding in remarks(model) if finding.severity == "warning"]
        assert all("any more" in text or text.startswith("given ") for text in warnings), name
        assert model.draft.gone or len(warnings) <= 1, name
    assert any("target_price" in finding.sentence for finding in remarks(load_model("lp2")))


def test_the_check_of_a_model_says_them(tmp_path: Path) -> None:
    path = tmp_path / "m.model"
    path.write_text("given a = 1\ngiven b = 2\nlet c = b\nreport c", "utf-8")
    answer = model_check(str(path))
    assert answer.exit_code == 0
    assert [finding.sentence for finding in answer.findings] == ["given a is read by nobody."]
