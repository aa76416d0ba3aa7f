"""Lint finds what is missing or does not add up in a folder or ledger, where it stands and by how much."""

from __future__ import annotations

import shutil
import time

import pytest

from creditor.errors import InputError
from creditor.terms.library import ROOT
from creditor.verbs.lint import lint


def faults(path):
    answer = lint(path)
    found = [finding for finding in answer.findings if finding.severity == "fault"]
    assert answer.exit_code == (1 if found else 0)
    assert answer.payload["faults"] == len(found)
    return found


def test_the_shipped_folder_has_no_fault_and_says_what_it_does_not_know():
    answer = lint("usa")
    assert answer.exit_code == 0 and answer.story.startswith("USA: 0 faults, ")
    assert set(answer.payload) == {"path", "faults", "findings"}
    told = [finding.sentence for finding in answer.findings]
    assert any("Owners of security brokers and dealers" in sentence for sentence in told)
    assert any("have no known holder" in sentence for sentence in told)
    assert len(set(answer.findings)) == len(answer.findings)


def test_a_copy_has_no_fault_either(folder):
    assert faults(folder) == []
    assert lint(folder).payload["path"] == "USA", "a name, no path of this machine"


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        (
            "claims.csv",
            "households_and_nonprofits,central_government",
            "housholds,central_government",
            "T202",
        ),
        ("claims.csv", ",1659,", ",-1659,", "C109"),
        ("claims.csv", ",1659,", ',"1,659",', "C108"),
        ("claims.csv", ",2022Q4,", ",2022Q5,", "T204"),
        ("claims.csv", ",USD,2022Q4", ",EUR,2022Q4", "C111"),
        ("claims.csv", "2023Q4,market", "2022Q4,market", "C110"),
        ("claims.csv", ",1659,USD bn", ",1659,USD bn,USD bn", "C106"),
        ("claims.csv", "holder,issuer", "owner,issuer", "C104"),
        ("claims.csv", "# schema 1\n", "", "C114"),
        ("splits.csv", "rest_of_world,JPN", "rest_of_world,JPX", "T201"),
        ("groups.csv", "wealth,top_0.1", "wealth,top_0.2", "T202"),
        ("facts.csv", ",37637.55349493561,", ",,", "C112"),
        ("country.toml", 'central_bank = "central_bank"', "", "C112"),
        ("country.toml", 'debtor = "central_government"', 'debtor = "goverment"', "T202"),
        ("country.toml", "[roles]", "[roles", "C115"),
        ("sources.toml", "[z1_2026_03_19]\n", "[z1_2026_03_19]\nlicence = 1\n", "F301"),
        ("sources.toml", 'terms = "US public domain"', "", "F301"),
        ("ranges.toml", "low = 2340", "low = 2700", "L410"),
        ("ranges.toml", 'holder = "fund_medicare"', 'holder = "fund_medicaid"', "L410"),
        ("ranges.toml", 'unit = "money"', 'unit = "dollars"', "U501"),
        ("corrections.toml", "amount = 1400", "amount = -1400", "C109"),
        ("corrections.toml", 'since = "2024Q4"', "", "C112"),
        ("figures.csv", ",2025Q3,2889.5,", ",2025Q3,2.889.500,", "C108"),
        ("figures.csv", "2889.5,USD bn,z1_2026_03_19", "2889.5,USD bn,z1_2026_03_20", "F301"),
        ("recipe.toml", '"treasuries_households"', '"treasuries_housholds"', "F306"),
    ],
)
def test_each_kind_of_damage_is_a_fault_with_its_line(folder, change, name, old, new, code):
    line = change(name, old, new)
    found = [fault for fault in faults(folder) if fault.code == code]
    assert found, faults(folder)
    assert found[0].place.startswith(name)
    if code not in ("C110", "C114", "C115", "F301") and "is missing" not in found[0].sentence:
        assert found[0].place.split(",")[0] == f"{name}:{line}"
    assert found[0].mend or found[0].evidence


