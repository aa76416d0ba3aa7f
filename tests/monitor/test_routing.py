"""Routing is a pure function of what an alert is about and where; each part rests on the article that prints it."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditor.errors import InputError
from creditor.monitor.lifecycle import FOLDER
from creditor.monitor.routing import object_named, read_routing, route


@pytest.mark.parametrize(
    ("kind", "leads"),
    [
        ("virtual_currency", [("pboc", "III(a)")]),
        ("RMB stablecoin", [("pboc", "III(a)")]),
        ("rwa on overseas rights", [("csrc", "III(b)")]),
        ("rwa and virtual-currency", [("pboc", "III(a)"), ("csrc", "III(b)")]),
        ("mining machine", [("ndrc", "IX(a)")]),
        ("name", [("samr", "VIII(b)")]),
        ("advertising", [("samr", "VIII(c)")]),
    ],
)
def test_central_leads(kind: str, leads: list[tuple[str, str]]) -> None:
    found = route("notice", kind)
    assert [(d.office, d.article) for d in found.duties if d.part == "lead"] == leads
    assert any("province is not stated" in question for question in found.questions)


def test_in_a_province_its_regulator_leads_and_for_mining_its_government() -> None:
    found = {d.office: (d.part, d.article) for d in route("notice", "rwa", "广东").duties}
    assert found["provincial_government/CN-GD"] == ("responsible in the province", "IV(a)")
    assert found["local_financial_regulator/CN-GD"] == ("lead in the province", "IV(b)")
    assert found["local_cyberspace/CN-GD"] == ("takes part in the province", "IV(b)")
    mine = route("notice", "mining", "Sichuan")
    assert mine.recipients == ("ndrc", "provincial_government/CN-SC")


def test_both_leads_are_told_that_the_notice_has_no_rule_between_them() -> None:
    assert any(
        "no rule" in question for question in route("notice", "rwa and virtual_currency", "CN-BJ").questions
    )


def test_debt_has_no_part_in_the_notice() -> None:
    found = route("debt", "public_debt")
    assert found.recipients == ("debt_desk",) and not found.questions
    with pytest.raises(InputError, match="no rule for public_debt"):
        route("notice", "public_debt")


def test_the_same_question_has_the_same_answer() -> None:
    assert route("notice", "rwa", "CN-GD") == route("notice", "RWA", "guangdong")


def test_unknown_words_have_their_nearest() -> None:
    with pytest.raises(InputError, match="stablecoin"):
        object_named("stabelcoin")


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "routing.toml"
    text = (FOLDER / "routing.toml").read_text("utf-8")
    path.write_text(text.replace('leads = ["csrc"]', 'leads = ["crsc"]', 1), "utf-8")
    with pytest.raises(InputError, match="did you mean csrc"):
        read_routing(path)
