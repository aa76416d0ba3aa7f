"""A person file is read strictly: every missing, unknown or impossible field is named at once."""

from __future__ import annotations

import pytest

from creditor.analysis.person import available_persons, read_person
from creditor.errors import InputError, MissingError
from creditor.terms.library import ROOT

TEXT = (ROOT / "persons" / "teacher_california.toml").read_text()


def person(tmp_path, *changes):
    text = TEXT
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    path = tmp_path / "someone.toml"
    path.write_text(text)
    return read_person(str(path))


def test_a_file_or_a_name_of_the_library(tmp_path):
    assert "teacher_california" in available_persons()
    by_name, by_path = (
        read_person("teacher_california"),
        read_person("library/persons/teacher_california.toml"),
    )
    assert by_name == by_path == person(tmp_path)
    with pytest.raises(MissingError) as caught:
        read_person("teacher_californa.toml")
    assert "did you mean teacher_california?" in str(caught.value)


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("age = 55", "age = 155", "age"),
        ("age = 55", "age = 9", "age"),
        ("age = 55", "age = 55.5", "age"),
        ("age = 55", "age = true", "age"),
        ("age = 55", 'age = "old"', "age"),
        ("service = 30", "service = 42", "service"),
        ("service = 30", "service = -1", "service"),
        ("pay = 101084", "pay = -5", "pay"),
        ("pay = 101084", "pay = inf", "pay"),
        ("pay = 101084", "pay = nan", "pay"),
        ("income_tax = 10000", "income_tax = 200000", "income_tax"),
        ("all_taxes = 11466", "all_taxes = 9000", "all_taxes"),
        ('economy = "USA"', 'economy = "USS"', "economy"),
        ('grade = "C"', 'grade = "D"', "grade"),
        ("title =", "titel =", "titel"),
        ('kind = "defined_benefit"', 'kind = "lottery"', "kind"),
        ('sponsor = "state_and_local_government"', 'sponsor = "the state"', "sponsor"),
        ("public_equity = 41.84", "public_equity = 61.84", "plan.mix"),
        ("public_equity = 41.84", "public_equity = -41.84", "public_equity"),
        ('"fixed_income", "risk', '"fixed_incom", "risk', "plan.may_be_debt"),
        ("from_age = 60", "from_age = 200", "from_age"),
        ("60 = 2.00", "60 = 200", "60"),
        ("60 = 2.00", "sixty = 2.00", "benefit.factors"),
        ("rates = [3, 7]", "rates = [7, 3]", "benefit.rates"),
        ("rates = [3, 7]", "rates = [3]", "benefit.rates"),
        ("years_paid = 25", "years_paid = 0", "years_paid"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, before, after, field):
    with pytest.raises(InputError) as caught:
        person(tmp_path, (before, after))
    assert set(caught.value.codes) == {"P801"}
    assert any(trouble.where.endswith(f", {field}") for trouble in caught.value.troubles), str(caught.value)
    assert all(trouble.mend for trouble in caught.value.troubles)


def test_every_trouble_comes_at_once(tmp_path):
    with pytest.raises(InputError) as caught:
        person(tmp_path, ("age = 55", "age = 0"), ("pay = 101084", "pay = -1"), ("[3, 7]", "[9]"))
    assert {trouble.where.split(", ")[1] for trouble in caught.value.troubles} >= {
        "age",
        "pay",
        "benefit.rates",
    }


def test_a_file_without_plan_or_schema_is_refused(tmp_path):
    for text, code in (("schema = 1\n", "P801"), ("age = 3\n", "C114"), ("schema = 1\nage = [", "C115")):
        path = tmp_path / "x.toml"
        path.write_text(text)
        with pytest.raises(InputError) as caught:
            read_person(str(path))
        assert code in caught.value.codes


def test_a_defined_contribution_plan_is_worth_its_balance(tmp_path):
    head, _, _ = TEXT.partition("[benefit]")
    path = tmp_path / "saver.toml"
    path.write_text(head.replace('"defined_benefit"', '"defined_contribution"\nbalance = 80000', 1))
    saver = read_person(str(path))
    assert saver.claim == (80000.0, 80000.0) and saver.benefit is None and saver.pension == 0
    path.write_text(TEXT.replace('"defined_benefit"', '"defined_contribution"\nbalance = 80000', 1))
    with pytest.raises(InputError):
        read_person(str(path))


def test_the_factor_rises_with_age_and_career_but_not_above_the_most(tmp_path):
    benefit = person(tmp_path).benefit
    assert benefit.factor(55, 10) == 1.40 and benefit.factor(55, 30) == pytest.approx(1.60)
    assert benefit.factor(63, 30) == 2.4 and benefit.factor(70, 5) == 2.4 and benefit.factor(50, 5) == 1.40


def test_an_impossible_pay_is_the_only_trouble_it_makes(tmp_path):
    with pytest.raises(InputError) as caught:
        person(tmp_path, ("pay = 101084", "pay = -3"))
    assert [trouble.where.rpartition(" ")[2] for trouble in caught.value.troubles] == ["pay"]
