"""Offices have roles, roles say what may be done, groups say who reads; provinces go by code or name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from creditor.errors import InputError
from creditor.monitor.lifecycle import FOLDER
from creditor.monitor.offices import read_offices


def test_names_of_offices() -> None:
    offices = read_offices()
    assert offices.check("csrc", "--by") == "csrc"
    assert offices.check("local_police/Guangdong", "--by") == "local_police/CN-GD"
    with pytest.raises(InputError, match="did you mean csrc"):
        offices.check("csrcc", "--by")
    with pytest.raises(InputError, match="has no province"):
        offices.check("local_police", "--by")


@pytest.mark.parametrize("text", ["CN-BJ", "beijing", " Beijing ", "北京"])
def test_a_province_has_several_names(text: str) -> None:
    assert read_offices().province(text, "--province") == "CN-BJ"


def test_there_are_31_provinces_and_the_corps() -> None:
    provinces = read_offices().provinces
    assert len(provinces) == 32 and "XPCC" in provinces
    assert len({chinese for _, chinese in provinces.values()}) == 32
    with pytest.raises(InputError, match="did you mean Shanxi or Shaanxi"):
        read_offices().province("Shanxii", "--province")


def test_what_a_role_may_do() -> None:
    offices = read_offices()
    assert offices.may("internet_firm", "add", "notice")
    assert not offices.may("internet_firm", "advance", "notice")
    assert not offices.may("csrc", "advance", "debt")
    assert offices.may("keeper", "advance", "debt") and offices.may("keeper", "advance", "notice")
    with pytest.raises(InputError) as error:
        offices.require("association", "advance", "notice", "--by")
    assert error.value.codes == ("M907",) and "Financial regulator" in str(error.value)


def test_a_local_office_is_in_a_group_for_its_own_province_only() -> None:
    offices = read_offices()
    assert offices.within("local_police/CN-GD", "tokenization", "CN-GD")
    assert not offices.within("local_police/CN-BJ", "tokenization", "CN-GD")
    assert not offices.within("local_police/CN-BJ", "debt", "CN-BJ")
    assert offices.within("csrc", "tokenization", "") and not offices.within("csrc", "debt", "")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('roles = ["keeper"]', 'roles = ["keper"]', "no role 'keper'"),
        ('offices = ["debt_desk", ', 'offices = ["dept_desk", ', "no office 'dept_desk'"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "monitor")
    path = tmp_path / "monitor/offices.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError, match=said):
        read_offices(tmp_path / "monitor")
