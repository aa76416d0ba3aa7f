"""Owns the decision: the verdict of known facts, and of every completion where some are unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from creditor.regimes.regime import ORDER, RANK, UNDETERMINED, Derived, Regime, Rule
from creditor.regimes.vocabulary import EITHER, NO, YES

MOST = 5_000
"""Most partial cases tried for one case; beyond them the answer is undetermined with all open facts named."""


@dataclass(frozen=True, slots=True)
class Node:
    """A fact on which the verdict depends, and the tree for each class of its values."""

    slot: int
    branches: tuple[tuple[int, Tree], ...]


Tree = str | Node


@dataclass(frozen=True)
class Decision:
    """The outcome for one activity.

    Parameters
    ----------
    tree : Tree
        A verdict, or a tree of facts with verdicts as leaves, the same for any order of asking.
    played : tuple of Rule
        Rules that give the verdict in some completion.
    holding : tuple of Rule
        Rules that hold whatever the unknown facts are.
    beaten : tuple of (Rule, tuple of Rule)
        Rules whose condition holds or may hold and which an exception may defeat, with these exceptions.
    bits : tuple of int
        Facts and derived facts.
    complete : bool
        False where there were too many completions to try all.
    """

    tree: Tree
    played: tuple[Rule, ...]
    holding: tuple[Rule, ...]
    beaten: tuple[tuple[Rule, tuple[Rule, ...]], ...]
    bits: tuple[int, ...]
    complete: bool = True
    asked: tuple[int, ...] = ()

    @property
    def verdict(self) -> str:
        """The verdict, `UNDETERMINED` where it depends on an unknown fact."""
        return self.tree if isinstance(self.tree, str) else UNDETERMINED


@dataclass
class Machine:
    """What a regime's rules read, prepared once.

    Parameters
    ----------
    regime : Regime

    Examples
    --------
    >>> from creditor.regimes.read import load_regime
    >>> machine = Machine(load_regime("notice42"))
    >>> machine.decide(machine.blank()).verdict
    'undetermined'
    """

    regime: Regime
    defeaters: dict[str, tuple[Rule, ...]] = field(init=False)
    reads: dict[str, frozenset[int]] = field(init=False)
    classes: dict[int, tuple[int, ...]] = field(init=False)
    derived: dict[int, Derived] = field(init=False)
    memory: dict[tuple[int, ...], Decision] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        regime = self.regime
        self.defeaters = {
            rule.name: tuple(other for other in regime.rules if rule.provision in other.defeats)
            for rule in regime.rules
        }
        behind = self._behind()
        self.reads = {rule.name: self._reads(rule, behind) for rule in regime.rules}
        self.classes = self._classes()
        self.derived = {entry.slot: entry for entry in regime.derived}

    def blank(self) -> list[int]:
        """Bits of a case of which nothing is known but the defaults."""
        bits = [EITHER] * len(self.regime.slots)
        for name, fact in self.regime.vocabulary.facts.items():
            if name in self.regime.slots:
                bits[self.regime.slots[name]] = fact.bit(fact.default) or fact.everything
        return bits

    def decide(self, bits: Sequence[int]) -> Decision:
        """Decide one case; equal cases are worked out once.

        Parameters
        ----------
        bits : sequence of int
            One entry for each slot of the regime; those of derived facts are computed here.
        """
        key = tuple(bits)
        if key not in self.memory:
            if len(self.memory) > MOST:
                self.memory.clear()
            self.memory[key] = _Growth(self).decision(list(bits))
        return self.memory[key]

    def _behind(self) -> dict[int, frozenset[int]]:
        """Facts behind each derived fact."""
        behind: dict[int, frozenset[int]] = {}
        for derived in self.regime.derived:
            slots: set[int] = set()
            for condition in derived.conditions:
                for slot in condition.reads:
                    slots |= behind.get(slot, frozenset([slot]))
            behind[derived.slot] = frozenset(slots)
        return behind

    def _reads(self, rule: Rule, behind: Mapping[int, frozenset[int]]) -> frozenset[int]:
        slots: set[int] = set()
        guard = self.regime.guard
        conditions = [rule.when, *([guard] if guard and not rule.spared else [])]
        for condition in conditions:
            for slot in condition.reads:
                slots |= behind.get(slot, frozenset([slot]))
        for other in self.defeaters[rule.name]:
            slots |= self._reads(other, behind)
        return frozenset(slots)

    def _classes(self) -> dict[int, tuple[int, ...]]:
        """Values of each fact that no condition tells apart."""
        regime = self.regime
        conditions = [rule.when for rule in regime.rules]
        conditions += [condition for derived in regime.derived for condition in derived.conditions]
        conditions += [regime.guard] if regime.guard else []
        told: dict[int, set[int]] = {}
        for condition in conditions:
            for atom in condition.atoms:
                told.setdefault(atom.slot, set()).add(atom.holds)
        names = {slot: name for name, slot in regime.slots.items()}
        classes = {}
        for slot, sets in told.items():
            fact = regime.vocabulary.facts.get(names[slot])
            groups: dict[tuple[bool, ...], int] = {}
            for place in range(len(fact.values) if fact else 2):
                signature = tuple(bool(group >> place & 1) for group in sorted(sets))
                groups[signature] = groups.get(signature, 0) | 1 << place
            classes[slot] = tuple(groups.values())
        return classes

    def is_open(self, slot: int, bits: Sequence[int]) -> bool:
        """Whether a fact may still have values that conditions tell apart."""
        return sum(bool(group & bits[slot]) for group in self.classes.get(slot, ())) > 1


class _Growth:
    """The search through the completions of one case."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.tried = 0
        self.played: dict[str, Rule] = {}
        self.seen: dict[tuple[Any, ...], Tree] = {}

    def decision(self, bits: list[int]) -> Decision:
        regime = self.machine.regime
        _derive(bits, regime.derived)
        candidates = [rule for rule in regime.rules if rule.when.test(bits) != NO]
        status = self._status(bits, candidates)
        holding = tuple(rule for rule in candidates if status[rule.name] == YES)
        unsettled = [derived for derived in regime.derived if bits[derived.slot] == EITHER]
        beaten = tuple(
            (rule, self.machine.defeaters[rule.name])
            for rule in candidates
            if self.machine.defeaters[rule.name]
        )
        tree: Tree | None = self._grow(bits, candidates, unsettled)
        if tree is None:
            rules = [rule for rule in candidates if status[rule.name] != NO]
            asked = {s for r in rules for s in self.machine.reads[r.name] if self.machine.is_open(s, bits)}
            tree = Node(min(asked), ())
            return Decision(tree, tuple(rules), holding, beaten, tuple(bits), False, tuple(sorted(asked)))
        asked_slots = tuple(sorted(slots_of(tree)))
        return Decision(tree, tuple(self.played.values()), holding, beaten, tuple(bits), True, asked_slots)

    def _status(self, bits: Sequence[int], candidates: Iterable[Rule]) -> dict[str, int]:
        status: dict[str, int] = {}
        guard = self.machine.regime.guard
        inside = guard.test(bits) if guard else YES

        def effective(rule: Rule) -> int:
            if rule.name in status:
                return status[rule.name]
            value = rule.when.test(bits)
            if value != NO and not rule.spared:
                value = NO if inside == NO else (value | inside if inside == EITHER else value)
            for other in self.machine.defeaters[rule.name] if value != NO else ():
                against = effective(other)
                if against == YES:
                    value = NO
                    break
                value |= NO if against == EITHER else 0
            status[rule.name] = value
            return value

        for rule in candidates:
            effective(rule)
        return status

    def _grow(self, bits: list[int], candidates: Sequence[Rule], unsettled: Sequence[Derived]) -> Tree | None:
        self.tried += 1
        if self.tried > MOST:
            return None
        status = self._status(bits, candidates)
        best = max((rule.rank for rule in candidates if status[rule.name] == YES), default=0)
        still = [rule for rule in candidates if status[rule.name] == EITHER and rule.rank > best]
        if not still:
            for rule in candidates:
                if status[rule.name] == YES and rule.rank == best:
                    self.played[rule.name] = rule
            return ORDER[best]
        pending: dict[int, int] = {}
        for rule in still:
            self._pending(rule, bits, status, pending)
        slot = min(slot for slot in pending.values() if slot >= 0)
        near = [rule for rule in candidates if rule.rank == best and status[rule.name] == EITHER]
        for rule in near:
            self._pending(rule, bits, status, pending)
        names = tuple((r.name, status[r.name]) for r in candidates if r.rank >= best and status[r.name] != NO)
        read = sorted({s for s in pending.values() if s >= 0})
        key = (names, frozenset(pending), tuple((s, bits[s]) for s in read))
        if key in self.seen:
            return self.seen[key]
        tree = self._branched(bits, candidates, unsettled, slot)
        if tree is not None:
            self.seen[key] = tree
        return tree

    def _pending(
        self, rule: Rule, bits: Sequence[int], status: Mapping[str, int], found: dict[int, int]
    ) -> None:
        """Comparisons on which a rule still depends, by their identity, with the fact that each reads."""
        guard = self.machine.regime.guard
        waiting = [rule.when, *([guard] if guard and not rule.spared else [])]
        while waiting:
            for part in waiting.pop().pending(bits):
                if id(part) not in found:
                    behind = self.machine.derived.get(part.slot)
                    found[id(part)] = -1 if behind else part.slot
                    waiting += behind.conditions if behind else ()
        for other in self.machine.defeaters[rule.name]:
            if status.get(other.name, NO) == EITHER:
                self._pending(other, bits, status, found)

    def _branched(
        self, bits: list[int], candidates: Sequence[Rule], unsettled: Sequence[Derived], slot: int
    ) -> Tree | None:
        machine = self.machine
        branches: list[tuple[int, Tree]] = []
        for group in machine.classes[slot]:
            if group & bits[slot]:
                child = list(bits)
                child[slot] = group & bits[slot]
                _derive(child, unsettled)
                left = [rule for rule in candidates if rule.when.test(child) != NO]
                tree = self._grow(child, left, [d for d in unsettled if child[d.slot] == EITHER])
                if tree is None:
                    return None
                branches.append((child[slot], tree))
        first = branches[0][1]
        if all(tree == first for _, tree in branches):
            return first
        return Node(slot, tuple(branches))


