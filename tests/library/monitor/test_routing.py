"""Rules of routing rest on articles of the notice and agree with what its rules say about routing."""

from __future__ import annotations

import tomllib

import pytest

from creditor.monitor.routing import read_routing, route
from creditor.terms.library import ROOT
from creditor.verbs.assess import assess

REGIME = ROOT / "regimes/notice42"


def test_articles_are_printed_in_the_notice() -> None:
    ids = set()
    for path in sorted(REGIME.glob("articles-*.toml")):
        ids |= {row["article"] for row in tomllib.loads(path.read_text("utf-8"))["provision"]}
    said = {row["article"] for row in read_routing()["rule"] if "notice" in row["packs"]}
    for row in read_routing()["local"]:
        said |= {row["responsible_article"], row["lead_article"]}
    assert said <= ids


def test_words_of_objects_are_those_of_the_batch_vocabulary() -> None:
    """A word that is no name of an object itself can be used in a case of the notice as well."""
    facts = tomllib.loads((REGIME / "vocabulary.toml").read_text("utf-8"))["fact"]
    known = {
        value.casefold()
        for fact in facts
        if fact["name"] in ("object", "activity")
        for value in fact["values"]
    }
    own = {"stablecoin", "registration", "advertisement", "public_debt"}
    for name, row in read_routing()["objects"].items():
        for word in row["words"]:
            assert word == name or word.casefold() in known | own, word


@pytest.mark.parametrize(("kind", "article"), [("virtual_currency", "III(a)"), ("rwa", "III(b)")])
def test_the_regime_says_the_same(kind: str, article: str) -> None:
    case = {"activity": "routing", "object": kind, "actor_type": "government", "place": "domestic"}
    told = assess(case).payload
    said = {*told["articles"], *told.get("also", [])}
    assert article in said
    assert article in {duty.article for duty in route("notice", kind).duties}


def test_every_object_has_a_rule_and_every_word_one_object() -> None:
    data = read_routing()
    assert {name for row in data["rule"] for name in row["objects"]} == set(data["objects"])
    words = [word.casefold() for row in data["objects"].values() for word in row["words"]]
    assert len(words) == len(set(words))
