"""Grades are A, B and C, the worst wins; digests are stable and tell parts apart."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.errors import InputError
from creditor.terms.provenance import GRADES, VERSION, Origin, Provenance, check_grade, digest, worst_grade


def test_the_version_is_that_of_the_package():
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["project"]["version"] == VERSION


@given(st.lists(st.sampled_from("ABC")))
def test_the_worst_grade_wins(grades):
    assert worst_grade(grades) == ("C" if "C" in grades else "B" if "B" in grades else "A")


def test_grades():
    assert [check_grade(grade, "x") for grade in GRADES] == ["A", "B", "C"]
    for text in ("a", "D", "", "AB"):
        with pytest.raises(InputError) as caught:
            check_grade(text, "x.csv:2")
        (trouble,) = caught.value.troubles
        assert (trouble.code, trouble.where, trouble.what) == ("T209", "x.csv:2", f"grade {text!r}")
        assert trouble.mend.startswith("A published")


def test_an_origin_is_published_unless_it_says_otherwise():
    assert Origin("x") == Origin("x", "", "A")


def test_fields_that_do_not_apply_are_left_out_and_seed_zero_stays():
    assert Provenance().as_dict() == {"version": VERSION}
    assert Provenance("2026-03-19", "0f", seed=0).as_dict() == {
        "data_vintage": "2026-03-19",
        "library_hash": "0f",
        "seed": 0,
        "version": VERSION,
    }


def test_the_digest_is_stable():
    assert digest([]) == "e3b0c44298fc1c14"
    assert digest([b"a", b"b"]) == "3c9d591045bc8876"


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_digests_differ_where_parts_or_their_order_differ(first, second):
    assert (digest(first) == digest(iter(second))) == (first == second)
    assert len(digest(first)) == 16
