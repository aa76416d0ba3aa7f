"""Each step is refused where it is not the next, lacks what it needs, or is not for that office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from creditor.errors import InputError
from creditor.monitor.alert import Alert, replay
from creditor.monitor.clue import Clue
from creditor.monitor.event import START, Draft, Event, seal
from creditor.monitor.steps import adding, advancing, observing, sharing
from creditor.monitor.verification import Observation

TIME = "2026-03-01T00:00:00Z"
YES, NO = (Observation("police", "police", "offline", finds) for finds in ("yes", "no"))


class Book:
    """A log in memory."""

    def __init__(self, clue: Clue, office: str = "csrc") -> None:
        self.events: list[Event] = []
        self.put(adding(clue, office, TIME))

    def put(self, draft: Draft) -> None:
        previous = self.events[-1].digest if self.events else START
        self.events.append(seal(draft, len(self.events) + 1, "A-1", TIME, previous))

    @property
    def alert(self) -> Alert:
        return replay(self.events)["A-1"]

    def to(self, state: str, office: str = "csrc", **given: object) -> Alert:
        self.put(advancing(self.alert, state, office, TIME, given))
        return self.alert

    def see(self, seen: Observation, office: str = "csrc") -> Alert:
        self.put(observing(self.alert, seen, office, TIME))
        return self.alert


@pytest.fixture
def book(clue: Callable[..., Clue]) -> Book:
    found = Book(clue())
    found.to("triage")
    found.to("disseminated")
    return found


def codes(error: pytest.ExceptionInfo[InputError]) -> tuple[str, ...]:
    return error.value.codes


def test_the_whole_way(book: Book) -> None:
    assert set(book.alert.received) == {"csrc", "local_financial_regulator/CN-GD"}  # the leads, by default
    book.see(YES)
    assert book.to("verified").unconfirmed == ""
    book.to("investigating")
    book.to("determined", determination="RWA tokenization without consent")
    book.to("handled", measure="dealt_with_by_other_law")
    done = book.to("closed", outcome="stopped")
    assert done.told["outcome"] == "stopped" and set(done.received.values()) == {"closed"}
    with pytest.raises(InputError, match="it is closed") as error:
        book.to("triage")
    assert codes(error) == ("M902",)
    with pytest.raises(InputError, match="it is closed"):
        book.see(YES)


def test_a_suspected_crime_is_transferred_with_its_ground(book: Book) -> None:
    book.see(YES)
    book.to("verified")
    book.to("investigating")
    book.to("determined", determination="fraud suspected")
    with pytest.raises(InputError, match="needs reason"):
        book.to("transferred")
    assert book.to("transferred", reason="suspected fraud").state == "transferred"


def test_verified_needs_two_origins_that_agree(book: Book) -> None:
    with pytest.raises(InputError, match="one origin only") as error:
        book.to("verified")
    assert codes(error) == ("M903",)
    book.see(Observation("a newspaper", "A Bank", "online", "yes"))  # repeats the first origin
    with pytest.raises(InputError, match="one origin only"):
        book.to("verified")
    book.see(NO)
    with pytest.raises(InputError, match="contradict each other"):
        book.to("verified")
    assert book.to("verified", reason="seen on site").unconfirmed == "conflict"


def test_what_is_refuted_against_a_source_says_so(book: Book, clue: Callable[..., Clue]) -> None:
    book.see(NO)
    assert book.to("refuted").unconfirmed == "conflict"
    agreed = Book(clue())
    agreed.to("triage")
    agreed.to("disseminated")
    agreed.see(Observation("a bank", "a bank", "online", "no"))
    agreed.see(Observation("A Bank", "A Bank", "online", "no"))
    agreed.see(NO)
    assert agreed.alert.validation.result == "agree" and agreed.to("refuted").unconfirmed == ""


def test_nothing_verifies_what_all_deny(clue: Callable[..., Clue]) -> None:
    found = Book(clue())
    found.to("triage")
    found.to("disseminated")
    found.see(Observation("a bank", "a bank", "online", "no"))
    with pytest.raises(InputError, match="what is known says no"):
        found.to("verified", reason="all the same")


def test_refuted_needs_a_source_that_denies_and_goes_to_all(book: Book) -> None:
    book.put(sharing(book.alert, ["miit", "cac"], "csrc", TIME))
    with pytest.raises(InputError, match="no source says that it is not so"):
        book.to("refuted")
    book.see(NO)
    done = book.to("refuted")
    assert set(done.received) == {"csrc", "local_financial_regulator/CN-GD", "miit", "cac"}
    assert set(done.received.values()) == {"refuted"}
    assert set(done.events[-1].content["told"]) == set(done.received)
    book.put(sharing(book.alert, ["mps"], "csrc", TIME))
    assert book.alert.received["mps"] == "refuted"  # who receives it later receives it as refuted
    with pytest.raises(InputError, match="legal: closed"):
        book.to("investigating")


def test_nothing_is_closed_without_an_outcome_nor_handled_without_measure(book: Book) -> None:
    book.see(NO)
    book.to("refuted")
    with pytest.raises(InputError, match="the step to closed needs outcome") as error:
        book.to("closed")
    assert codes(error) == ("M903",)


def test_a_take_down_follows_a_referral_by_a_financial_regulator(book: Book) -> None:
    book.see(YES)
    book.to("verified")
    book.to("investigating")
    book.to("determined", determination="illegal site")
    with pytest.raises(InputError) as error:
        book.to("handled", measure="take_down")
    assert codes(error) == ("M907",) and "cac, miit, mps" in str(error.value)
    with pytest.raises(InputError, match="needs a referral") as error:
        book.to("handled", "cac", measure="take_down")
    assert codes(error) == ("M903",)
    book.put(sharing(book.alert, ["cac"], "samr", TIME))  # no financial regulator
    with pytest.raises(InputError, match="needs a referral"):
        book.to("handled", "cac", measure="take_down")
    book.put(sharing(book.alert, ["cac"], "csrc", TIME))
    assert book.to("handled", "cac", measure="take_down").state == "handled"


def test_measures_have_their_pack_and_nearest(book: Book) -> None:
    book.see(YES)
    book.to("verified")
    book.to("investigating")
    book.to("determined", determination="x")
    for name in ("take_dwon", "watched"):
        with pytest.raises(InputError) as error:
            book.to("handled", measure=name)
        assert codes(error) == ("M909",)


def test_nobody_outside_the_group_receives_it(book: Book) -> None:
    for name in ("debt_desk", "local_police/CN-BJ"):
        with pytest.raises(InputError, match="outside the sharing group") as error:
            sharing(book.alert, ["miit", name], "csrc", TIME)
        assert codes(error) == ("M907",)
    assert not book.alert.readable_by("debt_desk")
    assert not book.alert.readable_by("local_police/CN-BJ")
    assert book.alert.readable_by("local_police/CN-GD") and book.alert.readable_by("keeper")


def test_roles(book: Book, clue: Callable[..., Clue]) -> None:
    with pytest.raises(InputError) as error:
        book.to("verified", "association")
    assert codes(error) == ("M907",)
    with pytest.raises(InputError) as error:
        adding(clue(), "debt_desk", TIME)
    assert codes(error) == ("M907",)
    assert adding(clue(), "internet_firm", TIME).office == "internet_firm"


def test_it_cannot_be_shared_before_it_is_disseminated(clue: Callable[..., Clue]) -> None:
    with pytest.raises(InputError, match="not disseminated yet") as error:
        sharing(Book(clue()).alert, ["miit"], "csrc", TIME)
    assert codes(error) == ("M902",)


def test_times_do_not_run_backwards(book: Book) -> None:
    with pytest.raises(InputError) as error:
        observing(book.alert, YES, "csrc", "2026-02-28T23:59:59Z")
    assert codes(error) == ("M910",)


def test_texts_of_steps_hold_no_person_and_nothing_that_the_step_does_not_take(book: Book) -> None:
    with pytest.raises(InputError) as error:
        book.to("refuted", reason="said by 13812345678")
    assert codes(error) == ("M908",)
    with pytest.raises(InputError) as error:
        book.to("verified", outcome="done")
    assert codes(error) == ("M909",)
    with pytest.raises(InputError) as error:
        book.see(replace(YES, note="11010519491231002X"))
    assert codes(error) == ("M908",)