def _derive(bits: list[int], derived: Iterable[Derived]) -> None:
    for entry in derived:
        seen = NO
        for condition in entry.conditions:
            value = condition.test(bits)
            if value == YES:
                seen = YES
                break
            seen |= value
        bits[entry.slot] = seen if seen == YES else (EITHER if seen & YES else NO)


def slots_of(tree: Tree) -> set[int]:
    """Facts on which a tree depends."""
    if isinstance(tree, str):
        return set()
    return {tree.slot}.union(*(slots_of(branch) for _, branch in tree.branches))


def possible(tree: Tree, slot: int = -1, value: int = 0) -> set[str]:
    """Verdicts that a tree can give, with one fact fixed to some values.

    Examples
    --------
    >>> sorted(possible(Node(3, ((1, "permitted"), (2, "prohibited")))))
    ['permitted', 'prohibited']
    """
    if isinstance(tree, str):
        return {tree}
    chosen = [b for bits, b in tree.branches if tree.slot != slot or bits & value]
    return set().union(*(possible(branch, slot, value) for branch in chosen)) if chosen else {UNDETERMINED}


def strictest(one: Tree, other: Tree) -> Tree:
    """The stricter verdict of two activities in every completion.

    Examples
    --------
    >>> strictest("permitted", Node(0, ((1, "prohibited"), (2, "not_covered")))).branches[1]
    (2, 'permitted')
    """
    if isinstance(one, str) and isinstance(other, str):
        return max(one, other, key=lambda verdict: RANK[verdict])
    if isinstance(other, str) or (isinstance(one, Node) and one.slot < other.slot):
        one, other = other, one
    assert isinstance(other, Node)
    if isinstance(one, Node) and one.slot == other.slot:
        pairs = zip(one.branches, other.branches, strict=True)
        branches = tuple((bits, strictest(a, b)) for (bits, a), (_, b) in pairs)
    else:
        branches = tuple((bits, strictest(one, branch)) for bits, branch in other.branches)
    first = branches[0][1] if branches else UNDETERMINED
    if branches and all(tree == first for _, tree in branches):
        return first
    return Node(other.slot, branches)
