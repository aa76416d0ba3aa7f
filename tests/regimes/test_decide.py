"""The verdict of unknown facts is that of every completion, whatever the order in which they are tried."""

from __future__ import annotations

import itertools
import random

import pytest

from creditor.regimes.assess import assess_case
from creditor.regimes.cases import read_case
from creditor.regimes.coverage import cases_of
from creditor.regimes.decide import Machine, Node, possible, slots_of, strictest
from creditor.regimes.read import machine_of
from creditor.regimes.regime import UNDETERMINED

BLANKS = ("place", "consent", "infrastructure", "counterparty_place", "actor_place", "controlled_by_domestic")
BLANKS += ("actor_type", "object", "activity")


def facts_of(entry):
    return {key: text for key, text in entry.case.said.items() if key != "term"}


def completions(notice, facts, names):
    """All values that what is said leaves open: a note may have settled a column."""
    bits = read_case(notice, facts, "case").parts[0]
    known = notice.vocabulary.facts
    for values in itertools.product(*(known[name].names(bits[notice.slots[name]]) for name in names)):
        yield {**facts, **dict(zip(names, values, strict=True))}


def verdict(notice, facts):
    return assess_case(notice, read_case(notice, facts, "case"))


@pytest.mark.parametrize("seed", range(60))
def test_an_answer_with_blanks_is_that_of_all_completions(notice, seed):
    draw = random.Random(seed)
    entry = draw.choice([e for e in cases_of(notice) if ";" not in e.case.said.get("activity", "")])
    names = draw.sample(BLANKS[:6] if seed % 3 else BLANKS, draw.choice((1, 2)))
    facts = {key: text for key, text in facts_of(entry).items() if key not in names}
    told = verdict(notice, facts)
    open_before = set(verdict(notice, facts_of(entry)).missing)
    reached = {}
    for filled in completions(notice, facts, names):
        case = read_case(notice, filled, "case")
        if not case.contradicts:
            reached[tuple(filled[name] for name in names)] = assess_case(notice, case).verdict
    if len(set(reached.values())) == 1 and UNDETERMINED not in reached.values():
        assert told.verdict == next(iter(reached.values())), (entry.case.name, names)
    if told.verdict != UNDETERMINED:
        assert set(reached.values()) == {told.verdict}, (entry.case.name, names)
    else:
        assert told.missing and (set(told.missing) - open_before or open_before)


def test_missing_names_exactly_what_makes_a_difference(notice):
    """A fact is named where two completions that differ in it alone have different verdicts."""
    for entry in cases_of(notice):
        machine = machine_of(notice)
        for bits in entry.case.parts:
            tree = machine.decide(bits).tree
            for slot in slots_of(tree):
                assert any(differs(tree, slot, path) for path in paths(tree)), entry.case.name


def paths(tree, fixed=()):
    if isinstance(tree, str):
        yield fixed
    else:
        for bits, branch in tree.branches:
            yield from paths(branch, (*fixed, (tree.slot, bits)))


def differs(tree, slot, path):
    chosen = dict(path)
    if slot not in chosen:
        return False

    def walk(node, other):
        while isinstance(node, Node):
            if node.slot == slot:
                wanted = other
            elif node.slot in chosen:
                wanted = chosen[node.slot]
            else:
                wanted = node.branches[0][0]
            node = next((b for bits, b in node.branches if bits & wanted), node.branches[0][1])
        return node

    return len({walk(tree, 1 << place) for place in range(8)}) > 1


def test_a_blank_case_asks_and_decides_nothing(notice):
    machine = Machine(notice)
    decision = machine.decide(machine.blank())
    assert decision.verdict == UNDETERMINED and decision.asked


def test_trees_are_combined_by_the_stricter_verdict():
    one = Node(0, ((1, "permitted"), (2, "prohibited")))
    other = Node(1, ((1, "not_covered"), (2, "civil_risk")))
    both = strictest(one, other)
    assert possible(both) == {"permitted", "civil_risk", "prohibited"} and slots_of(both) == {0, 1}
    assert strictest("prohibited", one) == "prohibited" and strictest(one, one) == one
    assert possible(both, 0, 2) == {"prohibited"}


def test_too_many_completions_are_said(notice, monkeypatch):
    monkeypatch.setattr("creditor.regimes.decide.MOST", 3)
    machine = Machine(notice)
    decision = machine.decide(machine.blank())
    assert not decision.complete and decision.verdict == UNDETERMINED and decision.asked
