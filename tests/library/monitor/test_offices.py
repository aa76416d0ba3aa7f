"""Leads and work mechanisms are those that the notice names; no office is a person."""

from __future__ import annotations

from creditor.monitor.offices import read_offices


def test_the_two_work_mechanisms_have_the_eight_departments_and_those_they_coordinate_with() -> None:
    groups = read_offices().groups
    eight = {"pboc", "ndrc", "miit", "mps", "samr", "nfra", "csrc", "safe"}
    for name, article in (("virtual_currency", "III(a)"), ("tokenization", "III(b)")):
        assert set(groups[name].offices) == eight | {"cac", "spc", "spp"}
        assert groups[name].article == article


def test_local_members_are_those_of_article_four() -> None:
    named = {
        "provincial_government",
        "local_financial_regulator",
        "local_branches",
        "local_telecom",
        "local_police",
        "local_market_supervision",
        "local_cyberspace",
    }
    offices = read_offices()
    assert set(offices.local) == named
    assert set(offices.groups["tokenization"].locals) == named


def test_only_the_keeper_reads_everything_and_reporters_do_not_decide() -> None:
    roles = read_offices().roles
    assert [name for name, row in roles.items() if "read_all" in row["may"]] == ["keeper"]
    assert "advance" not in roles["reporter"]["may"] and "advance" not in roles["justice"]["may"]


def test_titles_are_unique_and_local_ones_name_their_province() -> None:
    offices = read_offices()
    assert len({row["title"] for row in offices.central.values()}) == len(offices.central)
    assert all("{province}" in row["title"] for row in offices.local.values())
