"""Two vintages in one set, or two sets of one debt in one perimeter, are refused by name."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.opening.country import available, load_country, read_country
from creditor.opening.sets import check_sets
from creditor.terms.library import ROOT
from creditor.verbs.lint import lint


@pytest.mark.parametrize("code", available())
def test_the_library_mixes_nothing(code):
    country = load_country(code)
    assert not check_sets(country.settings, country.claims).items


def folder_of(code, tmp_path, name, old, new):
    import shutil

    folder = shutil.copytree(ROOT / "countries" / code, tmp_path / code)
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return folder


def test_two_vintages_in_one_set_are_refused(tmp_path):
    folder = folder_of("GBR", tmp_path, "claims.csv", '",2021-09-01,A', '",2022-09-01,A')
    text = (folder / "claims.csv").read_text("utf-8")
    assert "2022-09-01" in text
    with pytest.raises(InputError) as caught:
        read_country(folder)
    assert set(caught.value.codes) == {"F305"}
    trouble = caught.value.troubles[0]
    assert trouble.where.startswith("claims.csv:") and "dmo-gilts" in trouble.what
    assert "2022-09-01" in trouble.what + trouble.why
    assert any(finding.code == "F305" for finding in lint(folder).findings)


def test_two_sets_of_one_debt_in_one_perimeter_are_refused(tmp_path):
    folder = folder_of("JPN", tmp_path, "country.toml", 'sets = ["holders"]', 'sets = ["holders", "bills"]')
    with pytest.raises(InputError) as caught:
        read_country(folder)
    assert caught.value.codes == ("F305",)
    assert "boj-jgb-and-bills" in caught.value.troubles[0].what + caught.value.troubles[0].why
