"""Words are found by name, code or title in any case, and a wrong one is answered with the nearest."""

import pytest

from creditor.errors import InputError
from creditor.terms import vocabulary
from creditor.terms.vocabulary import currencies, economies, groups, instruments, sectors, title_of, word


@pytest.fixture
def own_library(tmp_path, monkeypatch):
    """An empty library; writes one vocabulary."""

    def write(name, text):
        (tmp_path / "terms").mkdir(exist_ok=True)
        (tmp_path / "terms" / f"{name}.csv").write_text(text, encoding="utf-8")

    monkeypatch.setattr(vocabulary.library, "ROOT", tmp_path)
    vocabulary._words.cache_clear()
    yield write
    vocabulary._words.cache_clear()


def test_words_have_what_their_file_says():
    fund = sectors()["pension_funds"]
    assert (fund.name, fund.code, fund.role) == ("pension_funds", "S129", "intermediary")
    assert fund.title and fund.definition and not fund.currency
    assert (economies()["JPN"].title, economies()["JPN"].currency) == ("Japan", "JPY")
    assert (currencies()["USD"].name, currencies()["USD"].code) == ("USD", "USD")
    assert instruments()["debt_securities"].code == "F3"
    assert groups()["top_0.1"].role == "wealth"


@pytest.mark.parametrize(
    ("kind", "typed", "name"),
    [
        ("economies", "JPN", "JPN"),
        ("economies", "jpn", "JPN"),
        ("economies", " United states ", "USA"),
        ("economies", "CÔTE D'IVOIRE", "CIV"),
        ("currencies", "usd", "USD"),
        ("sectors", "Pension_Funds", "pension_funds"),
        ("sectors", "unallocated", "UNALLOCATED"),
        ("groups", "bottom_50", "bottom_50"),
    ],
)
def test_a_word_is_found_in_any_case(kind, typed, name):
    assert word(kind, typed, "x").name == name


@pytest.mark.parametrize(
    ("kind", "typed", "code", "what", "near"),
    [
        ("economies", "Grece", "T201", "no economy 'Grece'", "Greece"),
        ("economies", "USB", "T201", "no economy 'USB'", "USA"),
        ("sectors", "pension_fund", "T202", "no sector 'pension_fund'", "pension_funds"),
        ("instruments", "det_securities", "T203", "no instrument 'det_securities'", "debt_securities"),
        ("currencies", "USX", "T205", "no currency 'USX'", "USD"),
        ("groups", "top_01", "T202", "no group 'top_01'", "top_0.1"),
    ],
)
def test_a_wrong_word_is_answered_with_the_nearest(kind, typed, code, what, near):
    with pytest.raises(InputError) as caught:
        word(kind, typed, "x.csv:4")
    (trouble,) = caught.value.troubles
    assert (trouble.code, trouble.where, trouble.what) == (code, "x.csv:4", what)
    assert trouble.mend.startswith("did you mean ")
    assert near in trouble.mend


def test_titles_for_readers():
    assert title_of("deposit_takers") == "Banks and other deposit takers"
    assert title_of("top_0.1") == "Households, richest 0.1 %"
    assert title_of("USA") == "United States"
    assert title_of("somebody") == "somebody"


def test_a_word_that_is_there_twice_or_has_no_name_is_refused(own_library):
    head = "# schema 1\nname,by,title,definition\n"
    own_library("groups", head + "a,age,A,x.\n,age,B,y.\na,wealth,C,z.\n")
    with pytest.raises(InputError) as caught:
        groups()
    assert [(t.code, t.where) for t in caught.value.troubles] == [
        ("C112", "groups.csv:4"),
        ("C110", "groups.csv:5"),
    ]
    own_library("groups", head + "a,age,A,x.\nb,wealth,C,z.\n")
    assert list(groups()) == ["a", "b"]


def test_a_vocabulary_that_is_not_there_is_named(own_library):
    with pytest.raises(InputError) as caught:
        sectors()
    assert caught.value.codes == ("C101",)
