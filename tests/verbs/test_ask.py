"""The interview asks only what can change the verdict, and takes no wrong answer."""

from __future__ import annotations

from creditor.verbs.ask import Interview
from creditor.verbs.assess import assess


def talk(interview, answers):
    asked = []
    while (question := interview.next()) is not None:
        asked.append(question.fact)
        assert interview.answer(question, answers.get(question.fact, "")) == ""
    return asked


def test_an_exchange_at_home_takes_few_questions():
    interview = Interview("notice42")
    answers = {"activity": "fiat-virtual exchange", "object": "virtual_currency", "actor_type": "company"}
    answers |= {"actor_place": "domestic", "place": "domestic"}
    asked = talk(interview, answers)
    assert assess(interview.said).payload["verdict"] == "prohibited" and interview.settled
    assert len(asked) <= 5 and "consent" not in asked and "infrastructure" not in asked


def test_a_government_bond_takes_two():
    interview = Interview("notice42")
    assert talk(interview, {"activity": "default", "object": "government bond"}) == ["activity"]


def test_nothing_is_asked_once_the_verdict_stands():
    interview = Interview("notice42")
    for act in ("research", "default", "policy reference", "payment", "RWA tokenization"):
        interview.said = {"activity": act}
        open_ = assess(interview.said).payload["verdict"] == "undetermined"
        assert open_ == (act in ("payment", "RWA tokenization"))
        assert (interview.next() is not None) == open_, act
    interview.said = {"activity": "payment"}
    assert (question := interview.next()) and question.fact == "object"


def test_every_question_could_change_the_verdict():
    interview = Interview("notice42")
    interview.said = {"activity": "RWA tokenization", "object": "rwa", "actor_type": "company"}
    while (question := interview.next()) is not None:
        reached = {
            assess({**interview.said, question.fact: value}).payload["verdict"] for value in question.values
        }
        open_before = assess(interview.said).payload["verdict"]
        assert open_before == "undetermined" and reached
        interview.answer(question, question.values[0])
    assert interview.settled


def test_not_known_is_an_answer_and_is_not_asked_again():
    interview = Interview("notice42")
    asked = talk(interview, {"activity": "issuing stablecoin", "object": "RMB stablecoin"})
    assert len(asked) == len(set(asked)) and assess(interview.said).payload["verdict"] == "undetermined"
    assert not interview.settled


def test_wrong_answers_are_mended(tmp_path):
    interview = Interview("notice42")
    question = interview.next()
    assert "holding" in interview.answer(question, "hoding") and interview.next() == question
    assert "from 1 to" in interview.answer(question, "0") and interview.answer(question, "1") == ""
    assert interview.said == {"activity": "fiat-virtual exchange"}
    figures = Interview("eu_3_60")
    first = figures.next()
    assert first.fact == "deficit_to_gdp" and "point" in figures.answer(first, "4,1")
    assert figures.answer(first, "2.0") == "" and figures.answer(figures.next(), "50") == ""
    assert figures.next() is None


def test_it_begins_with_a_file(tmp_path):
    path = tmp_path / "case.toml"
    path.write_text('activity = "holding"\nobject = "e-CNY"\n', "utf-8")
    assert Interview("notice42", path).next() is None
