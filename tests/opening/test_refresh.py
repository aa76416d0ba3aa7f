"""Figures and recipe make the committed files byte for byte, and what is wrong is told with its line."""

from __future__ import annotations

from fractions import Fraction

import pytest

from creditor.errors import InputError, MissingError
from creditor.opening.columns import GENERATED
from creditor.opening.country import load_country, read_country
from creditor.opening.refresh import Recipe, exact_text, refresh
from creditor.terms.library import ROOT

USA = ROOT / "countries" / "USA"


def test_the_committed_files_are_what_the_recipe_makes():
    texts = refresh(USA)
    assert sorted(texts) == sorted(GENERATED)
    for name, text in texts.items():
        assert (USA / name).read_bytes() == text.encode("utf-8"), name


def test_a_changed_figure_changes_its_claim_only(folder, change, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text((USA / "figures.csv").read_text("utf-8").replace(",2025Q3,2889.5,", ",2025Q3,3000.25,"))
    texts = refresh(folder, other)
    before = (USA / "claims.csv").read_text("utf-8").splitlines()
    after = texts["claims.csv"].splitlines()
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(changed) == 1 and ",3000.25,USD bn," in changed[0][1]
    assert texts["facts.csv"] == (USA / "facts.csv").read_text("utf-8")


def test_a_figure_that_a_formula_uses_changes_what_is_derived(folder, change):
    change("figures.csv", "fund_medicare,2025Q3,430", "fund_medicare,2025Q3,431")
    rows = {row.split(",")[0]: row for row in refresh(folder)["claims.csv"].splitlines()}
    assert ",431," in rows["fund_medicare"]
    old = next(c for c in load_country("USA").claims if c.holder == "fund_other").amount
    (folder / "claims.csv").write_text(refresh(folder)["claims.csv"], "utf-8")
    new = next(c for c in read_country(folder).claims if c.holder == "fund_other").amount
    assert old - new == 1


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "what"),
    [
        ("figures.csv", ",2025Q3,2889.5,", ",2025Q3,2.889.500,", "C108", "thousands"),
        ("figures.csv", ",2025Q3,2889.5,", ",2025Q9,2889.5,", "T204", "2025Q9"),
        (
            "figures.csv",
            "2889.5,USD bn,z1_2026_03_19",
            "2889.5,USD bn,z1_2026_03_20",
            "F301",
            "z1_2026_03_20",
        ),
        ("figures.csv", "treasuries_households,2023Q4", "treasuries_households,2022Q4", "C110", "repeats"),
        ("recipe.toml", '"treasuries_households"', '"treasuries_housholds"', "F306", "treasuries_housholds"),
        ("recipe.toml", 'holder = "insurers"', 'holdr = "insurers"', "F306", "key 'holdr'"),
        ("recipe.toml", '["treasuries_insurers"]', '"treasuries_insurers"', "F306", "no list of figures"),
        ("recipe.toml", '["treasuries_insurers"]', "[]", "F306", "no list of figures"),
        ("recipe.toml", 'figures = ["etf_shares_households"]', 'grade = "E"', "F306", "no list of figures"),
        ("recipe.toml", '["treasuries_insurers"]', '["treasuries_insurers@2030"]', "F306", "2030"),
        ("recipe.toml", '["treasuries_insurers"]', '["treasuries_insurers*"]', "F306", "cannot be read"),
    ],
)
def test_each_damage_is_found_with_its_line(folder, change, name, old, new, code, what):
    line = change(name, old, new)
    with pytest.raises(InputError) as caught:
        refresh(folder)
    found = [t for t in caught.value.troubles if t.code == code and what in t.what]
    assert found, caught.value
    place = found[0].where.split(",")[0]
    assert place == f"{name}:{line}" or code == "C110"


def test_unknown_kinds_and_blocks_without_rows_are_found(folder, change):
    text = (folder / "recipe.toml").read_text("utf-8")
    more = '\n[[claims]]\nrows = []\n\n[[fact]]\ntitle = "Nothing here"\nrows = "none"\n'
    (folder / "recipe.toml").write_text(text + more, "utf-8")
    with pytest.raises(InputError) as caught:
        refresh(folder)
    unknown, empty = caught.value.troubles
    assert "[[claims]]" in unknown.what and "claim" in unknown.mend
    line = (text + more).splitlines().index('title = "Nothing here"') + 1
    assert empty.where == f"recipe.toml:{line}"


def test_all_troubles_of_a_recipe_come_at_once(folder, change):
    change("recipe.toml", '"treasuries_households"', '"treasuries_housholds"')
    change("recipe.toml", '"treasuries_business"', '"treasuries_busines"')
    with pytest.raises(InputError) as caught:
        refresh(folder)
    assert len(caught.value.troubles) == 2  # each at five periods, and told once
    assert "did you mean treasuries_households" in caught.value.troubles[0].mend


@pytest.mark.parametrize("name", ["figures.csv", "sources.toml", "recipe.toml"])
def test_a_missing_file_is_an_error(folder, name):
    (folder / name).unlink()
    with pytest.raises((InputError, MissingError)) as caught:
        refresh(folder)
    assert caught.value.codes == ("C101",)


def test_a_line_is_found_by_its_texts(tmp_path):
    path = tmp_path / "recipe.toml"
    path.write_text('schema = 1\n[[claim]]\ntitle = "T"\nrows = [\n    { a = "x", figures = ["y"] },\n]\n')
    recipe = Recipe(path)
    assert recipe.line_of({"a": "x", "figures": ["y"]}) == "recipe.toml:5"
    assert recipe.line_of({"title": "T", "rows": []}) == "recipe.toml:3"
    assert recipe.line_of({"a": "z"}) == recipe.line_of({}) == "recipe.toml"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(5), "5"),
        (Fraction(500), "500"),
        (Fraction(1, 8), "0.125"),
        (Fraction(2, 3), "0.666666666667"),
        (Fraction(1, 10**13), "0"),
        (Fraction(-7, 2), "-3.5"),
        (Fraction("37637.55349493561"), "37637.55349493561"),
        (Fraction(10**15 + 1, 1), "1000000000000001"),
    ],
)
def test_a_number_is_written_exactly_or_to_twelve_places(value, text):
    assert exact_text(value) == text


def test_every_period_of_a_figure_and_a_stock_from_a_flow():
    texts = refresh(ROOT / "countries" / "SAU")
    claims = texts["claims.csv"].splitlines()
    (row,) = [line for line in claims if ",2024,face," in line]
    assert row.startswith(
        "UNALLOCATED,general_government,"
    ) and ",SAR bn,derived: gdp_lcu*debt_gdp;" in row.replace('"', "")
    years = [line.split(",")[2] for line in texts["facts.csv"].splitlines() if line.startswith("inflation,")]
    assert years == [str(year) for year in range(2005, 2031)]


def test_files_that_divide_nothing_are_not_made():
    assert sorted(refresh(ROOT / "countries" / "SAU")) == ["claims.csv", "facts.csv"]
