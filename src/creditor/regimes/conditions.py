"""Owns conditions: an expression of the model language as a function from facts to no, yes or unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from creditor.equations.evaluate import operate, scalar
from creditor.equations.expressions import Binary, Call, Cell, Expression, Name, Negative, Number
from creditor.equations.parse import parse_expression
from creditor.errors import InputError, Trouble
from creditor.regimes.vocabulary import EITHER, NO, YES, Vocabulary
from creditor.terms.suggest import mend_with

Bits = Sequence[int]
Test = Callable[[Bits], int]
RELATIONS = ("<", "<=", ">", ">=", "==", "<>")
OPPOSITE = {"<=": ">", "<": ">=", "<>": "=="}
"""Comparisons kept as the opposite of another, so that both are one fact."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One comparison: a fact, the values that make it true, and its text."""

    slot: int
    holds: int
    text: str


@dataclass(frozen=True, eq=False)
class Part:
    """A piece of a condition: its test, its fact where it is a comparison, else its pieces."""

    test: Test
    slot: int
    parts: tuple[Part, ...] = ()


@dataclass
class Compiler:
    """Turns conditions into tests; numbers are compared once per case, in facts of their own.

    Parameters
    ----------
    vocabulary : Vocabulary
    slots : mapping of str to int
        Place of each fact in the list of bits; comparisons of numbers are appended.

    Examples
    --------
    >>> from creditor.regimes.vocabulary import Fact
    >>> facts = {"place": Fact("place", ("domestic", "overseas"), "place")}
    >>> condition = Compiler(Vocabulary(facts), {"place": 0}).compile("place == overseas", "x")
    >>> condition.test([2]), condition.test([3])
    (2, 3)
    """

    vocabulary: Vocabulary
    slots: dict[str, int]
    comparisons: dict[str, tuple[int, Expression, tuple[str, ...]]] = field(default_factory=dict)

    def compile(self, text: str, where: str) -> Condition:
        """Read one condition; R902 for a name or value that the regime does not have."""
        atoms: list[Atom] = []
        root = self._node(parse_expression(text, where), where, atoms)
        return Condition(text, root, tuple(dict.fromkeys(atoms)))

    def _node(self, node: Expression, where: str, atoms: list[Atom]) -> Part:
        if isinstance(node, Binary) and node.operator in ("and", "or"):
            parts = tuple(self._node(part, where, atoms) for part in _flat(node, node.operator))
            tests = [part.test for part in parts]
            return Part(all_of(tests) if node.operator == "and" else any_of(tests), -1, parts)
        if isinstance(node, Name):
            return self._atom(node.name, "yes", "==", where, atoms)
        if isinstance(node, Binary) and node.operator in RELATIONS:
            left, right = node.left, node.right
            if isinstance(left, Name) and isinstance(right, Name) and not self._is_number(left.name):
                return self._atom(left.name, right.name, node.operator, where, atoms)
            return self._comparison(node, where, atoms)
        raise _trouble(where, "a condition is made of comparisons, and, or", "write FACT == VALUE")

    def _is_number(self, name: str) -> bool:
        fact = self.vocabulary.facts.get(name)
        return fact is not None and not fact.values

    def _atom(self, name: str, value: str, operator: str, where: str, atoms: list[Atom]) -> Part:
        fact = self.vocabulary.facts.get(name)
        if fact is None or name not in self.slots:
            raise _trouble(where, f"no fact {name!r}", mend_with(name, self.vocabulary.facts))
        bits = self.vocabulary.bits(name, value)
        if not bits:
            known = self.vocabulary.words_of(name)
            raise _trouble(where, f"{name} has no value {value!r}", mend_with(value, known))
        if operator not in ("==", "<>"):
            raise _trouble(where, f"{name} is no number", "compare it with == or <>")
        holds = bits if operator == "==" else fact.everything & ~bits
        bare = value == "yes" and operator == "=="
        text = name if bare else f"{name} {operator} {value}"
        atoms.append(Atom(self.slots[name], holds, text))
        slot = self.slots[name]
        return Part(one(slot, holds, fact.everything & ~holds), slot)

    def _comparison(self, node: Binary, where: str, atoms: list[Atom]) -> Part:
        names = tuple(dict.fromkeys(_names(node)))
        for name in names:
            if not self._is_number(name):
                raise _trouble(where, f"{name!r} is no number", mend_with(name, self.vocabulary.facts))
        holds = NO if node.operator in OPPOSITE else YES
        kept = Binary(OPPOSITE.get(node.operator, node.operator), node.left, node.right)
        text = written(kept)
        if text not in self.comparisons:
            slot = len(self.slots)
            self.slots[text] = slot
            self.comparisons[text] = (slot, kept, names)
        slot = self.comparisons[text][0]
        atoms.append(Atom(slot, holds, written(node)))
        return Part(one(slot, holds, EITHER & ~holds), slot)


