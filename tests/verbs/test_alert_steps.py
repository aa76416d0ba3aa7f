"""Verbs that write: clues all or none, steps with what they need, sources, sharing; each answer tells the alert."""

from __future__ import annotations

from pathlib import Path

import pytest

import creditor as cr
from creditor.errors import InputError

TOLD = {
    "pack": "notice",
    "subject": "rent.example",
    "subject_kind": "website",
    "object": "rwa",
    "sentence": "Sells tokens on rents.",
    "source": "a bank",
    "province": "Guangdong",
}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    place = str(tmp_path / "alerts.sqlite")
    monkeypatch.setenv("CREDITOR_ALERTS", place)
    monkeypatch.delenv("CREDITOR_OFFICE", raising=False)
    return place


def test_from_clue_to_closure(store: str) -> None:
    assert cr.alerts_add(at="2026-03-01", **TOLD).payload["added"] == ["A-1"]
    cr.alerts_advance("A-1", "triage", at="2026-03-02", by="csrc")
    sent = cr.alerts_advance("A-1", "disseminated", at="2026-03-03", by="csrc", to=["csrc", "miit"])
    assert "Passed on to China Securities Regulatory Commission, Ministry of Industry" in sent.story
    assert {f.severity for f in sent.findings} == {"warning"}  # not verified yet
    assert cr.alerts_verify("A-1").payload["validation"]["result"] == "single"
    seen = cr.alerts_verify("A-1", "the police", finds="yes", at="2026-03-04", by="mps")
    assert seen.story == "A-1: independent sources agree that it is so."
    done = cr.alerts_advance("A-1", "verified", at="2026-03-05", by="csrc")
    assert "2 offices told" in done.story and not done.findings
    shared = cr.alerts_share("A-1", ["cac"], at="2026-03-06", by="csrc")
    assert "as verified" in shared.story and shared.payload["received"]["cac"] == "verified"
    cr.alerts_advance("A-1", "investigating", at="2026-03-07")
    cr.alerts_advance("A-1", "determined", determination="tokens without consent", at="2026-03-08")
    cr.alerts_advance("A-1", "handled", measure="take_down", by="cac", at="2026-03-09")
    end = cr.alerts_advance("A-1", "closed", outcome="site closed", at="2026-03-10")
    assert end.payload["state"] == "closed" and end.payload["next"] == []
    assert end.payload["outcome"] == "site closed" and set(end.payload["received"].values()) == {"closed"}


def test_the_same_finding_is_entered_once(store: str) -> None:
    cr.alerts_add(at="2026-03-01", **TOLD)
    again = cr.alerts_add(at="2026-03-02", **TOLD)
    assert again.payload["added"] == [] and again.payload["present"] == ["A-1"]
    assert "already there (A-1)" in again.story


def test_a_file_is_entered_whole_or_not_at_all(store: str, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("subject,object\na.example,rwa\nb.example,bitcoin mine\n")
    head = {name: TOLD[name] for name in ("pack", "subject_kind", "sentence", "source")}
    with pytest.raises(InputError, match=r"c\.csv:3, object: no object 'bitcoin mine'"):
        cr.alerts_add(path, **head)
    assert not Path(store).exists()
    path.write_text("subject,object\na.example,rwa\nb.example,mining\na.example,rwa\n")
    done = cr.alerts_add(path, **head)
    assert done.payload["added"] == ["A-1", "A-2"]  # the third row repeats the first


def test_a_person_is_refused_and_nothing_is_stored(store: str) -> None:
    with pytest.raises(InputError, match="M908"):
        cr.alerts_add(at="2026-03-01", **{**TOLD, "evidence": "run by 13812345678"})
    with pytest.raises(InputError, match="M908"):
        cr.alerts_add(at="2026-03-01", passport="E1", **TOLD)
    assert not Path(store).exists()


def test_a_number_says_yes_or_no_by_the_threshold(store: str) -> None:
    debt = {
        "pack": "debt",
        "subject": "EGY",
        "subject_kind": "economy",
        "object": "public_debt",
        "sentence": "Heavy.",
    }
    cr.alerts_add(source="IMF", value=12.0, threshold=10.0, side="above", at="2026-03-01", **debt)
    assert cr.alerts_verify("1", "World Bank", value=11.0).payload["validation"]["result"] == "agree"
    assert cr.alerts_verify("1", "a ministry", value=9.0).payload["validation"]["result"] == "conflict"
    with pytest.raises(InputError, match="contradict each other"):
        cr.alerts_verify("1", "a bank", value=9.0, finds="yes")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"source": "x"}, "M903"),
        ({"source": "", "finds": "yes"}, "M903"),
        ({"source": "x", "finds": "perhaps"}, "M909"),
        ({"source": "x", "finds": "yes", "channel": "gossip"}, "M909"),
        ({"source": "me@mail.example", "finds": "yes"}, "M908"),
    ],
)
def test_faults_of_observations(store: str, options: dict[str, str], code: str) -> None:
    cr.alerts_add(at="2026-03-01", **TOLD)
    with pytest.raises(InputError) as error:
        cr.alerts_verify("1", **options)
    assert error.value.codes == (code,)
    assert len(cr.alerts_show("1").payload["events"]) == 1


def test_missing_alerts(store: str) -> None:
    for call in (
        lambda: cr.alerts_advance("A-1", "triage"),
        lambda: cr.alerts_share("A-1", ["cac"]),
        lambda: cr.alerts_verify("A-1"),
        lambda: cr.alerts_verify("A-1", "x", finds="yes"),
    ):
        with pytest.raises(InputError) as error:
            call()
        assert error.value.codes == ("M901",)
    assert not Path(store).exists()


def test_an_office_outside_the_group_cannot_move_it(store: str) -> None:
    cr.alerts_add(at="2026-03-01", group="mining", **TOLD)
    with pytest.raises(InputError) as error:
        cr.alerts_advance("A-1", "triage", by="samr")
    assert error.value.codes == ("M901",)
