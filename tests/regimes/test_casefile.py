"""Case files: one activity with owners, tables of which no row is lost, files that cannot be read."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.regimes.casefile import case_of, read_case_file, read_case_table, text_of

CASE = 'schema = 1\nactivity = "issuing virtual currency"\nobject = "virtual_currency"\nactor = "v"\n'


def written(tmp_path, text, name="case.toml"):
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def test_owners_set_control(tmp_path, notice):
    owners = '[[owner]]\nowner = "g"\nof = "v"\nshare = 80\nplace = "domestic"\n'
    case, control = read_case_file(written(tmp_path, CASE + owners), notice)
    assert control.value == "yes" and case.said["controlled_by_domestic"] == "yes"


def test_owners_against_the_column_contradict(tmp_path, notice):
    owners = (
        'controlled_by_domestic = "no"\n[[owner]]\nowner = "g"\nof = "v"\nshare = 80\nplace = "domestic"\n'
    )
    with pytest.raises(InputError) as caught:
        read_case_file(written(tmp_path, CASE + owners), notice)
    assert caught.value.codes == ("R905",)


def test_lists_truth_and_answers_of_a_person(notice):
    facts = {
        "activity": ["display", "paid traffic"],
        "human_definition": True,
        "extra": ["DLT", "non-transferable"],
    }
    case, _ = case_of(facts, "case", notice)
    assert len(case.parts) == 2 and not case.troubles and case.said["human_definition"] == "yes"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("schema = 1\nactivty = 'x'\n", ("R901",)),
        ("schema = 1\nplace = 'domestik'\nconsent = 'maybe'\n", ("R901", "R901")),
        ("schema = 1\nextra = 'new project; existing project'\n", ("R905",)),
        ("place = \n", ("C115",)),
        (b"\xff\xfe", ("C103",)),
        ("[[owner]]\nowner = 'a'\nshre = 3\n", ("R901", "R901", "R901")),
        (
            "[[owner]]\nowner = 'a'\nof = 'b'\nshare = 60\n[[owner]]\nowner = 'b'\nof = 'a'\nshare = 60\n",
            ("R906",),
        ),
        ("[facts]\nx = 1\n", ("R901",)),
    ],
)
def test_bad_files_are_named(tmp_path, notice, text, codes):
    with pytest.raises(InputError) as caught:
        read_case_file(written(tmp_path, text), notice)
    assert caught.value.codes == codes


def test_no_row_of_a_table_is_lost(tmp_path, notice):
    text = (
        "id,title,activity,object,place\nA,t,holding,e-CNY,domestic\nB,t,holding\nC,t,hoding,e-CNY,domestic\n"
    )
    text += 'D,"a\nb",holding,e-CNY,domestic\n'
    cases = read_case_table(written(tmp_path, text, "c.csv"), notice)
    assert [case.name for case in cases] == ["A", "B", "C", "D"]
    assert [bool(case.troubles) for case in cases] == [False, True, True, False]
    assert cases[1].contradicts and cases[1].troubles[0].code == "C106" and "c.csv:3" in cases[1].where


@pytest.mark.parametrize(("text", "code"), [("", "C102"), ("a,b\n1,2\n", "C104")])
def test_a_table_that_is_none(tmp_path, notice, text, code):
    with pytest.raises(InputError) as caught:
        read_case_table(written(tmp_path, text, "c.csv"), notice)
    assert caught.value.codes == (code,)


def test_a_file_that_is_too_large_or_absent(tmp_path):
    with pytest.raises(InputError) as caught:
        text_of(written(tmp_path, "x" * 2000), limit_mb=0.001)
    assert caught.value.codes == ("C105",)
    with pytest.raises(InputError) as absent:
        text_of(tmp_path / "none")
    assert absent.value.codes == ("C101",)


def test_a_misspelt_column_is_said_and_others_are_passed_over(tmp_path, notice):
    text = "id,activty,object,note of ours\nA,mining,mining project,x\n"
    (case,) = read_case_table(written(tmp_path, text, "c.csv"), notice)
    (trouble,) = case.troubles
    assert trouble.code == "R901" and trouble.mend == "did you mean activity?" and not case.contradicts