@dataclass(frozen=True)
class Condition:
    """A compiled condition: its text, its test, and the comparisons in it."""

    text: str
    root: Part
    atoms: tuple[Atom, ...]

    @property
    def test(self) -> Test:
        """The condition as a function from facts to no, yes or unknown."""
        return self.root.test

    def pending(self, bits: Bits) -> Iterator[Part]:
        """Comparisons that are unknown and on which it depends whether the condition holds."""
        waiting = [self.root]
        while waiting:
            part = waiting.pop()
            if part.test(bits) == EITHER:
                if part.slot >= 0:
                    yield part
                waiting.extend(part.parts)

    @property
    def reads(self) -> frozenset[int]:
        """Places of the facts that it reads."""
        return frozenset(atom.slot for atom in self.atoms)

    def failing(self, bits: Bits) -> list[str]:
        """Comparisons that do not hold, for an explanation of why it failed."""
        return [atom.text for atom in self.atoms if not bits[atom.slot] & atom.holds]

    def open(self, bits: Bits) -> list[str]:
        """Comparisons that are unknown."""
        return [a.text for a in self.atoms if bits[a.slot] & a.holds and bits[a.slot] & ~a.holds]


def one(slot: int, holds: int, fails: int) -> Test:
    """The test of one fact."""
    return lambda bits: (YES if bits[slot] & holds else 0) | (NO if bits[slot] & fails else 0)


def all_of(parts: Sequence[Test]) -> Test:
    """Kleene's and: no where one is no, else unknown where one is unknown.

    Examples
    --------
    >>> all_of([one(0, 1, 2), one(1, 1, 2)])([3, 2])
    1
    """

    def test(bits: Bits) -> int:
        seen = YES
        for part in parts:
            value = part(bits)
            if value == NO:
                return NO
            seen |= value
        return EITHER if seen & NO else YES

    return test


def any_of(parts: Sequence[Test]) -> Test:
    """Kleene's or: yes where one is yes, else unknown where one is unknown.

    Examples
    --------
    >>> any_of([one(0, 1, 2), one(1, 1, 2)])([3, 1])
    2
    """

    def test(bits: Bits) -> int:
        seen = NO
        for part in parts:
            value = part(bits)
            if value == YES:
                return YES
            seen |= value
        return EITHER if seen & YES else NO

    return test


def compare(node: Expression, names: tuple[str, ...], numbers: Mapping[str, float]) -> int:
    """Truth of a comparison of numbers, unknown where one of them is.

    Examples
    --------
    >>> compare(parse_expression("debt > 60"), ("debt",), {"debt": 70.0})
    2
    """
    if any(name not in numbers for name in names) or not isinstance(node, Binary):
        return EITHER
    left, right = (_value(side, names, numbers) for side in (node.left, node.right))
    if left is None or right is None or left != left or right != right:
        return EITHER
    return YES if operate(node.operator, left, right) else NO


def _value(node: Expression, names: tuple[str, ...], numbers: Mapping[str, float]) -> float | None:
    return scalar(_slotted(node, names), lambda slot, lag: numbers.get(names[slot]))


def _slotted(node: Expression, names: tuple[str, ...]) -> Expression:
    if isinstance(node, Name):
        return Cell(names.index(node.name))
    if isinstance(node, Binary):
        return Binary(node.operator, _slotted(node.left, names), _slotted(node.right, names))
    if isinstance(node, Negative):
        return Negative(_slotted(node.operand, names))
    if isinstance(node, Call):
        return Call(node.function, tuple(_slotted(argument, names) for argument in node.arguments))
    return node


def written(node: Expression) -> str:
    """A comparison as text, the same for the same meaning."""
    if isinstance(node, Number):
        return f"{node.value:g}"
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Negative):
        return f"-{written(node.operand)}"
    if isinstance(node, Call):
        return f"{node.function}({', '.join(map(written, node.arguments))})"
    if isinstance(node, Binary):
        return f"{written(node.left)} {node.operator} {written(node.right)}"
    raise TypeError(type(node).__name__)


def _names(node: Expression) -> list[str]:
    from creditor.equations.expressions import walk

    return [part.name for part in walk(node) if isinstance(part, Name)]


def _flat(node: Expression, operator: str) -> list[Expression]:
    if isinstance(node, Binary) and node.operator == operator:
        return [*_flat(node.left, operator), *_flat(node.right, operator)]
    return [node]


def _trouble(where: str, what: str, mend: str) -> InputError:
    return InputError(Trouble("R902", where, what, "the condition cannot be read", mend))