def test_latin_1_bytes_are_a_fault_with_their_line(folder):
    raw = (folder / "claims.csv").read_bytes().split(b"\n")
    raw[4] += b"na\xefve"
    (folder / "claims.csv").write_bytes(b"\n".join(raw))
    assert "claims.csv:5" in {fault.place for fault in faults(folder) if fault.code == "C103"}


def test_a_line_that_the_recipe_does_not_make_is_a_fault_and_the_only_one(folder, change):
    line = change("claims.csv", ",2889.5,", ",2889.6,")
    stale = [fault for fault in faults(folder) if "not what figures.csv" in fault.sentence]
    assert [fault.place for fault in stale] == [f"claims.csv:{line}"]
    assert ",2889.5," in stale[0].evidence and stale[0].mend == "creditor data refresh USA"


def test_a_missing_line_does_not_shift_the_others(folder):
    lines = (folder / "groups.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "groups.csv").write_text("".join(lines[:10] + lines[11:]), "utf-8")
    places = [fault.place for fault in faults(folder)]
    assert places == ["groups.csv:11"]
    (folder / "groups.csv").write_text("".join([*lines, lines[5].replace("top_0.1", "next_9", 1)]), "utf-8")
    assert f"groups.csv:{len(lines) + 1}" in {fault.place for fault in faults(folder)}


def test_holders_that_do_not_add_up_are_told_by_how_much(folder, change):
    change("figures.csv", "treasuries_pensions,2025Q3,1138.3", "treasuries_pensions,2025Q3,1038.3")
    refreshed(folder)
    (fault,) = faults(folder)
    assert fault.code == "F304" and fault.place.startswith("facts.csv:")
    assert "lacks 99.9 of its total 28,029.1" in fault.sentence
    change("figures.csv", "treasuries_pensions,2025Q3,1038.3", "treasuries_pensions,2025Q3,1238.3")
    refreshed(folder)
    (fault,) = faults(folder)
    assert fault.code == "L401" and "100.1 too much" in fault.sentence


def refreshed(folder):
    from creditor.opening.refresh import refresh

    for name, text in refresh(folder).items():
        (folder / name).write_text(text, "utf-8")


def test_an_instrument_of_households_without_groups_is_a_fault(folder):
    lines = (folder / "groups.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "groups.csv").write_text("".join(x for x in lines if ",money_market_fund_shares," not in x))
    assert any(
        "money market fund shares, which groups.csv does not divide" in f.sentence for f in faults(folder)
    )


@pytest.mark.parametrize("name", ["claims.csv", "splits.csv", "groups.csv", "facts.csv", "country.toml"])
def test_a_missing_file_is_a_fault(folder, name):
    (folder / name).unlink()
    assert any(fault.code == "C101" and name in fault.place for fault in faults(folder))


def test_a_folder_without_a_recipe_is_kept_by_hand(folder):
    (folder / "recipe.toml").unlink()
    (folder / "figures.csv").unlink()
    answer = lint(folder)
    assert answer.exit_code == 0
    assert any("kept by hand" in finding.sentence for finding in answer.findings)


def test_figures_and_sources_that_nothing_uses_are_remarks(folder):
    with (folder / "figures.csv").open("a", encoding="utf-8") as file:
        file.write("treasuries_house,2025Q3,1,USD bn,z1_2026_03_19,somewhere,A,\n")
    with (folder / "sources.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[nobody]\npublisher = "N"\ntitle = "T"\nvintage = "2026"\nterms = "free"\naddress = ""\n'
        )
    answer = lint(folder)
    told = {finding.place: finding for finding in answer.findings}
    last = len((folder / "figures.csv").read_text("utf-8").splitlines())
    assert "treasuries_house is used by no row" in told[f"figures.csv:{last}"].sentence
    assert told["sources.toml, [nobody]"].severity == "warning" and answer.exit_code == 0


def test_all_troubles_of_a_folder_come_at_once(folder, change):
    change("claims.csv", ",1659,", ",-1659,")
    change("groups.csv", "wealth,top_0.1", "wealth,top_0.2")
    change("figures.csv", ",2025Q3,2889.5,", ",2025Q9,2889.5,")
    change("country.toml", 'currency = "USD"', 'currency = "USX"')
    codes = {fault.code for fault in faults(folder)}
    assert {"C109", "T202", "T204", "T205"} <= codes


# --- a ledger of one's own
def ledger(tmp_path, text):
    path = tmp_path / "book.csv"
    path.write_text("holder,issuer,amount\n" + text, "utf-8")
    return path


def test_a_good_ledger_has_no_fault(tmp_path):
    assert lint(ledger(tmp_path, "fund,state,1\nann,fund,1\n")).story == "book.csv: 0 faults, 0 remarks."


def test_a_bad_ledger_has_every_trouble_as_a_fault(tmp_path):
    found = faults(ledger(tmp_path, 'a,s,"1,000"\nb,s,-1\nb,s,2\nc,,1\n'))
    assert {(f.code, f.place) for f in found} == {
        ("C108", "book.csv:2"),
        ("C109", "book.csv:3"),
        ("C110", "book.csv:4"),
        ("C112", "book.csv:5"),
    }


def test_holders_above_or_below_the_total_of_a_ledger(tmp_path):
    (fault,) = faults(
        ledger(tmp_path, "fed,US,6.7\ntrusts,US,7\nprivate,US,24\nforeign,US,8.5\ntotal,US,38\n")
    )
    assert (fault.code, fault.place) == ("L401", "book.csv:6")
    assert "private (24) contains foreign (8.5)" in fault.evidence
    answer = lint(ledger(tmp_path, "a,US,10.0\ntotal,US,20.0\n"))
    assert (
        answer.exit_code == 0 and "10 of the debt of US (20) is not allocated" in answer.findings[0].sentence
    )


def test_a_closed_group_of_a_ledger_is_a_remark(tmp_path):
    answer = lint(ledger(tmp_path, "a,s,1\nb,a,1\na,b,1\nann,s,1\n"))
    (finding,) = answer.findings
    assert (finding.code, finding.severity, answer.exit_code) == ("L403", "warning", 0)
    assert set(finding.sentence.split(":")[0].split(", ")) == {"a", "b"}
    round_trip = lint(ledger(tmp_path, "b,a,1\na,b,1\n"))
    assert [finding.code for finding in round_trip.findings] == ["L403"]
    assert not lint(ledger(tmp_path, "b,a,1\na,b,1\nann,b,0.5\n")).findings


def test_a_large_ledger_is_checked_in_seconds(tmp_path):
    rows = "".join(f"h{i},i{i % 5000},{i + 1}\n" for i in range(50_000))
    start = time.perf_counter()
    assert lint(ledger(tmp_path, rows)).exit_code == 0
    assert time.perf_counter() - start < 10


def test_nothing_at_the_path_is_bad_input(tmp_path):
    with pytest.raises(InputError) as caught:
        lint(tmp_path / "nothing")
    assert caught.value.codes == ("C101",)
    assert faults(tmp_path)[0].code == "C101", "an empty folder lacks its files"


def test_shares_that_do_not_add_up_to_their_stock_are_a_fault(tmp_path):
    folder = shutil.copytree(ROOT / "countries" / "ITA", tmp_path / "ITA")
    assert not lint(folder).exit_code
    for name in ("claims.csv", "facts.csv"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace(",3081,EUR bn,", ",3200,EUR bn,"), "utf-8")
    sentences = [f.sentence for f in lint(folder).findings if f.code == "F304"]
    assert sentences == ["Set bdi-2025-08 at 2025-08 adds up to 96.28 % of its stock."]
