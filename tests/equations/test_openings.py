"""Openings and checks: what a text says about period 0, and what should hold in every period."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.model import Model
from creditor.equations.parse import parse
from creditor.errors import InputError
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

D = "dimension country = N, S dimension partner as country "
BILLS = (
    D
    + "sector state[country], banks[country], funds[country] claim bills: state[country] owes banks, funds\n"
)


def made(text: str, **others: str) -> Model:
    texts = {name: parse(other, f"{name}.model") for name, other in others.items()}
    return elaborate(draft(parse(text, "m.model"), lambda name, file: texts[name]), "m")


def starts(text: str, **others: str) -> dict[str, float]:
    model = made(text, **others)
    return {model.title(slot): value for slot, value in model.starts.items()}


def refused(text: str, **others: str) -> InputError:
    with pytest.raises(InputError) as caught:
        made(text, **others)
    return caught.value


def findings(tmp_path: Path, text: str, periods: int = 3) -> list[str]:
    path = tmp_path / "m.model"
    path.write_text(text, "utf-8")
    return [
        f"{f.place}: {f.sentence}"
        for f in run_scenario(make_scenario(model=str(path), periods=periods)).findings
    ]


def test_a_start_is_for_all_cells_or_for_some() -> None:
    got = starts(BILLS + "start bills = 1, bills[N] = 2\nstart bills[S, funds] = 3")
    assert got == {
        "bills[N, banks]": 2.0,
        "bills[N, funds]": 2.0,
        "bills[S, banks]": 1.0,
        "bills[S, funds]": 3.0,
    }


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_most_special_start_wins_in_every_order(order: tuple[int, ...]) -> None:
    lines = ["start bills = 1", "start bills[N] = 2", "start bills[N, funds] = 3"]
    got = starts(BILLS + "\n".join(lines[i] for i in order))
    assert got["bills[N, funds]"] == 3.0 and got["bills[N, banks]"] == 2.0 and got["bills[S, banks]"] == 1.0


def test_starts_that_overlap_are_a_trouble() -> None:
    error = refused(BILLS + "start bills[N] = 1\nstart bills[funds] = 2")
    assert error.codes == ("E612",)
    what = "bills[N, funds] opens with two values (lines 2, 3), overlapping without one inside the other"
    assert error.troubles[0].what == what and error.troubles[0].where == "m.model:3"
    assert (
        starts(BILLS + "start bills[N] = 1\nstart bills[funds] = 2 start bills[N, funds] = 3")[
            "bills[N, funds]"
        ]
        == 3.0
    )


def test_the_same_cells_twice_are_a_trouble_and_in_a_later_text_a_replacement() -> None:
    assert refused(BILLS + "start bills[N, funds] = 1\nstart bills[funds, N] = 2").codes == ("E612",)
    base = BILLS + "start bills = 0 start bills[N, funds] = 1"
    assert starts("extends base start bills[funds, N] = 2", base=base)["bills[N, funds]"] == 2.0


def test_numbers_may_be_worked_out_from_givens() -> None:
    assert starts("given a = 4, b[N] = 1 dimension country = N, S let x = x(-1) start x = a / 2") == {
        "x": 2.0
    }
    got = starts(D + "given a[N] = 4, a[S] = 5 let x[country] = x(-1) start x[country] = 2 * a")
    assert got == {"x[N]": 8.0, "x[S]": 10.0}


@pytest.mark.parametrize(
    ("start", "code", "what"),
    [
        ("start bils = 1", "E610", "no such name 'bils'"),
        ("start bills[W] = 1", "E616", "no label 'W' of bills"),
        ("start bills[N, S] = 1", "E616", "no label 'S' of bills"),
        ("start net_worth[bank] = 1", "E610", "no such sector 'bank'"),
        ("start bills = bills[N, banks]", "E615", "the value is not known at the opening"),
        ("start bills = 1 / 0", "E620", "the value is inf"),
    ],
)
def test_starts_that_mean_nothing(start: str, code: str, what: str) -> None:
    error = refused(BILLS + start)
    assert (error.codes[0], error.troubles[0].what, error.troubles[0].where) == (code, what, "m.model:2")


def test_totals_and_net_worths_are_stated_and_not_set(tmp_path: Path) -> None:
    text = (
        "sector a, b, c claim k: a owes b, c\nstart k[b] = 1, k[c] = 2\nstart total k = 3\nstart total k = 4"
    )
    text = text.replace("\nstart total k = 3\n", "\n")
    text += "\nstart net_worth[a] = 0 - 3\nstart net_worth[b] = 1.5"
    model = made(text)
    assert {model.title(slot) for slot in model.starts} == {"k[b]", "k[c]"}
    assert [stated.title for stated in model.stated] == ["total of k", "net_worth[a]", "net_worth[b]"]
    assert findings(tmp_path, text) == [
        "m.model:3: total of k is stated as 4, the cells give 3: gap -1. Cells rule.",
        "m.model:5: net_worth[b] is stated as 1.5, the cells give 1: gap -0.5. Cells rule.",
    ]


def test_a_total_may_be_of_some_cells(tmp_path: Path) -> None:
    text = (
        BILLS
        + "start bills = 2\nstart total bills[N] = 4\nstart total bills[funds] = 4\nstart net_worth[banks, S] = 2"
    )
    assert [stated.title for stated in made(text).stated] == [
        "total of bills[N]",
        "total of bills[funds]",
        "net_worth[banks, S]",
    ]
    assert findings(tmp_path, text) == []


def test_a_check_is_made_in_each_cell_of_its_names(tmp_path: Path) -> None:
    text = (
        D
        + "given a[N] = 1, a[S] = 2 let b = 2 * a\nlet c = sum(b over country)\ncheck b = 2 * a\ncheck b <= 3\ncheck c >= 7"
    )
    model = made(text)
    titles = ["b = 2 * a (N)", "b = 2 * a (S)", "b <= 3 (N)", "b <= 3 (S)", "c >= 7"]
    assert [check.title for check in model.checks] == titles
    assert findings(tmp_path, text) == [
        "m.model:4: check b <= 3 (S) fails from period 1 on path 0.",
        "m.model:5: check c >= 7 fails from period 1 on path 0.",
    ]


def test_a_check_skips_cells_that_do_not_exist() -> None:
    text = (
        D
        + "sector firms[country] transaction t: firms[country] -> firms[partner] where partner <> country = 1 "
    )
    text += "claim k: firms[N] owes firms[S] check t >= 0"
    assert [check.title for check in made(text).checks] == ["t >= 0 (N, S)", "t >= 0 (S, N)"]


@pytest.mark.parametrize(
    ("check", "code"),
    [("check bils = 0", "E610"), ("check bills >= 0", "E611"), ("check bills[W, banks] = 0", "E616")],
)
def test_checks_that_mean_nothing(check: str, code: str) -> None:
    assert refused(BILLS + check).codes == (code,)


def test_a_check_of_a_change_reads_the_period_before(tmp_path: Path) -> None:
    text = "let x = x(-1) + 1 start x = 0\ncheck change(x) = 1\ncheck x <= 2"
    assert findings(tmp_path, text, 5) == ["m.model:3: check x <= 2 fails from period 3 on path 0."]
